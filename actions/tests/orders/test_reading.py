"""Texts as lines: words, quantities, what is beside."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optfm.orders import IndexGoods, Matcher, read
from optfm.orders.quantities import MOST

TEXTS = yaml.safe_load(Path(__file__).with_name("texts.yml").read_text(encoding="utf-8"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("ё", "е"))


@pytest.mark.parametrize("order", TEXTS, ids=lambda order: str(order["text"])[:40])
def test_an_order_is_read_line_by_line(order: dict[str, Any], goods: IndexGoods) -> None:
    """Each line keeps the customer's words and his quantity, and nothing else becomes a line."""
    found = [(_words(line.said), line.quantity) for line in read(order["text"], goods).lines]
    assert found == [(_words(said), quantity) for said, quantity in order["lines"]]


@pytest.mark.parametrize(
    "order", [o for o in TEXTS if o.get("beside")], ids=lambda o: o["text"][:30]
)
def test_a_question_beside_is_no_line(order: dict[str, Any], goods: IndexGoods) -> None:
    """What is asked beside the goods is told apart."""
    assert read(order["text"], goods).beside


def test_a_range_is_asked_about(goods: IndexGoods) -> None:
    """«5-10» is no quantity."""
    line = read("дисплей 11 5-10 шт", goods).lines[0]
    assert (line.quantity, line.range) == (None, (5, 10))


def test_a_row_longer_than_any_message_is_no_line(goods: IndexGoods) -> None:
    """Whoever reads it works for minutes, and everybody waits."""
    assert not read("дисплей 11 - 2, " * 1_000, goods).lines
    assert read("дисплей 11 - 2, " * 200, goods).lines


_PIECES = st.sampled_from(
    ["дисплей", "акб", "11", "5", "шт", "-", "по", ",", "\n", "\t", "на него же", "все",
     "x5", "(2)", "0.5", "пару", ":", ";", "=", "итого",
     "?", "999999999", "-3", "ремакс", "|", "УТ-00000012"]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_text_is_read(text: str, matcher: Matcher) -> None:
    """Nothing raises, quantities are no negative or absurd numbers, the states add up."""
    reading = read(text, matcher.goods)
    order = matcher.order(reading)
    assert len(order.lines) == len(reading.lines) == sum(order.counts.values())
    assert all(line.quantity is None or 0 <= line.quantity <= MOST for line in order.lines)
    assert all(_words(line.said) or line.said for line in order.lines)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["дисплей 11", "акб 12", "кабель type-c", "клей B7000", "стекло на а12"]
            ),
            st.integers(1, 999),
            st.sampled_from(
                ["{g} - {n}", "{g} {n} шт", "{g} x{n}", "{n} шт {g}", "- {g} — {n} шт."]
            ),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_written_line_is_a_line(
    goods: IndexGoods, wanted: list[tuple[str, int, str]]
) -> None:
    """A list one a line gives as many lines, each with its own quantity."""
    text = "\n".join(form.format(g=good, n=n) for good, n, form in wanted)
    found = [(line.said, line.quantity) for line in read(text, goods).lines]
    assert found == [(good, n) for good, n, _ in wanted]


def test_a_count_after_a_hyphenated_word_is_no_model(goods: IndexGoods) -> None:
    """«кабель type-c x1» is one cable: the «c x1» of it is no name of other goods."""
    [line] = read("кабель type-c x1", goods).lines
    assert (line.said, line.quantity) == ("кабель type-c", 1)
