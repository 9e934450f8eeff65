"""Reads any list with names and prices, or says what must be told first.

Which price is *the* price, in which currency, of which day: where the file does not say it, the
shop is asked (docs/adr/0004-price-list-format.md).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from optfm.catalog.codes import unique_codes
from optfm.catalog.errors import PriceListError
from optfm.catalog.layout import papers
from optfm.catalog.layout.amounts import Amount, NoPrice
from optfm.catalog.layout.columns import PriceColumn
from optfm.catalog.layout.dates import dates_in, list_date
from optfm.catalog.layout.money import currency_in
from optfm.catalog.layout.sheets import (
    SheetReading,
    TableReading,
    currency_of,
    currency_of_column,
    letter,
    place,
    understand,
)
from optfm.catalog.layout.table import Table, text_of
from optfm.catalog.layout.tree import Good
from optfm.catalog.layout.words import tokens, words
from optfm.catalog.outcome import (
    SHOWN,
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
from optfm.catalog.rows import PriceGroup, PriceList, PriceRow, UnpricedRow

_FIRST_ROWS = 3
#: So large a share of wrong rows is no slip of a hand.
_MANY_WRONG = 0.05
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
        sheets = open_book(data)
        return _Reading(sheets, options, file_name).outcome()
    except PriceListError as exc:
        return Refused(message=exc.message)


@dataclass(frozen=True, slots=True)
class _Sold:
    """A good under the sheet and the table that it stands in."""

    good: Good
    sheet: str
    table: TableReading
    path: tuple[str, ...]
    name: str


class _Reading:
    def __init__(self, sheets: Sequence[Sheet], options: ListOptions, file_name: str) -> None:
        self._options = options
        self._file_name = file_name
        self._hidden_sheets = [sheet.name for sheet in sheets if sheet.hidden and sheet.rows]
        self._notes: list[str] = []
        self._questions: list[ListQuestion] = []
        self._all = self._understood(self._asked_for(sheets))
        self._read = [one for one in self._all if one.tables]

    def outcome(self) -> Outcome:
        if not self._read:
            return self._without_goods()
        self._read = self._one_version()
        self._skipped_sheets()
        tables = [table for sheet in self._read for table in sheet.tables]
        self._ask_price(tables)
        self._ask_hidden(tables)
        self._ask_currency(tables)
        self._ask_code_width(tables)
        day = self._date()
        sold = self._sold()
        rows, unpriced, groups = self._rows(sold)
        wrong = self._wrong(tables, rows)
        self._tell(tables)
        title = self._title()
        report = Report(
            goods=len(rows),
            groups=len(groups),
            unpriced=len(unpriced),
            title=title,
            list_date=day,
            columns=self._columns(tables[0]),
            missing=self._missing(tables[0], day),
            notes=tuple(self._notes),
            wrong=wrong,
            samples=tuple(_sample(row) for row in rows[:5]),
            heads=_heads(tables[0].table),
        )
        if self._questions:
            return Questions(questions=tuple(self._questions), report=report)
        if not rows:
            return Refused(message="в прайс-листе нет ни одной цены числом", report=report)
        assert day is not None
        price_list = PriceList(
            title=title, list_date=day, rows=rows, groups=groups, unpriced=unpriced
        )
        return ReadList(price_list=price_list, report=report)

    def _asked_for(self, sheets: Sequence[Sheet]) -> list[Sheet]:
        wanted = [name.strip().casefold() for name in self._options.sheet]
        if wanted:
            found = [sheet for sheet in sheets if sheet.name.strip().casefold() in wanted]
            if not found:
                names = ", ".join(f"«{sheet.name}»" for sheet in sheets)
                raise PriceListError(f"нет такого листа; в файле: {names}")
            return found
        shown = [sheet for sheet in sheets if not sheet.hidden]
        if not any(sheet.rows for sheet in shown):
            hidden = ", ".join(f"«{name}»" for name in self._hidden_sheets)
            raise PriceListError(
                f"все листы с данными скрыты ({hidden}): откройте нужный в Excel или --sheet"
                if hidden
                else "в файле нет ни одной заполненной ячейки: это не прайс-лист"
            )
        return [sheet for sheet in shown if sheet.rows]

    def _understood(self, sheets: Sequence[Sheet]) -> list[SheetReading]:
        found: list[SheetReading] = []
        before: tuple[Table, ...] = ()
        for sheet in sheets:
            reading = understand(sheet, self._options, before)
            found.append(reading)
            if reading.tables:
                before = tuple(table.table for table in reading.tables)
        return found

    def _without_goods(self) -> Outcome:
        unnamed = next((one for one in self._all if one.unnamed), None)
        if unnamed and unnamed.unnamed:
            self._questions.append(_which_columns(unnamed.unnamed))
            heads = _heads(unnamed.unnamed)
            return Questions(questions=tuple(self._questions), report=Report(heads=heads))
        paper = next((one.paper for one in self._all if one.paper), "")
        what = (
            f"похоже, это {paper}" if paper else "в файле не нашлось столбцов с названием и ценой"
        )
        return Refused(message=_SENTENCE.format(what=what))

    def _one_version(self) -> list[SheetReading]:
        """The sheets that are read together; where some repeat the others, the shop is asked."""
        if len(self._read) < 2 or self._options.sheet:
            return self._read
        keys = [_keys(one) for one in self._read]
        doubled: set[int] = set()
        for at, mine in enumerate(keys):
            for other in range(at):
                common = len(mine & keys[other])
                if common >= _SAME_GOODS * min(len(mine), len(keys[other])) and common > 1:
                    doubled |= {at, other}
        if not doubled:
            return self._read
        named = [
            f"«{self._read[at].sheet.name}» ({self._read[at].goods})" for at in sorted(doubled)
        ]
        self._questions.append(
            ListQuestion(
                kind="sheet",
                text="одни и те же товары стоят на нескольких листах: "
                f"{_listed(named)}; который лист действует?",
                options=tuple(
                    f"--sheet «{self._read[at].sheet.name}»" for at in sorted(doubled)[:SHOWN]
                ),
            )
        )
        first = min(doubled)
        return [one for at, one in enumerate(self._read) if at == first or at not in doubled]

    def _skipped_sheets(self) -> None:
        skipped = [one.sheet.name for one in self._all if not one.tables]
        if skipped:
            self._notes.append(f"листы без товаров с ценами не взяты: {_quoted(skipped)}")
        if self._hidden_sheets and not self._options.sheet:
            self._notes.append(f"скрытые листы не взяты: {_quoted(self._hidden_sheets)}")
        if len(self._read) > 1:
            counted = [f"«{one.sheet.name}» ({one.goods})" for one in self._read]
            self._notes.append(f"товары взяты с листов: {_listed(counted)}")

    def _ask_price(self, tables: Sequence[TableReading]) -> None:
        seen: set[tuple[str, ...]] = set()
        for table in tables:
            labels = tuple(price.column.label for price in table.prices)
            if table.is_sure or labels in seen:
                continue
            seen.add(labels)
            self._questions.append(_which_price(table))

    def _ask_hidden(self, tables: Sequence[TableReading]) -> None:
        hidden = [line for table in tables for line in table.hidden]
        if not hidden:
            return
        if self._options.hidden:
            done = "не взяты" if self._options.hidden == "skip" else "взяты"
            self._notes.append(f"скрытые строки {done}: {len(hidden)}")
            return
        shown = _listed([f"{line.row} «{line.name[:40]}»" for line in hidden], most=5)
        self._questions.append(
            ListQuestion(
                kind="hidden",
                text=f"скрытые строки с товарами: {len(hidden)} (строки {shown}); брать их?",
                options=("--hidden take", "--hidden skip"),
            )
        )

    def _ask_currency(self, tables: Sequence[TableReading]) -> None:
        if self._options.currency == "RUB":
            return
        counts: Counter[str] = Counter()
        where: dict[str, str] = {}
        for table in tables:
            if not table.is_sure and len(set(map(currency_of_column, table.prices))) > 1:
                continue  # which price is asked, and with it goes the currency
            home = self._country(table)
            for currency, count in table.currencies.items():
                code = home if home and currency in ("", "RUB") else currency
                counts[code] += count
                if code not in ("", "RUB"):
                    where.setdefault(code, _currency_place(table, code))
        foreign = {code: n for code, n in counts.items() if code not in ("", "RUB")}
        unknown = [code for code in foreign if code not in self._options.rates]
        if not unknown:
            for code in foreign:
                self._notes.append(
                    f"цены пересчитаны в рубли: 1 {code} = {self._options.rates[code]:g} ₽"
                )
            return
        total = sum(counts.values())
        named = "; ".join(
            f"{words().currency_names[code]} — {foreign[code]} из {total} {where[code]}"
            for code in unknown
        )
        self._questions.append(
            ListQuestion(
                kind="currency",
                text=f"цены не в рублях: {named}; бот называет рубли",
                options=(
                    *(f"--rate {code}=КУРС (рублей за 1 {code})" for code in unknown),
                    "--currency RUB (если на самом деле это рубли)",
                ),
            )
        )

    def _country(self, table: TableReading) -> str:
        """The currency of the country that the paper is from, where no price names its own."""
        heads = [tokens(column.label) for column in table.table.columns.values() if column.label]
        roubles = words().currencies["RUB"]
        around = [
            tokens(text)
            for one in self._read
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

    def _ask_code_width(self, tables: Sequence[TableReading]) -> None:
        """Numbers between codes with leading zeros have lost theirs in Excel."""
        if self._options.code_width:
            return
        for table in tables:
            index = table.layout.code
            if index is None or table.table.columns[index].role == "article":
                continue
            cells = [row.cells[index] for row in table.table.rows if index in row.cells]
            texts = [text for cell in cells if (text := text_of(cell))]
            numbers = [
                cell
                for cell in cells
                if isinstance(cell.value, float)
                and cell.format.strip("0")
                or isinstance(cell.value, float)
                and not cell.format
            ]
            coded = [text for text in texts if text[:1] == "0" or "-" in text]
            if not numbers or len(coded) * 2 < len(texts) or len(texts) < 3:
                continue
            self._questions.append(
                ListQuestion(
                    kind="code_width",
                    text=f"в столбце {place(table.table.columns[index])} среди кодов "
                    f"{len(numbers)} чисел (например, {numbers[0].value:.0f}): Excel отбросил их "
                    "ведущие нули; сколько знаков в коде?",
                    options=("--code-width 11", "или выгрузите список из 1С без правки в Excel"),
                )
            )
            return

    def _date(self) -> date | None:
        if self._options.list_date:
            return self._options.list_date
        above = [row for one in self._read for row in one.above]
        day, found = list_date(above)
        if not found:
            day, found = list_date(row for one in self._read for row in one.around)
        if day:
            return day
        told = sorted({one.text for one in found})
        for source, text in (
            ("в имени файла", self._file_name),
            ("в имени листа", " ".join(one.sheet.name for one in self._read[:1])),
        ):
            told += [f"{source} {match[0].strip()}" for _, match in dates_in(text)]
        wrong = [one.text for one in found if one.day is None]
        if wrong:
            text = f"такой даты нет: «{wrong[0]}»; от какого числа прайс-лист?"
        elif told:
            text = f"от какого числа прайс-лист? Есть даты: {_listed(told)}"
        else:
            text = "в прайс-листе нет его даты, а бот называет её с каждой ценой"
        self._questions.append(ListQuestion(kind="date", text=text, options=("--date ГГГГ-ММ-ДД",)))
        return None

    def _sold(self) -> list[_Sold]:
        many = len(self._read) > 1
        sold: list[_Sold] = []
        for one in self._read:
            top = (one.sheet.name.strip(),) if many and one.sheet.name.strip() else ()
            for table in one.tables:
                names = _names(table)
                sold += [
                    _Sold(good, one.sheet.name, table, (*top, *good.path), name)
                    for good, name in zip(table.tree.goods, names, strict=True)
                ]
        return self._without_doubles(sold)

    def _without_doubles(self, sold: Sequence[_Sold]) -> list[_Sold]:
        """Without rows that say the same of the same good once more."""
        seen: set[tuple[object, ...]] = set()
        kept: list[_Sold] = []
        for one in sold:
            line = one.good.line
            value = line.reading.value if isinstance(line.reading, Amount) else None
            key = (line.code, one.name.casefold(), value, line.unit, one.path)
            if line.code and key in seen:
                continue
            seen.add(key)
            kept.append(one)
        if len(kept) < len(sold):
            self._notes.append(
                f"повторов (тот же код, название и цена): {len(sold) - len(kept)}, взяты один раз"
            )
        return kept

    def _rows(
        self, sold: Sequence[_Sold]
    ) -> tuple[tuple[PriceRow, ...], tuple[UnpricedRow, ...], tuple[PriceGroup, ...]]:
        groups = self._groups(sold)
        codes = unique_codes(
            [*(one.good.line.code for one in sold), *(code for code, _, _ in groups)],
            [*((*one.path, one.name) for one in sold), *((*path, name) for _, name, path in
               ((c, g.name, g.path) for c, g, _ in groups))],
        )  # fmt: skip
        self._tell_codes(sold)
        rows: list[PriceRow] = []
        unpriced: list[UnpricedRow] = []
        for one, code in zip(sold, codes, strict=False):
            line = one.good.line
            price = self._kopecks(one)
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
        made = [
            replace(group, code=code)
            for (_, group, _), code in zip(groups, codes[len(sold) :], strict=True)
        ]
        return tuple(rows), tuple(unpriced), tuple(made)

    def _groups(self, sold: Sequence[_Sold]) -> list[tuple[str, PriceGroup, int]]:
        """The headings of the list, and those that only its columns or sheets name."""
        many = len(self._read) > 1
        found: list[tuple[str, PriceGroup, int]] = []
        known: set[tuple[str, ...]] = set()
        used = {one.path[: n + 1] for one in sold for n in range(len(one.path))}
        for at, one in enumerate(self._read):
            top = (one.sheet.name.strip(),) if many and one.sheet.name.strip() else ()
            for table in one.tables:
                for heading in table.tree.groups:
                    line, path = heading.line, (*top, *heading.path)
                    kop = (
                        round(line.reading.value * 100)
                        if isinstance(line.reading, Amount)
                        else None
                    )
                    known.add((*path, line.name))
                    found.append(
                        (
                            line.code,
                            PriceGroup(
                                code=line.code, name=line.name, price_kop=kop, status=line.status,
                                path=path, row_number=line.row, depth=len(path),
                            ),
                            at,
                        )
                    )  # fmt: skip
        for one_sold in sold:
            for n in range(len(one_sold.path)):
                whole = one_sold.path[: n + 1]
                if whole in known or whole not in used:
                    continue
                known.add(whole)
                group = PriceGroup(
                    code="", name=whole[-1], price_kop=None, status="", path=whole[:-1],
                    row_number=one_sold.good.line.row, depth=n,
                )  # fmt: skip
                found.append(("", group, 0))
        return found

    def _kopecks(self, one: _Sold) -> int | None:
        reading = one.good.line.reading
        if not isinstance(reading, Amount):
            return None
        head = currency_in(one.table.price.column.label)
        currency = currency_of(one.good.line, head)
        if currency in ("", "RUB"):
            only = [code for code in one.table.currencies if code not in ("", "RUB")]
            currency = only[0] if len(one.table.currencies) == 1 and only else currency
            currency = currency or self._country(one.table) if self._options.rates else currency
        rate = 1.0 if self._options.currency else self._options.rates.get(currency, 1.0)
        return max(round(reading.value * rate * 100), 1)

    def _tell_codes(self, sold: Sequence[_Sold]) -> None:
        without = sum(not one.good.line.code for one in sold)
        repeated = [
            code
            for code, times in Counter(one.good.line.code for one in sold).items()
            if code and times > 1
        ]
        if without == len(sold):
            self._notes.append("кодов в списке нет: бот составил свои (ВН-…) по группе и названию")
        elif without:
            self._notes.append(f"без кода товаров: {without}, им бот составил свои (ВН-…)")
        if repeated:
            self._notes.append(
                f"код повторяется у нескольких строк: {len(repeated)} ({_quoted(repeated, 3)}); "
                "взяты все, к коду добавлено /2, /3…"
            )

    def _wrong(
        self, tables: Sequence[TableReading], rows: Sequence[PriceRow]
    ) -> tuple[WrongRow, ...]:
        wrong = tuple(
            WrongRow(sheet=row.sheet, row=row.row, why=row.why)
            for table in tables
            for row in table.wrong
        )
        if len(wrong) > max(3, _MANY_WRONG * len(rows)) and not self._options.skip_wrong:
            self._questions.append(
                ListQuestion(
                    kind="rows",
                    text=f"строк, которых не понять: {len(wrong)}; исправьте их или пропустите",
                    options=("--skip-wrong",),
                )
            )
        return wrong

    def _tell(self, tables: Sequence[TableReading]) -> None:
        excluded = [line for table in tables for line in table.excluded]
        if excluded:
            shown = _quoted(sorted({line.status for line in excluded}), 5)
            self._notes.append(f"не предлагаются по статусу {shown}: {len(excluded)}")
        said = Counter(
            good.line.reading.said if isinstance(good.line.reading, NoPrice) else "пусто"
            for table in tables
            for good in table.tree.goods
            if not good.priced
        )
        if said:
            shown = _listed([f"«{text}» — {n}" for text, n in said.most_common()], most=5)
            self._notes.append(f"товаров без цены: {sum(said.values())} ({shown})")
        empty = [line for table in tables for line in table.tree.empty]
        if empty:
            shown = _listed([f"{line.row} «{line.name[:30]}»" for line in empty], most=3)
            self._notes.append(f"строк без цены и без товаров под ними: {len(empty)} ({shown})")
        if any(column.hidden for table in tables for column in table.table.columns.values()):
            self._notes.append("в списке есть скрытые столбцы")

    def _title(self) -> str:
        for row in self._read[0].around[:40]:
            for cell in row.cells.values():
                text = text_of(cell)
                if "прайс" in text.casefold() or "прейскурант" in text.casefold():
                    return text[:200]
        return "Прайс-лист"

    def _columns(self, table: TableReading) -> dict[str, str]:
        layout, columns = table.layout, table.table.columns
        found = {"название": layout.name, "код": layout.code}
        found |= {"единица": layout.unit, "остаток": layout.stock, "статус": layout.status}
        told = {word: place(columns[index]) for word, index in found.items() if index is not None}
        if table.is_sure:
            told["цена"] = place(table.price.column)
        if layout.groups:
            told["группа"] = ", ".join(place(columns[index]) for index in layout.groups)
        if layout.joined:
            told["в название входит"] = ", ".join(place(columns[n]) for n in layout.joined)
        return told

    def _missing(self, table: TableReading, day: date | None) -> tuple[str, ...]:
        layout = table.layout
        lacking = {
            "код": layout.code is None, "единица": layout.unit is None,
            "остаток": layout.stock is None, "статус": layout.status is None,
            "дата": day is None,
        }  # fmt: skip
        return tuple(word for word, lacks in lacking.items() if lacks)


def _sample(row: PriceRow) -> Sample:
    return Sample(
        code=row.code, name=row.name, price=row.price_kop / 100, group=" › ".join(row.path)
    )


def _heads(table: Table) -> tuple[str, ...]:
    return tuple(
        f"{letter(index)} {column.label}".strip() for index, column in table.columns.items()
    )


def _keys(one: SheetReading) -> set[str]:
    """What tells whether two sheets sell the same."""
    return {
        " ".join((*good.path, good.line.name, *good.line.telling.values())).casefold()
        if not good.line.code
        else f"{good.line.code} {good.line.name}".casefold()
        for table in one.tables
        for good in table.tree.goods
    }


def _names(table: TableReading) -> list[str]:
    """The goods' names, with what tells two of one name apart."""
    layout = table.layout
    joined = [
        _with(good.line.name, (good.line.telling.get(index, "") for index in layout.joined))
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
    return [
        _with(name, (good.line.telling.get(index, "") for index in sorted(telling.get(key, ()))))
        for name, key, good in zip(joined, keys, table.tree.goods, strict=True)
    ]


def _with(name: str, parts: Iterable[str]) -> str:
    for part in parts:
        if part and part.casefold() not in name.casefold():
            name = f"{name} {part}"
    return name[:500]


def _which_price(table: TableReading) -> ListQuestion:
    labels = Counter(price.column.label.casefold() for price in table.prices)
    lines: list[str] = []
    options: list[str] = []
    for price in table.prices:
        shown = _first_amounts(table, price)
        lines.append(f"    {place(price.column)}, строк с ценой {price.amounts}: {shown}")
        label = price.column.label
        named = label if label and labels[label.casefold()] == 1 else letter(price.column.index)
        options.append(f"--price «{named}»" if named == label else f"--price {named}")
    head = (
        "который столбец — цена, по которой продаёт бот?"
        if len(table.prices) > 1
        else "столбец с числами не назван ценой: это цена?"
    )
    return ListQuestion(kind="price", text="\n".join((head, *lines)), options=tuple(options))


def _first_amounts(table: TableReading, price: PriceColumn) -> str:
    shown: list[str] = []
    for index, reading in price.readings.items():
        if isinstance(reading, Amount):
            name = text_of(table.table.rows[index].cells.get(table.layout.name))
            shown.append(f"{name[:40] or '…'} — {reading.value:g}")
        if len(shown) == _FIRST_ROWS:
            break
    return "; ".join(shown)


def _which_columns(table: Table) -> ListQuestion:
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
        options=("--columns name=БУКВА,price=БУКВА,code=БУКВА (code можно не указывать)",),
    )


def _currency_place(table: TableReading, currency: str) -> str:
    """The first cell that says so: «(ячейка F12)»."""
    column = table.price.column
    head = currency_in(column.label)
    if head == currency:
        return f"(столбец {place(column)})"
    for good in table.tree.goods:
        if good.priced and currency_of(good.line, "") == currency:
            return f"(первая — ячейка {letter(column.index)}{good.line.row})"
    return "(по словам вокруг таблицы)"


def _listed(items: Sequence[str], *, most: int = 10) -> str:
    rest = len(items) - most
    return ", ".join(items[:most]) + (f" и ещё {rest}" if rest > 0 else "")


def _quoted(items: Sequence[str], most: int = 10) -> str:
    return _listed([f"«{item}»" for item in items], most=most)
