"""An order edited in a form: what is changed, what stays as the customer has made it meanwhile."""

from dataclasses import replace

import pytest

from optfm.orders import IndexGoods, Matcher, Order, read
from optfm.orders.hand_edits import (
    NEW,
    EditRefused,
    LineEdit,
    Seen,
    changes,
    edited,
    keyed,
    rebased,
    seen,
    untouched,
)

_LIST = "аккумулятор iphone xr 2 шт\nкабель type-c 5 шт\nкабель type-c 1 шт"


@pytest.fixture
def order(matcher: Matcher, goods: IndexGoods) -> Order:
    """Three lines, two in the same words; the kind of cable is still to be chosen."""
    made = matcher.order(read(_LIST, goods))
    assert [line.quantity for line in made.lines] == [2, 5, 1]
    return made


def form_of(order: Order, **changed: object) -> list[LineEdit]:
    """A form over an order; what is given is changed in its first line."""
    [first, *others] = [untouched(key, line) for key, line in keyed(order).items()]
    return [replace(first, **changed), *others]


def test_form_that_changes_nothing_leaves_the_order(order: Order, matcher: Matcher):
    """Notes, states and prices, too."""
    assert edited(order, form_of(order), matcher) == order


def test_quantity_and_choice_are_written(order: Order, matcher: Matcher):
    """The choice has its price; the words of the customer stay."""
    edits = form_of(order, quantity=" 7 ")
    cable = order.lines[1]
    option = cable.options[0]
    edits[1] = replace(edits[1], code=option.code)
    done = edited(order, edits, matcher)
    assert done.lines[0].quantity == 7
    assert (done.lines[1].state, done.lines[1].code) == ("sure", option.code)
    assert (done.lines[1].price_kop, done.lines[1].said) == (option.price_kop, cable.said)
    assert done.lines[2] == order.lines[2]


def test_lines_are_dropped_and_added(order: Order, matcher: Matcher, goods: IndexGoods):
    """Of two lines in the same words the one that was marked goes."""
    edits = form_of(order)
    edits[1] = replace(edits[1], dropped=True)
    row = goods.index.rows[0]
    new = LineEdit(
        key=f"{NEW}{row.code}", seen=Seen(name=row.name, quantity=None, code=row.code),
        quantity="3", code=row.code, dropped=False,
    )  # fmt: skip
    done = edited(order, [*edits, new], matcher)
    assert [line.quantity for line in done.lines] == [2, 1, 3]
    assert (done.lines[2].code, done.lines[2].price_kop) == (row.code, row.price_kop)


@pytest.mark.parametrize("typed", ["", "0", "-1", "пять", "1,5", "100000", "²"])
def test_quantity_that_is_none_is_refused(order: Order, matcher: Matcher, typed: str):
    """The sentence names the goods."""
    with pytest.raises(EditRefused, match="сколько штук"):
        edited(order, form_of(order, quantity=typed), matcher)


def test_goods_that_are_gone_are_refused(order: Order, matcher: Matcher):
    """A new list came while the form was open."""
    with pytest.raises(EditRefused, match="больше нет в прайс-листе"):
        edited(order, form_of(order, code="УТ-00000000"), matcher)


def test_what_the_customer_changed_meanwhile_stays(order: Order, matcher: Matcher):
    """His new quantity, his new line and his removal, under a form that changes another line."""
    edits = form_of(order)
    edits[1] = replace(edits[1], quantity="50")
    now = replace(
        order,
        lines=(
            replace(order.lines[0], quantity=9),
            order.lines[1],
            replace(order.lines[0], said="и ещё один", quantity=4),
        ),
    )
    told = changes({edit.key: edit.seen for edit in edits}, now)
    assert any("было 2 шт, стало 9 шт" in line for line in told)
    assert any(line.startswith("+") for line in told)
    assert any(line.startswith("−") for line in told)
    lines = keyed(now)
    again = [rebased(edit, lines[edit.key]) for edit in edits if edit.key in lines]
    assert [line.quantity for line in edited(now, again, matcher).lines] == [9, 50, 4]


def test_changes_are_told_a_line_each(order: Order, matcher: Matcher):
    """A choice names the customer's words and what was chosen."""
    edits = form_of(order, quantity="3")
    edits[1] = replace(edits[1], code=order.lines[1].options[0].code)
    edits[2] = replace(edits[2], dropped=True)
    before = {key: seen(line) for key, line in keyed(order).items()}
    told = changes(before, edited(order, edits, matcher))
    assert len(told) == 3
    assert told[0].endswith("было 2 шт, стало 3 шт")
    assert told[1].startswith(f"{order.lines[1].said} → ")
    assert told[2].endswith(": убрано")
