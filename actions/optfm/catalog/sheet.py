"""What the two Excel formats have in common: rows of cells with an outline level.

The reader of the price list sees only this; `sheet_xls` and `sheet_xlsx` make it.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optfm.catalog.errors import PriceListError

#: Cells with something in them. Forty times the real list; a hostile file ends here.
MAX_CELLS = 1_000_000


@dataclass(frozen=True, slots=True)
class Odd:
    """The value of a cell that is neither a text nor a number."""

    what: str  #: in Russian, nominative: "дата", "формула", "ошибка #N/A"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it."""

    value: str | float | Odd
    indent: int  #: of its alignment, in Excel's steps


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with at least one cell that is not empty."""

    number: int  #: 1-based
    outline: int  #: 0..7, more Excel cannot store
    cells: Mapping[int, Cell]  #: by 0-based column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet without its empty rows."""

    name: str
    rows: tuple[SheetRow, ...]  #: in order


def take_rows(rows: Iterator[SheetRow]) -> tuple[SheetRow, ...]:
    """The rows of a sheet, as long as there are not too many.

    :raises PriceListError: more than MAX_CELLS cells.
    """
    taken: list[SheetRow] = []
    cells = 0
    for row in rows:
        taken.append(row)
        cells += len(row.cells)
        if cells > MAX_CELLS:
            raise PriceListError(f"в листе больше {MAX_CELLS} ячеек: это не прайс-лист")
    return tuple(taken)


@contextlib.contextmanager
def library_errors() -> Iterator[None]:
    """Turn whatever xlrd or openpyxl stumble over into a refusal.

    They answer a broken file with any error there is, from AssertionError to zlib.error, so this
    is the one place that catches them all; a bug of ours does not run inside the block.
    """
    try:
        yield
    except PriceListError:
        raise
    except Exception as exc:
        raise PriceListError(
            "файл повреждён или сохранён не до конца: выгрузите прайс-лист из 1С ещё раз"
        ) from exc
