"""What the operations do: price lists, requests, dialogs, repeats, pages, ETags."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import text

from optfm.api.routes.search import SearchOut
from optfm.api.scopes import Scope
from optfm.catalog import ListOptions, profile, revisions
from optfm.desk import accounts
from tests.api.conftest import DEMO, Server, speak

CONSENT = {"given_at": "2026-11-29T10:00:00+03:00", "wording": "Согласен", "version": "site-1"}
REQUEST = {
    "name": "Аграфена",
    "phone": "8 910 000-00-01",
    "about": "дисплей iPhone 11",
    "consent": CONSENT,
}


PASSWORD = "стул-и-лампа-у-окна"


@pytest.fixture
def client(server: Server):
    """A client that may do everything."""
    with server.client() as client:
        yield client


def test_search_says_what_the_bot_would(client: httpx.Client):
    """Rows with prices and the list's date; a row by its code is the same."""
    found = client.get("/v1/search", params={"q": "дисплей iphone 11", "limit": 3}).json()
    assert found["answer"] in ("found", "ask") and found["rows"] and found["list_date"]
    row = client.get(f"/v1/rows/{found['rows'][0]['code']}").json()
    assert row["price"] == found["rows"][0]["price"]


def test_a_word_that_is_being_typed_is_completed(client: httpx.Client):
    """«диспл» is a display already."""
    found = client.get("/v1/search", params={"q": "диспле", "typing": True}).json()
    assert found["completed"].startswith("диспле") and found["rows"]


def test_a_choice_that_was_offered_is_found(client: httpx.Client):
    """The option of an answer is asked as it came."""
    asked = client.get("/v1/search", params={"q": "дисплей"}).json()
    assert asked["ask"]
    option = asked["ask"]["options"][0]
    assert client.post("/v1/search", json={"query": option["query"]}).json()["rows"]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "дисплей", "limit": 50},
        {"q": "дисплей iphone 11 и кабель type-c", "limit": 3},
        {"q": "диспле", "typing": True},
        {"q": "дисплей nokia 3310"},
        {"q": "гвозди"},
        {"q": ""},
    ],
)
def test_a_search_answers_as_it_is_described(client: httpx.Client, asked: dict[str, object]):
    """It is written by hand, in exactly the bytes that its description would give."""
    given = client.get("/v1/search", params=asked).content
    assert SearchOut.model_validate_json(given).model_dump_json().encode() == given


def test_unchanged_answer_is_304(client: httpx.Client):
    """Whoever has it already gets no body."""
    first = client.get("/v1/search", params={"q": "кабель"})
    again = client.get(
        "/v1/search", params={"q": "кабель"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_is_checked_loaded_and_rolled_back(server: Server, client: httpx.Client):
    """A dry run changes nothing; the way back leads to the list before."""
    rows = [
        {"code": r.code, "name": r.name, "price": r.price_kop / 100, "path": list(r.path)}
        for r in revisions.load_active(server.engine).rows
    ]
    rows[0]["price"] += 1
    body = {"date": "2026-11-29", "rows": rows}
    before = revisions.active(server.engine)
    checked = client.put("/v1/price-list", params={"dry_run": True}, json=body).json()
    assert checked["changes"]["dearer"] == 1 and revisions.active(server.engine) == before
    loaded = client.put("/v1/price-list", json=body).json()
    assert loaded["price_list"]["active"] and loaded["price_list"]["id"] != before.id
    assert client.post("/v1/price-lists/rollback").json()["id"] == before.id
    form = {"file": ("list.xls", DEMO.read_bytes())}
    assert client.post("/v1/price-lists", files=form).json()["outcome"] == "unchanged"
    lost = client.post("/v1/price-lists", files=form, data={"list_date": "2026-11-30"})
    assert (lost.status_code, lost.json()["errors"][0]["where"]) == (422, "body.list_date")


def test_two_lists_are_compared_row_by_row(client: httpx.Client):
    """A list that waits, against the active one: in pages, and by kind."""
    base = {"date": "2026-11-01", "rows": [{"code": "D-1", "name": "Дисплей", "price": 10}]}
    held = client.put("/v1/price-list", json=base).json()
    assert held["outcome"] == "held"
    number = held["price_list"]["id"]
    first = client.get(f"/v1/price-lists/{number}/changes", params={"limit": 1}).json()
    assert first["items"] == [
        {
            "code": "D-1",
            "kinds": ["new"],
            "before": None,
            "after": {"name": "Дисплей", "price": 10.0, "status": "", "path": []},
        }
    ]
    gone, cursor = [], first["next"]
    while cursor:
        asked = {"cursor": cursor, "limit": 200, "kind": "gone"}
        page = client.get(f"/v1/price-lists/{number}/changes", params=asked).json()
        gone += [row["code"] for row in page["items"] if row["after"] is None]
        cursor = page["next"]
    assert len(set(gone)) == len(gone) == held["changes"]["gone"]
    same = client.get(f"/v1/price-lists/{number}/changes", params={"against": number}).json()
    assert same == {"items": [], "next": None}
    assert client.get("/v1/price-lists/999999/changes").status_code == 404
    missing = client.get(f"/v1/price-lists/{number}/changes", params={"against": 999999})
    assert missing.status_code == 404 and "999999" in missing.json()["detail"]


def test_a_file_that_is_no_list_is_refused(client: httpx.Client):
    """422 with a sentence, whatever it is."""
    for data in (b"", b"%PDF-1.7 x", b"<html></html>", b"\0" * 1000):
        answer = client.put("/v1/price-list", content=data)
        assert answer.status_code == 422 and answer.json()["detail"], data


def test_a_request_is_created_once_and_moved(server: Server, client: httpx.Client):
    """It has the consent behind it, joins within the hour, and only goes forward."""
    made = client.post("/v1/requests", json=REQUEST)
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.headers["location"] == f"/v1/requests/{number}"
    assert client.post("/v1/requests", json=REQUEST).json()["id"] == number
    path = f"/v1/requests/{number}"
    etag = client.get(path).headers["etag"]
    move = {"status": "taken", "by": "Ирина"}
    assert (
        client.post(f"{path}/move", json=move, headers={"If-Match": etag}).json()["status"]
        == "taken"
    )
    stale = client.post(
        f"{path}/move", json={"status": "closed", "by": "И"}, headers={"If-Match": etag}
    )
    assert stale.status_code == 412
    assert client.post(f"{path}/move", json={"status": "closed", "by": "И"}).status_code == 200
    past = client.post(f"{path}/move", json=move)
    assert (past.status_code, past.json()["detail"]) == (409, "Заявка уже дальше: закрыта.")
    unknown = client.post(f"{path}/move", json=move | {"status": "new"}).json()["errors"]
    assert unknown[0]["message"] == "возможны только: 'taken', 'answered', 'closed'"
    assert client.get("/v1/requests.xlsx").content.startswith(b"PK")
    listed = client.get("/v1/requests", params={"status": "closed"}).json()["items"]
    assert [r["id"] for r in listed] == [number]


def _headless() -> bytes:
    goods = "\n".join(f"Чехол Н{n};{100 + n};{20 + n}" for n in range(30))
    return f"Прайс-лист на 14.03.2026;;\n{goods}".encode()


def test_a_list_without_a_head_is_loaded_by_the_letters_of_its_columns(server: Server):
    """The questions of the file are answered by parameters; what can be no answer is refused."""
    data, asked = _headless(), {"dry_run": "true"}
    with server.client() as client:
        unclear = client.put("/v1/price-list", content=data, params=asked)
        assert unclear.json()["code"] == "price_list_unclear"
        suggested = {one["kind"]: one["options"] for one in unclear.json()["questions"]}
        (columns,) = suggested["columns"]
        assert columns.startswith("columns=name=БУКВА&columns=price=БУКВА")
        assert columns in unclear.json()["detail"] and "--" not in unclear.json()["detail"]
        told = {**asked, "columns": ["name=A", "price=B"]}
        read = client.put("/v1/price-list", content=data, params=told)
        assert read.json()["items"] == 30, read.text
        for wrong in (["name=A"], ["name=1", "price=B"], ["nope=A"], ["name=A", "price="]):
            answer = client.put("/v1/price-list", content=data, params={**asked, "columns": wrong})
            assert answer.status_code == 422


def test_a_list_without_a_head_is_loaded_by_the_answers_kept_before(server: Server):
    """What a person has told once holds for the files that systems send, and for a first start."""
    data = _headless()
    var, columns = server.services.settings.optfm_var, {"name": "A", "price": "B"}
    heads = profile.heads_of(data, ListOptions(columns=columns))
    profile.keep(var, profile.Profile(options=ListOptions(columns=columns), heads=heads))
    try:
        with server.client() as client:
            read = client.put("/v1/price-list", content=data, params={"dry_run": "true"})
            assert read.json()["items"] == 30, read.text
        path = var / "первый.csv"
        path.write_bytes(data)
        source = revisions.read_source(path, profile.load(var))
        assert len(source.price_list.rows) == 30
    finally:
        profile.forget(var)


def test_a_request_without_consent_is_refused(client: httpx.Client):
    """The field is named."""
    answer = client.post("/v1/requests", json={k: v for k, v in REQUEST.items() if k != "consent"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"where": "body.consent", "message": "обязательное поле"}]


def test_pages_hold_every_dialog_once(server: Server, client: httpx.Client):
    """Whoever wrote last comes first; the pages together are all of them."""
    for number in range(7):
        speak(server, f"page-{number}")
        speak(server, f"page-{number}", "ещё")
    seen, cursor = [], None
    while True:
        page = client.get(
            "/v1/dialogs", params={"limit": 3, **({"cursor": cursor} if cursor else {})}
        )
        seen += [d["dialog"] for d in page.json()["items"]]
        cursor = page.json()["next"]
        if not cursor:
            break
    assert [d for d in seen if d.startswith("page-")] == [f"page-{n}" for n in range(6, -1, -1)]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("cursor", ["x", "cDE=", "cC0x", "cDAx", "é", "p1"])
def test_a_cursor_that_we_did_not_give_is_refused(client: httpx.Client, cursor: str):
    """422 with the field."""
    answer = client.get("/v1/dialogs", params={"cursor": cursor})
    assert answer.status_code == 422 and answer.json()["errors"][0]["where"] == "query.cursor"


def test_a_manager_speaks_and_gives_the_dialog_back(server: Server, client: httpx.Client):
    """His words are in the dialog and on their way to the customer, once."""
    speak(server, "talk-1")
    body = {"dialog": "talk-1", "text": "Сейчас посмотрю", "speaker": "manager", "name": "Ирина"}
    once = {"Idempotency-Key": "talk-1"}
    first = client.post("/v1/dialogs/messages", json=body, headers=once)
    again = client.post("/v1/dialogs/messages", json=body, headers=once)
    assert first.status_code == again.status_code == 202 and first.content == again.content
    said = client.get("/v1/dialogs/messages", params={"dialog": "talk-1"}).json()["items"]
    assert [(m["author"], m["text"]) for m in said] == [
        ("manager", "Сейчас посмотрю"),
        ("customer", "привет"),
    ]
    with server.engine.connect() as connection:
        queued = connection.execute(
            text("SELECT payload FROM outbox WHERE kind = 'customer' AND dialog = 'talk-1'")
        ).all()
    assert len(queued) == 1
    mine = client.get("/v1/dialogs", params={"mode": "manager"}).json()["items"]
    assert [d["dialog"] for d in mine] == ["talk-1"] and mine[0]["manager"] == "Ирина"
    back = client.post("/v1/dialogs/give-back", json={"dialog": "talk-1"})
    assert back.json() == {"dialog": "talk-1", "mode": "bot"}
    assert client.get("/v1/dialogs", params={"mode": "manager"}).json()["items"] == []


@pytest.fixture
def staffed(server: Server) -> Iterator[None]:
    """Somebody with an account at the desk, for as long as the test runs."""
    with server.engine.begin() as connection:
        accounts.set_password(connection, accounts.add(connection, "Ольга", "manager"), PASSWORD)
    yield
    with server.engine.begin() as connection:
        accounts.disable(connection, "Ольга")


def test_a_dialog_stays_with_the_bot_where_nobody_answers(server: Server, client: httpx.Client):
    """No group and no staff: a clear code, and the bot is not silenced."""
    speak(server, "alone-1", "позовите человека")
    answer = client.post("/v1/dialogs/hand-over", json={"dialog": "alone-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_answers")
    assert "optfm staff add" in answer.json()["detail"]
    (found,) = [
        one for one in client.get("/v1/dialogs").json()["items"] if one["dialog"] == "alone-1"
    ]
    assert found["mode"] == "bot"


@pytest.mark.usefixtures("staffed")
def test_a_dialog_is_handed_over_and_managers_are_called_once(server: Server, client: httpx.Client):
    """The bot is silent, one call waits for managers, receivers are told, a repeat adds none."""
    client.post(
        "/v1/webhooks", json={"url": "https://crm.example/x", "types": ["dialog.handed_over"]}
    ).raise_for_status()
    speak(server, "lost-1", "позовите человека")
    once = {"Idempotency-Key": "lost-1"}
    answers = [
        client.post("/v1/dialogs/hand-over", json={"dialog": "lost-1"}, headers=once)
        for _ in range(2)
    ]
    assert [(a.status_code, a.json()) for a in answers] == [
        (200, {"dialog": "lost-1", "mode": "manager"})
    ] * 2
    listed = client.get("/v1/dialogs", params={"mode": "manager"}).json()["items"]
    (found,) = [dialog for dialog in listed if dialog["dialog"] == "lost-1"]
    assert found["manager"] is None and found["until"]
    with server.engine.connect() as connection:
        queued = connection.execute(
            text("SELECT kind FROM outbox WHERE dialog = 'lost-1' ORDER BY kind")
        ).scalars()
        assert sorted(queued) == ["call_topic", "webhook"]
    client.post("/v1/dialogs/give-back", json={"dialog": "lost-1"}).raise_for_status()


def test_an_unknown_dialog_is_not_there(client: httpx.Client):
    """Nobody writes into a dialog that never was."""
    body = {"dialog": "never-was", "text": "x", "speaker": "bot"}
    assert client.post("/v1/dialogs/messages", json=body).status_code == 404
    assert client.post("/v1/dialogs/hand-over", json={"dialog": "never-was"}).status_code == 404


def test_one_key_for_two_requests_is_refused(client: httpx.Client):
    """The same key with another body is a slip of the caller."""
    once = {"Idempotency-Key": "two"}
    client.post("/v1/webhooks", json={"url": "https://a.example/x"}, headers=once)
    other = client.post("/v1/webhooks", json={"url": "https://b.example/x"}, headers=once)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_fifty_at_once_with_one_key_are_one(server: Server, client: httpx.Client):
    """One is done; the others get its bytes or are told that it is under way."""
    token = client.headers["authorization"]
    gate = threading.Barrier(20)

    def send(_: int) -> httpx.Response:
        gate.wait()
        return httpx.post(
            f"{server.url}/v1/webhooks",
            json={"url": "https://once.example/x"},
            headers={"Authorization": token, "Idempotency-Key": "many"},
            timeout=30,
            trust_env=False,
        )

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))
    assert {a.status_code for a in answers} <= {201, 409}
    assert len({a.content for a in answers if a.status_code == 201}) == 1
    listed = client.get("/v1/webhooks").json()["items"]
    assert sum(w["url"] == "https://once.example/x" for w in listed) == 1


def test_everything_is_audited(server: Server):
    """Which key did what: changes at once, readings soon."""
    token = server.key(client="watched")
    with server.anonymous(headers={"X-API-Key": token}) as client:
        client.get("/v1/search?q=кабель")
        client.post("/v1/price-lists/999999/activate")
        acts = client.get("/v1/audit", params={"client": "watched"}).json()["items"]
        assert ("activate_price_list", "999999", 404) in {
            (a["operation"], a["target"], a["status"]) for a in acts
        }
        server.services.audit.flush()
        acts = client.get("/v1/audit", params={"client": "watched"}).json()["items"]
    assert "search" in {a["operation"] for a in acts}


def test_the_audit_says_whose_dialog_and_what_was_made(server: Server):
    """Where no path names it: the dialog, the number of what was created, the person masked."""
    speak(server, "audited")
    token = server.key(client="thorough")
    with server.anonymous(headers={"X-API-Key": token}) as client:
        client.get("/v1/dialogs/messages", params={"dialog": "audited"})
        message = {"dialog": "audited", "text": "Здравствуйте", "speaker": "bot"}
        client.post("/v1/dialogs/messages", json=message)
        made = client.post("/v1/requests", json={**REQUEST, "phone": "8 910 000-00-78"}).json()
        lost = {"kind": "phone", "value": "8 910 000-00-78"}
        client.post("/v1/persons/export", json=lost)
        client.post("/v1/persons/erase", json=lost)
        server.services.audit.flush()
        acts = client.get("/v1/audit", params={"client": "thorough"}).json()["items"]
    assert {(a["operation"], a["target"]) for a in acts} == {
        ("list_messages", "audited"),
        ("send_message", "audited"),
        ("create_request", str(made["id"])),
        ("export_person", "+7910*****78"),
        ("erase_person", "+7910*****78"),
    }


def test_a_person_is_exported_and_erased(client: httpx.Client):
    """Everything comes out, then nothing is left, and the receipt names nobody."""
    made = client.post("/v1/requests", json={**REQUEST, "phone": "8 910 000-00-07"})
    assert made.status_code == 201
    her = {"kind": "phone", "value": "8 910 000-00-07"}
    assert client.post("/v1/persons/export", json=her).json()["tables"]["requests"]
    receipt = client.post("/v1/persons/erase", json=her).json()
    assert receipt["id"] and "0000007" not in json.dumps(receipt)
    assert client.post("/v1/persons/export", json=her).json()["tables"] == {}
    assert client.get(f"/v1/requests/{made.json()['id']}").status_code == 404
    assert Scope.PERSONS_ERASE != Scope.PERSONS_EXPORT
