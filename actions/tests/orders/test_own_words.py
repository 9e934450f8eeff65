"""Edits in words that nobody wrote down: other forms of known verbs, unknown verbs, roundabout."""

import pytest

from optfm.orders import Editor, Matcher, Order, beginning, clauses, read
from optfm.orders.hearing import with_known_verbs


def _order(matcher: Matcher) -> Order:
    rows = [r for r in matcher.goods.index.rows if "Аккумулятор совместим с iPhone" in r.name][:1]
    rows += [r for r in matcher.goods.index.rows if r.name.startswith("Мышь")][:1]
    rows += [r for r in matcher.goods.index.rows if r.name.startswith("Колонка")][:1]
    text = "\n".join(f"{row.code} - {n}" for n, row in enumerate(rows, 2))
    return matcher.order(read(text, matcher.goods))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("глянем-ка, чего там в списке", "show"),
        ("а какой у меня сейчас заказ?", "show"),
        ("стираем всё, передумали", "clear"),
        ("отменяю весь заказ", "clear"),
        ("погоди, откатим последнее", "undo"),
        ("заказывайте, спасибо", "checkout"),
        ("отправляйте в работу", "checkout"),
        ("запускай заказ на сборку", "checkout"),
        ("не запускайте в работу", ""),
        ("сколько денег готовить", "total"),
        ("а к оплате сколько?", "total"),
        ("на какую сумму счёт", "total"),
        ("а теперь?", "total"),
        ("убери это из заказа", ""),
        ("где мой заказ?", ""),
        ("не оформляй", ""),
        ("номер заказа", ""),
    ],
)
def test_a_command_is_its_word_among_words_that_say_nothing(said: str, name: str) -> None:
    """Words that join or point change nothing; a noun, a question word, a denial do."""
    assert clauses.command(with_known_verbs(said)) == name


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("мышь вычёркиваю", [2, 4]),
        ("колонку снимаем", [2, 3]),
        ("мышку не возьмём", [2, 4]),
        ("мышь до пяти подтяни", [2, 5, 4]),
        ("мышь с колонкой до 6 подтяни", [2, 6, 6]),
        ("вторую в корзину семь", [2, 7, 4]),
        ("колонка клиенту не подошла", [2, 3]),
        ("мышь и колонку по 8 оставить", [2, 8, 8]),
        ("мышь с колонкой поменяй местами по количеству", [2, 4, 3]),
        ("колонок добей до 9", [2, 3, 9]),
        ("мышь уменьшаем втрое", [2, 1, 4]),
        ("третью сделай как вторую", [2, 3, 3]),
        ("колонок ноль", [2, 3]),
        ("колонок ни одной", [2, 3]),
        ("первый не нужен, второго оставить одну", [1, 4]),
        ("первую и вторую убери, третью сделай 9", [9]),
        ("на самом деле колонок мне девять надо", [2, 3, 9]),
    ],
)
def test_a_verb_may_be_any(said: str, left: list[int], matcher: Matcher, editor: Editor) -> None:
    """Its lines, its number and what is denied tell what to do."""
    edited = editor.edit(said, _order(matcher), 0)
    assert edited is not None
    assert [line.quantity for line in edited.order.lines] == left


def test_a_line_of_which_nothing_known_is_told_is_asked_about(
    matcher: Matcher, editor: Editor
) -> None:
    """No new search, no topic: which line, and what could be said of it."""
    order = _order(matcher)
    edited = editor.edit("мышь перепроверь", order, 0)
    assert edited is not None and edited.unclear == (1,) and edited.order == order


@pytest.mark.parametrize(
    "said", ["а есть ещё мышь на 7?", "какая скидка если 100 штук?", "мышь не белую"]
)
def test_what_asks_or_names_no_count_changes_none(
    said: str, matcher: Matcher, editor: Editor
) -> None:
    """A number of a question is of what it asks for."""
    order = _order(matcher)
    edited = editor.edit(said, order, 0)
    assert edited is None or [x.quantity for x in edited.order.lines] == [2, 3, 4]


def test_another_of_the_kind_is_chosen_among_what_there_is(
    matcher: Matcher, editor: Editor
) -> None:
    """«другую» names none: the line is open again, its count stays."""
    order = _order(matcher)
    edited = editor.edit("мышь другую", order, 0)
    assert edited is not None
    line = edited.order.lines[1]
    assert line.quantity == 3 and order.lines[1].code not in {o.code for o in line.options}
    assert line.state == "choose" or line.note


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("та, что набором 5 штук", True),
        ("беру тот который с рамкой", True),
        ("возьму 5 той что красная", False),
        ("дисплей на тот же 2 шт", False),
    ],
)
def test_which_of_the_rows_shown_is_meant(said: str, points: bool) -> None:
    """«та, что …» points at one of several; a count before it is of an order."""
    assert beginning.points(said) is points
