"""One worksheet as goods, with what could not be decided about it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from optfm.catalog.layout import papers
from optfm.catalog.layout.amounts import Amount, NoPrice
from optfm.catalog.layout.columns import (
    Layout,
    PriceColumn,
    choose,
    price_columns,
    priced,
    unit_of_head,
)
from optfm.catalog.layout.lines import Line, Wrong, depths, read_lines, without_hidden
from optfm.catalog.layout.money import currency_in, currency_of_format, currency_of_sentence
from optfm.catalog.layout.table import Column, Table, find_tables, headless_table, text_of
from optfm.catalog.layout.tree import Tree, build
from optfm.catalog.layout.words import Role, tokens, words
from optfm.catalog.outcome import ListOptions
from optfm.catalog.readers.sheet import Sheet, SheetRow

_COLUMN_WORDS: dict[str, Role] = {
    "name": "name", "code": "code", "price": "price", "unit": "unit", "stock": "stock",
    "status": "status", "group": "group",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table whose rows were read by one of its price columns."""

    table: Table
    layout: Layout
    prices: tuple[PriceColumn, ...]  #: all that could be the price
    price: PriceColumn  #: the one that was read
    is_sure: bool  #: nobody needs to be asked which price is meant
    tree: Tree
    wrong: tuple[Wrong, ...]
    hidden: tuple[Line, ...]
    excluded: tuple[Line, ...]
    currencies: dict[str, int]  #: priced rows by currency, "" where nothing names it


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet with goods, or the reason why it has none."""

    sheet: Sheet
    tables: tuple[TableReading, ...] = ()
    paper: str = ""  #: what it seems to be instead, "" where nobody can tell
    unnamed: Table | None = None  #: something like a list without a head
    around: tuple[SheetRow, ...] = field(default=())  #: rows that are no goods

    @property
    def above(self) -> tuple[SheetRow, ...]:
        """The rows before the first good."""
        first = min((good.line.row for one in self.tables for good in one.tree.goods), default=0)
        return tuple(row for row in self.around if row.number < first)

    @property
    def goods(self) -> int:
        return sum(len(one.tree.goods) for one in self.tables)


def understand(sheet: Sheet, options: ListOptions, before: Sequence[Table] = ()) -> SheetReading:
    """Read a sheet as far as it can be read without asking.

    :param before: tables of the sheet before, whose head may go for this one too.
    """
    if options.columns:
        tables = [_told_table(sheet, options)]
    else:
        tables = find_tables(sheet)
        if not tables and (continued := _continued(sheet, before)):
            tables = [continued]
    readings = [found for table in tables if (found := _read(sheet, table, options))]
    if readings:
        sold = {
            line.row
            for one in readings
            for line in (*(good.line for good in one.tree.goods), *one.hidden, *one.excluded)
        }
        around = tuple(row for row in sheet.rows if row.number not in sold)
        paper = papers.traded_paper(readings[0].table, _sold_rows(readings[0]), around)
        if paper and not options.columns:
            return SheetReading(sheet, paper=paper, around=around)
        return SheetReading(sheet, tuple(readings), around=around)
    if not tables and _looks_like_list(sheet):
        paper = papers.paper_of(None, sheet.rows)
        if not paper:
            return SheetReading(sheet, unnamed=headless_table(sheet), around=sheet.rows[:5])
        return SheetReading(sheet, paper=paper, around=sheet.rows[:60])
    paper = papers.paper_of(tables[0] if tables else None, sheet.rows)
    return SheetReading(sheet, paper=paper, around=sheet.rows[:60])


def letter(index: int) -> str:
    """The letter of a 0-based column."""
    from openpyxl.utils import get_column_letter  # 12 MB, for who reads a file

    return str(get_column_letter(index + 1))


def place(column: Column) -> str:
    """The column as staff see it: «Опт 1» (F)."""
    head = f"«{column.label}» " if column.label else "столбец "
    hidden = ", скрыт" if column.hidden else ""
    return f"{head}({letter(column.index)}{hidden})"


def _read(sheet: Sheet, table: Table, options: ListOptions) -> TableReading | None:
    prices = price_columns(table)
    told = any(price.column.role == "price" for price in prices)
    if not told and not options.price and papers.is_report(table.preface):
        return None
    chosen = _chosen(table, prices, options)
    price = chosen or max(
        prices, key=lambda found: (not found.column.hidden, found.amounts), default=None
    )
    if price is None or not price.amounts:
        return None
    sure = chosen is not None or (len(prices) == 1 and price.named and not price.column.hidden)
    layout = choose(table, _amount_rows(price))
    if layout is None or _stand_for_prices(price):
        return None
    lines = read_lines(
        table,
        layout,
        price.column.index,
        price.readings,
        sheet=sheet.name,
        unit=unit_of_head(price.column.label),
        code_width=options.code_width,
    )
    taken, hidden = list(lines.taken), list[Line]()
    if any(line.hidden for line in taken):
        levels = depths(taken) or [0] * len(taken)
        shown, hidden = without_hidden(taken, levels)
        if options.hidden != "take":
            taken = shown
    excluded = [line for line in taken if words().excluded.found(tokens(line.status))]
    taken = [line for line in taken if line not in excluded] if excluded else taken
    tree = build(taken)
    if not tree.goods:
        return None
    return TableReading(
        table=table,
        layout=layout,
        prices=tuple(prices),
        price=price,
        is_sure=sure,
        tree=tree,
        wrong=lines.wrong,
        hidden=tuple(hidden),
        excluded=tuple(excluded),
        currencies=_currencies(tree, price, table),
    )


def _stand_for_prices(price: PriceColumn) -> bool:
    """Whether letters stand in the column, which a legend somewhere else explains."""
    letters = sum(
        isinstance(reading, NoPrice) and reading.said.isalpha() and len(reading.said) <= 2
        for reading in price.readings.values()
    )
    return letters > price.amounts


def _amount_rows(price: PriceColumn) -> list[int]:
    return [index for index, reading in price.readings.items() if isinstance(reading, Amount)]


def _sold_rows(found: TableReading) -> list[int]:
    """Indices of the table's rows that are goods with a price."""
    sold = {good.line.row for good in found.tree.goods if good.priced}
    return [index for index, row in enumerate(found.table.rows) if row.number in sold]


def _chosen(
    table: Table, prices: Sequence[PriceColumn], options: ListOptions
) -> PriceColumn | None:
    """The column that the shop has named, by its head, a part of it or its letter."""
    if options.columns:
        return next(iter(prices), None)
    for wanted in options.price:
        exact = [c for c in table.columns.values() if tokens(c.label) == tokens(wanted)]
        lettered = [c for c in table.columns.values() if letter(c.index) == wanted.strip().upper()]
        part = [
            c.column for c in prices if " ".join(tokens(wanted)) in " ".join(tokens(c.column.label))
        ]
        for found in (exact, lettered, part):
            known = [one for one in prices if one.column in found]
            if len(known) == 1:
                return known[0]
            if len(found) == 1:
                return priced(table, found[0], named=True)
    return None


def _currencies(tree: Tree, price: PriceColumn, table: Table) -> dict[str, int]:
    head = currency_in(price.column.label)
    sentence = next(
        (
            named
            for text in papers.texts(table.preface)
            if len(text) < 300 and (named := currency_of_sentence(text))
        ),
        "",
    )
    found = Counter(currency_of(good.line, head or sentence) for good in tree.goods if good.priced)
    return dict(found)


def currency_of(line: Line, otherwise: str) -> str:
    """The currency of a row: its own cell, its text, its format, then the head's."""
    own = currency_in(line.currency) if line.currency else ""
    said = line.reading.currency if isinstance(line.reading, Amount) else ""
    return own or said or currency_of_format(line.format) or otherwise


def currency_of_column(price: PriceColumn) -> str:
    """The currency that a column names by its head, or "RUB" where it names none."""
    return currency_in(price.column.label) or "RUB"


def _told_table(sheet: Sheet, options: ListOptions) -> Table:
    """The table that staff have described by its letters."""
    from openpyxl.utils import column_index_from_string

    columns: dict[int, Column] = {}
    for word, named in options.columns.items():
        index = column_index_from_string(named.strip().upper()) - 1
        columns[index] = Column(index, "", (_COLUMN_WORDS[word],), False)
    found = find_tables(sheet)
    rows = found[0].rows if len(found) == 1 else sheet.rows
    preface = found[0].preface if len(found) == 1 else ()
    return Table(dict(sorted(columns.items())), preface, rows, headed=False)


def _continued(sheet: Sheet, before: Sequence[Table]) -> Table | None:
    """The sheet under the head of the one before, where its columns hold the same."""
    if len(before) != 1:
        return None
    columns = before[0].columns
    table = Table(
        {column.index: column for column in columns.values()}, (), sheet.rows, headed=True
    )
    prices = price_columns(table)
    if not prices or not all(price.named for price in prices):
        return None
    priced = _amount_rows(prices[0])
    layout, above = choose(table, priced), _layout(before[0])
    if layout is None or above is None or layout.name != above.name:
        return None
    return table if len(priced) * 2 >= len(sheet.rows) else None


def _layout(table: Table) -> Layout | None:
    prices = price_columns(table)
    return choose(table, _amount_rows(prices[0])) if prices else None


def _looks_like_list(sheet: Sheet) -> bool:
    """Whether most rows have a text beside a number."""
    rows = sheet.rows
    if len(rows) < 3:
        return False
    both = 0
    for row in rows:
        texts = [text_of(cell) for cell in row.cells.values() if isinstance(cell.value, str)]
        numbers = any(isinstance(cell.value, float) for cell in row.cells.values()) or any(
            _is_number(text) for text in texts
        )
        both += numbers and any(any(map(str.isalpha, text)) for text in texts)
    return both >= 0.5 * len(rows)


def _is_number(text: str) -> bool:
    compact = text.replace(" ", "").replace(",", ".")
    return compact.replace(".", "", 1).isdecimal()
