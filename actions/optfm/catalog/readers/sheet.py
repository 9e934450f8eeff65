"""A worksheet as every reader gives it: rows of cells, and how they look."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from optfm.catalog.errors import PriceListError

#: Cells with something in them. Forty times the shop's own list; a hostile file ends here.
MAX_CELLS = 1_000_000

DAMAGED = (
    "файл повреждён или сохранён не до конца: откройте его в Excel и сохраните как .xlsx "
    "или выгрузите прайс-лист из 1С ещё раз"
)


@dataclass(frozen=True, slots=True)
class Odd:
    """The value of a cell that is neither a text nor a number nor a date."""

    what: str  #: in Russian, nominative: "формула", "ошибка #N/A"


type Value = str | float | date | Odd


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it."""

    value: Value
    indent: int = 0  #: of its alignment, in Excel's steps
    bold: bool = False
    format: str = ""  #: the number format, e.g. '#,##0.00" KZT"'; "" for General


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with at least one cell that is not empty."""

    number: int  #: 1-based
    outline: int  #: 0..7, more Excel cannot store
    cells: Mapping[int, Cell]  #: by 0-based column
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; numbers are inclusive, rows 1-based, columns 0-based."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet without its empty rows."""

    name: str
    rows: tuple[SheetRow, ...]  #: in order
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    spans: tuple[Span, ...] = field(default=())


def take_rows(rows: Iterable[SheetRow]) -> tuple[SheetRow, ...]:
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
    """Turn whatever a parser stumbles over into a refusal.

    xlrd, zipfile and expat answer a broken file with any error there is, from AssertionError to
    zlib.error, so this is the one place that catches them all.
    """
    try:
        yield
    except PriceListError:
        raise
    except Exception as exc:
        raise PriceListError(DAMAGED) from exc
