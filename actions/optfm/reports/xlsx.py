"""A table as a book of Excel in which nothing is a formula."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import openpyxl

Cell = str | int | float | Decimal | datetime | None

#: What a sheet of Excel holds.
_MOST_ROWS = 1_048_575
_LONGEST = 32_000
_WIDEST, _NARROWEST = 60, 10


def book(title: str, columns: Sequence[str], table: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet: numbers and times as such, every text as a text.

    :param title: of the sheet; what Excel does not take in it is left out.
    """
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    for number, name in enumerate(columns):
        width = min(max(len(name) + 4, _NARROWEST if number else 24), _WIDEST)
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number + 1)].width = width
    sheet.append([_cell(sheet, name) for name in columns])
    for number, row in enumerate(table):
        if number == _MOST_ROWS:
            break
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Cell) -> openpyxl.cell.WriteOnlyCell:
    if isinstance(value, datetime):
        cell = openpyxl.cell.WriteOnlyCell(sheet, value=value.replace(tzinfo=None))
        cell.number_format = "DD.MM.YYYY HH:MM"
        return cell
    if isinstance(value, str):
        cell = openpyxl.cell.WriteOnlyCell(sheet, value=_plain(value))
        cell.data_type = "s"
        return cell
    return openpyxl.cell.WriteOnlyCell(sheet, value=value)


def _plain(text: str) -> str:
    """What a cell can hold."""
    kept = (c for c in text if c in "\n\t" or not unicodedata.category(c).startswith("C"))
    return "".join(kept)[:_LONGEST]


def _sheet_title(text: str) -> str:
    return "".join(c for c in _plain(text) if c not in "[]:*?/\\'")[:31] or "Отчёт"
