"""The site's chat over a real socket.io client, against a whole bot."""

import queue
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import socketio

from connectors.site.upload_route import has_room


class Tab:
    """A browser's tab: keeps every event, in order."""

    def __init__(self, url: str, *, origin: str | None = None, transport: str = "websocket"):
        self.client = socketio.Client(reconnection=False)
        self.events: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.client.on("*", lambda event, *data: self.events.put((event, data[0])))
        headers = {"Origin": origin} if origin else {}
        self.client.connect(url, transports=[transport], headers=headers, wait_timeout=10)

    def expect(self, event: str) -> Any:
        """The next such event's data; others before it are dropped."""
        while True:
            name, data = self.events.get(timeout=20)
            if name == event:
                return data

    def open(self, session_id: str | None = None) -> tuple[str, list[dict]]:
        """Ask for a session; its id and what was said in it."""
        self.client.emit("session_request", {"session_id": session_id})
        return self.expect("session_confirm"), self.expect("session_history")

    def say(self, text: str, message_id: str | None = None, **more: Any) -> dict:
        """Send a message and wait until it is acknowledged."""
        data = {"message": text, "message_id": message_id or uuid.uuid4().hex, **more}
        return self.client.call("user_uttered", data, timeout=30)


@pytest.fixture
def tabs(bot) -> Iterator[Any]:
    """Opens tabs of the bot's chat and closes them in the end."""
    opened: list[Tab] = []

    def open_tab(**more: Any) -> Tab:
        opened.append(Tab(bot.url, **more))
        return opened[-1]

    yield open_tab
    for tab in opened:
        tab.client.eio.disconnect(abort=True)  # a long poll would be waited for


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_question_is_answered_with_rows_and_buttons(tabs, transport):
    """What any Rasa web chat shows, and the parts that our own makes cards of."""
    tab = tabs(transport=transport)
    tab.open()
    ack = tab.say("дисплей самсунг а12", "m-1")
    assert ack["ok"] and ack["message_id"] == "m-1"
    answer = tab.expect("bot_uttered")
    assert "₽" in answer["text"] and answer["custom"]["rows"]
    assert answer["id"] == "m-1:0"
    assert {"title", "payload", "content_type"} <= set(answer["quick_replies"][0])


def test_a_reload_shows_what_was_said_and_keeps_the_same_id(tabs):
    """Messages come back with the ids that they had live, rows and buttons too."""
    first = tabs()
    session_id, said = first.open()
    assert isinstance(session_id, str) and said == []
    first.say("сколько стоит доставка", "m-1")
    live = first.expect("bot_uttered")
    again, history = tabs().open(session_id)
    assert again == session_id
    assert [(m["from"], m["id"]) for m in history] == [("user", "m-1"), ("bot", live["id"])]
    assert history[1]["text"] == live["text"]
    assert history[1].get("buttons") == live.get("buttons")


def test_somebody_elses_id_gets_a_dialog_of_its_own(tabs):
    """A stolen part of an id, a made-up one, or the dialog's own name open nothing."""
    session_id, _ = (victim := tabs()).open()
    victim.say("мой телефон 8 910 000 00 00", "m-1")
    name = session_id.split(".")[0]
    for guess in (name, f"web:{name}", session_id[:-1], f"{session_id}x", {"a": 1}, 5):
        thief = tabs()
        given, history = thief.open(guess)
        assert given != session_id and history == []
        thief.client.disconnect()


def test_a_message_of_one_tab_is_seen_in_the_other(tabs):
    """Both the question and the answer."""
    first, second = tabs(), tabs()
    session_id, _ = first.open()
    second.open(session_id)
    first.say("/faq_delivery_cost", "m-1", display="Доставка")
    echo = second.expect("user_uttered_echo")
    assert (echo["text"], echo["message_id"]) == ("Доставка", "m-1")
    assert second.expect("bot_uttered")["id"] == first.expect("bot_uttered")["id"]


def test_a_tab_without_a_session_gets_one_with_its_first_message(tabs):
    """Other people's chats may not ask first."""
    tab = tabs()
    assert tab.say("привет")["ok"]
    assert tab.expect("session_confirm")
    assert tab.expect("bot_uttered")["text"]


def test_nothing_leaks_into_another_dialog(tabs):
    """Two visitors at once; each sees his own answers only."""
    first, second = tabs(), tabs()
    first.open()
    second.open()
    first.say("сколько стоит доставка", "mine")
    assert first.expect("bot_uttered")["id"] == "mine:0"
    second.say("привет", "other")
    assert second.expect("bot_uttered")["id"] == "other:0"


def test_messages_in_a_row_are_answered_in_their_order(tabs):
    """Nobody waits for an answer before he writes on."""
    tab = tabs()
    session_id, _ = tab.open()
    texts = ("дисплей самсунг а12", "привет", "сколько стоит доставка", "часы работы")
    for number, text in enumerate(texts):
        tab.client.emit("user_uttered", {"message": text, "message_id": f"m-{number}"})
    wanted = [f"m-{number}:0" for number in range(len(texts))]
    assert [tab.expect("bot_uttered")["id"] for _ in texts] == wanted
    _, history = tabs().open(session_id)
    assert [said["text"] for said in history if said["from"] == "user"] == list(texts)


def test_the_same_message_is_answered_once_and_its_answer_repeated(tabs):
    """A client that lost the acknowledgement sends it again; another visitor's id is his own."""
    tab, other = tabs(), tabs()
    session_id, _ = tab.open()
    other.open()
    tab.say("сколько стоит доставка", "same")
    answer = tab.expect("bot_uttered")
    tab.say("сколько стоит доставка", "same")
    assert tab.expect("bot_uttered")["id"] == answer["id"]
    other.say("привет", "same")
    assert other.expect("bot_uttered")["text"] != answer["text"]
    assert len(tabs().open(session_id)[1]) == 2


@pytest.mark.parametrize("data", [None, 5, "text", [], {}, {"message": 5}, {"message": None}])
def test_a_message_of_no_form_is_refused_by_its_acknowledgement(tabs, data):
    """The server lives, and says what is wrong."""
    tab = tabs()
    tab.open()
    assert tab.client.call("user_uttered", data, timeout=10)["error"] == "bad_message"
    assert tab.say("привет")["ok"]


def test_pages_of_strangers_may_not_connect(tabs, bot):
    """A browser names the page's origin; only configured ones and our own may talk."""
    # Over polling: the client's websocket adds an origin of its own.
    with pytest.raises(socketio.exceptions.ConnectionError):
        tabs(origin="https://evil.example", transport="polling")
    for origin in ("https://evil.example", "null", "https://[evil", f"{bot.url}.evil.example", "x"):
        answer = requests.get(
            f"{bot.url}/socket.io/?EIO=4&transport=polling", headers={"Origin": origin}, timeout=10
        )
        assert answer.status_code == 400, origin
        sent = _send_file(bot, "made.up.id", "a.jpg", b"\xff\xd8\xff", Origin=origin)
        assert "Access-Control-Allow-Origin" not in sent.headers
    assert tabs(origin=bot.url, transport="polling").open()[0]


def _send_file(bot, session_id: str, name: str, content: bytes, **headers: str):
    return requests.post(
        f"{bot.url}/webhooks/socketio/file",
        params={"name": name},
        data=content,
        headers={"X-Session": session_id, **headers},
        timeout=20,
    )


def test_a_photo_is_kept_and_answered_civilly(tabs, bot):
    """Without a manager in the dialog the bot says that it does not see photos."""
    tab = tabs()
    session_id, _ = tab.open()
    photo = b"\xff\xd8\xff\xe0" + bytes(100)
    answer = _send_file(bot, session_id, "../../экран.jpg", photo)
    assert answer.status_code == 200, answer.text
    sent = answer.json()["file"]
    assert (sent["name"], sent["size"], sent["mime"]) == ("экран.jpg", 104, "image/jpeg")
    assert requests.get(f"{bot.url}{sent['url']}", timeout=10).content == photo
    assert tab.expect("user_uttered_echo")["text"] == "экран.jpg"
    assert tab.expect("bot_uttered")["text"]


def test_a_reload_shows_the_file_and_the_smile_that_no_turn_answered(tabs, bot):
    """Also in the middle of a form, which goes on after them where it was."""
    tab = tabs()
    session_id, _ = tab.open()
    tab.say("хочу оставить заявку", "m-1")
    asked = tab.expect("bot_uttered")["text"]
    photo = b"\xff\xd8\xff\xe0" + bytes(100)
    sent = _send_file(bot, session_id, "экран.jpg", photo, **{"X-Message-Id": "f-1"}).json()
    tab.say("😀", "m-2")
    live = [tab.expect("bot_uttered")["id"] for _ in range(2)]
    assert live == ["f-1:0", "m-2:0"]
    _, history = tabs().open(session_id)
    assert [message["id"] for message in history] == [
        *("m-1", "m-1:0", "f-1", "f-1:0", "m-2", "m-2:0")
    ]
    assert history[2]["custom"]["file"] == sent["file"] and history[2]["text"] == ""
    assert history[4]["text"] == "😀"
    tab.say("Анна", "m-3")
    goes_on = tab.expect("bot_uttered")["text"]
    assert goes_on and goes_on != asked


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.jpg", b"", 400),
        ("a.exe", b"MZ", 415),
        ("page.html", b"<script>", 415),
        ("a.jpg", b"<script>alert(1)</script>", 415),
        ("", b"x", 415),
        ("a.pdf", b"%PDF-" + bytes(10 * 2**20), 413),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_words(tabs, bot, name, content, status):
    """What a browser would run, what is too large, what is nothing."""
    session_id, _ = tabs().open()
    answer = _send_file(bot, session_id, name, content)
    assert answer.status_code == status
    assert answer.json()["text"]


def test_who_opens_a_dialog_for_each_file_is_stopped_before_the_disk_is_full(tabs, bot):
    """The network address has a limit of its own; other visitors' files are taken."""
    photo, somebody = b"\xff\xd8\xff\xe0" + bytes(100), {"X-Forwarded-For": "198.51.100.9"}
    statuses = [
        _send_file(bot, tabs().open()[0], "a.jpg", photo, **somebody).status_code for _ in range(12)
    ]
    assert statuses == [200] * 10 + [429] * 2
    other = {"X-Forwarded-For": "198.51.100.10"}
    assert _send_file(bot, tabs().open()[0], "a.jpg", photo, **other).status_code == 200


def test_the_last_of_the_disk_is_not_for_files(tmp_path):
    """The database needs it."""
    assert has_room(tmp_path, 0) and not has_room(tmp_path, 2**62)


def test_a_file_without_a_session_goes_nowhere(bot):
    """Only a visitor with a dialog may leave files."""
    assert _send_file(bot, "made.up.id", "a.jpg", b"\xff\xd8\xff").status_code == 401


def test_a_link_to_telegram_is_not_offered_where_there_is_none(tabs):
    """The button would lead nowhere."""
    tab = tabs()
    tab.open()
    assert tab.client.call("link_request", {}, timeout=10)["error"] == "no_telegram"
