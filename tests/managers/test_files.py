"""What is no text, from the customer to his manager and back, in every kind that there is."""

import base64
import queue
import uuid
from typing import Any

import pytest
import requests
import socketio
from managers.group import Group, eventually, got

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_KINDS = ("photo", "voice", "video", "video_note", "animation", "audio", "document", "sticker")


def _calling(group: Group, name: str) -> tuple[Any, int]:
    """A customer in Telegram who has called a manager, and the topic about him."""
    customer, mark = group.customer(name), uuid.uuid4().hex
    customer.writes("дайте человека")
    got(customer, "Зову менеджера")
    customer.writes(mark)
    return customer, group.topic_of(mark)


def _calling_elsewhere(group: Group) -> tuple[str, int]:
    """The same over REST: the customer's id, and the topic."""
    customer, mark = uuid.uuid4().hex, uuid.uuid4().hex
    assert "Зову менеджера" in group.bot.text("дайте человека", customer)
    group.bot.say(mark, customer)
    return customer, group.topic_of(mark)


@pytest.mark.parametrize("kind", _KINDS)
def test_each_kind_of_file_goes_both_ways_in_telegram(group: Group, kind: str):
    """As the same kind: Telegram refuses to send a file as another one."""
    customer, topic = _calling(group, "Файлов")
    customer.writes(**{kind: {"name": f"a.{kind}", "mime": "application/x-test"}})
    shown = eventually(lambda: next((m for m in group.lines(topic) if kind in m), None))
    assert any("Telegram" in _text(m) for m in (shown, *group.lines(topic)))
    assert _is_kept(group, f"tg:{customer.chat}") == (kind != "sticker")
    group.writes(group.anna, topic, **{kind: {"name": f"b.{kind}", "mime": "application/x-test"}})
    eventually(lambda: any(kind in m for m in customer.got()))
    assert any(_text(m).startswith("Анна:") for m in customer.got())
    assert _is_kept(group, f"tg:{customer.chat}") == (kind != "sticker")


def _is_kept(group: Group, dialog: str) -> bool:
    """Whether the dialog's last file opens at the server, for those who have no Telegram."""
    ((url,),) = group.sql(
        "SELECT file ->> 'url' FROM (SELECT id, coalesce(data::jsonb #> '{metadata,file}',"
        " data::jsonb #> '{data,custom,file}') AS file FROM events WHERE sender_id = %s) AS sent"
        " WHERE file IS NOT NULL ORDER BY id DESC LIMIT 1",
        dialog,
    )
    return bool(url) and requests.get(f"{group.bot.url}{url}", timeout=10).ok


def test_places_and_cards_of_people_go_both_ways(group: Group):
    """The customer's place is a point on the map; the manager's is a link that opens anywhere."""
    customer, topic = _calling(group, "Местов")
    customer.writes(location={"latitude": 57.0, "longitude": 41.0})
    eventually(lambda: any("location" in m for m in group.lines(topic)))
    customer.writes(contact={"phone_number": "79160000001", "first_name": "Пётр"})
    group.sees(topic, "+79160000001")
    group.writes(group.anna, topic, location={"latitude": 56.5, "longitude": 40.5})
    assert "pt=40.5,56.5" in got(customer, "карте")["text"]
    group.writes(group.anna, topic, contact={"phone_number": "+79160000002", "first_name": "Склад"})
    got(customer, "Склад, +79160000002")


@pytest.mark.parametrize("kind", _KINDS)
def test_each_kind_of_file_reaches_a_customer_outside_telegram(group: Group, kind: str):
    """As a link that opens; a sticker as what it means."""
    customer, topic = _calling_elsewhere(group)
    content = base64.b64encode(_PNG).decode()
    group.writes(group.anna, topic, **{kind: {"name": "a.png", "mime": "", "base64": content}})
    eventually(lambda: any(author == "manager" for author, _ in group.said(customer)))
    answer = next(part for part in group.bot.say("есть?", customer) if "manager" in part["custom"])
    if kind == "sticker":
        assert answer["text"] == "👍"
        return
    shown = requests.get(f"{group.bot.url}{answer['custom']['file']['url']}", timeout=10)
    assert shown.status_code == 200 and shown.content == _PNG


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("экран.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "photo"),
        ('счёт "2".pdf', b"%PDF-1.4", "document"),
        ("голос.ogg", b"OggS", "voice"),
        ("ролик.mp4", b"\0\0\0\x18ftyp", "video"),
    ],
)
def test_a_visitors_file_is_a_file_in_the_topic(group: Group, name: str, content: bytes, kind: str):
    """With his own name of it, and the bot says nothing in between."""
    client, opened = socketio.Client(reconnection=False), queue.Queue[str]()
    client.on("session_confirm", opened.put)
    client.connect(group.bot.url, transports=["websocket"])
    try:
        client.emit("session_request", {})
        session, mark = opened.get(timeout=20), uuid.uuid4().hex
        for words in ("дайте человека", mark):
            said = {"message": words, "message_id": uuid.uuid4().hex}
            assert client.call("user_uttered", said, timeout=30)["ok"]
        topic = group.topic_of(mark)
        answer = requests.post(
            f"{group.bot.url}/webhooks/socketio/file",
            params={"name": name},
            data=content,
            headers={"X-Session": session},
            timeout=20,
        )
        assert answer.status_code == 200, answer.text
        shown = eventually(lambda: next((m for m in group.lines(topic) if kind in m), None))
        assert "чат на сайте" in _text(shown)
        if kind == "document":
            assert shown["document"]["file_name"] == name.replace('"', "'")
    finally:
        client.eio.disconnect(abort=True)


def test_a_file_that_cannot_leave_telegram_is_told_of_in_the_topic(group: Group):
    """The customer of the site gets nothing, and the manager knows what to do."""
    customer, topic = _calling_elsewhere(group)
    sent = group.writes(group.anna, topic, document={"name": "a.zip"})["message"]
    sent = {**sent, "message_id": sent["message_id"] + 1_000}
    sent["document"] = {**sent["document"], "file_size": 21 * 2**20}
    group.telegram.tell("update", kind="message", content=sent)
    group.sees(topic, "больше 20 МБ")
    group.writes(group.anna, topic, dice={"emoji": "🎲", "value": 3})
    group.sees(topic, "это не отправляется")


def _text(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")
