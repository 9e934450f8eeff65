"""What managers write in the topics of their group: to the customer, to the bot, to each other.

Only members of the group act; General is nobody's dialog. Telegram may deliver an update twice:
each is told by its own key, so that the second does nothing.
"""

import asyncio
import logging
import re
import zlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg2.extensions import cursor as Cursor

from connectors.managers.buttons import Buttons, end, owner
from connectors.managers.lifecycle import move_request
from connectors.managers.sent_files import TooLarge, answer_with, file_of, in_words, written
from connectors.managers.staff import Staff
from connectors.managers.takeover import Modes, note
from connectors.managers.topics import Topic, Topics
from connectors.managers.words import ManagerWords
from connectors.server.answers import Answer
from connectors.server.database import Database, DatabaseAway, DatabaseRefused
from connectors.server.dialog_lines import answer_line, enqueue
from connectors.settings import Settings
from connectors.telegram.api import (
    TelegramApi,
    TelegramAway,
    TelegramBusy,
    TelegramRefused,
)

logger = logging.getLogger(__name__)

Update = dict[str, Any]
TelegramMessage = dict[str, Any]
InLine = Callable[[str], AbstractAsyncContextManager[None]]

_AGAIN_S = 2.0
#: How often an update is tried while Telegram does not answer our questions about it: 10 min.
_TRIES = 12
_LONGEST_PAUSE_S = 60.0
_BACK = re.compile(r"/bot(?:@\w+)?(?:\s|$)", re.IGNORECASE)
#: A comment among managers.
_NOTE = "//"
#: What Telegram tells of a topic itself, and what is no word to anybody.
_SERVICE = re.compile(
    r"forum_topic_|general_forum_topic_|pinned_message|new_chat|left_chat|delete_chat|group_chat_"
    r"|supergroup_chat_|channel_chat_|migrate_|message_auto_delete|video_chat_|write_access"
    r"|boost_added|chat_background_set|giveaway|users_shared|chat_shared"
)


@dataclass(frozen=True, kw_only=True)
class ManagersGroup:
    """The group of TELEGRAM_MANAGERS_CHAT."""

    api: TelegramApi
    chat: int
    database: Database
    modes: Modes
    topics: Topics
    staff: Staff
    words: ManagerWords
    in_line: InLine
    var: Path  #: where files for the site are kept
    public_url: str

    @classmethod
    def of_settings(
        cls, configured: Settings, database: Database, modes: Modes, in_line: InLine
    ) -> "ManagersGroup":
        """The group that the settings name.

        :param in_line: `Inbox.in_line`.
        """
        proxy = configured.telegram_proxy.get_secret_value()
        api = TelegramApi(configured.telegram_bot_token, configured.telegram_api_url, proxy)
        words, chat = ManagerWords.read(), configured.telegram_managers_chat
        return cls(
            api=api,
            chat=chat,
            database=database,
            modes=modes,
            topics=Topics(api, chat, database),
            staff=Staff(api, chat, configured.manager_names, words.no_name),
            words=words,
            in_line=in_line,
            var=configured.optfm_var,
            public_url=configured.public_url.rstrip("/"),
        )

    async def take(self, update: Update) -> None:
        """Do what an update of the group asks for; whatever is none of ours does nothing.

        While the database or Telegram is away it waits: the words of a manager are not lost.

        :raises TelegramError: Telegram did not help; the topic is told that nothing was done.
        """
        tries, pause_s = 0, _AGAIN_S
        while True:
            try:
                return await self._take(update)
            except DatabaseAway as exc:
                logger.warning("an update of the group waits: %s", exc)
                await asyncio.sleep(_AGAIN_S)
            except DatabaseRefused:
                await self._lost(update)
                raise
            except (TelegramAway, TelegramBusy) as exc:
                tries += 1
                if tries == _TRIES:
                    await self._lost(update)
                    raise
                logger.warning("an update of the group waits: %s", exc)
                after_s = exc.retry_after_s if isinstance(exc, TelegramBusy) else 0.0
                await asyncio.sleep(max(pause_s, after_s))
                pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _lost(self, update: Update) -> None:
        message = update.get("message") or update.get("edited_message") or {}
        thread = message.get("message_thread_id")
        topic = await self.topics.of_thread(int(thread)) if thread else None
        if topic is not None:
            line = self.words.say("topic", "undelivered_away")
            await self._refused(message, topic, line)

    async def _take(self, update: Update) -> None:
        if query := update.get("callback_query"):
            buttons = Buttons(
                self.api, self.chat, self.database, self.modes, self.topics, self.staff, self.words
            )
            await buttons.press(query)
            return
        edited = update.get("edited_message")
        message = update.get("message") or edited
        if not message or message["chat"]["id"] != self.chat:
            return
        closed = "forum_topic_closed" in message
        if any(map(_SERVICE.match, message)) and not closed:
            return
        if not message.get("is_topic_message") or not await self.staff.wrote(message):
            return
        topic = await self.topics.of_thread(int(message["message_thread_id"]))
        if topic is None:
            return
        if closed:
            await self._closed_by_hand(message, topic)
        else:
            await self._written(message, topic, edited=bool(edited))

    async def _closed_by_hand(self, message: TelegramMessage, topic: Topic) -> None:
        """As «Закрыть» does; nobody writes to a customer in a closed topic."""
        line = self.words.say("topic", "closed_by_hand", name=self.staff.colleague(message))

        def close(cursor: Cursor) -> None:
            if end(cursor, self.modes, self.words, topic):
                key = f"closed {self.chat} {message['message_id']}"
                note(cursor, topic.dialog, line, key, topic=topic.id)

        async with self.in_line(topic.dialog):
            await self.database.do(close)

    async def _written(self, message: TelegramMessage, topic: Topic, *, edited: bool) -> None:
        text = written(message)
        if text.startswith(_NOTE):
            return
        if text.startswith("/"):
            if not edited:
                await self._command(text, message, topic)
            return
        answer = await self._answer(message, text, topic)
        if answer is None:
            return
        async with self.in_line(topic.dialog):
            first, began = await self.database.do(
                lambda cursor: self._said(cursor, message, topic, answer, edited=edited)
            )
        if began:
            await self.topics.open(topic)
        if first:
            await Buttons.taken(self.api, self.chat, topic, self.words)

    async def _command(self, text: str, message: TelegramMessage, topic: Topic) -> None:
        key = f"command {self.chat} {message['message_id']}"
        if not _BACK.match(text):
            line = self.words.say("topic", "unknown_command")
            await self._note(topic, line, key)
            return
        line = self.words.say("topic", "to_bot", name=self.staff.colleague(message))

        def back(cursor: Cursor) -> None:
            self.modes.back(cursor, topic.dialog)
            note(cursor, topic.dialog, line, key, topic=topic.id)

        async with self.in_line(topic.dialog):
            await self.database.do(back)

    async def _answer(self, message: TelegramMessage, text: str, topic: Topic) -> Answer | None:
        """What the customer is to get; None where that cannot be: the topic says so."""
        found = file_of(message)
        if found is None:
            text = text or in_words(message, self.words)
            if text:
                return {"text": text, "custom": {}}
            await self._refused(message, topic, self.words.say("topic", "not_sent"))
            return None
        try:
            return await answer_with(
                found,
                text,
                dialog=topic.dialog,
                api=self.api,
                words=self.words,
                var=self.var,
                public_url=self.public_url,
            )
        except TooLarge:
            await self._refused(message, topic, self.words.say("topic", "too_large"))
            return None
        except (TelegramRefused, OSError) as exc:
            reason = exc.description if isinstance(exc, TelegramRefused) else str(exc.strerror)
            line = self.words.say("topic", "undelivered_file", reason=reason)
            await self._refused(message, topic, line)
            return None

    async def _refused(self, message: TelegramMessage, topic: Topic, line: str) -> None:
        key = f"refused {self.chat} {message['message_id']} {message.get('edit_date', '')}"
        await self._note(topic, line, key)

    async def _note(self, topic: Topic, line: str, key: str) -> None:
        await self.database.do(lambda cursor: note(cursor, topic.dialog, line, key, topic=topic.id))

    def _said(
        self,
        cursor: Cursor,
        message: TelegramMessage,
        topic: Topic,
        answer: Answer,
        *,
        edited: bool,
    ) -> tuple[bool, bool]:
        """Write a manager's words into the dialog, and let the worker deliver them.

        :returns: whether the request was answered by this for the first time, and whether the bot
            had the dialog until now.
        """
        name = self.staff.name(message)
        key = f"manager {self.chat} {message['message_id']}"
        text = str(answer["text"])
        if edited and (before := self._told(cursor, key)):
            if _same(before, answer):  # Telegram calls a new preview of a link an edit, too
                return False, False
            # Twice within a second is possible, and Telegram counts whole ones.
            key = f"{key} {message.get('edit_date')} {zlib.crc32(text.encode()):x}"
            answer = {**answer, "custom": {**answer["custom"], "corrects": text}}
            text = self.words.say("customer", "corrected", text=text)
        number = key.removeprefix(f"manager {self.chat} ").replace(" ", "-")
        marks = {"manager": {"name": name}, "id": f"m{topic.thread_id}-{number}"}
        answer = {**answer, "text": text, "custom": {**answer["custom"], **marks}}
        told = enqueue(
            cursor,
            "customer",
            dialog=topic.dialog,
            key=key,
            payload={"answer": answer},
            request_id=topic.request_id,
        )
        if told is None:
            return False, False
        answer_line(cursor, topic.dialog, answer, manager=name)
        colleague, speaker = self.staff.colleague(message), owner(cursor, topic)
        if speaker and speaker != colleague:
            line = self.words.say("topic", "helps", name=colleague, speaker=speaker)
            once = f"helps {topic.id} {colleague} {speaker}"
            note(cursor, topic.dialog, line, once, topic=topic.id)
        corrects = "corrects" in answer["custom"]
        began = self.modes.speaks(cursor, topic.dialog, colleague, corrects=corrects)
        cursor.execute("UPDATE topics SET used_at = now() WHERE id = %s", (topic.id,))
        request = move_request(cursor, topic.request_id, "answered", by=colleague)
        return bool(request and request.moved), began

    @staticmethod
    def _told(cursor: Cursor, key: str) -> Answer | None:
        """What the customer was told last of a message."""
        cursor.execute(
            "SELECT payload -> 'answer' FROM outbox WHERE key = %s OR starts_with(key, %s)"
            " ORDER BY id DESC LIMIT 1",
            (key, f"{key} "),
        )
        (answer,) = cursor.fetchone() or (None,)
        return answer


def _same(before: Answer, now: Answer) -> bool:
    custom = before.get("custom") or {}
    file = (custom.get("file") or {}).get("file_id")
    if file != (now["custom"].get("file") or {}).get("file_id"):
        return False
    if not file:
        return bool(custom.get("corrects", before.get("text")) == now["text"])
    return bool(custom["file"].get("caption") == now["custom"]["file"].get("caption"))
