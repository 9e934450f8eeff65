"""A table as lines of an order: which column is the code, the name, the quantity."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from optfm.orders.quantities import MOST, explicit_amount, only_amount, plain
from optfm.orders.senses import Goods
from optfm.orders.words import order_words

Cell = str | float | None

_CODE = re.compile(r"^(?:[^\W\d_]{1,4}[\s_-]?)?0*\d{4,11}$")
_LOOKED_AT = 60  #: rows that a header may stand in, and that columns are guessed from
_NUMBER = re.compile(r"^-?\d[\d ]*(?:[.,]\d+)?$")
#: «=2+3», «=A5», «=СУММ(A1:A2)», «=Лист2!A1»
_FORMULA = re.compile(
    r"^=\s*[-+($']*(?:\$?[a-z]{1,3}\$?\d|\d[\d.]*\s*[-+*/^]|\w+\(|[\w ]+'?!)", re.I
)
_BARS = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class TableLine:
    """A row of a table that orders something."""

    said: str  #: the code and the name as written
    quantity: int | None
    code: str = ""
    name: str = ""
    price: float | None = None  #: roubles, as written
    head: str = ""  #: the group row above it
    uncounted: bool = False  #: its quantity is a formula that was saved without a value


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Which column is what; -1 where there is none."""

    code: int = -1
    name: int = -1
    quantity: int = -1
    price: int = -1
    details: tuple[int, ...] = ()  #: what else the goods are: their model, colour, quality
    head: str = ""  #: what the goods are, in place of a header: «АКБ iPhone», «шт»
    first_row: int = 0  #: the first row below the header


def cells_of_text(text: str) -> list[list[Cell]]:
    """The cells of a text that was pasted from a table; [] where it was not."""
    rows = [row for row in text.split("\n") if row.strip()]
    tabbed = sum("\t" in row for row in rows)
    barred = sum(row.count("|") >= 2 for row in rows)
    if tabbed and tabbed >= 0.6 * len(rows):
        return [[cell.strip() or None for cell in row.split("\t")] for row in rows]
    if _is_semicolons(rows):
        return [[cell.strip() or None for cell in row.split(";")] for row in rows]
    if barred and barred >= 0.6 * len(rows):
        return [
            [cell.strip() or None for cell in _BARS.split(row.strip(" |"))]
            for row in rows
            if re.search(r"\w", row)
        ]
    return []


def _is_semicolons(rows: Sequence[str]) -> bool:
    """Whether each row has as many semicolons, two at least: a table saved as csv."""
    counts = {row.count(";") for row in rows}
    return len(rows) > 1 and len(counts) == 1 and min(counts) > 1


def read_table(rows: Sequence[Sequence[Cell]], goods: Goods) -> list[TableLine]:
    """The ordered rows, in order; [] where no column of the table is a quantity.

    Tables that stand side by side are read one after the other.
    """
    starts = _side_by_side(rows, goods)
    ends = [*starts[1:], max((len(row) for row in rows), default=0)]
    blocks = [[row[a:b] for row in rows] for a, b in zip(starts, ends, strict=True)]
    return [line for block in blocks for line in _read_block(block, goods)]


def _side_by_side(rows: Sequence[Sequence[Cell]], goods: Goods) -> list[int]:
    """The columns that tables begin at: «товар, шт, товар, шт»; one of them nearly always."""
    for row in rows[:_LOOKED_AT]:
        kinds = _kinds_of(row, goods)
        first = next((kind for kind in kinds if kind in ("number", "code", "name")), "")
        twice = all(kinds.count(kind) > 1 for kind in ("name", "quantity"))
        if twice and first and kinds.count(first) == kinds.count("name"):
            return [at for at, kind in enumerate(kinds) if kind == first]
    looked = [row for row in rows if len(row) in (4, 5)][:_LOOKED_AT]
    if len(looked) < len(rows) or not rows:
        return [0]
    begin = len(looked[0]) - 2
    halves = [(_text(row, at), _cell(row, at + 1)) for row in looked for at in (0, begin)]
    whole = [(text, count) for text, count in halves if text or count is not None]
    counted = all(goods.sense(text).goods and read_quantity(count) for text, count in whole)
    both = sum(bool(_text(row, begin)) for row in looked) > len(looked) / 2
    return [0, begin] if whole and counted and both else [0]


def named_alone(rows: Sequence[Sequence[Cell]], goods: Goods) -> list[list[Cell]]:
    """A table by its codes and names alone, where its header has no quantity; else as it is.

    What else stands in it are prices or what is left of the goods.
    """
    columns = _by_header(rows, goods)
    if columns is None or columns.quantity >= 0:
        return list(map(list, rows))
    said = [at for at in (columns.code, columns.name, *columns.details) if at >= 0]
    return [[_text(row, at) for at in said] for row in rows[columns.first_row :]]


def _read_block(rows: Sequence[Sequence[Cell]], goods: Goods) -> list[TableLine]:
    columns = _by_header(rows, goods) or _guessed(rows, goods)
    if columns is None or columns.quantity < 0 or (columns.code < 0 and columns.name < 0):
        return []
    found: list[TableLine] = []
    unfilled: set[int] = set()
    head, numbered = columns.head, 0
    for row in rows[columns.first_row :]:
        if under := _goods_in_header(row, goods):
            head = under
            continue
        if _is_header(row) or _is_total(row, columns):
            continue
        code, name = _text(row, columns.code), _text(row, columns.name)
        if columns.code >= 0 and code and not _CODE.match(code) and not name:
            code, name = "", code
        if code and not _CODE.match(code) and goods.sense(code).article:
            code, name = "", _with_details(name, [code], goods)  # the maker's own
        if not code:
            name = _with_details(name, [_text(row, at) for at in columns.details], goods)
        count = _cell(row, columns.quantity)
        if _kind_of_header(name) == "name" and isinstance(count, str) and not found:
            continue  # a header whose other words nobody knows
        quantity = read_quantity(count)
        price = _price(_cell(row, columns.price))
        said = " ".join(filter(None, (code, name)))
        if not re.search(r"\w", said):
            continue
        if quantity == 0:
            continue
        if (
            quantity is None
            and not (code or price)
            and (count is None and len([c for c in row if c not in (None, "")]) <= 1)
        ):
            head = name if goods.sense(name).goods or goods.sense(name).line else ""
            continue
        uncounted = is_formula(count)
        if quantity is None and not uncounted:
            unfilled.add(len(found))
        numbered += quantity is not None or uncounted
        found.append(
            TableLine(
                said=said, quantity=quantity, code=code, name=name, price=price, head=head,
                uncounted=uncounted,
            )
        )  # fmt: skip
    if not numbered:
        return []
    if len(unfilled) > 0.3 * len(found):  # a price list in which a few rows are filled in
        found = [line for at, line in enumerate(found) if at not in unfilled]
    return found


def _with_details(name: str, details: Sequence[str], goods: Goods) -> str:
    """«Аккумулятор», «iPhone 13», «HG» as one name; none twice, none that rows do not have."""
    for said in details:
        sense = goods.sense(said)
        tells = sense.known or sense.colour or sense.value or sense.whole or sense.device
        if tells and not set(plain(said).split()) <= set(plain(name).split()):
            name = f"{name} {said}".strip()
    return name


def read_quantity(cell: Cell) -> int | None:
    """The quantity of a cell: 5, «5 шт.», «5,0», «пять»; 0 for a zero, None for anything else."""
    if cell is None:
        return None
    if isinstance(cell, float | int):
        return int(cell) if 0 <= cell <= MOST and float(cell).is_integer() else None
    if is_formula(cell):
        return None
    text = re.sub(r"^(\d+)[.,]0+(?!\d)", r"\1", cell.strip())
    text = re.sub(r"^(\d{1,3})[  ](\d{3})(?!\d)", r"\1\2", text)
    value = only_amount(text)
    if value is None and (found := explicit_amount(f"x {text}")):
        value = found.value
    return value


def is_formula(cell: Cell) -> bool:
    """«=2+3»: what a file without the values of its formulas has in a cell; «=5» is 5."""
    return isinstance(cell, str) and _FORMULA.match(cell) is not None


def _cell(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if 0 <= column < len(row) else None


def _text(row: Sequence[Cell], column: int) -> str:
    cell = _cell(row, column)
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return " ".join((cell or "").split())


def _price(cell: Cell) -> float | None:
    if isinstance(cell, float | int):
        return float(cell) if cell > 0 else None
    text = re.sub(r"[^\d.,]", "", cell or "").replace(",", ".").strip(".")
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _kind_of_header(cell: Cell) -> str:
    if not isinstance(cell, str):
        return ""
    text = " ".join(re.sub(r"[^\w№#/.\- ]", " ", plain(cell)).split()).strip(" :")
    words = order_words().columns
    order = ("quantity", "code", "name", "price", "sum", "number", "unit", "other", "detail")
    for kind in order:
        if text in words[kind]:
            return kind
    for kind in order[:5]:
        if any(len(w) > 3 and text.startswith(w) for w in words[kind]):
            return kind
    return ""


def _kinds_of(row: Sequence[Cell], goods: Goods) -> list[str]:
    """The kinds of a row's headers; goods that stand where the name's header would are one, too."""
    kinds = [_kind_of_header(cell) for cell in row]
    if "quantity" not in kinds or {"name", "code", "detail"} & set(kinds):
        return kinds
    return [
        kind
        or (
            "name"
            if at + 1 < len(row) and kinds[at + 1] == "quantity" and _heads(cell, goods)
            else ""
        )
        for at, (kind, cell) in enumerate(zip(kinds, row, strict=True))
    ]


def _heads(cell: Cell, goods: Goods) -> bool:
    """Whether a cell says what the goods are, and neither which nor how many."""
    text = cell if isinstance(cell, str) else ""
    sense = goods.sense(text)
    return sense.goods and not (sense.whole or re.search(r"\d", text))


def _goods_in_header(row: Sequence[Cell], goods: Goods) -> str:
    """«АКБ iPhone» of the header «АКБ iPhone», «шт»; "" of any other row."""
    kinds, plain_kinds = _kinds_of(row, goods), [_kind_of_header(cell) for cell in row]
    at = kinds.index("name") if "name" in kinds and "name" not in plain_kinds else -1
    return _text(row, at)


def _is_header(row: Sequence[Cell]) -> bool:
    kinds = [kind for kind in map(_kind_of_header, row) if kind]
    filled = sum(cell not in (None, "") for cell in row)
    return len(kinds) >= 2 and len(kinds) >= 0.6 * filled


def _by_header(rows: Sequence[Sequence[Cell]], goods: Goods) -> Columns | None:
    for number, row in enumerate(rows[:_LOOKED_AT]):
        kinds = _kinds_of(row, goods)
        named = [kind for kind in kinds if kind]
        if len(named) < 2 or not {"name", "code", "detail"} & set(named):
            continue
        if number + 1 < len(rows):  # a header of two rows, as 1C prints it
            below = [_kind_of_header(cell) for cell in rows[number + 1]]
            if _is_header(rows[number + 1]) or (
                any(below)
                and sum(c not in (None, "") for c in rows[number + 1]) <= 3
                and all(
                    k or c in (None, "") or isinstance(c, str) and not _CODE.match(c)
                    for k, c in zip(below, rows[number + 1], strict=False)
                )
                and not any(isinstance(c, float) for c in rows[number + 1])
            ):
                width = max(len(kinds), len(below))
                kinds = [
                    (kinds[i] if i < len(kinds) else "") or (below[i] if i < len(below) else "")
                    for i in range(width)
                ]
        if "name" not in kinds and "detail" in kinds:
            kinds[kinds.index("detail")] = "name"
        at = {kind: kinds.index(kind) for kind in dict.fromkeys(filter(None, kinds))}
        details = tuple(i for i, kind in enumerate(kinds) if kind == "detail")
        quantity = at.get("quantity", -1)
        columns = Columns(
            code=at.get("code", -1), name=at.get("name", -1), quantity=quantity,
            price=at.get("price", -1), details=details, head=_goods_in_header(row, goods),
            first_row=number + 1,
        )  # fmt: skip
        if quantity < 0:
            taken = {*details, *(i for kind, i in at.items() if kind != "quantity")}
            guessed = _quantity_column(rows[number + 1 :], taken)
            columns = replace(columns, quantity=guessed)
        return columns
    return None


def _guessed(rows: Sequence[Sequence[Cell]], goods: Goods) -> Columns | None:
    """The columns by what stands in them."""
    looked = [row for row in rows if sum(c not in (None, "") for c in row) >= 2][:_LOOKED_AT]
    if not looked:
        return None
    width = max(len(row) for row in looked)
    codes: Counter[int] = Counter()
    letters: Counter[int] = Counter()
    for row in looked:
        for at in range(width):
            text = _text(row, at)
            if _CODE.match(text) and (
                not text.isdigit() or len(text) >= 5 or goods.sense(f"код {text}").code
            ):
                codes[at] += 1
            letters[at] += len(re.findall(r"[^\W\d_]", text))
    name = max(range(width), key=lambda at: letters[at])
    code = next((at for at, n in codes.most_common() if n >= 0.5 * len(looked)), -1)
    if letters[name] < 2 * len(looked) or name == code:
        name = -1
    quantity = _quantity_column(looked, {at for at in (name, code) if at >= 0})
    if quantity < 0:
        return None
    return Columns(code=code, name=name, quantity=quantity)


def _quantity_column(rows: Sequence[Sequence[Cell]], taken: set[int]) -> int:
    """The column of small whole numbers that are neither a numbering nor a price; -1: none."""
    rows = [row for row in rows if sum(c not in (None, "") for c in row) >= 2]
    width = max((len(row) for row in rows), default=0)
    best, least = -1, float("inf")
    for at in range(width):
        if at in taken:
            continue
        cells = [_cell(row, at) for row in rows]
        values = [read_quantity(cell) for cell in cells]
        known = [v for v in values if v]
        filled = [c for c in cells if c not in (None, "")]
        if not known or len(known) < 0.6 * len(filled):
            continue
        # a total at the end of a column is no quantity of a row
        body = known[:-1] if len(known) > 3 and known[-1] == sum(known[:-1]) else known
        numbering = (
            len(body) > 1 and body == list(range(body[0], body[0] + len(body))) and body[0] == 1
        )
        cost = sum(body) / len(body) + (10_000 if numbering else 0)
        if any(isinstance(c, str) and re.search(r"[,.]\d\d", c) for c in filled):
            cost += 1_000
        if cost < least:
            best, least = at, cost
    return best


def _is_total(row: Sequence[Cell], columns: Columns) -> bool:
    for cell in row:
        if isinstance(cell, str) and cell.strip():
            low = plain(cell.strip())
            words = order_words()
            return bool(words.totals.match(low) or words.signatures.match(low))
    return False
