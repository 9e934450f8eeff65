"""Reads any list with names and prices, or says what must be told first.

Which price is *the* price, in which currency, of which day: where the file does not say it, the
shop is asked (docs/adr/0004-price-list-format.md).
"""

from collections.abc import Sequence
from datetime import date

from optfm.catalog import notes, questions
from optfm.catalog.currencies import foreign
from optfm.catalog.errors import PriceListError
from optfm.catalog.layout.sheets import SheetReading, letter, understand
from optfm.catalog.layout.table import Table, text_of
from optfm.catalog.outcome import (
    ListOptions,
    ListQuestion,
    Outcome,
    Questions,
    ReadList,
    Refused,
    Report,
    Sample,
    WrongRow,
)
from optfm.catalog.readers import Sheet, open_book
from optfm.catalog.rows import PriceList, PriceRow
from optfm.catalog.sold_rows import rows_of, sold_on, without_doubles

#: Two sheets with so many goods in common are two versions of one list.
_SAME_GOODS = 0.3
_SENTENCE = (
    "{what}: нужен прайс-лист, где у каждого товара есть название и цена. "
    "Если это прайс-лист, подскажите столбцы: --columns name=A,price=B"
)


def read_list(data: bytes, options: ListOptions | None = None, *, file_name: str = "") -> Outcome:
    """Read a price list of any shape; whatever the bytes are, nothing is raised.

    :param options: answers to the questions of an earlier reading.
    :param file_name: only to suggest a date that stands in it.
    """
    options = options or ListOptions()
    try:
        book = open_book(data)
        sheets = _understood(_asked_for(book, options), options)
    except PriceListError as exc:
        return Refused(message=exc.message)
    if not any(one.tables for one in sheets):
        return _without_goods(sheets)
    hidden = [sheet.name for sheet in book if sheet.hidden and sheet.rows]
    return _read(sheets, [] if options.sheet else hidden, options, file_name)


def _read(
    all_sheets: Sequence[SheetReading], hidden: Sequence[str], options: ListOptions, file_name: str
) -> Outcome:
    with_goods = [one for one in all_sheets if one.tables]
    repeated = [] if options.sheet else _repeated(with_goods)
    sheets = [one for one in with_goods if all(one is not other for other in repeated[1:])]
    tables = [table for one in sheets for table in one.tables]
    prices = foreign(tables, sheets)
    without = [one for one in all_sheets if not one.tables]
    day = questions.which_date(sheets, without, options, file_name)
    every = sold_on(sheets)
    sold = without_doubles(every)
    rows, unpriced, groups = rows_of(sold, sheets, options)
    wrong = tuple(
        WrongRow(sheet=row.sheet, row=row.row, why=row.why)
        for table in tables
        for row in table.wrong
    )
    asked = (
        questions.which_sheet(repeated) if repeated else None,
        *questions.which_prices(tables),
        questions.whether_hidden(tables, options),
        questions.which_rates(prices, options),
        questions.which_code_width(tables, options),
        day if isinstance(day, ListQuestion) else None,
        questions.whether_wrong(wrong, len(rows), options),
    )
    title = _title(sheets[0])
    report = Report(
        goods=len(rows),
        groups=len(groups),
        unpriced=len(unpriced),
        title=title,
        list_date=day if isinstance(day, date) else None,
        columns=notes.columns(tables[0]),
        missing=notes.missing(tables[0], dated=isinstance(day, date)),
        notes=(
            *notes.of_sheets(without, hidden, sheets),
            *notes.of_hidden(tables, options),
            *notes.of_rates(prices, options),
            *notes.of_doubles(len(every) - len(sold)),
            *notes.of_codes(sold),
            *notes.of_tables(tables),
        ),
        wrong=wrong,
        samples=tuple(_sample(row) for row in rows[:5]),
        heads=_heads(tables[0].table),
    )
    if isinstance(day, ListQuestion) or any(asked):
        return Questions(questions=tuple(filter(None, asked)), report=report)
    if not rows:
        return Refused(message="в прайс-листе нет ни одной цены числом", report=report)
    price_list = PriceList(title=title, list_date=day, rows=rows, groups=groups, unpriced=unpriced)
    return ReadList(price_list=price_list, report=report)


def _asked_for(sheets: Sequence[Sheet], options: ListOptions) -> list[Sheet]:
    wanted = [name.strip().casefold() for name in options.sheet]
    if wanted:
        found = [sheet for sheet in sheets if sheet.name.strip().casefold() in wanted]
        if not found:
            names = ", ".join(f"«{sheet.name}»" for sheet in sheets)
            raise PriceListError(f"нет такого листа; в файле: {names}")
        return found
    shown = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
    if not shown:
        hidden = ", ".join(f"«{sheet.name}»" for sheet in sheets if sheet.hidden and sheet.rows)
        raise PriceListError(
            f"все листы с данными скрыты ({hidden}): откройте нужный в Excel или --sheet"
            if hidden
            else "в файле нет ни одной заполненной ячейки: это не прайс-лист"
        )
    return shown


def _understood(sheets: Sequence[Sheet], options: ListOptions) -> list[SheetReading]:
    found: list[SheetReading] = []
    before: tuple[Table, ...] = ()
    for sheet in sheets:
        reading = understand(sheet, options, before)
        found.append(reading)
        if reading.tables:
            before = tuple(table.table for table in reading.tables)
    return found


def _without_goods(sheets: Sequence[SheetReading]) -> Outcome:
    unnamed = next((one.unnamed for one in sheets if one.unnamed), None)
    if unnamed:
        report = Report(heads=_heads(unnamed))
        return Questions(questions=(questions.which_columns(unnamed),), report=report)
    paper = next((one.paper for one in sheets if one.paper), "")
    what = f"похоже, это {paper}" if paper else "в файле не нашлось столбцов с названием и ценой"
    return Refused(message=_SENTENCE.format(what=what))


def _repeated(sheets: Sequence[SheetReading]) -> list[SheetReading]:
    """The sheets that sell goods of one another, the first of them first."""
    keys = [_keys(one) for one in sheets]
    doubled: set[int] = set()
    for at, mine in enumerate(keys):
        for other in range(at):
            common = len(mine & keys[other])
            if common >= _SAME_GOODS * min(len(mine), len(keys[other])) and common > 1:
                doubled |= {at, other}
    return [sheets[at] for at in sorted(doubled)]


def _keys(one: SheetReading) -> set[str]:
    """What tells whether two sheets sell the same."""
    return {
        " ".join((*good.path, good.line.name, *good.line.telling.values())).casefold()
        if not good.line.code
        else f"{good.line.code} {good.line.name}".casefold()
        for table in one.tables
        for good in table.tree.goods
    }


def _title(sheet: SheetReading) -> str:
    for row in sheet.around[:40]:
        for cell in row.cells.values():
            text = text_of(cell)
            if "прайс" in text.casefold() or "прейскурант" in text.casefold():
                return text[:200]
    return "Прайс-лист"


def _sample(row: PriceRow) -> Sample:
    return Sample(
        code=row.code, name=row.name, price=row.price_kop / 100, group=" › ".join(row.path)
    )


def _heads(table: Table) -> tuple[str, ...]:
    return tuple(
        f"{letter(index)} {column.label}".strip() for index, column in table.columns.items()
    )
