"""What the worker brings for the managers' group, put into its topic."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from connectors import files
from connectors.managers.buttons import keyboard
from connectors.managers.group import ManagersGroup
from connectors.managers.topic_words import TopicWords, plain
from connectors.managers.topics import Topic
from connectors.telegram.api import TelegramRefused, Upload

Entry = dict[str, Any]
Result = dict[str, Any]

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
SELECT at, author, text FROM messages WHERE dialog = %s AND text <> '' ORDER BY id DESC LIMIT %s
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
        }
        if entry["kind"] not in kinds:
            raise Wrong(f"неизвестный вид: {entry['kind']}")
        return await kinds[entry["kind"]](entry)

    async def _request(self, entry: Entry) -> Result:
        card = entry.get("request")
        if not card:
            raise Wrong("заявки больше нет")
        topics = self._group.topics
        topic = await topics.ensure(card["dialog"], self._words.title(card), card["id"])
        if topic.card_message_id is None:  # a crash may have come between the two
            await self._card(topic, self._words.request(card))
        if entry.get("added"):
            await self._say(topic, self._words.request(card, added=entry["added"]))
        return {"thread_id": topic.thread_id}

    async def _call(self, entry: Entry) -> Result:
        dialog, database = entry["dialog"], self._group.database
        lines = await database.ask(_LAST_LINES, dialog, _LINES)
        shown = await database.ask(_LAST_ROWS, dialog)
        card = {
            "said": entry.get("said"),
            "channel": entry.get("channel"),
            "lines": [
                dict(zip(("at", "author", "text"), line, strict=True)) for line in lines[::-1]
            ],
            **(shown[0][0] if shown else {}),
        }
        topic = await self._group.topics.ensure(dialog, self._words.title(card))
        await self._card(topic, self._words.call(card, entry.get("why") or "call"))
        return {"thread_id": topic.thread_id}

    async def _relay(self, entry: Entry) -> Result:
        topic = await self._topic_of(entry)
        sent = [await self._say(topic, part) for part in self._words.relayed(entry)]
        for attachment in entry.get("attachments") or ():
            sent.append(await self._attached(topic, entry, attachment))
        return {"thread_id": topic.thread_id, "message_ids": sent}

    async def _note(self, entry: Entry) -> Result:
        topic = await self._group.topics.of_dialog(entry["dialog"])
        if topic is None:  # a mode that ended without anybody being told of the dialog
            return {}
        return {"message_ids": [await self._say(topic, f"<i>{plain(entry['note'])}</i>")]}

    async def _attached(self, topic: Topic, entry: Entry, attachment: dict[str, Any]) -> int:
        kind = attachment["kind"]
        method, parameter = _METHODS.get(kind, _METHODS["document"])
        content: Any = attachment.get("file_id") or self._upload(attachment)
        head = self._words.header(entry)
        if not content or (kind not in _METHODS and not isinstance(content, Upload)):
            line = self._group.words.say("topic", "unread_kind", kind=kind)
            return await self._say(topic, f"{head}\n{plain(line)}")
        caption = {} if kind in _NO_CAPTION else {"caption": head, "parse_mode": "HTML"}
        if not caption:
            await self._say(topic, head)
        try:
            return await self._group.topics.say(
                topic, method=method, **caption, **{parameter: content}
            )
        except TelegramRefused as exc:  # a file that this method does not take
            line = self._group.words.say("topic", "unread_kind", kind=f"{kind}: {exc.description}")
            return await self._say(topic, f"{head}\n{plain(line)}")

    def _upload(self, attachment: dict[str, Any]) -> Upload | None:
        """A visitor's file that this server keeps; None where it is gone."""
        found = files.find(self._group.var, Path(attachment.get("path") or "").name)
        if found is None:
            return None
        mime = attachment.get("mime") or "application/octet-stream"
        return Upload(attachment.get("file_name") or found.name, found.read_bytes(), mime)

    async def _topic_of(self, entry: Entry) -> Topic:
        title = self._words.title({"channel": entry.get("channel")})
        return await self._group.topics.ensure(entry["dialog"], title)

    async def _card(self, topic: Topic, html: str) -> None:
        markup = keyboard(self._group.words, topic)
        await self._group.topics.card_sent(topic, await self._say(topic, html, reply_markup=markup))

    async def _say(self, topic: Topic, html: str, **more: Any) -> int:  # noqa: ANN401
        return await self._group.topics.say(
            topic,
            text=html,
            parse_mode="HTML",
            link_preview_options={"is_disabled": True},
            **more,
        )
