"""A managers' group in the strict Telegram, beside a whole bot."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg2
import pytest
from conftest import ROOT, Bot, free_port, run_folder

sys.path.insert(0, str(ROOT / "actions" / "tests" / "peers" / "telegram"))
from running import TOKEN, Customer, Telegram, telegram_peer

Found = TypeVar("Found")
Message = dict[str, Any]


def eventually(look: Callable[[], Found], timeout_s: float = 40.0) -> Found:
    """What `look` finds once it is there."""
    deadline = time.monotonic() + timeout_s
    while not (found := look()):
        assert time.monotonic() < deadline, f"it never came: {look.__name__}"
        time.sleep(0.1)
    return found


@dataclass
class Group:
    """The group, two managers in it, and the bot that serves it."""

    telegram: Telegram
    chat: int
    anna: int
    oleg: int
    stranger: int
    bot: Bot

    def topic_of(self, words: str) -> int:
        """The topic in which these words stand, once there is one."""

        def look() -> int:
            return next((m["message_thread_id"] for m in self._log() if words in _text(m)), 0)

        return eventually(look)

    def lines(self, topic: int) -> list[Message]:
        """What stands in a topic."""
        return [m for m in self._log() if m.get("message_thread_id") == topic]

    def sees(self, topic: int, words: str) -> Message:
        """A message of the bot's in a topic with these words, once it is there."""
        return eventually(
            lambda: next(
                (m for m in self.lines(topic) if words in _text(m) and m["from"]["is_bot"]), None
            )
        )

    def card(self, topic: int) -> Message:
        """The message with the buttons."""
        return eventually(
            lambda: next((m for m in self.lines(topic) if m.get("reply_markup")), None)
        )

    def writes(self, who: int, topic: int | None, text: str = "", **content: Any) -> Message:
        """A person writes in the group; `topic` None: General."""
        given = {"text": text, **content} if text else content
        if topic is not None:
            given["thread"] = topic
        return self.telegram.tell("message", chat=self.chat, **{"from": who}, **given)

    def presses(self, who: int, card: Message, title: str) -> str:
        """Presses a button of a card; what he is told."""
        rows = card["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if b["text"] == title)
        pressed = self.telegram.tell(
            "press", chat=self.chat, message_id=card["message_id"], data=data, **{"from": who}
        )
        number = pressed["query"]["id"]
        told = eventually(lambda: self.telegram.ask("query", id=number).get("answered"))
        return told["text"]

    def customer(self, name: str = "Покупатель") -> Customer:
        """Somebody in Telegram."""
        return self.telegram.customer(name)

    def sql(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says."""
        connection = psycopg2.connect(self.bot.db_url)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(question, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def said(self, dialog: str) -> list[tuple[str, str]]:
        """Who said what in a dialog, in order."""
        return self.sql("SELECT author, text FROM messages WHERE dialog = %s ORDER BY id", dialog)

    def _log(self) -> list[Message]:
        return self.telegram.ask("chat", chat=self.chat)


def got(customer: Customer, words: str) -> Message:
    """A message that the bot sent a customer, once it is there."""
    return eventually(lambda: next((m for m in customer.got() if words in _text(m)), None))


def _text(message: Message) -> str:
    return message.get("text") or message.get("caption") or ""


@contextmanager
def playing(**environ: str) -> Iterator[Group]:
    """A bot with a group of two managers, Anna and Oleg, always at work."""
    with telegram_peer(free_port()) as telegram, run_folder() as folder:
        people = [
            telegram.tell("user", first_name=name)["id"] for name in ("Анна", "Олег", "Гость")
        ]
        chat = telegram.tell("group", title="Менеджеры", members=people[:2])["id"]
        settings = {
            "TELEGRAM_API_URL": telegram.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_MANAGERS_CHAT": str(chat),
            "MANAGER_NAMES": f"{people[0]}:Анна",
            "WORK_HOURS": "24/7",
            **environ,
        }
        group = Group(telegram, chat, *people, Bot(folder, settings))
        group.bot.start()
        try:
            yield group
        finally:
            group.bot.stop()


@pytest.fixture(scope="session")
def group() -> Iterator[Group]:
    """One bot with a managers' group for all tests that only talk to it."""
    with playing() as played:
        yield played
