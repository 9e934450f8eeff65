"""What the worker brings for the managers' group, put into its topic."""

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors.managers.buttons import keyboard
from connectors.managers.group import ManagersGroup
from connectors.managers.topic_words import LONGEST, TopicWords, pieces, plain, quotation
from connectors.managers.topics import Topic, TopicGone
from connectors.server import attachments
from connectors.telegram.api import TelegramRefused, Upload

Entry = dict[str, Any]
Result = dict[str, Any]
#: Sends one message into a topic; gives its number.
Send = Callable[[Topic], Awaitable[int]]

_LINES = 10
#: How Telegram sends what a customer sent: the method, and its parameter.
_METHODS = {
    "photo": ("sendPhoto", "photo"),
    "voice": ("sendVoice", "voice"),
    "video": ("sendVideo", "video"),
    "audio": ("sendAudio", "audio"),
    "document": ("sendDocument", "document"),
    "sticker": ("sendSticker", "sticker"),
    "animation": ("sendAnimation", "animation"),
    "video_note": ("sendVideoNote", "video_note"),
}
_NO_CAPTION = ("sticker", "video_note")
_LAST_LINES = """
SELECT at, author, text FROM talk WHERE dialog = %s AND text <> '' ORDER BY id DESC LIMIT %s
"""
_SENT_BEFORE = "SELECT result -> 'message_ids' FROM outbox WHERE id = %s"
_SENT_SO_FAR = """
UPDATE outbox SET result = jsonb_build_object('message_ids', %s::jsonb) WHERE id = %s
"""
_LAST_ROWS = """
SELECT custom FROM messages WHERE dialog = %s AND author = 'bot'
    AND jsonb_typeof(custom -> 'rows') = 'array' ORDER BY id DESC LIMIT 1
"""


class Wrong(Exception):
    """An entry that can never be delivered."""


class TopicDelivery:
    """Puts entries into topics.

    :param timezone: the shop's.
    """

    def __init__(self, group: ManagersGroup, timezone: str) -> None:
        self._group = group
        self._words = TopicWords(group.words, ZoneInfo(timezone))

    async def deliver(self, entry: Entry) -> Result:
        """Put one entry where it belongs.

        :returns: what Telegram called it.
        :raises Wrong: a kind that nobody knows, or what it was about is gone.
        :raises TelegramError: not now.
        """
        kinds: dict[str, Callable[[Entry], Awaitable[Result]]] = {
            "request_topic": self._request,
            "call_topic": self._call,
            "relay": self._relay,
            "topic_note": self._note,
            "erase_topic": self._erase,
            "group_note": self._group_note,
        }
        if entry["kind"] not in kinds:
            raise Wrong(f"неизвестный вид: {entry['kind']}")
        return await kinds[entry["kind"]](entry)

    async def _request(self, entry: Entry) -> Result:
        card = entry.get("request")
        if not card:
            raise Wrong("заявки больше нет")
        topic = await self._group.topics.ensure(card["dialog"], self._words.title(card), card["id"])
        if topic.card_message_id is None:  # a crash may have come between the two
            try:
                await self._card(topic, self._words.request(card), taken=_taken(card))
            except TopicGone:
                topic = await self._anew(entry, topic)
        sends = self._order(entry.get("order_file"))
        if entry.get("added"):
            await self._group.topics.open(topic)
            sends = [self._text(self._words.added(card, entry)), *sends]
        if sends:
            return await self._all(entry, topic, sends)
        return {"thread_id": topic.thread_id}

    def _order(self, file: dict[str, Any] | None) -> list[Send]:
        """The workbook of a request's order."""
        content = self._upload(file) if file else None
        if content is None:
            return []

        async def send(topic: Topic) -> int:
            return await self._file(topic, "document", content, plain(content.name))

        return [send]

    async def _call(self, entry: Entry) -> Result:
        card = await self._dialog(entry)
        topic = await self._group.topics.ensure(entry["dialog"], self._words.title(card))
        await self._group.topics.open(topic)  # where a talk was ended before
        html = self._words.call(card, entry.get("why") or "call")
        try:
            await self._card(topic, html)
        except TopicGone:
            topic = await self._group.topics.renew(topic, self._words.title(card))
            await self._card(topic, html)
        return {"thread_id": topic.thread_id}

    async def _relay(self, entry: Entry) -> Result:
        title = self._words.title({"channel": entry.get("channel")})
        topic = await self._group.topics.ensure(entry["dialog"], title)
        sends = [self._text(part) for part in self._words.relayed(entry)]
        for attachment in entry.get("attachments") or ():
            sends += self._attached(entry, attachment)
        return await self._all(entry, topic, sends)

    async def _note(self, entry: Entry) -> Result:
        topics, number = self._group.topics, entry.get("topic")
        topic = await (topics.of_id(number) if number else topics.of_dialog(entry["dialog"]))
        if topic is None:  # a mode that ended without anybody being told of the dialog
            return {}
        try:
            html = f"<i>{plain(entry['note'])}</i>"
            if entry.get("quoted"):  # what a colleague said elsewhere
                html = f"{html}\n{quotation(pieces(str(entry['quoted']))[0])}"
            return {"message_ids": [await self._say(topic, html)]}
        except TopicGone:  # it was about what stood there
            return {}

    async def _group_note(self, entry: Entry) -> Result:
        """Of the bot's own matters: beside the topics, since no customer is behind it."""
        said = await self._group.api.call(
            "sendMessage", chat_id=self._group.chat, text=str(entry["text"])[:LONGEST]
        )
        return {"message_ids": [said["message_id"]]}

    async def _erase(self, entry: Entry) -> Result:
        await self._group.topics.erase(int(entry["chat_id"]), int(entry["topic_id"]))
        return {}

    async def _all(self, entry: Entry, topic: Topic, sends: Sequence[Send]) -> Result:
        """Send the messages of an entry, each once however often the entry is brought."""
        database = self._group.database
        rows = await database.ask(_SENT_BEFORE, entry["id"])
        sent: list[int] = list(rows[0][0] or ()) if rows else []
        for send in sends[len(sent) :]:
            try:
                sent.append(await send(topic))
            except TopicGone:
                topic = await self._anew(entry, topic)
                sent.append(await send(topic))
            if len(sent) < len(sends):
                await database.ask(_SENT_SO_FAR, json.dumps(sent), entry["id"])
        return {"thread_id": topic.thread_id, "message_ids": sent}

    async def _anew(self, entry: Entry, gone: Topic) -> Topic:
        """A topic with a card in the place of one that somebody deleted."""
        card = entry.get("request") or await self._dialog({**entry, "dialog": gone.dialog})
        title = self._words.title(card)
        if gone.request_id and not entry.get("request"):
            title = f"№ {gone.request_id} {title}"
        topic = await self._group.topics.renew(gone, title)
        if topic.card_message_id is None:
            html = (
                self._words.request(card)
                if entry.get("request")
                else self._words.call(card, "again")
            )
            await self._card(topic, html, taken=_taken(card))
        return topic

    async def _dialog(self, entry: Entry) -> dict[str, Any]:
        """What a card tells of a dialog."""
        dialog, database = entry["dialog"], self._group.database
        lines = await database.ask(_LAST_LINES, dialog, _LINES)
        shown = await database.ask(_LAST_ROWS, dialog)
        return {
            "said": entry.get("said"),
            "channel": entry.get("channel"),
            "lines": [
                dict(zip(("at", "author", "text"), line, strict=True)) for line in lines[::-1]
            ],
            **(shown[0][0] if shown else {}),
        }

    def _attached(self, entry: Entry, attachment: dict[str, Any]) -> list[Send]:
        """A customer's file or place: with a line above it where Telegram has no captions."""
        kind, head = attachment["kind"], self._words.header(entry)
        if kind == "location" and attachment.get("place"):
            latitude, longitude = attachment["place"]

            async def point(topic: Topic) -> int:
                return await self._group.topics.say(
                    topic, method="sendLocation", latitude=latitude, longitude=longitude
                )

            return [self._text(head), point]
        content: Any = attachment.get("file_id") or self._upload(attachment)
        if not content or (kind not in _METHODS and not isinstance(content, Upload)):
            return [self._text(f"{head}\n{plain(self._group.words.say('topic', 'unread'))}")]

        async def file(topic: Topic) -> int:
            return await self._file(topic, kind, content, head)

        return [self._text(head), file] if kind in _NO_CAPTION else [file]

    async def _file(self, topic: Topic, kind: str, content: object, head: str) -> int:
        method, parameter = _METHODS.get(kind, _METHODS["document"])
        caption = {} if kind in _NO_CAPTION else {"caption": head, "parse_mode": "HTML"}
        say = self._group.topics.say
        try:
            try:
                return await say(topic, method=method, **caption, **{parameter: content})
            except TelegramRefused:
                if not isinstance(content, Upload) or parameter == "document":
                    raise
                # A picture of odd sides, a video of no known kind: it opens as a file.
                return await say(topic, method="sendDocument", **caption, document=content)
        except TelegramRefused as exc:
            line = self._group.words.say("topic", "unread_because", reason=exc.description)
            return await self._say(topic, f"{head}\n{plain(line)}")

    def _upload(self, attachment: dict[str, Any]) -> Upload | None:
        """A visitor's file that this server keeps; None where it is gone."""
        found = attachments.find(self._group.var, Path(attachment.get("path") or "").name)
        if found is None:
            return None
        mime = attachment.get("mime") or "application/octet-stream"
        return Upload(attachment.get("file_name") or found.name, found.read_bytes(), mime)

    async def _card(self, topic: Topic, html: str, *, taken: bool = False) -> None:
        markup = keyboard(self._group.words, topic, taken=taken)
        await self._group.topics.card_sent(topic, await self._say(topic, html, reply_markup=markup))

    def _text(self, html: str) -> Send:
        async def send(topic: Topic) -> int:
            return await self._say(topic, html)

        return send

    async def _say(self, topic: Topic, html: str, **more: Any) -> int:  # noqa: ANN401
        return await self._group.topics.say(
            topic,
            text=html,
            parse_mode="HTML",
            link_preview_options={"is_disabled": True},
            **more,
        )


def _taken(card: dict[str, Any]) -> bool:
    """Whether somebody has the request of a card."""
    return str(card.get("status", "new")) != "new"
