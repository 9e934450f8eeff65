"""What a paper is that has the look of a price list and is none."""

from collections.abc import Iterable, Sequence

from optfm.catalog.layout.table import Table, text_of
from optfm.catalog.layout.words import Role, tokens, words
from optfm.catalog.readers.sheet import Odd, SheetRow

_ENOUGH = 0.8
_MOST = 0.5
_CENT = 0.01
_TRADED = ("счёт", "накладная", "заказ", "смета", "акт", "договор")
_REPORTS = ("отчёт об остатках", "отчёт о продажах")
_COUNTED = "накладная, счёт или заказ (у каждой строки количество и сумма)"
#: Of work, whose extent is measured.
_MEASURED = ("смета", "акт")


def texts(rows: Iterable[SheetRow]) -> list[str]:
    """All texts of these rows."""
    return [text for row in rows for cell in row.cells.values() if (text := text_of(cell))]


def named_paper(rows: Sequence[SheetRow]) -> str:
    """The kind of paper that the texts name, "" for none and for a price list."""
    found = [tokens(text) for text in texts(rows)]
    if any(word.startswith(("прайс", "прейскурант")) for text in found for word in text):
        return ""
    return next(
        (
            paper
            for paper, phrases in words().papers.items()
            if any(phrases.found(text) for text in found)
        ),
        "",
    )


def is_report(rows: Sequence[SheetRow]) -> bool:
    """Whether the texts name a paper whose numbers are no prices unless a head says so."""
    return named_paper(rows) not in ("", "каталог", "бланк", "заказ")


def traded_paper(table: Table, priced: Sequence[int], around: Sequence[SheetRow]) -> str:
    """An invoice, a waybill or an order: its rows have a quantity and a sum; "" for a list."""
    rows = [table.rows[index] for index in priced]
    named = named_paper(around)
    if _is_multiplied(table, rows) and not _says_price_list(around):
        return named if named in _TRADED else _COUNTED
    if named in _REPORTS and _filled(table, rows, ("quantity",)) and not _names_price(table):
        return named
    extent: tuple[Role, ...] = ("measure",) if named in _MEASURED else ()
    if len(rows) == 0 or not _filled(table, rows, ("quantity", "order", *extent)):
        return ""
    if _filled(table, rows, ("sum",)):
        if _says_price_list(around):
            return ""
        return named if named in _TRADED else _COUNTED
    return named if named in _TRADED else ""


def paper_of(table: Table | None, rows: Sequence[SheetRow]) -> str:
    """What a sheet without prices seems to be, as the rest of «похоже, это …»."""
    top = rows[:60]
    if sum(_is_uncomputed(row) for row in rows) >= _MOST * len(rows):
        return "прайс-лист с формулами без значений (откройте его в Excel и сохраните)"
    named = named_paper(top)
    heads = {column.role for column in (table.columns.values() if table else ())}
    for paper, phrases in words().other_heads.items():
        if any(phrases.found(tokens(text)) and len(text) <= 40 for text in texts(top[:15])):
            return paper
    if named and named != "бланк":
        return named
    if heads & {"price", "price_kind"}:
        return "бланк или прайс-лист без цен"
    if "sum" in heads:
        return "отчёт с итогами"
    if heads & {"stock", "quantity"}:
        return "отчёт об остатках"
    return "каталог без цен" if heads & {"measure", "name", "article", "code"} else ""


def _is_uncomputed(row: SheetRow) -> bool:
    """Whether a program wrote a formula there that no spreadsheet has computed yet."""
    return any(cell.value == Odd("формула") for cell in row.cells.values())


def _says_price_list(rows: Sequence[SheetRow]) -> bool:
    return any(
        word.startswith(("прайс", "прейскурант")) for text in texts(rows) for word in tokens(text)
    )


def _names_price(table: Table) -> bool:
    return any(
        word.startswith(("цен", "price"))
        for column in table.columns.values()
        for word in tokens(column.label)
    )


def _is_multiplied(table: Table, rows: Sequence[SheetRow]) -> bool:
    """Whether each row has a quantity, and two columns of which one is the other so many times."""
    columns = table.columns.values()
    counted = [column.index for column in columns if column.role == "quantity"]
    prices = [column.index for column in columns if column.role in ("price", "price_kind")]
    numbers = [
        {at: cell.value for at, cell in row.cells.items() if isinstance(cell.value, float)}
        for row in rows
    ]
    return len(rows) > 1 and any(
        all(
            {one, many, count} <= row.keys() and abs(row[one] * row[count] - row[many]) < _CENT
            for row in numbers
        )
        and any(row[count] != 1 for row in numbers)
        for count in counted
        for one in prices
        for many in prices
        if one != many
    )


def _filled(table: Table, rows: Sequence[SheetRow], wanted: tuple[Role, ...]) -> bool:
    for column in table.columns.values():
        if column.role not in wanted:
            continue
        filled = sum(
            isinstance(cell.value, float) and cell.value != 0 or bool(text_of(cell))
            for row in rows
            if (cell := row.cells.get(column.index))
        )
        if filled >= _ENOUGH * len(rows):
            return True
    return False
