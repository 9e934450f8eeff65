"""Which columns tell how much of a good is there: one, or one for each place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from optfm.catalog.layout.table import Column, text_of
from optfm.catalog.layout.words import tokens, words
from optfm.catalog.readers.sheet import SheetRow

_MOST = 100


@dataclass(frozen=True, slots=True)
class StockColumn:
    """What is there of a good, in all or at one place."""

    index: int  #: 0-based
    place: str = ""  #: as its head says, e.g. "Москва"; "" where it is the only one


def stock_columns(columns: Sequence[Column], rows: Sequence[SheetRow]) -> tuple[StockColumn, ...]:
    """The columns of the stock of today.

    Of several the one that says that it is the whole; else all, each with its place. What is on
    its way, kept for others or has been sold is no stock that a customer can have.

    :returns: () where none tells it, or where two say the same.
    """
    found = [
        column
        for column in columns
        if column.role == "stock"
        and any(column.index in row.cells for row in rows)
        and tells_stock(rows, column.index)
    ]
    if len(found) > 1:
        found = [c for c in found if not words().stock_moved.found(tokens(c.label))] or found
    wholes = [c for c in columns if _is_whole(c, found)]
    if len(found) < 2 or len(wholes) == 1:
        return tuple(StockColumn(column.index) for column in (wholes or found)[:1])
    if len({column.label.casefold() for column in found}) < len(found):
        return ()
    places = _places([column.label for column in found])
    return tuple(StockColumn(c.index, place) for c, place in zip(found, places, strict=True))


def tells_stock(rows: Sequence[SheetRow], index: int) -> bool:
    """Whether a figure or a word of stock stands here mostly: «Склад» may name towns."""
    cells = [cell for row in rows if (cell := row.cells.get(index))]
    other = sum(
        any(map(str.isalpha, text))
        and not any(map(str.isdecimal, text))
        and not words().stock.found(tokens(text))
        for cell in cells
        if (text := text_of(cell))
    )
    return other * 2 <= len(cells)


def said_stock(columns: Sequence[StockColumn], texts: Iterable[str]) -> str:
    """What a row says of its stock, by places where there are several: "Москва: 3, Уфа: 12".

    :param texts: the row's cells in the order of the columns, "" for an empty one.
    :returns: at most `_MOST` letters, whole places only.
    """
    said = ""
    for column, text in zip(columns, texts, strict=True):
        if not text:
            continue
        one = f"{column.place}: {text}" if column.place else text
        longer = f"{said}, {one}" if said else one
        if len(longer) > _MOST:
            return said or longer[:_MOST]
        said = longer
    return said


def _is_whole(column: Column, found: Sequence[Column]) -> bool:
    """Whether it is the sum of the others: «Свободный остаток», «Всего» beside two stores."""
    if column in found:
        return words().stock_whole.found(tokens(column.label))
    return column.role == "sum" and len(found) > 1 and words().stock_sum.found(tokens(column.label))


def _places(labels: Sequence[str]) -> list[str]:
    """What tells the heads apart, the whole head where that is no word."""
    split = [label.split() for label in labels]
    heads = [[word.casefold() for word in words] for words in split]
    first = next(n for n in range(len(heads[0]) + 1) if not _share(heads, n))
    last = next(n for n in range(len(heads[0]) + 1) if not _share([h[::-1] for h in heads], n))
    apart = [" ".join(words[first : len(words) - last]) for words in split]
    named = all(any(map(str.isalpha, place)) for place in apart)
    return apart if named else list(labels)


def _share(heads: Sequence[Sequence[str]], at: int) -> bool:
    return all(len(head) > at and head[at] == heads[0][at] for head in heads)
