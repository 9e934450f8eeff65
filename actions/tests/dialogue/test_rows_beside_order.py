"""Rows whose prices are asked while an order is open: their places are theirs."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from optfm.conversation import ConversationState, take_turn
from optfm.dialogue.orders import OrderTurn
from optfm.dialogue.prices import SLOT
from optfm.dialogue.shop import Shop

Hear = Callable[..., list[tuple[str, int | None]] | None]


@pytest.fixture
def hear(shop: Shop, tmp_path: Path) -> Hear:
    """A message to an order of one line, right after prices of displays; its lines' codes."""
    action = OrderTurn(dataclasses.replace(shop, files=tmp_path))
    talk = take_turn("дисплей на айфон 11", ConversationState(), shop.prices.current()).state

    def said(text: str, slots: dict[str, Any], before: list[dict[str, Any]]) -> Any:
        latest = {"text": text, "intent": {"name": None}}
        events = [*before, {"event": "user", "text": text}]
        tracker = Tracker("d-rows", slots, latest, events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        done = action.run(dispatcher, tracker, {})
        return None if done[0]["event"] == "undo" else dispatcher.messages[0]["custom"]["order"]

    said("аккумулятор iphone 12 - 2 шт, кабель type-c 5 шт", {}, [])
    rows = [{"code": code} for code in talk.listed]
    told = {"event": "bot", "text": "1. …", "data": {"custom": {"rows": rows}}}

    def hear(text: str, first: int = 2) -> list[tuple[str, int | None]] | None:
        order = said(text, {SLOT: talk.as_slot()}, [{"event": "user", "text": "?"}, told])
        return order and [(line["code"], line["quantity"]) for line in order["lines"][first:]]

    hear.listed = talk.listed  # type: ignore[attr-defined]
    return hear


@pytest.mark.parametrize(
    ("text", "place", "pieces"),
    [("второй, 3 шт", 1, 3), ("первый 4 шт добавь", 0, 4), ("самый дешёвый, две штуки", 0, 2)],
)
def test_a_place_right_after_prices_is_of_their_rows(
    hear: Hear, text: str, place: int, pieces: int
):
    """And not of the order's lines, whose counts would change unasked."""
    lines = hear(text)
    assert lines is not None and lines[0][1] == pieces
    if "дешёв" not in text:
        assert lines[0][0] == hear.listed[place]  # type: ignore[attr-defined]


def test_what_takes_away_is_said_of_the_order(hear: Hear):
    """«Второй убери» removes a line, and adds no row."""
    assert hear("второй убери") == []


@pytest.mark.parametrize("text", ["вместо кабеля давай второй", "возьму второй вместо кабеля"])
def test_a_row_shown_takes_the_place_of_a_line(hear: Hear, text: str):
    """With its count; a place behind «вместо» would be of the order."""
    lines = hear(text, 0)
    assert lines is not None and len(lines) == 2
    assert lines[1] == (hear.listed[1], 5)  # type: ignore[attr-defined]
