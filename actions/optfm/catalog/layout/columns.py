"""Which column of a table is what: by the words of its head, and by what stands in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from optfm.catalog.layout.amounts import (
    Amount,
    Reading,
    Separators,
    read_amount,
    thousands_separator,
)
from optfm.catalog.layout.stock import StockColumn, stock_columns, tells_stock
from optfm.catalog.layout.table import Column, Table, text_of
from optfm.catalog.layout.words import Role, tokens, words
from optfm.catalog.readers.sheet import Cell, SheetRow

_LETTERS = re.compile(r"[^\W\d_]{2}")
_CODE = re.compile(r"[\w./+\\-]{1,40}( [\w./+-]{1,20}){0,2}")
_PATH_SIGNS = re.compile(r"\s*(?:/|\\|>|\||→|»)\s*")
_PER_UNIT = re.compile(
    r"(?:(?<!\w)за|(?:руб\w*|₽|(?<!\w)р)\.?\s?/)\s*"
    r"((?:\d[\d ]{0,6})?\s*(?:тыс\.?\s)?[^\W\d_]+(?:[.\s]+[пм](?!\w))?\d?)",
    re.IGNORECASE,
)

#: «Опт от тыс. руб.» is for whom the price is, not what it counts in.
_FROM = ("от", "до", "свыше", "более")
_MOSTLY = 0.8

#: What tells goods of one name apart, beside what no head names.
_TELLING: frozenset[Role] = frozenset(
    {"characteristic", "measure", "weak_name", "brand", "pack", "note"}
)
_NEVER_NAMES: frozenset[Role] = frozenset(
    {"unit", "stock", "status", "currency", "number", "order", "sum", "quantity", "price",
     "price_kind", "code", "article", "barcode", "discount", "pack"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PriceColumn:
    """A column that could be the price."""

    column: Column
    readings: Mapping[int, Reading]  #: by index of the table's row; rows with an empty cell are out
    named: bool  #: its head says that it is a price
    times: float = 1  #: roubles that a figure of the column counts

    @property
    def amounts(self) -> int:
        return sum(isinstance(reading, Amount) for reading in self.readings.values())


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column of a table is; indices are 0-based, None where there is none."""

    name: int
    code: int | None
    unit: int | None
    stocks: tuple[StockColumn, ...]
    status: int | None
    currency: int | None
    groups: tuple[int, ...]
    carried_groups: bool  #: a group stands for the rows below it too
    path_splits: bool  #: a group's cell holds a path
    name_splits: bool  #: the names are paths, the good's own name comes last
    joined: tuple[int, ...]  #: always part of the name
    telling: tuple[int, ...]  #: part of the name where it stands more than once


def price_columns(table: Table) -> list[PriceColumn]:
    """The columns that could be the price, from left to right.

    Those whose head says so; where there is none, those of numbers whose head says nothing, and
    where there is none either, those of numbers without a head.
    """
    named = [
        found
        for column in table.columns.values()
        if column.role in ("price", "price_kind")
        and (found := priced(table, column, named=True)).amounts
    ]
    sure = {found.column.label for found in named if _mostly_amounts(found)}
    named = [
        found
        for found in named
        if _mostly_amounts(found)
        or (found.column.role == "price" and found.column.label not in sure)
    ]
    if named:
        return _different([*named, *_beside(table, named)])
    if any(column.role == "price" for column in table.columns.values()):
        return []
    unknown = [
        found
        for column in table.columns.values()
        if not column.roles
        and (found := priced(table, column, named=False)).amounts
        and _mostly_amounts(found)
        and not _is_running(table, column.index)
    ]
    labelled = [found for found in unknown if found.column.label or not table.headed]
    return _different(labelled or unknown)


def choose(table: Table, priced: Sequence[int]) -> Layout | None:
    """What the other columns are.

    :param priced: indices of the rows that have a price; they are goods in any case.
    :returns: None where no column holds names.
    """
    rows = [table.rows[index] for index in priced]
    name = _name(table, rows)
    if name is None:
        return None
    columns = [column for column in table.columns.values() if column.index != name]
    groups = tuple(column.index for column in columns if column.role == "group")
    fills = [_fill(rows, index) for index in groups]
    taken = {name, *groups}
    code = _code(table, rows, taken)
    unit = _first(columns, "unit", rows) or _unit_by_content(columns, rows)
    stocks = stock_columns(columns, rows)
    taken |= {index for index in (code, unit) if index is not None}
    taken |= {stock.index for stock in stocks}
    telling = tuple(
        column.index
        for column in columns
        if column.index not in taken
        and (
            not column.roles
            or column.roles[0] in _TELLING
            or (column.role == "stock" and not tells_stock(rows, column.index))
        )
        and _fill(rows, column.index)
        and not (column.label == "" and column.hidden)
    )
    return Layout(
        name=name,
        code=code,
        unit=unit,
        stocks=stocks,
        status=_first(columns, "status", rows),
        currency=_first(columns, "currency", rows),
        groups=groups,
        carried_groups=bool(fills) and min(fills) < 0.9,
        path_splits=_holds_paths(rows, groups),
        name_splits=_are_paths(rows, name),
        joined=tuple(
            column.index
            for column in columns
            if column.role == "characteristic"
            and column.index in telling
            and _wordy(rows, column.index) * 2 >= _fill(rows, column.index)
        ),
        telling=telling,
    )


def _beside(table: Table, named: Sequence[PriceColumn]) -> list[PriceColumn]:
    """Columns without a head right of a price whose numbers could be prices as well."""
    found: list[PriceColumn] = []
    for price in named:
        column = table.columns.get(price.column.index + 1)
        if column is None or column.label:
            continue
        other = priced(table, column, named=False)
        mine, its = _values(price), _values(other)
        both = mine.keys() & its.keys()
        near = sum(0.3 <= its[row] / mine[row] <= 3 for row in both)
        if len(both) >= 0.8 * len(mine) and near >= 0.8 * len(both) > 0:
            found.append(other)
    return found


def priced(table: Table, column: Column, *, named: bool) -> PriceColumn:
    """The column read as a price, in roubles where its head counts in thousands."""
    cells = {
        index: row.cells[column.index]
        for index, row in enumerate(table.rows)
        if column.index in row.cells
    }
    separators: Separators = thousands_separator(cells.values())
    times = factor_of(column.label) if factor_of(column.label) != 1 else _factor_above(table)
    return PriceColumn(
        column,
        {index: read_amount(cell, separators, times) for index, cell in cells.items()},
        named,
        times,
    )


def factor_of(text: str) -> float:
    """How many roubles a figure counts: 1000 under «Цена, тыс. руб.», .01 under «Цена, коп.»."""
    said = tokens(text)
    roubles = words().currencies["RUB"]
    for before, word, after in zip(("", *said), said, (*said[1:], ""), strict=False):
        times = words().scales.get(word, 1)
        if times > 1 and not before.isdecimal() and before not in _FROM and roubles.found((after,)):
            return times
        if times < 1 and not roubles.found(said):
            return times
    return 1


def _factor_above(table: Table) -> float:
    """The factor of «Цены указаны в тыс. руб.» above the table."""
    for row in table.preface:
        for cell in row.cells.values():
            said = text_of(cell)
            if len(said) < 300 and words().money_sentences.found(tokens(said)):
                times = factor_of(said)
                if times != 1:
                    return times
    return 1


def unit_of_head(label: str) -> str:
    """What the price is for, where its head says it: «1000 шт» of «Цена за 1000 шт, руб.»."""
    for match in _PER_UNIT.finditer(label):
        said = " ".join(match[1].split())
        if words().price_units.found(tokens(said)):
            return said
    return ""


def _mostly_amounts(found: PriceColumn) -> bool:
    return found.amounts * 2 >= len(found.readings)


def _different(found: Sequence[PriceColumn]) -> list[PriceColumn]:
    """Without the columns that say the same as one before, hidden ones last."""
    kept: list[PriceColumn] = []
    for one in sorted(found, key=lambda price: price.column.hidden):
        if not any(_values(one) == _values(other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda price: price.column.index)


def _values(found: PriceColumn) -> dict[int, float]:
    return {
        index: reading.value
        for index, reading in found.readings.items()
        if isinstance(reading, Amount)
    }


def _is_running(table: Table, index: int) -> bool:
    """Whether the column counts the rows."""
    values = [
        cell.value
        for row in table.rows
        if (cell := row.cells.get(index)) and isinstance(cell.value, float)
    ]
    steps = [after - before for before, after in zip(values, values[1:], strict=False)]
    return (
        len(values) >= 3
        and values[0] in (0, 1)
        and sum(step == 1 for step in steps) >= 0.9 * len(steps)
    )


def _name(table: Table, rows: Sequence[SheetRow]) -> int | None:
    """The column of the names: by its head, or where its head was shifted, by its content."""
    columns = [column for column in table.columns.values() if not column.hidden]
    for wanted in (_named_first, _named_too, _named_weakly):
        found = [column for column in columns if wanted(column) and _wordy(rows, column.index)]
        if found:
            return max(found, key=lambda column: _wordy(rows, column.index)).index
    numbers = [
        column
        for column in columns
        if _named_first(column)
        and _fill(rows, column.index) >= _MOSTLY
        and not _is_running(table, column.index)
    ]
    if numbers:
        return numbers[0].index
    others = [column for column in columns if not {*column.roles[:1]} & _NEVER_NAMES]
    rest = [column for column in others if _wordy(rows, column.index) >= 0.5] or [
        column for column in others if _texts(rows, column.index) >= _MOSTLY
    ]
    heads = [column.index for column in columns if "name" in column.roles]
    if not rest:
        return next((index for index in heads if not rows or _fill(rows, index)), None)
    near = heads[0] if heads else -1
    return min(rest, key=lambda column: (bool(column.label), abs(column.index - near))).index


def _named_first(column: Column) -> bool:
    return column.role == "name"


def _named_too(column: Column) -> bool:
    return "name" in column.roles and column.role not in ("code", "article", "barcode", "brand")


def _named_weakly(column: Column) -> bool:
    return column.role in ("weak_name", "characteristic", "note")


def _wordy(rows: Sequence[SheetRow], index: int) -> float:
    """The share of the rows with words in this column."""
    found = sum(bool(_LETTERS.search(text_of(row.cells.get(index)))) for row in rows)
    return found / len(rows) if rows else 0.0


def _texts(rows: Sequence[SheetRow], index: int) -> float:
    """The share of the rows with a text here that is no number."""
    found = sum(any(map(str.isalpha, text_of(row.cells.get(index)))) for row in rows)
    return found / len(rows) if rows else 0.0


def _fill(rows: Sequence[SheetRow], index: int) -> float:
    return sum(index in row.cells for row in rows) / len(rows) if rows else 0.0


def _first(columns: Iterable[Column], role: Role, rows: Sequence[SheetRow]) -> int | None:
    return next(
        (column.index for column in columns if column.role == role and _fill(rows, column.index)),
        None,
    )


def _unit_by_content(columns: Iterable[Column], rows: Sequence[SheetRow]) -> int | None:
    """Short words under a head of the price: «Цена» over the number and over «шт»."""
    for column in columns:
        texts = [text for row in rows if (text := text_of(row.cells.get(column.index)))]
        if (
            column.role == "price"
            and len(texts) * 2 >= len(rows)
            and all(len(text) <= 8 and not any(map(str.isdigit, text)) for text in texts)
        ):
            return column.index
    return None


def _code(table: Table, rows: Sequence[SheetRow], taken: set[int]) -> int | None:
    """The column of the codes: the one that says so and repeats least."""
    worth: list[tuple[bool, bool, int, int]] = []
    ranks: dict[Role | None, int] = {"code": 3, "article": 2, "barcode": 1}
    for column in table.columns.values():
        rank = ranks.get(column.role, 0)
        if column.index in taken or (column.label and not rank):
            continue
        values = [value for row in rows if (value := code_of(row.cells.get(column.index)))]
        if not values or _is_running(table, column.index):
            continue
        fill, unique = len(values) / len(rows), len({*values}) / len(values)
        if not rank and (fill < 0.9 or unique < 0.98 or not _look_like_codes(values)):
            continue
        if unique >= 0.5 and sum(len(value) for value in values) <= 25 * len(values):
            worth.append((unique >= 0.98 and fill >= 0.5, fill >= 0.5, rank, -column.index))
    return -max(worth)[3] if worth else None


def code_of(cell: Cell | None, width: int = 0) -> str:
    """The code as text, "" where there is none.

    A number gets the leading zeros that its format prints, or those of `width`.
    """
    if cell is None:
        return ""
    if isinstance(cell.value, float):
        if not cell.value.is_integer() or abs(cell.value) >= 1e15:
            return ""
        zeros = len(cell.format) if cell.format and not cell.format.strip("0") else 0
        return f"{int(cell.value):0{max(zeros, width, 1)}d}"
    text = text_of(cell)
    return text.zfill(width) if width and text.isdecimal() else text


def _look_like_codes(values: Sequence[str]) -> bool:
    """Whether nothing but codes looks so: a short number may be a price, a stock, anything."""
    return all(
        _CODE.fullmatch(value) and any(map(str.isdigit, value)) and len(value) >= 3
        for value in values
    ) and not all(value.isdecimal() and len(value) < 6 for value in values)


def _holds_paths(rows: Sequence[SheetRow], groups: Sequence[int]) -> bool:
    texts = [text for row in rows for index in groups if (text := text_of(row.cells.get(index)))]
    return bool(texts) and sum(bool(_PATH_SIGNS.search(text)) for text in texts) * 2 > len(texts)


def _are_paths(rows: Sequence[SheetRow], index: int) -> bool:
    """Whether each name is a path of words below headings that repeat: «7/8 красный» is none."""
    found = [path_parts(text_of(row.cells.get(index))) for row in rows]
    if len(found) < 3 or any(len(parts) < 2 for parts in found):
        return False
    headings = {tuple(parts[:-1]) for parts in found}
    return len(headings) * 2 <= len(found) + 1 and all(
        part[0].isalpha() and _LETTERS.search(part) for parts in found for part in parts
    )


def path_parts(text: str) -> list[str]:
    """The groups of «Сад / Инструмент / Лопаты»."""
    return [part for part in _PATH_SIGNS.split(text) if part]
