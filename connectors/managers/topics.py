"""Topics of the managers' group: one a request, and one a dialog in which somebody is wanted."""

import contextlib
from dataclasses import dataclass
from typing import Any

from connectors.inbox.keyed_queue import KeyedQueue
from connectors.server.database import Database
from connectors.telegram.api import TelegramApi, TelegramRefused

#: The worker tries again, and knows how long it was asked to wait.
_ONE_TRY: dict[str, Any] = {"patience_s": 0.0, "tries": 1}
_FIELDS = "id, thread_id, dialog, request_id, card_message_id"


class TopicGone(Exception):
    """Somebody deleted the topic in the group."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic."""

    id: int
    thread_id: int
    dialog: str
    request_id: int | None
    card_message_id: int | None  #: of the message with the buttons; None: not sent yet


class Topics:
    """The table `topics` and its counterpart in the group.

    :param chat: the group's id.
    """

    def __init__(self, api: TelegramApi, chat: int, database: Database) -> None:
        self._api = api
        self._chat = chat
        self._database = database
        self._lines = KeyedQueue()

    async def of_dialog(self, dialog: str) -> Topic | None:
        """The topic of a dialog that was used last."""
        return await self._one("dialog = %s ORDER BY used_at DESC, id DESC LIMIT 1", dialog)

    async def of_thread(self, thread_id: int) -> Topic | None:
        """The topic that Telegram knows by this number."""
        return await self._one("thread_id = %s", thread_id)

    async def of_id(self, topic_id: int) -> Topic | None:
        """The topic whose button says this number."""
        return await self._one("id = %s", topic_id)

    async def ensure(self, dialog: str, title: str, request_id: int | None = None) -> Topic:
        """The topic of a request, or any topic of the dialog; it is made where there is none.

        :raises TelegramError: it cannot be made now.
        """
        async with self._lines.in_line(dialog):  # two jobs of a dialog make one topic
            if request_id is None:
                topic = await self.of_dialog(dialog)
            else:
                topic = await self._one("request_id = %s LIMIT 1", request_id)
            if topic:
                return topic
            thread_id = await self._create(title)
            rows = await self._database.ask(
                "INSERT INTO topics (chat_id, thread_id, dialog, request_id)"
                f" VALUES (%s, %s, %s, %s) RETURNING {_FIELDS}",
                self._chat,
                thread_id,
                dialog,
                request_id,
            )
            return _topic(rows[0])

    async def card_sent(self, topic: Topic, message_id: int) -> None:
        """Remember the message with the buttons."""
        await self._database.ask(
            "UPDATE topics SET card_message_id = %s WHERE id = %s", message_id, topic.id
        )

    async def say(
        self,
        topic: Topic,
        *,
        method: str = "sendMessage",
        **content: Any,  # noqa: ANN401 - Telegram's parameters
    ) -> int:
        """Send something into a topic; a closed one is opened for it.

        :returns: the message's number.
        :raises TopicGone: there is no such topic any more.
        :raises TelegramError: it did not get there.
        """
        place = {"chat_id": self._chat, "message_thread_id": topic.thread_id}
        try:
            sent = await self._api.call(method, **_ONE_TRY, **place, **content)
        except TelegramRefused as exc:
            if _gone(exc):
                raise TopicGone from exc
            if "TOPIC_CLOSED" not in exc.description:
                raise
            await self._api.call("reopenForumTopic", **place)
            sent = await self._api.call(method, **_ONE_TRY, **place, **content)
        return int(sent["message_id"])

    async def close(self, topic: Topic) -> None:
        """Close it in the group; one that is closed or gone is as good."""
        with contextlib.suppress(TelegramRefused):
            await self._api.call(
                "closeForumTopic", chat_id=self._chat, message_thread_id=topic.thread_id
            )

    async def open(self, topic: Topic) -> None:
        """Let people write in it again; the bot itself may write in a closed one, too."""
        with contextlib.suppress(TelegramRefused):
            await self._api.call(
                "reopenForumTopic", chat_id=self._chat, message_thread_id=topic.thread_id
            )

    async def renew(self, topic: Topic, title: str) -> Topic:
        """Make a topic in the place of one that is gone; nothing stands in it yet.

        :raises TelegramError: it cannot be made now.
        """
        async with self._lines.in_line(topic.dialog):
            now = await self.of_id(topic.id)
            if now and now.thread_id != topic.thread_id:  # another job of the dialog made it
                return now
            thread_id = await self._create(title)
            rows = await self._database.ask(
                "UPDATE topics SET thread_id = %s, card_message_id = NULL WHERE id = %s"
                f" RETURNING {_FIELDS}",
                thread_id,
                topic.id,
            )
            if not rows:  # erased meanwhile
                raise TopicGone
            return _topic(rows[0])

    async def erase(self, chat: int, thread_id: int) -> None:
        """Delete a topic with all that stands in it; one that is gone is as good.

        :param chat: its group, which may be another by now.
        :raises TelegramError: it may still be there.
        """
        try:
            await self._api.call("deleteForumTopic", chat_id=chat, message_thread_id=thread_id)
        except TelegramRefused as exc:
            if not _gone(exc) and "chat not found" not in exc.description:
                raise

    async def _create(self, title: str) -> int:
        made = await self._api.call("createForumTopic", **_ONE_TRY, chat_id=self._chat, name=title)
        return int(made["message_thread_id"])

    async def _one(self, where: str, value: object) -> Topic | None:
        rows = await self._database.ask(
            f"SELECT {_FIELDS} FROM topics WHERE chat_id = %s AND {where}", self._chat, value
        )
        return _topic(rows[0]) if rows else None


def _gone(refusal: TelegramRefused) -> bool:
    words = refusal.description
    return (
        "message thread not found" in words
        or "TOPIC_ID_INVALID" in words
        or ("TOPIC_DELETED" in words)
    )


def _topic(row: tuple[Any, ...]) -> Topic:
    number, thread_id, dialog, request_id, card = row
    return Topic(
        id=number, thread_id=thread_id, dialog=dialog, request_id=request_id, card_message_id=card
    )
