"""The rows of a table as lines: what may be sold, what may be a heading, what is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from optfm.catalog.fields import MAX_CODE, MAX_NAME, MAX_STATUS, clean
from optfm.catalog.layout.amounts import Amount, Reading, Unclear
from optfm.catalog.layout.columns import Layout, code_of, path_parts
from optfm.catalog.layout.stock import said_stock
from optfm.catalog.layout.table import Table, text_of
from optfm.catalog.layout.words import tokens, words
from optfm.catalog.readers.sheet import Cell, SheetRow

#: Excel stores no deeper outline; below it only the indent tells the depth.
_DEEPEST_OUTLINE = 7
_INDENT_PER_LEVEL = 2
_DIGITS_OF_A_PHONE = 6


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that was left out, and why."""

    sheet: str
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Look:
    """How the name of a line is set, by which headings of one level are alike."""

    outline: int
    indent: int
    blanks: int
    column: int
    bold: bool
    capitals: bool
    coded: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row with a name."""

    row: int  #: 1-based
    name: str
    code: str
    status: str
    unit: str
    stock: str
    reading: Reading | None  #: None: the price cell is empty
    currency: str  #: what the row's own currency column says
    format: str  #: number format of the price cell
    filled: bool  #: has what only goods have: a unit, a stock
    hidden: bool
    look: Look
    path: tuple[str, ...]  #: from the columns of groups
    telling: Mapping[int, str] = field(default_factory=dict)  #: values of telling columns

    @property
    def is_priced(self) -> bool:
        return isinstance(self.reading, Amount)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table and the rows that are none."""

    taken: tuple[Line, ...]
    wrong: tuple[Wrong, ...]


def read_lines(
    table: Table,
    layout: Layout,
    price: int,
    readings: Mapping[int, Reading],
    *,
    sheet: str,
    unit: str = "",
    code_width: int = 0,
) -> Lines:
    """Every row of the table as a line, a wrong row, or nothing.

    :param price: index of the price column.
    :param readings: what its cells say, by index of the row.
    :param unit: what the price is for, where its head says it; else the column of units does.
    """
    reader = _Reader(table, layout, price, unit, code_width)
    taken: list[Line] = []
    wrong: list[Wrong] = []
    for index, row in enumerate(table.rows):
        reading = readings.get(index)
        found = reader.line(row, reading)
        if isinstance(found, str):
            wrong.append(Wrong(sheet, row.number, found))
        elif found is not None:
            taken.append(found)
    return Lines(tuple(taken), tuple(wrong))


class _Reader:
    def __init__(
        self, table: Table, layout: Layout, price: int, unit: str, code_width: int
    ) -> None:
        self._layout = layout
        self._price = price
        self._unit = unit
        self._code_width = code_width
        self._groups: dict[int, str] = {}
        self._name = ""
        self._title = (table.title,) if table.title else ()
        self._told = sorted({*layout.telling, *layout.joined})

    def line(self, row: SheetRow, reading: Reading | None) -> Line | str | None:
        layout = self._layout
        self._enter_groups(row)
        column, name = layout.name, self._text(row.cells.get(layout.name))
        telling = {
            index: text for index in self._told if (text := self._text(row.cells.get(index)))
        }
        if isinstance(reading, Amount):
            if self._is_total(row, column, name):
                return None
            if not name:
                if not (telling and self._name):
                    return f"цена {reading.value:g}, а названия нет"
                name = self._name
            self._name = name
        elif not name:
            found = self._heading(row)
            if found is None:
                return None
            column, name = found
            telling = {}
        elif self._is_total(row, column, name):
            return None
        above: list[str] = []
        if layout.name_splits and reading is not None:
            *above, name = path_parts(name) or [name]
        if len(name) > MAX_NAME:
            return f"название длиннее {MAX_NAME} знаков"
        if isinstance(reading, Unclear):
            return reading.why
        return self._made(row, reading, column, name, telling, above)

    def _made(
        self,
        row: SheetRow,
        reading: Reading | None,
        column: int,
        name: str,
        telling: Mapping[int, str],
        above: Sequence[str],
    ) -> Line:
        layout, cells = self._layout, row.cells
        code = code_of(cells.get(layout.code), self._code_width) if layout.code is not None else ""
        unit, status, currency = (
            self._text(cells.get(index)) if index is not None else ""
            for index in (layout.unit, layout.status, layout.currency)
        )
        stock = said_stock(layout.stocks, (self._text(cells.get(c.index)) for c in layout.stocks))
        price = cells.get(self._price)
        raw = cells[column].value if column in cells else ""
        return Line(
            row=row.number,
            name=name,
            code=clean(code)[:MAX_CODE],
            status=status[:MAX_STATUS],
            unit=(self._unit if reading is not None and self._unit else unit)[:20],
            stock=stock,
            reading=reading,
            currency=currency,
            format=price.format if price else "",
            filled=bool(unit or stock),
            hidden=row.hidden,
            look=Look(
                outline=row.outline,
                indent=cells[column].indent if column in cells else 0,
                blanks=len(raw) - len(raw.lstrip()) if isinstance(raw, str) else 0,
                column=column,
                bold=column in cells and cells[column].bold,
                capitals=name.isupper(),
                coded=bool(code),
            ),
            path=(
                *self._title,
                *(part for index in layout.groups for part in self._parts(index)),
                *above,
            ),
            telling=telling,
        )

    def _enter_groups(self, row: SheetRow) -> None:
        if not self._layout.carried_groups:
            self._groups = {}
        for index in self._layout.groups:
            text = self._text(row.cells.get(index))
            if text:
                self._groups = {
                    column: kept for column, kept in self._groups.items() if column < index
                }
                self._groups[index] = text

    def _parts(self, index: int) -> list[str]:
        text = self._groups.get(index, "")
        if not text:
            return []
        return path_parts(text) if self._layout.path_splits else [text]

    def _heading(self, row: SheetRow) -> tuple[int, str] | None:
        """The one text of a row without a name, where it is no cell of a group's column."""
        texts = [
            (column, text)
            for column, cell in sorted(row.cells.items())
            if (text := self._text(cell)) and isinstance(cell.value, str)
        ]
        if not texts or len(texts) > 2 or len(row.cells) > 3:
            return None
        column, text = texts[0]
        if column in self._layout.groups or self._is_total(row, column, text):
            return None
        return column, text

    def _is_total(self, row: SheetRow, column: int, name: str) -> bool:
        code = self._layout.code
        if code is not None and code != column and code in row.cells and name:
            return False
        first = name or next(
            (text for _, cell in sorted(row.cells.items()) if (text := text_of(cell))), ""
        )
        said = tuple(word for word in tokens(first) if not word.isdecimal())
        if words().totals.begin(said):
            return True
        return self._price not in row.cells and _is_footer(first)

    def _text(self, cell: Cell | None) -> str:
        if cell is None:
            return ""
        if isinstance(cell.value, float):
            return code_of(cell) or f"{cell.value:.10g}".replace(".", ",")
        if isinstance(cell.value, date):
            return f"{cell.value:%d.%m.%Y}"
        return clean(cell.value) if isinstance(cell.value, str) else ""


def _is_footer(text: str) -> bool:
    """Whether the text calls, signs or tells an address: «Тел. для заказа: 8 800 …»."""
    said = tokens(text)
    if words().phones.begin(said):
        return sum(map(str.isdecimal, text)) >= _DIGITS_OF_A_PHONE
    return len(said) > 2 and words().footers.begin(said)


def depths(lines: Sequence[Line]) -> list[int] | None:
    """How deep each line stands, by the first that is told: outline, indent, blanks, column.

    :returns: None where nothing tells it.
    """
    looks = [line.look for line in lines]
    if any(look.outline for look in looks):
        return [
            max(look.outline, look.indent // _INDENT_PER_LEVEL)
            if look.outline == _DEEPEST_OUTLINE
            else look.outline
            for look in looks
        ]
    for told in ("indent", "blanks", "column"):
        values = [getattr(look, told) for look in looks]
        steps = sorted({*values})
        if 2 <= len(steps) <= 12:
            return [steps.index(value) for value in values]
    return None


def without_hidden(lines: Sequence[Line], levels: Sequence[int]) -> tuple[list[Line], list[Line]]:
    """The lines that are seen or only collapsed, and those that somebody has hidden.

    A hidden row is collapsed when its whole run under one heading is hidden; a hidden heading
    hides nothing that is sold.
    """
    shown: list[Line] = []
    hidden: list[Line] = []
    for start, end in _runs(lines, levels):
        run = lines[start:end]
        collapsed = all(line.hidden for line in run) and any(line.look.outline for line in run)
        for line in run:
            aside = line.hidden and not collapsed and line.reading is not None
            (hidden if aside else shown).append(line)
    return shown, hidden


def _runs(lines: Sequence[Line], levels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of lines of one outline level between lines that stand higher."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or levels[at] != levels[at - 1]:
            yield start, at
            start = at
