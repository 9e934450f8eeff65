"""«Беру», «Ответить», «Закрыть» below the card of a topic: the first who presses wins."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import cursor as Cursor

from connectors.managers.lifecycle import move_request
from connectors.managers.staff import Staff
from connectors.managers.takeover import Modes, note
from connectors.managers.topics import Topic, Topics
from connectors.managers.words import ManagerWords
from connectors.server.database import Database
from connectors.telegram.api import TelegramApi, TelegramError

CallbackQuery = dict[str, Any]

_TALK = """
SELECT manager FROM dialogs WHERE external_id = %(dialog)s AND mode = 'manager'
ORDER BY manager NULLS LAST FOR UPDATE
"""


#: Whoever took the request, else whoever answers in the dialog.
_OWNER = """
SELECT coalesce(
    (SELECT taken_by FROM requests WHERE id = %(request)s AND status <> 'closed'),
    (SELECT manager FROM dialogs WHERE external_id = %(dialog)s AND mode = 'manager'
        AND manager IS NOT NULL LIMIT 1))
"""


def keyboard(words: ManagerWords, topic: Topic, *, taken: bool = False) -> dict[str, Any]:
    """The buttons of a card, as Telegram's `InlineKeyboardMarkup`.

    :param taken: somebody has it: nobody else takes it.
    """
    names = ["answer", "close"] if taken else ["take", "answer", "close"]
    buttons = [
        {"text": words.say("buttons", name), "callback_data": f"{name}:{topic.id}"}
        for name in names
    ]
    return {"inline_keyboard": [buttons]}


def owner(cursor: Cursor, topic: Topic) -> str | None:
    """Who has a topic's request or its talk, as his colleagues know him; None: nobody yet."""
    cursor.execute(_OWNER, {"request": topic.request_id, "dialog": topic.dialog})
    (name,) = cursor.fetchone() or (None,)
    return str(name) if name else None


def end(cursor: Cursor, modes: Modes, words: ManagerWords, topic: Topic) -> bool:
    """Close a topic's request, and give its dialog back to the bot.

    :returns: whether there was anything to end.
    """
    request = move_request(cursor, topic.request_id, "closed", by=None)
    closed = bool(request and request.moved)
    farewell = {"text": words.say("customer", "closed")}
    return modes.back(cursor, topic.dialog, farewell) or closed


@dataclass(frozen=True)
class Buttons:
    """The buttons of one group."""

    api: TelegramApi
    chat: int
    database: Database
    modes: Modes
    topics: Topics
    staff: Staff
    words: ManagerWords

    async def press(self, query: CallbackQuery) -> None:
        """Do what a button says, and tell who pressed it.

        :raises DatabaseAway: nothing was done.
        """
        what, _, number = str(query.get("data") or "").partition(":")
        message = query.get("message") or {}
        actions: dict[str, Callable[[Cursor, Topic, CallbackQuery], str]] = {
            "take": self._take,
            "answer": self._answer,
            "close": self._close,
        }
        if message.get("chat", {}).get("id") != self.chat or what not in actions:
            await self._tell(query, "")
            return
        if not await self.staff.is_member(int(query["from"]["id"])):
            await self._tell(query, self.words.say("pressed", "stranger"))
            return
        topic = (
            await self.topics.of_id(int(number))
            if number.isdecimal() and len(number) < 19
            else None
        )
        if topic is None:
            await self._tell(query, self.words.say("pressed", "gone"))
            return
        act = actions[what]
        found = topic
        said = await self.database.do(lambda cursor: act(cursor, found, query))
        await self._tell(query, said)
        await self.taken(self.api, self.chat, topic, self.words, message.get("message_id"))
        if what == "close":
            await self.topics.close(topic)
        elif what == "answer":
            await self.topics.open(topic)

    @staticmethod
    async def taken(
        api: TelegramApi, chat: int, topic: Topic, words: ManagerWords, card: int | None = None
    ) -> None:
        """Leave no «Беру» below a card that somebody took."""
        card = card or topic.card_message_id
        if card is None:
            return
        # It may look so already, and what matters is said elsewhere.
        with contextlib.suppress(TelegramError):
            await api.call(
                "editMessageReplyMarkup",
                chat_id=chat,
                message_id=card,
                reply_markup=keyboard(words, topic, taken=True),
            )

    def _take(self, cursor: Cursor, topic: Topic, query: CallbackQuery) -> str:
        values = self._values(topic, query)
        request = move_request(cursor, topic.request_id, "taken", by=values["who"])
        if not (request and request.moved):
            if request and request.status != "closed":
                return self._taken_before(request.taken_by, values["who"])
            cursor.execute(_TALK, values)
            talk = cursor.fetchone()
            if talk and talk[0]:
                return self._taken_before(talk[0], values["who"])
            if request and not talk:
                return self.words.say("pressed", "closed_before")
            # His request is closed, or there is none: he has called again.
            self.modes.speaks(cursor, topic.dialog, values["who"])
        self._note(cursor, topic, "taken", query)
        return self.words.say("pressed", "taken")

    def _taken_before(self, by: str | None, who: str) -> str:
        if by == who:
            return self.words.say("pressed", "yours")
        return self.words.say("pressed", "taken_before", name=by or self.words.no_name)

    def _answer(self, cursor: Cursor, topic: Topic, query: CallbackQuery) -> str:
        values = self._values(topic, query)
        speaker = owner(cursor, topic)
        move_request(cursor, topic.request_id, "taken", by=values["who"])
        self.modes.speaks(cursor, topic.dialog, values["who"])
        cursor.execute("UPDATE topics SET used_at = now() WHERE id = %s", (topic.id,))
        if speaker and speaker != values["who"]:
            return self.words.say("pressed", "speaks", name=speaker)
        self._note(cursor, topic, "listening", query)
        return self.words.say("pressed", "answer")

    def _close(self, cursor: Cursor, topic: Topic, query: CallbackQuery) -> str:
        if not end(cursor, self.modes, self.words, topic):
            return self.words.say("pressed", "closed_before")
        self._note(cursor, topic, "closed", query)
        return self.words.say("pressed", "closed")

    def _values(self, topic: Topic, query: CallbackQuery) -> dict[str, Any]:
        who = self.staff.colleague(query)
        return {"request": topic.request_id, "dialog": topic.dialog, "who": who}

    def _note(self, cursor: Cursor, topic: Topic, name: str, query: CallbackQuery) -> None:
        line = self.words.say("topic", name, name=self.staff.colleague(query))
        note(cursor, topic.dialog, line, f"button {query['id']}", topic=topic.id)

    async def _tell(self, query: CallbackQuery, words: str) -> None:
        # A press is told once, and not after a while: then nobody waits for it.
        with contextlib.suppress(TelegramError):
            await self.api.call(
                "answerCallbackQuery", callback_query_id=query["id"], text=words or None
            )
