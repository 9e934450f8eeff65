"""What is said of a managers' group that takes no topics, by the doctor and at the start."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from optfm.processes.telegram_check import check_group
from optfm.settings import Settings
from tests.peers.telegram.running import TOKEN, Telegram, telegram_peer


@pytest.fixture(scope="module")
def telegram() -> Iterator[Telegram]:
    """The strict peer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with telegram_peer(port) as telegram:
        yield telegram


def _check(telegram: Telegram, chat: int) -> tuple[bool, str]:
    return check_group(
        Settings(
            telegram_api_url=telegram.url,
            telegram_bot_token=SecretStr(TOKEN),
            telegram_managers_chat=chat,
        )
    )


def test_a_group_with_topics_that_the_bot_manages_is_well(telegram: Telegram):
    """It is named, so that the owner sees which one it is."""
    chat = telegram.tell("group", title="Менеджеры")["id"]
    assert _check(telegram, chat) == (True, "«Менеджеры», темы включены")


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ({"forum": False}, "не включены темы"),
        ({"bot": {"status": "member"}}, "правом «Управление темами»"),
        ({"bot": {"status": "administrator"}}, "правом «Управление темами»"),
        ({"bot": None}, "«Управление темами»|добавьте бота в группу"),
    ],
)
def test_each_other_group_is_told_with_what_to_do(
    telegram: Telegram, group: dict[str, Any], words: str
):
    """Nobody has to read Telegram's own words."""
    chat = telegram.tell("group", title="Менеджеры", **group)["id"]
    well, said = _check(telegram, chat)
    assert not well and any(part in said for part in words.split("|")), said


def test_a_person_and_an_unknown_number_are_no_groups(telegram: Telegram):
    """A number that was copied from the wrong place."""
    person = telegram.tell("user", first_name="Анна")["id"]
    for chat in (person, -1001):
        well, said = _check(telegram, chat)
        assert not well and str(chat) in said
