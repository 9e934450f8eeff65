"""What only the shop knows of its list, asked before the list is taken.

Each question is asked where it matters and is not answered yet (`ListOptions`).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from optfm.catalog.currencies import Foreign
from optfm.catalog.enumerating import listed
from optfm.catalog.layout.amounts import Amount
from optfm.catalog.layout.columns import PriceColumn
from optfm.catalog.layout.dates import dates_in, list_date
from optfm.catalog.layout.sheets import SheetReading, TableReading, letter, place
from optfm.catalog.layout.table import Table, text_of
from optfm.catalog.layout.words import words
from optfm.catalog.outcome import SHOWN, ListOptions, ListQuestion, Suggestion, WrongRow

_FIRST_ROWS = 3
#: So large a share of wrong rows is no slip of a hand.
_MANY_WRONG = 0.05


def which_sheet(repeated: Sequence[SheetReading]) -> ListQuestion:
    """Which of the sheets that sell the same goods is in force?"""
    named = [f"«{one.sheet.name}» ({one.goods})" for one in repeated]
    return ListQuestion(
        kind="sheet",
        text="одни и те же товары стоят на нескольких листах: "
        f"{listed(named)}; который лист действует?",
        suggestions=tuple(
            Suggestion(answer="sheet", values=(one.sheet.name,), is_name=True)
            for one in repeated[:SHOWN]
        ),
    )


def which_columns(table: Table) -> ListQuestion:
    """What does each column hold, where none has a head?"""
    lines = []
    for index in sorted(table.columns)[:12]:
        values = [
            str(cell.value if not isinstance(cell.value, float) else f"{cell.value:g}")[:25]
            for row in table.rows[:30]
            if (cell := row.cells.get(index))
        ]
        lines.append(f"    {letter(index)}: {' · '.join(values[:_FIRST_ROWS])}")
    return ListQuestion(
        kind="columns",
        text="\n".join(("в списке нет заголовков столбцов: который из них что?", *lines)),
        suggestions=(
            Suggestion(
                answer="columns",
                values=("name=БУКВА", "price=БУКВА", "code=БУКВА"),
                note="(code можно не указывать)",
            ),
        ),
    )


def which_prices(tables: Sequence[TableReading]) -> list[ListQuestion]:
    """Which column is the price? Once for all tables of the same columns."""
    unsure: dict[tuple[str, ...], TableReading] = {}
    for table in tables:
        if not table.is_sure:
            unsure.setdefault(tuple(price.column.label for price in table.prices), table)
    return [_which_price(table) for table in unsure.values()]


def _which_price(table: TableReading) -> ListQuestion:
    labels = Counter(price.column.label.casefold() for price in table.prices)
    lines: list[str] = []
    suggestions: list[Suggestion] = []
    for price in table.prices:
        shown = _first_amounts(table, price)
        lines.append(f"    {place(price.column)}, строк с ценой {price.amounts}: {shown}")
        label = price.column.label
        named = label if label and labels[label.casefold()] == 1 else letter(price.column.index)
        suggestions.append(Suggestion(answer="price", values=(named,), is_name=named == label))
    head = (
        "который столбец — цена, по которой продаёт бот?"
        if len(table.prices) > 1
        else "столбец с числами не назван ценой: это цена?"
    )
    return ListQuestion(
        kind="price", text="\n".join((head, *lines)), suggestions=tuple(suggestions)
    )


def _first_amounts(table: TableReading, price: PriceColumn) -> str:
    shown: list[str] = []
    for index, reading in price.readings.items():
        if isinstance(reading, Amount):
            name = text_of(table.table.rows[index].cells.get(table.layout.name))
            shown.append(f"{name[:40] or '…'} — {reading.value:g}")
        if len(shown) == _FIRST_ROWS:
            break
    return "; ".join(shown)


def whether_hidden(tables: Sequence[TableReading], options: ListOptions) -> ListQuestion | None:
    """Are goods in hidden rows for sale?"""
    hidden = [line for table in tables for line in table.hidden]
    if not hidden or options.hidden:
        return None
    shown = listed([f"{line.row} «{line.name[:40]}»" for line in hidden], most=5)
    return ListQuestion(
        kind="hidden",
        text=f"скрытые строки с товарами: {len(hidden)} (строки {shown}); брать их?",
        suggestions=tuple(Suggestion(answer="hidden", values=(said,)) for said in ("take", "skip")),
    )


def which_rates(foreign: Foreign, options: ListOptions) -> ListQuestion | None:
    """How many roubles is a unit of each currency?"""
    unknown = [code for code in foreign.counts if code not in options.rates]
    if not unknown or options.currency == "RUB":
        return None
    named = "; ".join(
        f"{words().currency_names[code]} — {foreign.counts[code]} из {foreign.total} "
        f"{foreign.places[code]}"
        for code in unknown
    )
    return ListQuestion(
        kind="currency",
        text=f"цены не в рублях: {named}; бот называет рубли",
        suggestions=(
            *(
                Suggestion(answer="rates", values=(f"{code}=КУРС",), note=f"(рублей за 1 {code})")
                for code in unknown
            ),
            Suggestion(answer="currency", values=("RUB",), note="(если на самом деле это рубли)"),
        ),
    )


def which_code_width(tables: Sequence[TableReading], options: ListOptions) -> ListQuestion | None:
    """How long is a code? Numbers between codes with leading zeros have lost theirs in Excel."""
    for table in tables:
        index = table.layout.code
        if options.code_width or index is None or table.table.columns[index].role == "article":
            continue
        cells = [row.cells[index] for row in table.table.rows if index in row.cells]
        texts = [text for cell in cells if (text := text_of(cell))]
        numbers = [
            cell
            for cell in cells
            if isinstance(cell.value, float) and (not cell.format or cell.format.strip("0"))
        ]
        coded = [text for text in texts if text[:1] == "0" or "-" in text]
        if not numbers or len(coded) * 2 < len(texts) or len(texts) < _FIRST_ROWS:
            continue
        return ListQuestion(
            kind="code_width",
            text=f"в столбце {place(table.table.columns[index])} среди кодов "
            f"{len(numbers)} чисел (например, {numbers[0].value:.0f}): Excel отбросил их "
            "ведущие нули; сколько знаков в коде?",
            suggestions=(
                Suggestion(answer="code_width", values=("11",)),
                Suggestion(note="или выгрузите список из 1С без правки в Excel"),
            ),
        )
    return None


def which_date(
    sheets: Sequence[SheetReading],
    others: Sequence[SheetReading],
    options: ListOptions,
    file_name: str,
) -> date | ListQuestion:
    """The list's date, or the question of which day it is.

    :param others: sheets without goods, as a title page.
    """
    if options.list_date:
        return options.list_date
    day, found = list_date([row for one in sheets for row in one.above])
    if not found:
        day, found = list_date(row for one in sheets for row in one.around)
    if not found:
        day, found = list_date(row for one in others for row in one.around)
    if day:
        return day
    told = sorted({one.text for one in found})
    for source, text in (
        ("в имени файла", file_name),
        ("в имени листа", " ".join(one.sheet.name for one in sheets[:1])),
    ):
        told += [f"{source} {match[0].strip()}" for _, match in dates_in(text)]
    wrong = [one.text for one in found if one.day is None]
    if wrong:
        text = f"такой даты нет: «{wrong[0]}»; от какого числа прайс-лист?"
    elif told:
        text = f"от какого числа прайс-лист? Есть даты: {listed(told)}"
    else:
        text = "в прайс-листе нет его даты, а бот называет её с каждой ценой"
    asked = Suggestion(answer="list_date", values=("ГГГГ-ММ-ДД",))
    return ListQuestion(kind="date", text=text, suggestions=(asked,))


def whether_wrong(
    wrong: Sequence[WrongRow], goods: int, options: ListOptions
) -> ListQuestion | None:
    """May so many rows be left out?

    :param goods: how many rows were understood.
    """
    if options.skip_wrong or len(wrong) <= max(3, _MANY_WRONG * goods):
        return None
    return ListQuestion(
        kind="rows",
        text=f"строк, которых не понять: {len(wrong)}; исправьте их или пропустите",
        suggestions=(Suggestion(answer="skip_wrong"),),
    )
