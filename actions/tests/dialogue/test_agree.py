"""A yes outside the form."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from optfm.dialogue.agree import Agree

BUTTON = {"title": "Оставить заявку", "payload": "/leave_request"}
PROPOSED = "В прайс-листе такого нет. Если оставите заявку, отдел закупок проверит."


@pytest.mark.parametrize(
    ("text", "buttons", "begins"),
    [
        (PROPOSED, [BUTTON], True),
        ("3 шт: 300 ₽. Оформить заявку?", [BUTTON], True),
        ("1. Дисплей\n710 ₽ · код УТ-1\n\nЦены по прайс-листу от 25.06.2025.", [BUTTON], False),
        (PROPOSED, [], False),
    ],
)
def test_a_yes_begins_the_request_that_was_proposed(
    text: str, buttons: list[dict[str, str]], begins: bool
):
    """The button under a list of prices alone proposes nothing."""
    dispatcher = CollectingDispatcher()
    said: dict[str, Any] = {"event": "bot", "text": text, "data": {"buttons": buttons}}
    yes = {"event": "user", "text": "да"}
    tracker = Tracker("d", {}, {}, [said, yes], False, None, {}, "action_listen")
    events = Agree().run(dispatcher, tracker, {})
    assert [event.get("name") for event in events] == (["request_form"] if begins else [])
    assert [m["response"] for m in dispatcher.messages] == ([] if begins else ["utter_affirm"])


@pytest.mark.parametrize(("rows", "asks"), [(1, "Сколько штук"), (3, "Какую строку")])
def test_a_yes_to_rows_is_asked_how_many(rows: int, asks: str):
    """Of several rows, which of them first."""
    dispatcher = CollectingDispatcher()
    custom = {"rows": [{"code": str(n)} for n in range(rows)]}
    said: dict[str, Any] = {"event": "bot", "text": "1. Дисплей", "data": {"custom": custom}}
    yes = {"event": "user", "text": "угу"}
    tracker = Tracker("d", {}, {}, [said, yes], False, None, {}, "action_listen")
    assert Agree().run(dispatcher, tracker, {}) == []
    assert dispatcher.messages[0]["text"].startswith(asks)
