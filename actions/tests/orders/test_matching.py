"""Lines against the list: states, notes, totals."""

from optfm.catalog import PriceRow
from optfm.orders import IndexGoods, Matcher, Order, SaidLine, read, telling
from optfm.search import PriceIndex
from optfm.text import load_vocabulary


def _order(matcher: Matcher, text: str) -> Order:
    return matcher.order(read(text, matcher.goods))


def test_a_code_is_sure_in_any_spelling(matcher: Matcher) -> None:
    """Small letters, a Latin prefix, a space."""
    row = next(r for r in matcher.goods.index.rows if r.code.startswith("УТ-"))
    digits = row.code.removeprefix("УТ-")
    text = f"ут-{digits} - 1\nYT-{digits} - 2\nУТ {digits} x3"
    order = _order(matcher, text)
    assert [line.code for line in order.lines] == [row.code] * 3
    assert [line.quantity for line in order.lines] == [1, 2, 3]
    assert "строке 1" in order.lines[1].note


def test_an_unknown_code_is_none(matcher: Matcher) -> None:
    """And has no price."""
    line = _order(matcher, "УТ-99999999 - 3").lines[0]
    assert (line.state, line.code, line.sum_kop) == ("none", "", None)


def test_several_qualities_are_to_be_chosen(matcher: Matcher) -> None:
    """Nothing is guessed where the goods differ in more than colour or packing."""
    line = _order(matcher, "дисплей iPhone 12 - 2").lines[0]
    assert line.state == "choose" and len(line.options) >= 2 and line.sum_kop is None


def test_totals_count_the_sure_lines(matcher: Matcher) -> None:
    """At the list's price; a sale is taken off beside."""
    sale = next(r for r in matcher.goods.index.rows if "Распродажа -50" in r.status)
    order = _order(matcher, f"{sale.code} - 3\nУТ-99999999 - 1")
    assert order.total_kop == 3 * sale.price_kop
    assert order.final_kop == round(1.5 * sale.price_kop)
    assert order.counts == {"sure": 1, "choose": 0, "none": 1, "unread": 0}


def test_a_pack_is_said(matcher: Matcher) -> None:
    """«Кратно 5 шт» with 3: says so and offers 5."""
    row = next(r for r in matcher.goods.index.rows if r.status.startswith("Кратно 5"))
    line = _order(matcher, f"{row.code} - 3").lines[0]
    assert line.quantity == 3 and "предлагаю 5" in line.note


def test_an_order_survives_its_json(matcher: Matcher) -> None:
    """What is kept in the database is the order that was."""
    order = _order(matcher, "дисплей 11 - 2, акб 12 - 3, мышь - 1")
    assert Order.from_json(order.to_json()) == order


def test_a_line_has_one_state_whatever_is_said(matcher: Matcher) -> None:
    """Also words that mean nothing."""
    assert matcher.line(SaidLine(said="ъъъ", quantity=1)).state in ("none", "unread")


def test_goods_without_a_price_are_no_plain_no(goods: IndexGoods) -> None:
    """The list has them: the manager names the price, and nothing near is offered instead."""
    row = PriceRow(
        code="УТ-90000001", name="Дисплей совместим с Honor X9 черный", price_kop=1, status="",
        path=("Дисплеи",), row_number=1,
    )  # fmt: skip
    unpriced = PriceIndex.build((row,), load_vocabulary())
    matcher = Matcher(goods, unpriced=unpriced)
    order = matcher.order(read("дисплей honor x9 - 2 шт\nдисплей honor x77 - 1 шт", goods))
    first, second = order.lines
    assert first.state == second.state == "none"
    assert first.quantity == 2 and "менеджер" in first.note and not first.options
    assert "цену и наличие уточнит менеджер" in telling.whole(order).splitlines()[0]
    assert "менеджер" not in second.note
    assert order.total_kop == 0
