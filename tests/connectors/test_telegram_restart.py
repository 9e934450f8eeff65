"""A Rasa that is killed among messages, in both modes; the webhook's door."""

import json
import time

import pytest
import requests
from telegram_bot import SECRET, talking
from toy_bot import trained

from connectors.telegram.webhook import path_of

MANY = {"DIALOG_MESSAGES_PER_10_S": "1000"}
WEBHOOK = {
    "TELEGRAM_MODE": "webhook",
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
    "PUBLIC_URL": "http://127.0.0.1:{port}",
}


@pytest.fixture(scope="module")
def polling(postgres_url, tmp_path_factory):
    """A bot that asks for its messages."""
    with talking(postgres_url, tmp_path_factory.mktemp("polling"), trained(), **MANY) as talk:
        yield talk


@pytest.fixture(scope="module")
def hooked(postgres_url, tmp_path_factory):
    """A bot that its messages are brought to."""
    folder = tmp_path_factory.mktemp("webhook")
    with talking(postgres_url, folder, trained(), **MANY, **WEBHOOK) as talk:
        yield talk


@pytest.mark.parametrize("mode", ["polling", "hooked"])
def test_a_killed_server_loses_nothing(mode, request):
    """Fifty messages of ten chats, kill -9 among them: each is answered, in order, by one turn.

    What Telegram took in the very moment of the kill may come again, one message a chat at most:
    the Bot API has no way to send the same thing safely twice.
    """
    server, telegram = request.getfixturevalue(mode)
    customers = [telegram.customer() for _ in range(10)]
    for number in range(5):
        for customer in customers:
            customer.writes(f"дисплей {number}")
        if number == 2:
            customers[0].waits_for(1, timeout_s=60)
            server.kill("rasa")
    server.start_rasa()
    expected = [f"дисплей {number} — 1 234 ₽" for number in range(5)]
    deadline = time.monotonic() + 120
    while telegram.ask("updates")["pending"]:
        assert time.monotonic() < deadline, "updates are not confirmed"
        time.sleep(0.1)
    for customer in customers:
        said = [message["text"] for message in customer.got()]
        assert list(dict.fromkeys(said)) == expected
        assert len(said) <= len(expected) + 1
    heard = server.sql(
        "SELECT sender_id, count(*) FROM events WHERE type_name = 'user' AND sender_id = ANY(%s)"
        " GROUP BY sender_id",
        [f"tg:{customer.chat}" for customer in customers],
    )
    assert [count for _, count in heard] == [5] * 10


def test_an_edit_of_what_was_said_before_a_restart(polling):
    """Of the last message it is a new question, of an older one an old matter: as ever."""
    server, telegram = polling
    customer = telegram.customer()
    first = customer.writes("помощь", date=int(time.time()) - 60)["message"]["message_id"]
    customer.waits_for(1)
    last = customer.writes("дисплей а1 3")["message"]["message_id"]
    customer.waits_for(2)
    deadline = time.monotonic() + 30
    while _noted(server, customer) < 2:  # else what was said may be said again
        assert time.monotonic() < deadline, "what was delivered is not noted"
        time.sleep(0.1)
    server.kill("rasa")
    server.start_rasa()
    for message_id, text in ((first, "привет"), (last, "дисплей а13")):
        telegram.tell("edit", chat=customer.chat, message_id=message_id, text=text)
    said = [message["text"] for message in customer.waits_for(3)]
    assert said[2:] == ["дисплей а13 — 1 234 ₽"]


def _noted(server, customer):
    """How many answers to a customer are noted as delivered."""
    question = "SELECT count(*) FROM inbox WHERE dialog = %s AND delivered > 0"
    return server.sql(question, f"tg:{customer.chat}")[0][0]


def knock(hooked, secret, body, path=None):
    server, _ = hooked
    return requests.post(
        f"http://127.0.0.1:{server.port}/webhooks/telegram/{path or path_of(SECRET)}",
        data=body,
        headers={"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {},
        timeout=30,
    )


def update_of(customer, **changed):
    message = {
        "message_id": 7_000,
        "date": int(time.time()),
        "chat": {"id": customer.chat, "type": "private"},
        "from": {"id": customer.chat, "is_bot": False, "first_name": "П"},
        "text": "привет",
    }
    return json.dumps({"update_id": 999_000_001, "message": message} | changed)


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x"])
def test_a_delivery_without_the_secret_is_403_and_does_nothing(hooked, secret):
    """Whoever knows the address only speaks for nobody."""
    customer = hooked[1].customer()
    assert knock(hooked, secret, update_of(customer)).status_code == 403
    assert customer.got() == []


def test_a_delivery_elsewhere_is_403(hooked):
    """The right secret at a guessed address."""
    customer = hooked[1].customer()
    assert knock(hooked, SECRET, update_of(customer), path="0" * 40).status_code == 403


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "{}", '{"update_id": "1"}'])
def test_a_broken_delivery_is_400(hooked, body):
    """Telegram's never are; whoever sent this has to mend it."""
    assert knock(hooked, SECRET, body).status_code == 400


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("something_new", {"a": [None, {"b": 1}]}),
        ("message", None),
        ("message", []),
        ("message", {"chat": {"id": "x", "type": "private"}, "text": 5}),
        ("message", {"chat": {"id": 1, "type": "private"}, "text": "без номера"}),
        ("channel_post", {"chat": {"id": -100_500, "type": "channel"}, "text": "/restart"}),
        ("inline_query", {"id": "1", "query": "акб", "offset": ""}),
        ("callback_query", {"id": "1", "from": {"id": 1}, "inline_message_id": "x"}),
        ("callback_query", {"id": "1", "message": "x"}),
        ("my_chat_member", {"chat": {"id": 77, "type": "private"}}),
        ("message_reaction", {"chat": {"id": 1, "type": "private"}, "message_id": 1}),
    ],
)
def test_an_update_that_nobody_thought_of_is_200(hooked, kind, content):
    """Or Telegram would bring it again for a day; the next one is answered."""
    body = json.dumps({"update_id": time.time_ns() % 2**40, kind: content})
    assert knock(hooked, SECRET, body).status_code == 200
    customer = hooked[1].customer()
    customer.writes("привет")
    assert customer.waits_for(1)[0]["text"] == "Здравствуйте!"


def test_the_door_is_for_deliveries_of_their_size_only(hooked):
    """Nobody fills the memory, with or without a secret; a browser that looks sees nothing."""
    server, _ = hooked
    for secret in (None, SECRET):
        assert knock(hooked, secret, b"x" * 12 * 2**20).status_code == 413
    door = f"http://127.0.0.1:{server.port}/webhooks/telegram/{path_of(SECRET)}"
    assert requests.get(door, timeout=10).status_code == 405


def test_a_delivery_is_answered_once(hooked):
    """The same update twice at a time, and once more."""
    customer = hooked[1].customer()
    body = update_of(customer, update_id=int(time.time() * 1000) % 2**31)
    assert [knock(hooked, SECRET, body).status_code for _ in range(3)] == [200] * 3
    assert [said["text"] for said in customer.got()] == ["Здравствуйте!"]


def test_the_webhook_is_set_with_its_secret_and_without_the_token_in_it(hooked):
    """At least sixteen characters that are not to be guessed."""
    call = hooked[1].calls("setWebhook")[-1]["params"]
    assert call["secret_token"] == SECRET
    assert hooked[1].token not in call["url"] and SECRET not in call["url"]
    assert len(call["url"].rpartition("/")[2]) >= 16
