"""What stands above the goods: the title with the list's date, and the header's columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

from optfm.catalog.errors import PriceListError
from optfm.catalog.fields import clean
from optfm.catalog.sheet import Sheet, SheetRow

#: The header stands above this row, or the sheet is something else.
_LAST_ROW = 40

_MONTHS = dict(
    января=1,
    февраля=2,
    марта=3,
    апреля=4,
    мая=5,
    июня=6,
    июля=7,
    августа=8,
    сентября=9,
    октября=10,
    ноября=11,
    декабря=12,
)
_DATE_IN_WORDS = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})\b")
_DATE_IN_DIGITS = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Head:
    """What the rows below are read by; columns are 0-based."""

    title: str  #: as printed
    list_date: date
    first_row: int  #: 1-based, the first one below the header
    name: int
    code: int
    status: int
    price: int

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that make a row a row of the list."""
        return (self.name, self.code, self.status, self.price)


def find_head(sheet: Sheet) -> Head | None:
    """The title and the columns, found by their words wherever they stand.

    :returns: None when the sheet has no header of a price list.
    :raises PriceListError: a header without one of its columns or with two of a kind; no title
        with a date above it.
    """
    top = [row for row in sheet.rows[:_LAST_ROW] if row.number <= _LAST_ROW]
    for index, row in enumerate(top):
        headings = _headings(row)
        if not {"номенклатура", "код"} <= set(headings.values()):
            continue
        header, last = [headings], row.number
        for below in top[index + 1 : index + 2]:
            # In the two-row header the upper row names the kind of price, the lower says «Цена».
            if below.number == row.number + 1 and "цена" in _headings(below).values():
                header.append(_headings(below))
                last = below.number
        title, list_date = _find_title(top[:index], row.number)
        return Head(
            title=title,
            list_date=list_date,
            first_row=last + 1,
            name=_only_column(header, "Номенклатура", row.number),
            code=_only_column(header, "Код", row.number),
            status=_only_column(header, "Статус", row.number),
            price=_only_column(header, "Цена", row.number),
        )
    return None


def _headings(row: SheetRow) -> dict[int, str]:
    return {
        column: clean(cell.value).casefold()
        for column, cell in row.cells.items()
        if isinstance(cell.value, str)
    }


def _only_column(header: Sequence[dict[int, str]], heading: str, row: int) -> int:
    columns = sorted(
        {
            column
            for headings in header
            for column, text in headings.items()
            if text == heading.casefold()
        }
    )
    if not columns:
        raise PriceListError(f"в шапке нет столбца «{heading}»", row=row)
    if len(columns) > 1:
        letters = ", ".join(get_column_letter(column + 1) for column in columns)
        raise PriceListError(
            f"в шапке несколько столбцов «{heading}» ({letters}): оставьте один", row=row
        )
    return columns[0]


def _find_title(rows: Sequence[SheetRow], header_row: int) -> tuple[str, date]:
    for row in rows:
        for cell in row.cells.values():
            text = clean(cell.value) if isinstance(cell.value, str) else ""
            if "прайс" in text.casefold() and (found := _find_date(text, row.number)):
                return text, found
    raise PriceListError(
        "над шапкой нет строки с датой вида «Прайс-лист на 25 июня 2025 г.»", row=header_row
    )


def _find_date(text: str, row: int) -> date | None:
    if match := _DATE_IN_WORDS.search(text.casefold()):
        day, month, year = int(match[1]), _MONTHS[match[2]], int(match[3])
    elif match := _DATE_IN_DIGITS.search(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError as exc:
        raise PriceListError(f"такой даты нет: «{match[0]}»", row=row) from exc
