"""Where the tables of a sheet are: the rows of the head, its columns, the rows below it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from optfm.catalog.layout.words import Role, is_strong, roles, tokens, words
from optfm.catalog.readers.sheet import Cell, Sheet, SheetRow, Span

#: The head begins in one of the first rows, or there is none.
_LOOKED_AT = 250
_HIGHEST = 5
_MOSTLY = 0.8
#: A text in the head is shorter than this, a sentence of the preface is longer.
_SHORT = 60

_NAMES: frozenset[Role] = frozenset({"name"})
_NAMELIKE: frozenset[Role] = frozenset(
    {"code", "article", "weak_name", "group", "brand", "characteristic", "note", "measure"}
)
_PRICES: frozenset[Role] = frozenset({"price"})
_KINDS: frozenset[Role] = frozenset({"price_kind"})
#: What a lower row of the head names alone.
_SUBHEADS: frozenset[Role] = frozenset({"price", "price_kind", "unit", "stock"})
_NUMBERS: frozenset[Role] = frozenset({"stock", "quantity", "sum", "measure", "order"})


type _Heads = dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    index: int  #: 0-based
    label: str  #: the texts of its head from top to bottom
    roles: tuple[Role, ...]  #: what the head says it is, likeliest first
    hidden: bool

    @property
    def role(self) -> Role | None:
        return self.roles[0] if self.roles else None


@dataclass(frozen=True, slots=True)
class Table:
    """A head and what stands around it."""

    columns: dict[int, Column]  #: by index; also those without a head that hold something
    preface: tuple[SheetRow, ...]  #: above the head
    rows: tuple[SheetRow, ...]  #: below it, without heads that repeat
    headed: bool = True
    title: str = ""  #: of a table below another one


def find_tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet: none, one, several below or beside each other, each with its head."""
    block = _find_block(sheet.rows)
    if block is None:
        return []
    top, bottom = _without_title(sheet.rows, *_grown(sheet, *block))
    heads = _labels(sheet, sheet.rows[top : bottom + 1])
    names = {text.casefold() for parts in heads.values() for text in parts}
    body: list[SheetRow] = []
    below: list[Table] = []
    sections = [group] if (group := _section_of(sheet.rows[bottom], heads)) else []
    for at in range(bottom + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if _is_repeated(row, names) and not (body and _is_head(row) and _is_moved(row, heads)):
            continue
        if section := _section_head(row, heads):
            sections.append(section)
            body.append(section)
            continue
        if _is_head(row) and body:
            title = _section_title(body)
            below = _under_title(find_tables(replace(sheet, rows=sheet.rows[at:])), title)
            if below:
                break
        body.append(row)
    if len(sections) > 1:
        body.insert(0, sections[0])
    preface = sheet.rows[:top]
    return [
        *(
            Table(_columns(sheet, part, cut), preface, cut)
            for part, first, last in _side_by_side(heads)
            for cut in (_cut(body, first, last),)
        ),
        *below,
    ]


def _is_head(row: SheetRow) -> bool:
    """Whether a row between goods is the head of another table."""
    if len(row.cells) < 2 or any(not isinstance(cell.value, str) for cell in row.cells.values()):
        return False
    if any(len(text_of(cell)) > _SHORT for cell in row.cells.values()):
        return False
    named = [found[0] for found in _roles_of(row).values()]
    return "name" in named and bool({"price", "price_kind"} & {*named})


def _is_moved(row: SheetRow, heads: _Heads) -> bool:
    """Whether the texts of a head stand over other columns than they did."""
    return any(text_of(cell) not in heads.get(at, ()) for at, cell in row.cells.items())


def _section_head(row: SheetRow, heads: _Heads) -> SheetRow | None:
    """The heading in «Клеи, Фасовка, Цена»: the head once more, a group in place of «Товар»."""
    if len(row.cells) < 2 or any(not isinstance(cell.value, str) for cell in row.cells.values()):
        return None
    same = {at for at, cell in row.cells.items() if text_of(cell) in heads.get(at, ())}
    rest = sorted(row.cells.keys() - same)
    named = {role for at in same for role in _role(heads[at])[:1]}
    if len(rest) != 1 or not named & {"price", "price_kind"}:
        return None
    return _section_of(replace(row, cells=dict(row.cells)), {at: heads[at] for at in same})


def _section_of(row: SheetRow, heads: _Heads) -> SheetRow | None:
    """The one text of a row that names no column, as a row of its own."""
    unnamed = [
        at
        for at, cell in row.cells.items()
        if (text := text_of(cell)) and not roles(text) and (at not in heads or text in heads[at])
    ]
    if len(unnamed) != 1:
        return None
    return replace(row, cells={unnamed[0]: row.cells[unnamed[0]]})


def _section_title(body: list[SheetRow]) -> str:
    """The text right above the head of a further table; its row is taken off the one above."""
    last = body[-1]
    if len(last.cells) == 1 and (text := text_of(next(iter(last.cells.values())))):
        body.pop()
        return text
    return ""


def _under_title(tables: list[Table], title: str) -> list[Table]:
    return [replace(table, title=table.title or title, preface=()) for table in tables]


def headless_table(sheet: Sheet) -> Table:
    """The whole sheet as a table that has no head."""
    return Table(_columns(sheet, {}, sheet.rows), (), sheet.rows, headed=False)


def text_of(cell: Cell | None) -> str:
    """The cell's text in one line, "" where it holds none."""
    return " ".join(cell.value.split()) if cell and isinstance(cell.value, str) else ""


def _find_block(rows: Sequence[SheetRow]) -> tuple[int, int] | None:
    """First and last index of the smallest run of rows that names what a list needs."""
    looked = rows[:_LOOKED_AT]
    named = [_roles_of(row) for row in looked]
    bare: tuple[int, int] | None = None  #: names columns, but no number stands below
    for wanted in (
        (_NAMES, _PRICES),
        (_NAMES, _KINDS),
        (_NAMELIKE, _PRICES),
        (_NAMELIKE, _KINDS),
        (_NAMES, _NUMBERS | _NAMELIKE),
        (_NAMELIKE, _NUMBERS),
    ):
        for bottom in range(len(looked)):
            for top in range(bottom, max(bottom - _HIGHEST, -1), -1):
                if looked[bottom].number - looked[top].number >= _HIGHEST:
                    break
                columns = _number_columns(named[top : bottom + 1], wanted)
                if columns and _has_numbers(rows[bottom + 1 : bottom + _LOOKED_AT], columns):
                    return top, bottom
                if columns and bare is None:
                    bare = top, bottom
        if wanted == (_NAMELIKE, _KINDS) and (over_words := _head_over_words(rows, named)):
            return over_words
    return bare


def _head_over_words(
    rows: Sequence[SheetRow], named: Sequence[dict[int, tuple[Role, ...]]]
) -> tuple[int, int] | None:
    """A row that names a price beside an unknown head with words below: «Услуги, Цена»."""
    for at, found in enumerate(named):
        prices = {
            column
            for column, given in found.items()
            if given[0] == "price" and not _is_dated(text_of(rows[at].cells[column]))
        }
        below = [row for row in rows[at + 1 : at + _LOOKED_AT] if prices & row.cells.keys()]
        unknown = [column for column in rows[at].cells if column not in found]
        if not below or not _has_numbers(below, prices):
            continue
        for column in unknown:
            words = sum(any(map(str.isalpha, text_of(row.cells.get(column)))) for row in below)
            if words >= _MOSTLY * len(below):
                return at, at
    return None


def _is_dated(text: str) -> bool:
    """Whether it is a title, «Прайс от 01.11.2026», and names no column."""
    return sum(word.isdecimal() for word in tokens(text)) > 1


def _has_numbers(rows: Sequence[SheetRow], columns: set[int]) -> bool:
    return any(
        isinstance(cell.value, float) or any(map(str.isdecimal, text_of(cell)))
        for row in rows
        for column in columns
        if (cell := row.cells.get(column))
    )


def _number_columns(
    rows: Sequence[dict[int, tuple[Role, ...]]], wanted: tuple[frozenset[Role], frozenset[Role]]
) -> set[int]:
    """The columns of numbers in a block that names what a list needs; nothing for another."""
    what, number = wanted
    first = {column for row in rows for column, found in row.items() if what.intersection(found)}
    second = {column for row in rows for column, found in row.items() if number & {*found[:1]}}
    if not first or not second or len(first | second) < 2:
        return set()
    return second if rows[0] and sum(map(len, rows)) >= 2 else set()


def _roles_of(row: SheetRow) -> dict[int, tuple[Role, ...]]:
    """What the row's texts name; nothing for a row with numbers in it."""
    if any(isinstance(cell.value, float) for cell in row.cells.values()):
        return {}
    found = {
        column: roles(text)
        for column, cell in row.cells.items()
        if (text := text_of(cell)) and len(text) <= 2 * _SHORT
    }
    found = {column: named for column, named in found.items() if named}
    if len(row.cells) == 1 and len(text_of(next(iter(row.cells.values())))) > _SHORT:
        return {}
    return found


def _grown(sheet: Sheet, top: int, bottom: int) -> tuple[int, int]:
    """The block with the rows above and below it that belong to the head."""
    rows = sheet.rows
    while (
        top > 0
        and rows[top - 1].number == rows[top].number - 1
        and bottom - top + 1 < _HIGHEST
        and _belongs_above(sheet, rows[top - 1], rows[top])
    ):
        top -= 1
    while (
        bottom + 1 < len(rows)
        and rows[bottom + 1].number == rows[bottom].number + 1
        and bottom - top + 1 < _HIGHEST
        and _belongs_below(sheet, rows[top : bottom + 1], rows[bottom + 1])
    ):
        bottom += 1
    return top, bottom


def _without_title(rows: Sequence[SheetRow], top: int, bottom: int) -> tuple[int, int]:
    """The block without lines of text above its columns: «Прайс от 01.11.2026» names none."""
    while top < bottom and len(rows[top].cells) == 1:
        leftmost = min(column for row in rows[top + 1 : bottom + 1] for column in row.cells)
        if min(rows[top].cells) > leftmost:
            break
        top += 1
    return top, bottom


def _belongs_above(sheet: Sheet, row: SheetRow, below: SheetRow) -> bool:
    if any(not isinstance(cell.value, str) for cell in row.cells.values()):
        return False
    if any(span.top <= row.number < below.number <= span.bottom for span in sheet.spans):
        return True
    named = _roles_of(row)
    if len(row.cells) == 1:
        column = next(iter(row.cells))
        return bool(named) and column > min(below.cells)
    short = all(len(text_of(cell)) <= _SHORT for cell in row.cells.values())
    return short and bool(named) and len(row.cells) >= 2


def _belongs_below(sheet: Sheet, head: Sequence[SheetRow], row: SheetRow) -> bool:
    if any(not isinstance(cell.value, str) for cell in row.cells.values()):
        return False
    last = head[-1]
    if any(span.top <= last.number < row.number <= span.bottom for span in sheet.spans):
        return True
    named = _roles_of(row)
    if len(row.cells) == 1:
        [(column, cell)] = row.cells.items()
        if tokens(text_of(cell)) in words().level_heads:
            return True
        below = {found[0] for found in named.values()} & _SUBHEADS
        return bool(below) and column > min(last.cells) and column in _under(sheet, last)
    strong = [column for column, found in named.items() if is_strong(found[0])]
    if len(strong) >= 2 or (named and len(named) == len(row.cells)):
        return len(row.cells) <= 2 * len(named)
    under = _under(sheet, last)
    return all(column in under and len(text_of(row.cells[column])) <= 40 for column in row.cells) \
        and min(row.cells) > min(last.cells)  # fmt: skip


def _under(sheet: Sheet, row: SheetRow) -> set[int]:
    """Columns below the heads of this row, below those that are merged over several too."""
    columns = set(row.cells)
    for span in sheet.spans:
        if span.top <= row.number <= span.bottom and span.right - span.left < 50:
            columns.update(range(span.left, span.right + 1))
    if not sheet.spans:
        ends = [*sorted(row.cells)[1:], max(row.cells) + 5]
        for first, following in zip(sorted(row.cells), ends, strict=True):
            columns.update(range(first, following))
    return columns


def _labels(sheet: Sheet, block: Sequence[SheetRow]) -> dict[int, tuple[str, ...]]:
    """The texts over each column from top to bottom, without those that repeat."""
    shown = [_with_spans(row, sheet.spans, block) for row in block]
    if len(shown) > 1 and not sheet.spans:
        for upper, lower in zip(shown, shown[1:], strict=False):
            _fill_right(upper, lower)
    parts: dict[int, list[str]] = {}
    for texts in shown:
        for column, text in texts.items():
            above = parts.setdefault(column, [])
            if text and (not above or above[-1] != text):
                above.append(text)
    return {column: tuple(texts) for column, texts in sorted(parts.items()) if texts}


def _with_spans(row: SheetRow, spans: Sequence[Span], block: Sequence[SheetRow]) -> dict[int, str]:
    texts = {column: text_of(cell) for column, cell in row.cells.items()}
    for span in spans:
        if not span.top <= row.number <= span.bottom or span.right - span.left > 50:
            continue
        source = next((above for above in block if above.number == span.top), None)
        text = text_of(source.cells.get(span.left)) if source else ""
        if text:
            for column in range(span.left, span.right + 1):
                texts.setdefault(column, text)
    return texts


def _fill_right(upper: dict[int, str], lower: dict[int, str]) -> None:
    """In files without merged cells a head stands in the first of its columns only."""
    for column in sorted(lower):
        if column not in upper and column - 1 in upper:
            upper[column] = upper[column - 1]


def _columns(
    sheet: Sheet, heads: dict[int, tuple[str, ...]], body: Sequence[SheetRow]
) -> dict[int, Column]:
    used = {column for row in body for column in row.cells}
    return {
        column: Column(
            column,
            _label(heads.get(column, ())),
            _role(heads.get(column, ())),
            column in sheet.hidden_columns,
        )
        for column in sorted({*heads, *used})
    }


def _label(parts: Sequence[str]) -> str:
    """The head in one line; «Цена» below another text says nothing more."""
    if len(parts) > 1 and tokens(parts[-1]) in (("цена",), ("цены",)):
        parts = parts[:-1]
    return " ".join(parts)


def _role(parts: Sequence[str]) -> tuple[Role, ...]:
    """By the lowest text that names a column alone, else by the lowest that may."""
    found = [roles(text) for text in reversed(parts)]
    strong = [named for named in found if named and is_strong(named[0])]
    rest = [named for named in found if named]
    return (strong or rest or [()])[0]


def _is_repeated(row: SheetRow, names: set[str]) -> bool:
    """Whether the row is the head once more, or the numbers of its columns."""
    values = [cell.value for _, cell in sorted(row.cells.items())]
    if all(isinstance(value, str) for value in values):
        texts = [" ".join(value.split()).casefold() for value in values if isinstance(value, str)]
        if len(texts) >= min(2, len(names)) and all(text in names for text in texts):
            return True
    if len(values) < 3 or _whole(values[0]) != 1:
        return False
    return [_whole(value) for value in values] == [*range(1, len(values) + 1)]


def _whole(value: object) -> int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else None


def _side_by_side(heads: _Heads) -> Iterator[tuple[_Heads, int, int]]:
    """The head, or its equal parts where it names the same columns twice or more.

    With the first and the last column of what belongs to it.
    """
    columns = sorted(heads)
    for times in (4, 3, 2):
        size, rest = divmod(len(columns), times)
        if rest or size < 2:
            continue
        parts = [columns[n * size : (n + 1) * size] for n in range(times)]
        texts = [[heads[column] for column in part] for part in parts]
        named = {role for text in texts[0] for role in _role(text)[:1]}
        if all(one == texts[0] for one in texts) and named & {"name", "weak_name", "article"}:
            ends = [*(part[0] - 1 for part in parts[1:]), columns[-1] + 1]
            for part, last in zip(parts, ends, strict=True):
                yield {column: heads[column] for column in part}, part[0], last
            return
    yield heads, max(columns[0] - 2, 0), columns[-1] + 3


def _cut(rows: Iterable[SheetRow], first: int, last: int) -> tuple[SheetRow, ...]:
    """The rows within these columns."""
    return tuple(
        row if len(cells) == len(row.cells) else replace(row, cells=cells)
        for row in rows
        if (
            cells := {column: cell for column, cell in row.cells.items() if first <= column <= last}
        )
    )
