"""What a talk with a manager survives: each process killed in the middle, and a silent manager."""

import contextlib
import os
import signal
import uuid
from collections.abc import Iterator

import pytest
from managers.group import Group, eventually, playing


@pytest.fixture(scope="module")
def shaken() -> Iterator[Group]:
    """A group with a bot whose processes are killed."""
    with playing() as group:
        yield group


def _kill(group: Group, name: str) -> None:
    before = group.bot.pid(name)
    os.kill(before, signal.SIGKILL)

    def is_back() -> bool:
        with contextlib.suppress(FileNotFoundError):  # Postgres' own, while it starts
            return group.bot.pid(name) != before
        return False

    eventually(is_back)


def test_a_talk_goes_on_over_killed_processes_and_ends_once(shaken: Group):
    """Nothing is lost, no customer reads a thing twice, and after the silence one line tells it.

    What was on its way into the topic in the moment of a kill may come there again: the Bot API
    has no way to send the same thing safely twice.
    """
    group, customer = shaken, shaken.customer("Вера")
    customer.writes("позовите менеджера, я Вера")
    topic = group.topic_of("позовите менеджера, я Вера")
    marks = []
    for number, name in enumerate(("worker", "rasa", "actions", "postgres")):
        _kill(group, name)
        mark = f"вопрос {number} {uuid.uuid4().hex[:6]}"
        customer.writes(mark)
        group.writes(group.anna, topic, f"ответ на {mark}")
        marks.append(mark)
    for mark in marks:
        group.sees(topic, mark)
        eventually(lambda mark=mark: any(f"ответ на {mark}" in _text(m) for m in customer.got()))
    group.sql("UPDATE dialogs SET until = now() WHERE external_id = %s", f"tg:{customer.chat}")
    eventually(lambda: any("Снова на связи бот" in _text(m) for m in customer.got()))
    heard = "\n".join(_text(m) for m in customer.got())
    lines = [m for m in group.lines(topic) if m["from"]["is_bot"]]
    # A card that was on its way in a kill comes again and quotes what was said until then.
    read = "\n".join(_text(m) for m in lines if not m.get("reply_markup"))
    assert heard.count("Снова на связи бот") == 1
    for kills_before, mark in enumerate(marks, 1):
        assert heard.count(mark) == 1
        assert 1 <= read.count(mark) <= 1 + len(marks) - kills_before
    said = [text for author, text in group.said(f"tg:{customer.chat}") if author != "bot"]
    assert sorted(said) == sorted(
        ["позовите менеджера, я Вера", *marks, *(f"ответ на {mark}" for mark in marks)]
    )
    customer.writes("дисплей айфон 11")
    eventually(lambda: any("₽" in _text(m) for m in customer.got()))


def _text(message: dict) -> str:
    return message.get("text") or message.get("caption") or ""
