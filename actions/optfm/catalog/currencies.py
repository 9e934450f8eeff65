"""In which currency the prices of a list stand, and what they are in roubles."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from optfm.catalog.layout import papers
from optfm.catalog.layout.amounts import Amount
from optfm.catalog.layout.money import currency_in
from optfm.catalog.layout.sheets import (
    SheetReading,
    TableReading,
    currency_of,
    currency_of_column,
    letter,
    place,
)
from optfm.catalog.layout.tree import Good
from optfm.catalog.layout.words import tokens, words
from optfm.catalog.outcome import ListOptions

_ROUBLES = ("", "RUB")


@dataclass(frozen=True, slots=True)
class Foreign:
    """Prices of a list that are no roubles."""

    counts: dict[str, int]  #: "USD" → how many prices
    places: dict[str, str]  #: "USD" → where the first stands, in Russian
    total: int  #: prices of the list, roubles too


def foreign(tables: Sequence[TableReading], sheets: Sequence[SheetReading]) -> Foreign:
    """The prices that are no roubles, by currency."""
    counts: Counter[str] = Counter()
    places: dict[str, str] = {}
    for table in tables:
        if not table.is_sure and len(set(map(currency_of_column, table.prices))) > 1:
            continue  # which price is asked, and with it goes the currency
        home = of_country(table, sheets)
        for currency, count in table.currencies.items():
            code = home if home and currency in _ROUBLES else currency
            counts[code] += count
            if code not in _ROUBLES:
                places.setdefault(code, _place(table, code))
    named = {code: count for code, count in counts.items() if code not in _ROUBLES}
    return Foreign(counts=named, places=places, total=sum(counts.values()))


def of_country(table: TableReading, sheets: Sequence[SheetReading]) -> str:
    """The currency of the country that the paper is from, where no price names its own."""
    heads = [tokens(column.label) for column in table.table.columns.values() if column.label]
    roubles = words().currencies["RUB"]
    around = [
        tokens(text)
        for one in sheets
        if table in one.tables
        for text in papers.texts((*one.around[:40], *one.around[-20:]))
    ]
    for code, phrases in words().foreign_heads.items():
        if any(phrases.found(head) for head in heads) and not roubles.found(
            tokens(table.price.column.label)
        ):
            return code
    if any(words().at_home.found(text) for text in around):
        return ""
    return next(
        (
            code
            for code, phrases in words().countries.items()
            if any(phrases.found(text) for text in around)
        ),
        "",
    )


def kopecks(
    good: Good, table: TableReading, options: ListOptions, sheets: Sequence[SheetReading]
) -> int | None:
    """The price of a good in kopecks, at the rate that the shop told; None: it has none."""
    reading = good.line.reading
    if not isinstance(reading, Amount):
        return None
    currency = currency_of(good.line, currency_in(table.price.column.label))
    if currency in _ROUBLES:
        only = [code for code in table.currencies if code not in _ROUBLES]
        currency = only[0] if len(table.currencies) == 1 and only else currency
        currency = currency or of_country(table, sheets) if options.rates else currency
    rate = 1.0 if options.currency else options.rates.get(currency, 1.0)
    return max(round(reading.value * rate * 100), 1)


def _place(table: TableReading, currency: str) -> str:
    """The first cell that says so: «(ячейка F12)»."""
    column = table.price.column
    head = currency_in(column.label)
    if head == currency:
        return f"(столбец {place(column)})"
    for good in table.tree.goods:
        if good.priced and currency_of(good.line, "") == currency:
            return f"(первая — ячейка {letter(column.index)}{good.line.row})"
    return "(по словам вокруг таблицы)"
