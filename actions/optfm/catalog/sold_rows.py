"""The goods of all sheets of a list as one list: names, codes, prices, headings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from optfm.catalog.codes import unique_codes
from optfm.catalog.currencies import kopecks
from optfm.catalog.layout.amounts import Amount, NoPrice
from optfm.catalog.layout.columns import path_parts
from optfm.catalog.layout.sheets import SheetReading, TableReading
from optfm.catalog.layout.tree import Good
from optfm.catalog.layout.words import tokens
from optfm.catalog.outcome import ListOptions
from optfm.catalog.rows import PriceGroup, PriceRow, UnpricedRow


@dataclass(frozen=True, slots=True)
class Sold:
    """A good under the table that it stands in."""

    good: Good
    table: TableReading
    path: tuple[str, ...]
    name: str


def sold_on(sheets: Sequence[SheetReading]) -> list[Sold]:
    """The goods of the sheets; under the sheet's name where there are several."""
    return [
        Sold(good, table, (*_top(one, sheets), *good.path), name)
        for one in sheets
        for table in one.tables
        for good, name in zip(table.tree.goods, _names(table), strict=True)
    ]


def without_doubles(sold: Sequence[Sold]) -> list[Sold]:
    """Without rows that say the same of the same good once more."""
    seen: set[tuple[object, ...]] = set()
    kept: list[Sold] = []
    for one in sold:
        line = one.good.line
        value = line.reading.value if isinstance(line.reading, Amount) else None
        key = (line.code, one.name.casefold(), value, line.unit, one.path)
        if line.code and key in seen:
            continue
        seen.add(key)
        kept.append(one)
    return kept


def rows_of(
    sold: Sequence[Sold], sheets: Sequence[SheetReading], options: ListOptions
) -> tuple[tuple[PriceRow, ...], tuple[UnpricedRow, ...], tuple[PriceGroup, ...]]:
    """The rows with a price, those without, and the headings, each with a code of its own."""
    groups = _groups(sold, sheets)
    codes = unique_codes(
        [*(one.good.line.code for one in sold), *(group.code for group in groups)],
        [*((*one.path, one.name) for one in sold), *((*g.path, g.name) for g in groups)],
    )
    rows: list[PriceRow] = []
    unpriced: list[UnpricedRow] = []
    for one, code in zip(sold, codes, strict=False):
        line = one.good.line
        price = kopecks(one.good, one.table, options, sheets)
        if price is None:
            unpriced.append(
                UnpricedRow(
                    code=code, name=one.name, path=one.path, status=line.status,
                    said=line.reading.said if isinstance(line.reading, NoPrice) else "",
                    row_number=line.row, unit=line.unit, stock=line.stock,
                )
            )  # fmt: skip
            continue
        rows.append(
            PriceRow(
                code=code, name=one.name, price_kop=price, status=line.status, path=one.path,
                row_number=line.row, unit=line.unit, stock=line.stock,
            )
        )  # fmt: skip
    coded = zip(groups, codes[len(sold) :], strict=True)
    return tuple(rows), tuple(unpriced), tuple(replace(group, code=code) for group, code in coded)


def _top(one: SheetReading, sheets: Sequence[SheetReading]) -> tuple[str, ...]:
    name = one.sheet.name.strip()
    return (name,) if len(sheets) > 1 and name else ()


def _groups(sold: Sequence[Sold], sheets: Sequence[SheetReading]) -> list[PriceGroup]:
    """The headings of the list, and those that only its columns or sheets name."""
    found: list[PriceGroup] = []
    for one in sheets:
        for heading in (heading for table in one.tables for heading in table.tree.groups):
            line, path = heading.line, (*_top(one, sheets), *heading.path)
            amount = line.reading.value if isinstance(line.reading, Amount) else None
            found.append(
                PriceGroup(
                    code=line.code, name=line.name, status=line.status, path=path,
                    price_kop=None if amount is None else round(amount * 100),
                    row_number=line.row, depth=len(path),
                )
            )  # fmt: skip
    known = {(*group.path, group.name) for group in found}
    for one_sold in sold:
        for depth, name in enumerate(one_sold.path):
            path = one_sold.path[:depth]
            if (*path, name) not in known:
                known.add((*path, name))
                row = one_sold.good.line.row
                found.append(
                    PriceGroup(
                        code="", name=name, price_kop=None, status="", path=path,
                        row_number=row, depth=depth,
                    )
                )  # fmt: skip
    return found


def _names(table: TableReading) -> list[str]:
    """The goods' names, with what tells two of one name apart."""
    layout = table.layout
    joined = [
        _with(_own(good, table), (good.line.telling.get(index, "") for index in layout.joined))
        for good in table.tree.goods
    ]
    keys = [
        (good.path, name.casefold()) for good, name in zip(table.tree.goods, joined, strict=True)
    ]
    count = Counter(keys)
    telling: dict[tuple[tuple[str, ...], str], set[int]] = {}
    values: dict[tuple[tuple[tuple[str, ...], str], int], set[str]] = {}
    for key, good in zip(keys, table.tree.goods, strict=True):
        if count[key] > 1:
            for index in layout.telling:
                if index not in layout.joined:
                    values.setdefault((key, index), set()).add(good.line.telling.get(index, ""))
    for (key, index), different in values.items():
        if len(different) > 1:
            telling.setdefault(key, set()).add(index)
    if sum(count[key] > 1 for key in keys) * 2 >= len(keys):
        # Most names say nothing alone: «Арматура», its steel and its size stand in columns.
        needed = {index for indices in telling.values() for index in indices}
        last = max(needed, default=0)
        every = needed | {index for index in layout.telling if layout.name < index < last}
        telling = {key: every for key in keys}
    return [
        _with(name, (good.line.telling.get(index, "") for index in sorted(telling.get(key, ()))))
        for name, key, good in zip(joined, keys, table.tree.goods, strict=True)
    ]


def _own(good: Good, table: TableReading) -> str:
    """The name in the good's row; a characteristic («белая, XL») under what it is one of."""
    column = table.table.columns.get(table.layout.name)
    if column is None or column.role != "characteristic" or not good.path:
        return good.line.name
    whole = path_parts(good.path[-1])[-1:] or [good.path[-1]]
    if {*tokens(whole[0])} & {*tokens(good.line.name)}:
        return good.line.name
    return _with(whole[0], (good.line.name,))


def _with(name: str, parts: Iterable[str]) -> str:
    for part in parts:
        if part and part.casefold() not in name.casefold():
            name = f"{name} {part}"
    return name[:500]
