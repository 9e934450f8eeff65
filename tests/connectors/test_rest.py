"""The REST channel on a real Rasa server: its contract, and what happens when parts fail."""

import contextlib
import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import psycopg2
import pytest
import requests
import socketio
import sqlalchemy
from pydantic import SecretStr
from toy_bot import running, trained

from connectors.server.callers import bears_token, is_local
from connectors.server.texts import Texts

TEXTS = Texts.read()


@pytest.fixture(scope="module")
def model():
    """The toy bot, trained once."""
    return trained()


@pytest.fixture(scope="module")
def server(postgres_url, tmp_path_factory, model):
    """One toy bot for all tests; those that break a part of it mend it."""
    folder = tmp_path_factory.mktemp("server")
    with running(postgres_url, folder, model, REST_TOKEN="s3cret") as server:
        yield server


@pytest.fixture
def sender():
    """A dialog of the test's own."""
    return uuid.uuid4().hex


# --- The contract ---------------------------------------------------------------------------------


def test_it_is_healthy_as_rasas_own(server):
    """Load balancers and `make run` ask here."""
    answer = requests.get(server.url.removesuffix("webhook"), timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_message_of_the_bot_is_one_object(server, sender):
    """Text, buttons and data of one dispatcher call stay together."""
    assert server.say("дисплей а12", sender) == [
        {
            "recipient_id": sender,
            "text": "дисплей а12 — 1 234 ₽",
            "buttons": [{"title": "ещё", "payload": "/ask_hours"}],
            "custom": {"rows": [{"code": "УТ-1"}]},
        }
    ]


def test_a_text_is_not_cut_at_blank_lines(server, sender):
    """Rasa's own channel makes two messages of it."""
    assert [part["text"] for part in server.say("часы работы", sender)] == [
        "С 9 до 20.\n\nБез выходных."
    ]


def test_a_stream_is_json_lines(server, sender):
    """`?stream=true`, as Rasa's shell asks for it."""
    answer = requests.post(
        server.url + "?stream=true", json={"sender": sender, "message": "привет"}, timeout=30
    )
    assert [json.loads(line)["text"] for line in answer.content.splitlines()] == ["Здравствуйте!"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'"text"',
        b"[" * 100_000,
        b"{}",
        b'{"sender": "a"}',
        b'{"message": "a"}',
        b'{"sender": "", "message": "a"}',
        b'{"sender": null, "message": "a"}',
        b'{"sender": true, "message": "a"}',
        b'{"sender": ["a"], "message": "a"}',
        b'{"sender": {"id": 1}, "message": "a"}',
        b'{"sender": 1.5, "message": "a"}',
        b'{"sender": "a", "message": null}',
        b'{"sender": "a", "message": 5}',
        b'{"sender": "a", "message": {"text": "a"}}',
        b'{"sender": "a", "message": ["a"]}',
    ],
    ids=lambda body: body[:40].decode("ascii", "replace"),
)
def test_a_body_that_is_no_message_is_400_and_json(server, body):
    """The caller's programmer reads what is wrong; nothing reaches Rasa."""
    answer = server.post(body)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "message",
    ["", " ", "😀👍🏽", "???", "\x00", "/", "x" * 100_000, "\u202e", "\ud83d", "\n" * 50],
    ids=lambda message: repr(message[:10]),
)
def test_whatever_a_person_could_have_typed_is_200_and_civil(server, sender, message):
    """A text to read, never an error and never nothing."""
    answer = server.post(json.dumps({"sender": sender, "message": message}))
    assert answer.status_code == 200
    assert answer.json()[0]["text"] in (TEXTS.no_words.text, TEXTS.too_long.text)


@pytest.mark.parametrize(
    "strange",
    ["a\x00b", "s" * 100_000, "\ud800", " ", "'; DROP TABLE events; --", 12345, -1],
    ids=lambda strange: repr(strange)[:12],
)
def test_a_strange_sender_has_a_dialog_like_any_other(server, strange):
    """It is answered, its id comes back, and it is remembered."""
    body = json.dumps({"sender": strange, "message": "привет"})
    answer = server.post(body)
    assert answer.status_code == 200
    assert answer.json()[0]["text"] == "Здравствуйте!"
    pressed = server.post(json.dumps({"sender": strange, "message": "/ask_hours"}))
    assert "С 9 до 20" in pressed.json()[0]["text"]


def test_a_nul_inside_a_message_is_left_out(server, sender):
    """Rasa's own store would end the process."""
    assert "Здравствуйте" in server.text("при\x00вет", sender)


def test_the_processes_other_doors_are_closed(server):
    """Rasa's HTTP API would show every dialog."""
    root = server.url.removesuffix("/webhooks/rest/webhook")
    for path in ("/conversations/a/tracker", "/domain", "/status", "/model/parse"):
        assert requests.get(root + path, timeout=10).status_code == 404


# --- Slash commands -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ['/answer{"phone": "1"}', '/leave_request{"phone": "1"}', '/ask_hours{"phone": "1"}'],
)
def test_a_typed_command_sets_no_slot(server, sender, typed):
    """Whatever it names."""
    server.say(typed, sender)
    slots = server.sql(
        "SELECT data FROM events WHERE sender_id = %s AND type_name = 'slot'"
        " AND action_name = 'phone'",
        sender,
    )
    assert [json.loads(data)["value"] for (data,) in slots] in ([], [None])


@pytest.mark.parametrize("typed", ["/restart", "/session_start", "/back"])
def test_a_typed_command_of_rasa_steers_nothing(server, sender, typed):
    """An open form stays open."""
    assert "телефон" in server.text("оставить заявку", sender)
    server.say(typed, sender)
    steering = server.sql(
        "SELECT type_name FROM events WHERE sender_id = %s AND type_name IN ('restart', 'rewind')",
        sender,
    )
    assert steering == []


def test_start_and_help_are_commands(server, sender):
    """People know them from messengers."""
    assert server.text("/start", sender) == "Здравствуйте!"
    assert server.text("/help", sender) == "Помогаю."


def test_a_button_works_where_it_was_shown(server, sender):
    """After the greeting its payload is the intent; elsewhere it is text."""
    server.say("привет", sender)
    assert "С 9 до 20" in server.text("/ask_hours", sender)
    asked = server.sql(
        "SELECT text, intent, confidence = 1 FROM messages WHERE dialog = %s AND author ="
        " 'customer' ORDER BY id DESC LIMIT 1",
        sender,
    )
    assert asked == [("Часы", "ask_hours", True)]


# --- Who may call ---------------------------------------------------------------------------------


def test_a_caller_behind_a_proxy_needs_the_token(server):
    """The proxy stands on this machine, its callers do not."""
    body = json.dumps({"sender": "a", "message": "привет"})
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        assert server.post(body, headers={header: "203.0.113.9"}).status_code == 401


def test_the_token_opens_to_everybody_and_a_wrong_one_to_nobody(server):
    """Also from this machine a wrong token is refused."""
    body = json.dumps({"sender": "a", "message": "привет"})
    far = {"X-Forwarded-For": "203.0.113.9"}
    right = {"Authorization": "Bearer s3cret"}
    wrong = {"Authorization": "Bearer s3cre"}
    statuses = [
        server.post(body, headers=headers).status_code
        for headers in ({}, far, far | right, far | wrong, right, wrong)
    ]
    assert statuses == [200, 401, 200, 401, 200, 401]


def test_without_a_token_only_this_machine_may_call():
    """An empty setting is not a token that an empty word opens."""

    def trusted(ip, **headers):
        request = SimpleNamespace(ip=ip, headers=headers)
        return is_local(request) or bears_token(request, SecretStr(""))

    assert trusted("127.0.0.1") and trusted("::1")
    assert not trusted("10.0.0.5")
    assert not trusted("127.0.0.1", authorization="Bearer ")
    assert not trusted("10.0.0.5", authorization="Bearer ")
    assert not trusted("")


# --- Many at once ---------------------------------------------------------------------------------


def test_a_flood_of_one_dialog_is_told_once_and_never_fails(server, sender):
    """Answers for five at once, one line why not, silence for the rest."""
    with ThreadPoolExecutor(40) as callers:
        said = list(callers.map(lambda _: server.say("дисплей а12", sender), range(40)))
    texts = [parts[0]["text"] for parts in said if parts]
    assert texts.count(TEXTS.too_many.text) == 1
    assert texts.count("дисплей а12 — 1 234 ₽") >= 5


def test_dialogs_at_once_keep_their_own(server):
    """Twenty dialogs of five turns: each reads its own answers, all are stored."""

    def talk(number):
        dialog = f"many-{number}-{uuid.uuid4().hex}"
        said = [server.text(f"дисплей а{number} {turn}", dialog) for turn in range(5)]
        assert said == [f"дисплей а{number} {turn} — 1 234 ₽" for turn in range(5)]
        return dialog

    with ThreadPoolExecutor(20) as callers:
        dialogs = list(callers.map(talk, range(20)))
    counts = server.sql(
        "SELECT customer_messages, bot_messages FROM dialog_history WHERE dialog = ANY(%s)", dialogs
    )
    assert counts == [(5, 5)] * 20


# --- Parts that fail ------------------------------------------------------------------------------


def test_an_action_that_breaks_is_apologised_for(server, sender):
    """With the phone and a button that works; the dialog has it, too."""
    (said,) = server.say("дисплей сломай", sender)
    assert said["text"] == TEXTS.apology.text
    assert "телефон" in server.text(said["buttons"][0]["payload"], sender)
    stored = server.sql("SELECT text FROM messages WHERE dialog = %s AND author = 'bot'", sender)
    assert (TEXTS.apology.text,) in stored


def test_a_form_survives_the_action_server(server, sender):
    """It apologises and repeats its question; the answer counts when the server is back."""
    assert server.text("оставить заявку", sender) == "Ваш телефон?"
    server.kill("actions")
    try:
        assert [part["text"] for part in server.say("8 912 345 67 89", sender)] == [
            TEXTS.apology.text,
            "Ваш телефон?",
        ]
        assert server.text("часы работы", sender)
        assert server.text("дисплей а12", sender + "2") == TEXTS.apology.text
    finally:
        server.start_actions()
    assert server.text("8 912 345 67 89", sender) == "Записал 8 912 345 67 89."
    assert server.text("дисплей а12", sender + "2") == "дисплей а12 — 1 234 ₽"


@contextlib.contextmanager
def database_away(server):
    """Nobody may connect, and who was is thrown out."""
    name = sqlalchemy.engine.make_url(server.db_url).database
    admin = psycopg2.connect(server.db_url.replace(f"/{name}?", "/postgres?"))
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            admin.close()


@pytest.mark.parametrize("_", range(5))  # which of the connections saw it go is chance
def test_the_database_may_go_away_and_come_back(server, sender, _):
    """Apologies meanwhile, also for a button; then the form goes on where it was."""
    assert server.text("оставить заявку", sender) == "Ваш телефон?"
    with database_away(server):
        assert server.text("8 912 345 67 89", sender) == TEXTS.apology.text
        assert server.text("/ask_hours", sender) == TEXTS.apology.text
        assert server.text("привет", sender + "new") == TEXTS.apology.text
    assert server.text("8 912 345 67 89", sender) == "Записал 8 912 345 67 89."
    assert server.text("/leave_request", sender + "new") == "Ваш телефон?"


def test_a_chat_that_opens_without_the_database_gets_its_history_when_it_is_back(server):
    """Also what was asked of it twice meanwhile is shown once, and what was said is all there."""
    root = server.url.removesuffix("/webhooks/rest/webhook")
    chat, histories = socketio.SimpleClient(), []
    with socketio.SimpleClient() as before:
        before.connect(root, transports=["websocket"])
        before.emit("session_request", {})
        session_id = _expect(before, "session_confirm")
        before.call("user_uttered", {"message": "дисплей а12", "message_id": "m-1"}, timeout=30)
    with chat:
        with database_away(server):
            chat.connect(root, transports=["websocket"])
            for _ in range(2):
                chat.emit("session_request", {"session_id": session_id})
                assert _expect(chat, "session_confirm") == session_id
            with pytest.raises(socketio.exceptions.TimeoutError):
                histories.append(_expect(chat, "session_history", patience_s=0.5))
        histories.append(_expect(chat, "session_history", patience_s=20))
        with pytest.raises(socketio.exceptions.TimeoutError):
            histories.append(_expect(chat, "session_history", patience_s=1.5))
    ((asked, answer),) = histories
    assert (asked["message_id"], answer["text"]) == ("m-1", "дисплей а12 — 1 234 ₽")


def _expect(chat, event, *, patience_s=20):
    """The next such event's data."""
    while True:
        name, *data = chat.receive(timeout=patience_s)
        if name == event:
            return data[0]


def test_a_database_that_hangs_holds_up_nobody_for_long(server, sender):
    """A locked table is the apology in some seconds, and nothing of that turn appears later."""
    assert server.say("привет", sender)
    locker = psycopg2.connect(server.db_url)
    with locker.cursor() as cursor:
        cursor.execute("LOCK TABLE events IN ACCESS EXCLUSIVE MODE")
        assert server.text("дисплей а12", sender) == TEXTS.apology.text
        locker.rollback()
    locker.close()
    assert server.text("дисплей а13", sender) == "дисплей а13 — 1 234 ₽"
    said = server.sql(
        "SELECT text FROM messages WHERE dialog = %s AND author = 'customer' ORDER BY id", sender
    )
    assert said == [("привет",), ("дисплей а13",)]


def test_whatever_was_answered_outlives_kill_9(server):
    """Rasa dies under load: each answered message is stored once, the dialogs go on."""
    dialogs = [f"kill-{uuid.uuid4().hex}" for _ in range(8)]
    answered = []

    def talk(dialog):
        for turn in range(30):
            question = f"дисплей {turn}"
            with contextlib.suppress(requests.ConnectionError, json.JSONDecodeError):
                if server.say(question, dialog)[0]["text"].startswith(question):
                    answered.append((dialog, question))

    with ThreadPoolExecutor(8) as callers:
        talking = [callers.submit(talk, dialog) for dialog in dialogs]
        while len(answered) < 20 and not talking[0].done():
            time.sleep(0.05)
        server.kill("rasa")
        server.start_rasa()
        for conversation in talking:
            conversation.result()
    assert len(answered) >= 20
    stored = server.sql(
        "SELECT dialog, text FROM messages WHERE dialog = ANY(%s) AND author = 'customer'", dialogs
    )
    assert len(stored) == len(set(stored))
    assert set(answered) <= set(stored)
    for dialog in dialogs:
        assert server.text("дисплей а12", dialog) == "дисплей а12 — 1 234 ₽"
