"""Goods that the list puts no price on: never shown with one, never denied."""

from datetime import date

import pytest

from optfm.catalog import PriceRow, UnpricedRow
from optfm.conversation import ConversationState, take_turn
from optfm.dialogue import wording
from optfm.search import PriceIndex
from optfm.search.live import Current, without_price
from optfm.text.vocabulary import load


@pytest.fixture(scope="module")
def current() -> Current:
    """A list of cables with prices and one display without."""
    rows = [
        PriceRow(
            code=f"К-{n}",
            name=f"Кабель USB Type-C {n} м",
            price_kop=10_000 + n,
            status="",
            path=("Кабели",),
            row_number=n,
            unit="м" if n == 2 else "шт",
            stock=">10" if n == 2 else "",
        )
        for n in range(1, 6)
    ]
    display = UnpricedRow(
        code="Д-1",
        name="Дисплей iPhone 11 черный",
        said="по запросу",
        status="",
        path=("Дисплеи",),
        row_number=9,
    )
    vocabulary = load()
    return Current(
        index=PriceIndex.build(rows, vocabulary),
        list_id=1,
        list_date=date(2026, 3, 14),
        weaviate=None,
        meaning=None,
        unpriced=PriceIndex.build(without_price([display]), vocabulary),
    )


def test_what_has_no_price_is_named_and_left_to_a_manager(current: Current):
    """An honest answer: it is there, its price is not."""
    turn = take_turn("дисплей айфон 11", ConversationState(), current)
    [message] = wording.messages_of(turn, current.list_date)
    assert message.response == "utter_price_unpriced"
    assert "Дисплей iPhone 11 черный" in message.values["goods"]
    assert "₽" not in message.values["goods"]
    assert message.data["rows"] == []


def test_what_is_in_neither_is_still_denied(current: Current):
    """And what has a price is shown with it."""
    [none] = current.search_all("чехол самсунг а12", limit=5)
    assert (none.kind, none.unpriced) == ("none", ())
    [found] = current.search_all("кабель type-c 2 м", limit=5)
    assert found.kind == "found"


def test_the_stock_and_the_unit_of_the_list_are_shown(current: Current):
    """As of the day of the list, in the text and in the data."""
    turn = take_turn("кабель type-c 2 м", ConversationState(), current)
    [message] = wording.messages_of(turn, current.list_date)
    assert "цена за м" in message.values["rows"]
    assert "остаток на день прайс-листа: >10" in message.values["rows"]
    assert message.data["rows"][0]["stock"] == ">10"
