"""A report as a book of Excel is what was on the screen, and runs nothing."""

import io
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl

from optfm.reports.xlsx import book


def test_a_hostile_cell_is_a_text():
    """Whatever a customer writes, Excel computes nothing of it."""
    hostile = [
        '=cmd|"/c calc"!A1',
        "+7 910",
        "-1",
        "@SUM(1)",
        "a\x00b\x1b",
        "\u202eлево",
        "x" * 40_000,
    ]
    made = openpyxl.load_workbook(io.BytesIO(book("Итог: [всё]", ["Что"], [[t] for t in hostile])))
    cells = [row[0] for row in made.active.iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(hostile)
    assert cells[0].value == hostile[0]
    assert cells[4].value == "ab"


def test_numbers_and_times_can_be_counted_with():
    """They are numbers and times, in the shop's clock."""
    at = datetime(2026, 11, 29, 12, 30, tzinfo=UTC)
    made = openpyxl.load_workbook(
        io.BytesIO(book("Итог", ["a", "b", "c"], [[5, Decimal("1.5"), at]]))
    )
    assert [cell.value for cell in made.active[2]] == [5, 1.5, at.replace(tzinfo=None)]
