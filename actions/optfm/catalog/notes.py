"""What was done with a list, told to the staff in notes of a line each."""

from collections import Counter
from collections.abc import Iterator, Sequence

from optfm.catalog.currencies import Foreign
from optfm.catalog.enumerating import listed, quoted
from optfm.catalog.layout.amounts import NoPrice
from optfm.catalog.layout.sheets import SheetReading, TableReading, place
from optfm.catalog.outcome import ListOptions
from optfm.catalog.sold_rows import Sold


def of_sheets(
    skipped: Sequence[SheetReading], hidden: Sequence[str], read: Sequence[SheetReading]
) -> Iterator[str]:
    """Which sheets were taken.

    :param skipped: have no goods with prices.
    :param hidden: names of sheets that were not looked at.
    """
    if names := quoted([one.sheet.name for one in skipped if one.sheet.name]):
        yield f"листы без товаров с ценами не взяты: {names}"
    if hidden:
        yield f"скрытые листы не взяты: {quoted(hidden)}"
    if len(read) > 1:
        counted = [f"«{one.sheet.name}» ({one.goods})" for one in read]
        yield f"товары взяты с листов: {listed(counted)}"


def of_hidden(tables: Sequence[TableReading], options: ListOptions) -> Iterator[str]:
    """What became of hidden rows, as the shop told."""
    hidden = sum(len(table.hidden) for table in tables)
    if hidden and options.hidden:
        done = "не взяты" if options.hidden == "skip" else "взяты"
        yield f"скрытые строки {done}: {hidden}"


def of_rates(foreign: Foreign, options: ListOptions) -> Iterator[str]:
    """By which rates prices became roubles, where all of them are told."""
    if options.currency != "RUB" and all(code in options.rates for code in foreign.counts):
        for code in foreign.counts:
            yield f"цены пересчитаны в рубли: 1 {code} = {options.rates[code]:g} ₽"


def of_doubles(doubles: int) -> Iterator[str]:
    """How many rows say what another says."""
    if doubles:
        yield f"повторов (тот же код, название и цена): {doubles}, взяты один раз"


def of_codes(sold: Sequence[Sold]) -> Iterator[str]:
    """Which codes are the bot's own."""
    codes = Counter(one.good.line.code for one in sold)
    without = codes.pop("", 0)
    repeated = [code for code, times in codes.items() if times > 1]
    if without == len(sold):
        yield "кодов в списке нет: бот составил свои (ВН-…) по группе и названию"
    elif without:
        yield f"без кода товаров: {without}, им бот составил свои (ВН-…)"
    if repeated:
        yield (
            f"код повторяется у нескольких строк: {len(repeated)} ({quoted(repeated, 3)}); "
            "взяты все, к коду добавлено /2, /3…"
        )


def of_tables(tables: Sequence[TableReading]) -> Iterator[str]:
    """What is not offered, and why."""
    for table in tables:
        if (times := table.price.times) != 1:
            head = place(table.price.column)
            yield f"цены столбца {head} умножены на {times:g}, чтобы стать рублями"
    excluded = [line for table in tables for line in table.excluded]
    if excluded:
        shown = quoted(sorted({line.status for line in excluded}), 5)
        yield f"не предлагаются по статусу {shown}: {len(excluded)}"
    said = Counter(
        good.line.reading.said if isinstance(good.line.reading, NoPrice) else "пусто"
        for table in tables
        for good in table.tree.goods
        if not good.priced
    )
    if said:
        shown = listed([f"«{text}» — {n}" for text, n in said.most_common()], most=5)
        yield f"товаров без цены: {sum(said.values())} ({shown})"
    empty = [line for table in tables for line in table.tree.empty]
    if empty:
        shown = listed([f"{line.row} «{line.name[:30]}»" for line in empty], most=3)
        yield f"строк без цены и без товаров под ними: {len(empty)} ({shown})"
    if any(column.hidden for table in tables for column in table.table.columns.values()):
        yield "в списке есть скрытые столбцы"


def columns(table: TableReading) -> dict[str, str]:
    """ "название" → "«Товар» (B)": where each thing of a good stands."""
    layout, heads = table.layout, table.table.columns
    found = {"название": layout.name, "код": layout.code}
    found |= {"единица": layout.unit, "статус": layout.status}
    told = {word: place(heads[index]) for word, index in found.items() if index is not None}
    if layout.stocks:
        told["остаток"] = ", ".join(place(heads[stock.index]) for stock in layout.stocks)
    if table.is_sure:
        told["цена"] = place(table.price.column)
    if layout.groups:
        told["группа"] = ", ".join(place(heads[index]) for index in layout.groups)
    if layout.joined:
        told["в название входит"] = ", ".join(place(heads[n]) for n in layout.joined)
    return told


def missing(table: TableReading, *, dated: bool) -> tuple[str, ...]:
    """What the list lacks.

    :param dated: whether its day is known.
    """
    layout = table.layout
    lacking = {
        "код": layout.code is None, "единица": layout.unit is None,
        "остаток": not layout.stocks, "статус": layout.status is None,
        "дата": not dated,
    }  # fmt: skip
    return tuple(word for word, lacks in lacking.items() if lacks)
