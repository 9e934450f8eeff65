"""One dialog in two channels: from the site's chat into a strict Telegram, and what each shows."""

import socketio
from telegram_bot import talking
from toy_bot import trained

from connectors.server.texts import Texts

TEXTS = Texts.read()


def _next(tab: socketio.SimpleClient, name: str):
    """The data of the next event of this name."""
    while True:
        event, *data = tab.receive(timeout=30)
        if event == name:
            return data[0]


def test_a_visitor_goes_on_in_telegram_and_the_site_shows_it(postgres_url, tmp_path):
    """The link asks first, works once, and from then on both see one dialog."""
    with (
        talking(postgres_url, tmp_path, trained()) as (server, telegram),
        socketio.SimpleClient() as tab,
    ):
        tab.connect(f"http://127.0.0.1:{server.port}", transports=["websocket"])
        tab.emit("session_request", {})
        session_id = _next(tab, "session_confirm")
        tab.client.call("user_uttered", {"message": "привет", "message_id": "m-1"}, timeout=30)
        given = tab.client.call("link_request", {}, timeout=30)
        token = given["url"].partition("?start=")[2]
        assert given["url"].startswith("https://t.me/") and len(token) == 43

        customer, thief = telegram.customer(), telegram.customer()
        customer.writes(f"/start {token}")
        question = customer.waits_for(1)[0]
        assert question["text"] == TEXTS.link_question.text
        customer.presses(question, "Да, продолжить")
        assert customer.waits_for(2)[1]["text"] == TEXTS.link_done.text
        thief.writes(f"/start {token}")
        assert thief.waits_for(1)[0]["text"] == TEXTS.link_stale.text

        customer.writes("часы работы")
        answer = customer.waits_for(3)[2]["text"]
        assert _next(tab, "user_uttered_echo")["text"] == "часы работы"
        assert _next(tab, "bot_uttered")["text"] == answer
        tab.emit("session_request", {"session_id": session_id})
        said = [message["text"] for message in _next(tab, "session_history")]
        assert said == ["привет", "Здравствуйте!", "часы работы", answer]

        customer.writes("привет")
        customer.presses(customer.waits_for(4)[3], "Часы")
        assert _next(tab, "user_uttered_echo")["text"] == "привет"
        assert _next(tab, "user_uttered_echo")["text"] == "Часы"

        before = len(customer.waits_for(5))
        tab.client.call("user_uttered", {"message": "часы работы", "message_id": "m-2"}, timeout=30)
        shown = [message["text"] for message in customer.waits_for(before + 2)[before:]]
        assert shown == [TEXTS.from_site.text.format(text="часы работы"), answer]
