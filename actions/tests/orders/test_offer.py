"""The offer: a table that adds up and a page, the same for the same order."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from optfm.orders import Line, Matcher, Order, offer, offering, read, refreshed

DAY = date(2026, 11, 29)


@pytest.fixture
def order(matcher: Matcher) -> Order:
    """Two lines that were found, one in words that look like a formula, one that is not sold."""
    rows = matcher.goods.index.rows
    text = f"{rows[3].code} - 3\n{rows[40].code} - 2"
    found = matcher.order(read(text, matcher.goods))
    assert found.counts["sure"] == 2
    evil = Line(said='=HYPERLINK("http://x")', asked="x", quantity=1, state="none", note="нет")
    return replace(found, lines=(*found.lines, evil), list_date=date(2025, 6, 25))


def _cells(content: bytes) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(content))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_the_same_order_gives_the_same_file(order: Order) -> None:
    """Byte by byte, whenever it is asked for."""
    made = [offer.xlsx(order, number=7, made=DAY) for _ in range(2)]
    assert made[0] == made[1]
    assert offer.page(order, number=7, made=DAY) == offer.page(order, number=7, made=DAY)


def test_an_accountant_gets_the_same_sum(order: Order) -> None:
    """The lines of the table add up to its total; the list's date stands in it."""
    cells = _cells(offer.xlsx(order, number=7, made=DAY))
    sums = [line.sum_kop for line in order.lines if line.sum_kop]
    flat = [cell for row in cells for cell in row]
    assert all(kop / 100 in flat for kop in sums) and sum(sums) / 100 in flat
    assert any("25.06.2025" in str(cell) for cell in flat)


def test_words_that_look_like_a_formula_are_text(order: Order) -> None:
    """Nothing that a customer has written is executed by whoever opens the table."""
    book = load_workbook(io.BytesIO(offer.xlsx(order, number=7, made=DAY)))
    said = [
        c for sheet in book for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)
    ]
    assert said and all(cell.data_type == "s" for cell in said)
    assert "<script" not in offer.page(
        replace(order, lines=(replace(order.lines[2], said="<script>"),)), number=7, made=DAY
    )


def test_a_new_list_makes_another_offer(order: Order, matcher: Matcher) -> None:
    """Prices that have changed are counted anew, and it says which list it is of."""
    old = replace(order, lines=(replace(order.lines[0], price_kop=100), *order.lines[1:]))
    new, told = refreshed(old, matcher, date(2025, 7, 1))
    assert "Цена изменилась: было 1 ₽" in told
    assert new.total_kop == order.total_kop
    before, after = (_cells(offer.xlsx(x, number=7, made=DAY)) for x in (old, new))
    assert before != after and "01.07.2025" in str(after)


def test_an_offer_lies_where_nobody_guesses_and_ends(order: Order, tmp_path: Path) -> None:
    """Each has an address of its own, with the second when it stops being given."""
    first, second = (offering.put(tmp_path, "d-1", order, number=7, made=DAY) for _ in range(2))
    assert first.table != second.table and len(Path(first.table).stem) >= 40
    until = next(tmp_path.rglob(f"{Path(first.table).stem}.until")).read_text()
    kept = next(tmp_path.rglob(f"{Path(first.table).stem}.xlsx"))
    left = int(until) - kept.stat().st_mtime
    assert abs(left - offering.DAYS * 86_400) < 3600
