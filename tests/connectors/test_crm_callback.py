"""What a CRM may say of a request, and who is not believed."""

import hashlib
import hmac
import json

import psycopg2
import pytest
from pydantic import SecretStr

from connectors.routes.crm_callback import Change, WrongCall, move, read_change, signed
from connectors.server.database import Database

NOW = 1_000_000.0
BODY = b'{"request": 1, "status": "taken"}'


def headers(key: bytes = b"k", at: float = NOW, body: bytes = BODY) -> dict[str, str]:
    """As the guide tells a CRM's programmer to make them."""
    timestamp = str(int(at))
    digest = hmac.new(key, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"x-optfm-timestamp": timestamp, "x-optfm-signature": f"sha256={digest}"}


def test_only_a_fresh_signature_with_the_key_is_believed():
    """Another key, another body, an old call, no key at all."""
    key = SecretStr("k")
    assert signed(headers(), BODY, key, now=NOW + 299)
    assert not signed(headers(), BODY, key, now=NOW + 301)
    assert not signed(headers(key=b"x"), BODY, key, now=NOW)
    assert not signed(headers(), BODY + b" ", key, now=NOW)
    assert not signed({}, BODY, key, now=NOW)
    assert not signed(headers(key=b""), BODY, SecretStr(""), now=NOW)
    for odd in ("٣", "-5", "1e9", "9" * 40):
        assert not signed({**headers(), "x-optfm-timestamp": odd}, BODY, key, now=NOW)


@pytest.mark.parametrize(
    "content",
    [None, [], {}, {"request": "1", "status": "taken"}, {"request": True, "status": "taken"}]
    + [{"request": 1, "status": "new"}, {"request": 1, "status": "taken", "by": 5}]
    + [{"request": 2**63, "status": "taken"}],
)
def test_another_body_is_refused(content):
    """The CRM's programmer reads which field is wrong."""
    with pytest.raises(WrongCall):
        read_change(json.dumps(content).encode())


@pytest.fixture
def request_id(database_url) -> int:
    """A request that nobody has taken."""
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO users (name) VALUES ('Анна') RETURNING id")
        user = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO dialogs (channel, external_id) VALUES ('rest', 'd') RETURNING id"
        )
        dialog = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO consents (dialog_id, version, wording, channel, given_at)"
            " VALUES (%s, '1', 'да', 'rest', now()) RETURNING id",
            (dialog,),
        )
        consent = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO requests (dialog_id, user_id, consent_id, name, phone, about)"
            " VALUES (%s, %s, %s, 'Анна', '+79100000000', 'дисплей') RETURNING id",
            (dialog, user, consent),
        )
        number = cursor.fetchone()[0]
    connection.close()
    return number


async def test_a_status_goes_forward_and_never_back(database_url, request_id):
    """Closed at once is taken and answered, too; a late «taken» changes nothing."""
    store = Database(database_url)
    assert await move(store, Change(request_id, "taken", "Анна")) == "taken"
    assert await move(store, Change(request_id, "closed", "Олег")) == "closed"
    assert await move(store, Change(request_id, "taken", "Олег")) == "closed"
    rows = await store.ask(
        "SELECT taken_by, taken_at IS NOT NULL, answered_at IS NOT NULL, closed_at IS NOT NULL"
        " FROM requests"
    )
    assert rows == [("Анна", True, True, True)]


async def test_managers_read_in_the_topic_what_became_of_a_request(database_url, request_id):
    """Each change once, and nothing where the request has no topic."""
    store = Database(database_url)
    await move(store, Change(request_id, "taken", "Анна"))
    await store.ask(
        "INSERT INTO topics (chat_id, thread_id, dialog, request_id)"
        " VALUES (-1, 5, 'd', %s) RETURNING id",
        request_id,
    )
    await move(store, Change(request_id, "answered", "Анна"))
    await move(store, Change(request_id, "answered", "Анна"))
    rows = await store.ask("SELECT kind, dialog, payload ->> 'note' FROM outbox")
    assert rows == [("topic_note", "d", "🟢 В CRM на заявку ответил(а): Анна")]


async def test_there_is_no_such_request(database_url):
    """Somebody else's number."""
    assert await move(Database(database_url), Change(77, "taken", None)) is None
