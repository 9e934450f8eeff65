"""Lists of many trades and layouts with invented goods, each with what is right for it.

Written before the reader, by the kinds that public lists hold: what a program prints, what a
person draws by hand, and papers that only look like a list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.catalog.lists.pages import Page, Row, dbase, html, r, spreadsheetml, text, xls, xlsx

DAY = date(2026, 3, 14)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A file and the one right answer to it."""

    file: bytes | Callable[[], bytes]  #: a workbook is written where it is read, not at import
    goods: int | None = None  #: read: so many goods with a price
    groups: int | None = None
    unpriced: int = 0
    asks: frozenset[str] = frozenset()  #: kinds of questions, all of them
    says: tuple[str, ...] = ()  #: words of the message, for a question or a refusal
    refused: bool = False
    rows: Mapping[str, int] = field(default_factory=dict)  #: kopecks by name, some of the goods
    codes: Mapping[str, str] = field(default_factory=dict)  #: code by name, some of the goods
    stock: Mapping[str, str] = field(default_factory=dict)  #: by name, some of the goods
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=lambda: {"list_date": DAY})

    @property
    def data(self) -> bytes:
        """What the file holds."""
        return self.file if isinstance(self.file, bytes) else self.file()


CASES: dict[str, Case] = {}


def case(name: str, file: bytes | Callable[[], bytes], **right: Any) -> None:
    """Add a case; questions may be given as one string of words."""
    if isinstance(right.get("asks"), str):
        right["asks"] = frozenset(right["asks"].split())
    CASES[name] = Case(file=file, **right)


def both(name: str, pages: Callable[[], tuple[Page, ...]], **right: Any) -> None:
    """The same case in both of Excel's formats."""
    case(f"{name}.xlsx", lambda: xlsx(*pages()), **right)
    case(f"{name}.xls", lambda: xls(*pages()), **right)


# --- 1C's own reports ---------------------------------------------------------------------------
def standard_report() -> tuple[Page, ...]:
    """«Прайс-лист» of 1C: head of two rows, tree by outline and blanks, two kinds of price."""
    goods = [
        r(None, "    Автохимия", level=1, bold=True),
        r(None, "        Масла", level=2, bold=True),
        r(None, "            Масло 5W-30 4 л", 3, "A-530", "УТ000000011", 2500.0, "шт", 3100.0, "шт", level=3),
        r(None, "            Масло 5W-40 4 л", 1, "A-540", "УТ000000012", 2400.0, "шт", 3000.0, "шт", level=3),
        r(None, "        Смазки", level=2, bold=True),
        r(None, "            Литол 0,8 кг", None, None, "УТ000000013", 210.0, "шт", 260.0, "шт", level=3),
    ]  # fmt: skip
    head = [
        r(None, "Прайс-лист", bold=True),
        r(None, "на 14.03.2026"),
        r(),
        r(None, "Ценовая группа/ Номенклатура/ Характеристика номенклатуры", "Остаток",
          "Номенклатура.Артикул ", "Номенклатура.Код", "Опт 1", None, "Розница", None, bold=True),
        r(None, None, None, None, None, "Цена", "Ед.", "Цена", "Ед.", bold=True),
    ]  # fmt: skip
    return (
        Page(
            rows=[*head, *goods],
            merged=["B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:G4", "H4:I4"],
            formats={"F": "#,##0.00", "H": "#,##0.00"},
        ),
    )


both("1c-standard-two-prices", standard_report, asks="price", says=("Опт 1", "Розница", "--price"),
     options={})  # fmt: skip
both(
    "1c-standard-chosen", standard_report, options={"price": "Опт 1"}, goods=3, groups=3,
    rows={"Масло 5W-30 4 л": 250000}, codes={"Литол 0,8 кг": "УТ000000013"},
    paths={"Литол 0,8 кг": ("Автохимия", "Смазки")},
)  # fmt: skip


def no_codes_no_date() -> tuple[Page, ...]:
    """Номенклатура, Характеристика, Ед., Цена, Остаток; tree by outline and indent."""
    return (
        Page(
            rows=[
                r("Номенклатура", "Характеристика", "Единица измерения", "Цена", "Остаток"),
                r("01. Техника"),
                r("  1. Телефоны", level=1, indent=2),
                r("ALFA", level=2, indent=4),
                r("Тел. Alfa A5 белый", 2.0, "шт", 3650.0, 1.0, level=3, indent=6),
                r("Тел. Alfa A5 синий", 1.0, "шт", 3650.0, 1.0, level=3, indent=6),
                r("Зарядка Alfa", None, "шт", 190.0, None, level=2, indent=4),
                r("  2. Пакеты", level=1, indent=2),
                r("Пакет", None, "шт", 5.0, 10.0, level=2, indent=4),
            ],
            formats={"B": "000", "D": "#,##0.00", "E": "0"},
        ),
    )


both("1c-no-codes", no_codes_no_date, goods=4, groups=4, rows={"Пакет": 500},
     paths={"Тел. Alfa A5 белый": ("01. Техника", "1. Телефоны", "ALFA")})  # fmt: skip
both("1c-no-codes-no-date", no_codes_no_date, asks="date", says=("--date",), options={})


def collapsed() -> tuple[Page, ...]:
    """All goods hidden since their groups are collapsed: they are goods."""
    rows = [r("Прайс-лист на 14 марта 2026 г."), r("Номенклатура", "Код", "Цена")]
    for group in range(3):
        rows.append(r(f"Группа {group}", f"00-0000000{group}"))
        rows += [
            r(f"Замок {group}-{n}", f"00-000001{group}{n}", 100 + n, level=1, hidden=True)
            for n in range(4)
        ]
    return (Page(rows=rows),)


both("1c-collapsed-groups", collapsed, goods=12, groups=3, options={})


def hidden_in_open_group() -> tuple[Page, ...]:
    """Two rows hidden beside others that are not."""
    rows = [
        r("Прайс-лист на 14 марта 2026 г."),
        r("Номенклатура", "Код", "Цена"),
        r("Замки", "Г-1"),
    ]
    rows += [
        r(f"Замок {n}", f"00-0000010{n}", 100 + n, level=1, hidden=n in (2, 3)) for n in range(6)
    ]
    return (Page(rows=rows),)


both("hidden-rows", hidden_in_open_group, asks="hidden", says=("--hidden", "2"), options={})
both("hidden-rows-skipped", hidden_in_open_group, goods=4, options={"hidden": "skip"})
both("hidden-rows-taken", hidden_in_open_group, goods=6, options={"hidden": "take"})


def code_77() -> tuple[Page, ...]:
    """1C 7.7: numeric codes, groups without a price, «Цена (руб.)»."""
    return (
        Page(
            rows=[
                r("ООО «Ромашка»"),
                r("Прайс-лист от 14.03.26"),
                r("Код товара", "Наименование товара", "Ед. изм.", "Цена (руб.)"),
                r(None, "Крепёж", bold=True),
                r(10021, "Саморез 3,5х35", "кг", 155.5),
                r(10022, "Саморез 3,5х45", "кг", 160),
                r(None, "Краски", bold=True),
                r(20011, "Эмаль ПФ-115 белая 1,9 кг", "шт", 410),
            ]
        ),
    )


both("1c77-numeric-codes", code_77, goods=3, groups=2, options={},
     codes={"Саморез 3,5х35": "10021"},
     paths={"Эмаль ПФ-115 белая 1,9 кг": ("Краски",)})  # fmt: skip


def padded_codes() -> tuple[Page, ...]:
    """Codes as numbers whose leading zeros are in the number format."""
    return (
        Page(
            rows=[
                r("Прайс на 14.03.2026"),
                r("Код", "Товар", "Цена, руб"),
                r(15, "Гвоздь 100 мм", 150),
                r(1600, "Гвоздь 120 мм", 160),
            ],
            formats={"A": "00000000"},
        ),
    )


both("codes-by-format", padded_codes, goods=2, options={}, codes={"Гвоздь 100 мм": "00000015"})


def long_codes() -> tuple[Page, ...]:
    """Eighteen digits as text, zeros before them."""
    return (
        Page(
            rows=[
                r("Прайс на 14.03.2026"),
                r("Номенклатурный номер", "Наименование", "Цена"),
                r("000000000001234567", "Подшипник 205", 150),
                r("000000000001234568", "Подшипник 206", 160),
            ]
        ),
    )


both("codes-18-digits", long_codes, goods=2, options={},
     codes={"Подшипник 205": "000000000001234567"})  # fmt: skip


def two_code_columns() -> tuple[Page, ...]:
    """An article that repeats beside a code that does not."""
    rows = [r("Прайс-лист 14.03.2026"), r("Артикул", "Код", "Наименование", "Цена")]
    rows += [r(f"AR-{n // 3}", f"К{n:05d}", f"Фильтр {n}", 100 + n) for n in range(9)]
    return (Page(rows=rows),)


both("codes-two-columns", two_code_columns, goods=9, options={}, codes={"Фильтр 4": "К00004"})


def repeated_codes() -> tuple[Page, ...]:
    """The same code for several lots at several prices: all are kept, it is told."""
    rows = [r("Прайс-лист 14.03.2026"), r("Код", "Наименование", "Срок годности", "Цена")]
    rows += [
        r(f"К{n // 2:05d}", f"Аспирин {n // 2}", f"0{n % 9 + 1}.2027", 100 + n) for n in range(8)
    ]
    return (Page(rows=rows),)


both("codes-repeated", repeated_codes, goods=8, options={})


def running_number() -> tuple[Page, ...]:
    """«№» is no code; groups are merged rows."""
    return (
        Page(
            rows=[
                r("ПРАЙС-ЛИСТ"), r("действует с 14 марта 2026 года"),
                r("№ п/п", "Наименование", "Ед.изм", "Цена с НДС"),
                r("КИРПИЧ"), r(1, "Кирпич М-100", "шт", 14.5), r(2, "Кирпич М-150", "шт", 16.2),
                r("ЦЕМЕНТ"), r(3, "Цемент М-500 50 кг", "меш", 420),
                r("Итого позиций: 3"),
            ],
            merged=["A1:D1", "A2:D2", "A4:D4", "A7:D7"],
        ),
    )  # fmt: skip


both("running-number-merged-groups", running_number, goods=3, groups=2, options={},
     paths={"Цемент М-500 50 кг": ("ЦЕМЕНТ",)})  # fmt: skip


# --- which price ---------------------------------------------------------------------------------
def prices(*heads: str, values: tuple[tuple[Any, ...], ...] = (), **page: Any) -> tuple[Page, ...]:
    """A simple list with these columns after code and name."""
    given = values or tuple(
        tuple(100 + 10 * n + 5 * k for k in range(len(heads))) for n in range(6)
    )
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", *heads)]
    rows += [r(f"A-{n:04d}", f"Кабель силовой {n}", *row) for n, row in enumerate(given)]
    return (Page(rows=rows, **page),)


for number, heads in enumerate(
    [
        ("Цена по договору", "Цена продажи"),
        ("Розничная", "Оптовая"),
        ("Москва", "Казань", "Самара"),
        ("до 10 тыс. руб.", "от 10 тыс. руб.", "от 50 тыс. руб."),
        ("Цена за шт", "Цена за тонну"),
        ("Старая цена", "Новая цена"),
        ("Одни сутки", "Трое суток", "Неделя"),
        ("Опт", "Крупный опт"),
        ("SRP", "Dealer"),
        ("Цена без НДС", "Цена с НДС"),
        ("МРЦ", "Цена для партнёров"),
        ("Стоимость", "Стоимость со скидкой"),
    ]
):
    both(f"two-prices-{number}", lambda heads=heads: prices(*heads), asks="price",
         says=(heads[0], heads[1]), options={})  # fmt: skip
for number, head in enumerate(
    ["Цена", "Цена, руб.", "Стоимость", "Розничная", "Опт", "Прайс", "Цена за ед.", "РРЦ",
     "Цена (руб.) с НДС", "Ціна, руб", "Отпускная цена", "Цена за 1 шт., руб"]
):  # fmt: skip
    both(f"one-price-{number}", lambda head=head: prices(head), goods=6, options={})
both("hidden-price-column", lambda: prices("Закупка", "Цена", hidden_columns="C"), asks="price",
     says=("Закупка", "Цена"), options={})  # fmt: skip
both("price-and-stock", lambda: prices("Остаток", "Цена"), goods=6, options={},
     rows={"Кабель силовой 0": 10500})  # fmt: skip
both("price-and-weight", lambda: prices("Вес, кг", "Кол-во в упаковке", "Цена"), goods=6, options={},
     rows={"Кабель силовой 0": 11000})  # fmt: skip
both("equal-prices", lambda: prices("Цена", "Цена", values=((5, 5), (6, 6), (7, 7))), goods=3,
     options={})  # fmt: skip
both("empty-second-price", lambda: prices("Цена", "Цена акции", values=((5, None), (6, None))),
     goods=2, options={})  # fmt: skip
both("sparse-second-price", lambda: prices(
    "Цена", "Цена по акции", values=((5, None), (6, 5), (7, None), (8, None), (9, None))),
     asks="price", options={})  # fmt: skip
both("order-columns-empty", lambda: prices(
    "Цена", "Заказ", "Сумма", values=((5, None, 0), (6, None, 0), (7, None, 0))),
     goods=3, options={})  # fmt: skip


# --- heads ---------------------------------------------------------------------------------------
def four_rows() -> tuple[Page, ...]:
    """«Цена» stands in the last row of four only."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14 марта 2026 г."),
                r("Номенклатура", None, "Сведения", None, "ФМ1"),
                r(None, None, None, None, "в рублях"),
                r(None, None, "Ед.", "Остаток", "с НДС"),
                r(None, None, None, None, "Цена"),
                r("Лампа 60 Вт", None, "шт", 15, 35.5),
                r("Лампа 75 Вт", None, "шт", 20, 38),
            ],
            merged=["A2:B5", "C2:D3"],
        ),
    )


both("head-four-rows", four_rows, goods=2, rows={"Лампа 60 Вт": 3550}, options={})


def merged_over_stock() -> tuple[Page, ...]:
    """A head over two columns, one of which holds units."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14 марта 2026 г."),
                r("Наименование", "Цена", None, "Остаток"),
                r("Лампа 60 Вт", 35.5, "шт", 4),
                r("Лампа 75 Вт", 38, "шт", 5),
                r("Лампа 95 Вт", 39, "шт", 5),
            ],
            merged=["B2:C2"],
        ),
    )


both("head-merged-over-unit", merged_over_stock, goods=3, rows={"Лампа 60 Вт": 3550}, options={})


def merged_over_numbers() -> tuple[Page, ...]:
    """A head «Цена и остаток» over two columns of numbers: nobody can know which is which."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14 марта 2026 г."),
                r("Код", "Наименование", "Цена", None),
                *[r(f"К-{n}", f"Лампа {n} Вт", 30 + n, 5 + 2 * n) for n in range(8)],
            ],
            merged=["C2:D2"],
        ),
    )


both("head-merged-over-numbers", merged_over_numbers, asks="price", options={})


def shifted_head() -> tuple[Page, ...]:
    """«Номенклатура» over A, the names in B."""
    rows = [r("Прайс-лист на 14 марта 2026 г."), r("Номенклатура", None, "Код", "Цена")]
    rows += [r(None, f"Доска обрезная {n} мм", f"Д{n}", 100 + n) for n in range(20, 27)]
    return (Page(rows=rows),)


both("head-shifted", shifted_head, goods=7, options={}, rows={"Доска обрезная 20 мм": 12000})


def goods_in_characteristic() -> tuple[Page, ...]:
    """The head of names is over the path, goods stand in «Характеристика»."""
    rows = [r("Прайс-лист на 14 марта 2026 г."), r("Номенклатура", "Характеристика", "Цена")]
    for group in ("Плитка Алтай", "Плитка Байкал"):
        rows.append(r(group, level=0, bold=True))
        rows += [r(None, f"{colour}, 30х30", 500 + n, level=1)
                 for n, colour in enumerate(("белая", "серая", "синяя"))]  # fmt: skip
    return (Page(rows=rows),)


both("goods-in-characteristic", goods_in_characteristic, goods=6, groups=2, options={})


def repeated_heads() -> tuple[Page, ...]:
    """The head again on each printed page."""
    head = r("Код", "Наименование", "Цена, руб.")
    rows = [r("Прайс-лист на 14 марта 2026 г."), head]
    for page in range(3):
        rows += [r(f"К{page}{n}", f"Болт М{page}х{n}", 10 + n) for n in range(5)]
        rows += [r(f"Страница {page + 1}"), head]
    return (Page(rows=rows[:-2]),)


both("head-repeated", repeated_heads, goods=15, options={})


def side_by_side() -> tuple[Page, ...]:
    """Two tables under two equal heads."""
    rows = [
        r("Прайс-лист на 14 марта 2026 г."),
        r("Наименование", "Цена", None, "Наименование", "Цена"),
    ]
    rows += [r(f"Роза {n}", 100 + n, None, f"Тюльпан {n}", 50 + n) for n in range(6)]
    rows += [r("Роза 6", 106)]
    return (Page(rows=rows),)


both("side-by-side", side_by_side, goods=13, options={},
     rows={"Роза 6": 10600, "Тюльпан 3": 5300})  # fmt: skip


def headless() -> tuple[Page, ...]:
    """No head at all, two columns of numbers."""
    return (Page(rows=[r(f"A{n}", f"Втулка {n}", 100 + n, 90 + n) for n in range(8)]),)


both("headless", headless, asks="columns", says=("--columns",))
both("headless-told", headless, goods=8,
     options={"list_date": DAY, "columns": {"code": "A", "name": "B", "price": "C"}},
     rows={"Втулка 0": 10000})  # fmt: skip
case("headless.csv", text(headless()[0]), asks="columns")


def level_heads() -> tuple[Page, ...]:
    """Rows of the head that name the levels of the tree."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14 марта 2026 г."),
                r("Вид номенклатуры", None, "Ед.", "Цена"),
                r("Номенклатура"),
                r("Характеристика"),
                r("Обои"),
                r("Обои виниловые", level=1, indent=1),
                r("белые", None, "рул", 900, level=2, indent=2),
                r("синие", None, "рул", 950, level=2, indent=2),
                r("Обои бумажные", level=1, indent=1),
                r("зелёные", None, "рул", 300, level=2, indent=2),
            ]
        ),
    )


both("head-names-levels", level_heads, goods=3, groups=3, options={})


# --- names ---------------------------------------------------------------------------------------
def split_names() -> tuple[Page, ...]:
    """«Труба проф» × size × wall, at a price a metre."""
    rows = [r("Прайс-лист на 14 марта 2026 г."), r("Наименование", "Размер", "Стенка", "Цена за м")]
    rows += [r("Труба проф", size, wall, 50 + n) for n, (size, wall) in enumerate(
        [("15х15", 1.5), ("20х20", 1.5), ("20х20", 2), ("40х20", 2)])]  # fmt: skip
    return (Page(rows=rows),)


both("names-split", split_names, goods=4, options={})


def carried_down() -> tuple[Page, ...]:
    """The name once, sizes below it."""
    rows = [r("Прайс-лист на 14 марта 2026 г."), r("Наименование", "Размер", "Цена")]
    for name in ("Арматура А3", "Арматура А1"):
        rows += [r(name if n == 0 else None, f"{d} мм", 100 + d) for n, d in enumerate((8, 10, 12))]
    return (Page(rows=rows),)


both("names-carried-down", carried_down, goods=6, options={})


# --- trees ---------------------------------------------------------------------------------------
def blanks_tree() -> tuple[Page, ...]:
    """Depth by leading blanks only."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14.03.2026"),
                r("Номенклатура", "Цена"),
                r("Мебель"),
                r("   Столы"),
                r("      Стол письменный", 5000),
                r("      Стол обеденный", 7000),
                r("   Стулья"),
                r("      Стул «Венский»", 2000),
            ]
        ),
    )


both("tree-blanks", blanks_tree, goods=3, groups=3, options={},
     paths={"Стул «Венский»": ("Мебель", "Стулья")})  # fmt: skip


def column_tree() -> tuple[Page, ...]:
    """Groups in A and B, goods in C."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14.03.2026"),
                r("Группа", "Подгруппа", "Наименование", "Цена"),
                r("Мебель"),
                r(None, "Столы"),
                r(None, None, "Стол письменный", 5000),
                r(None, None, "Стол обеденный", 7000),
                r(None, "Стулья"),
                r(None, None, "Стул «Венский»", 2000),
            ]
        ),
    )


both("tree-columns", column_tree, goods=3, groups=3, options={},
     paths={"Стул «Венский»": ("Мебель", "Стулья")})  # fmt: skip


def filled_columns() -> tuple[Page, ...]:
    """The groups of each row in its own cells."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Категория", "Бренд", "Наименование", "Цена")]
    rows += [r("Шины", "Ромашка", f"Шина R{n}", 3000 + n) for n in range(13, 18)]
    rows += [r("Диски", "Лютик", f"Диск R{n}", 2000 + n) for n in range(13, 16)]
    return (Page(rows=rows),)


both("tree-filled-columns", filled_columns, goods=8, options={})


def path_column() -> tuple[Page, ...]:
    """A path with slashes in its own column."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Путь", "Товар", "Цена")]
    rows += [r("Сад/Инструмент/Лопаты", f"Лопата № {n}", 300 + n) for n in range(4)]
    rows += [r("Сад/Шланги", f"Шланг {n} м", 900 + n) for n in range(3)]
    return (Page(rows=rows),)


both("tree-path-column", path_column, goods=7, options={},
     paths={"Шланг 1 м": ("Сад", "Шланги")})  # fmt: skip


def contradicting_outline() -> tuple[Page, ...]:
    """Outline levels that are the same for groups and goods."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Цена")]
    for group in ("Сыры", "Колбасы"):
        rows.append(r(None, group, level=1))
        rows += [r(f"{group[0]}{n}", f"{group[:-1]} сорт {n}", 300 + n, level=n % 2 + 1)
                 for n in range(4)]  # fmt: skip
    return (Page(rows=rows),)


both("outline-contradicts", contradicting_outline, goods=8, groups=2, options={})


def groups_like_goods() -> tuple[Page, ...]:
    """Groups that are a number, a size, a code."""
    return (
        Page(
            rows=[
                r("Прайс-лист на 14.03.2026"),
                r("Код", "Наименование", "Остаток", "Цена"),
                r("Г-01", "Уголок"),
                r(None, 20),
                r("У-1", "Уголок 20х3", 5, 40),
                r("У-2", "Уголок 20х4", 5, 45),
                r(None, "25х25"),
                r("У-3", "Уголок 25х3", 7, 55),
            ]
        ),
    )


both("groups-like-goods", groups_like_goods, goods=3, options={})


# --- sheets --------------------------------------------------------------------------------------
def sheet(name: str, goods: str, count: int, *, factor: float = 1, **page: Any) -> Page:
    """A sheet of so many goods."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Цена")]
    rows += [r(f"{goods[:2]}{n:04d}", f"{goods} {n}", (100 + n) * factor) for n in range(count)]
    return Page(rows=rows, name=name, **page)


both("sheets-together", lambda: (sheet("Двери", "Дверь", 5), sheet("Окна", "Окно", 4)), goods=9,
     options={})  # fmt: skip
both("sheets-old-and-new", lambda: (sheet("Март", "Дверь", 5), sheet("Февраль", "Дверь", 5, factor=0.9)),
     asks="sheet", says=("Март", "Февраль", "--sheet"), options={})  # fmt: skip
both("sheet-chosen", lambda: (sheet("Март", "Дверь", 5), sheet("Февраль", "Дверь", 5, factor=0.9)),
     goods=5, rows={"Дверь 0": 10000}, options={"sheet": "Март"})  # fmt: skip
both("sheet-hidden", lambda: (sheet("Старый", "Дверь", 5, factor=10, hidden=True), sheet("Новый", "Дверь", 5)),
     goods=5, rows={"Дверь 0": 10000}, options={})  # fmt: skip
both("sheet-cover", lambda: (
    Page(rows=[r("Компания «Дуб»"), r("Телефон", "+7 000 000-00-00"), r("Цены договорные")], name="О нас"),
    sheet("Прайс", "Дверь", 5)), goods=5, options={})  # fmt: skip
both("sheet-hidden-settings", lambda: (
    Page(rows=[r("Параметр", "Цена"), r("Тип", "Опт")], name="set", hidden=True),
    sheet("Прайс", "Дверь", 5)), goods=5, options={})  # fmt: skip
both("sheet-by-sheet", lambda: tuple(sheet(f"Раздел {k}", f"Товар{k:02d}", 3) for k in range(30)),
     goods=90, options={})  # fmt: skip


# --- money ---------------------------------------------------------------------------------------
for number, (head, printed, value) in enumerate(
    [
        ("Цена, $", "General", 5.5),
        ("Цена USD", "General", 5.5),
        ("Цена (евро)", "General", 5.5),
        ("Ціна, грн", "General", 5.5),
        ("€ без ПДВ", "General", 5.5),
        ("Цена, у.е.", "General", 5.5),
        ("Цена, BYN", "General", 5.5),
        ("Цена", "[$$-409]#,##0.00", 5.5),
        ("Цена", '#,##0.00" KZT"', 550),
        ("Цена", "#,##0.00\\ [$€-1]", 5.5),
        ("Цена", "General", "7,02 UAH"),
        ("Цена", "General", "$5.50"),
        ("Цена", "General", "12 EUR"),
    ]
):
    both(f"currency-{number}",
         lambda h=head, p=printed, v=value: prices(h, values=((v,),) * 4, formats={"C": p}),
         asks="currency", options={})  # fmt: skip
both("currency-roubles-by-format", lambda: prices("Цена", formats={"C": '#,##0.00"р."'}), goods=6,
     options={})  # fmt: skip
both("currency-roubles-by-locale", lambda: prices("Цена", formats={"C": "#,##0.00\\ [$₽-419]"}), goods=6,
     options={})  # fmt: skip
both("currency-column", lambda: prices("Цена", "Валюта", values=(
    (100, "руб"), (5, "USD"), (200, "руб"), (7, "EUR"))), asks="currency", options={})  # fmt: skip
both("currency-column-roubles", lambda: prices("Цена", "Валюта", values=(
    (100, "руб."), (5, "RUB"), (200, "руб."))), goods=3, options={})  # fmt: skip
both("currency-rate", lambda: prices("Цена, $", values=((2,), (3.5,))), goods=2,
     rows={"Кабель силовой 1": 31500}, options={"rates": {"USD": 90.0}})  # fmt: skip
both("currency-said-to-be-roubles", lambda: prices("Цена, $", values=((2,), (3.5,))), goods=2,
     rows={"Кабель силовой 1": 350}, options={"currency": "RUB"})  # fmt: skip
both("currency-in-title", lambda: (
    Page(rows=[r("Прайс-лист на 14.03.2026"), r("Цены указаны в долларах США"),
               r("Код", "Наименование", "Цена"), *[r(f"К{n}", f"Плата {n}", 5 + n) for n in range(5)]]),),
     asks="currency", options={})  # fmt: skip
both("currency-two-prices", lambda: prices("Цена, руб.", "Цена, $"), asks="price", options={})


# --- numbers -------------------------------------------------------------------------------------
for number, (written, kop) in enumerate(
    [
        ("66,620.60", 6662060), ("1 700=00", 170000), ("556-00", 55600), ("189.00р.", 18900),
        ("1\u00a0234,50", 123450), ("1 234,50 руб.", 123450), ("1'234.50", 123450), ("12,5", 1250),
        ("12.500,00", 1250000), ("<b>150</b>", 15000), ("1\u202f234 ₽", 123400), ("150 р", 15000),
        ("цена 150 руб/шт", 15000), ("1.234.567,00", 123456700), (" 99 ", 9900), ("150р. за м2", 15000),
    ]
):  # fmt: skip
    both(f"number-{number}", lambda w=written: prices("Цена", values=((100,), (w,), (300,))), goods=3,
         rows={"Кабель силовой 1": kop}, options={})  # fmt: skip
for number, written in enumerate(
    ["150-210", "от 8", "ожид.", "Call", "Звоните!!!", "по запросу", 0, "договорная", "-", "н/д",
     "уточняйте", "нет в наличии"]
):  # fmt: skip
    both(f"no-number-{number}", lambda w=written: prices("Цена", values=((100,), (w,), (300,), (400,))),
         goods=3, unpriced=1, options={})  # fmt: skip
case("number-errors.xlsx", xlsx(*prices("Цена", values=((100,), ("#N/A",), ("#ЗНАЧ!",), (400,)))),
     goods=2, unpriced=2, options={})  # fmt: skip
both(
    "no-figure-at-all", lambda: prices("Цена", values=(("звоните",),) * 5), refused=True, options={}
)
both("letters-with-a-legend", lambda: prices("Цена", values=(("А",), ("Б",), ("В",), ("А",))),
     refused=True, options={})  # fmt: skip

# --- status --------------------------------------------------------------------------------------
both("status-excluded", lambda: prices("Статус", "Цена", values=(
    ("", 10), ("Исключена", 20), ("Хит", 30), ("Снят с производства", 40))), goods=2, options={})  # fmt: skip


# --- kinds of files ------------------------------------------------------------------------------
SIMPLE = Page(
    rows=[
        r("Прайс-лист на 14.03.2026"),
        r("Код", "Наименование", "Цена"),
        *[r(f"К{n}", f"Плинтус «Дуб», {n} м", 100.5 + n) for n in range(5)],
    ]
)
case("zip-named-xls.xls", xlsx(SIMPLE), goods=5, options={})
case("page.xls", html(SIMPLE), goods=5, options={})
case("xml2003.xls", spreadsheetml(SIMPLE), goods=5, options={})
case("cp1251.csv", text(SIMPLE), goods=5, options={})
case("utf8.csv", text(SIMPLE, encoding="utf-8-sig"), goods=5, options={})
case("comma.csv", text(SIMPLE, separator=",", encoding="utf-8"), goods=5, options={})
case("tab.txt", text(SIMPLE, separator="\t"), goods=5, options={})
DECIMAL_COMMA = Page(
    rows=[r("Код", "Наименование", "Цена"), *[r(f"К{n}", f"Плинтус {n} м", f"1 {n}00,50") for n in range(1, 6)]]
)  # fmt: skip
case("decimal-comma.csv", text(DECIMAL_COMMA, separator=","), goods=5, rows={"Плинтус 1 м": 110050})
case("decimal-comma-semicolon.csv", text(DECIMAL_COMMA), goods=5, rows={"Плинтус 1 м": 110050})
case("dbase.xls", dbase(), refused=True, says=("dBase",))


# --- papers that are no lists --------------------------------------------------------------------
def invoice() -> tuple[Page, ...]:
    """An invoice."""
    return (
        Page(
            rows=[
                r("Поставщик: ООО «Ромашка»"), r("Покупатель: ООО «Лютик»"),
                r("Счет на оплату № 15 от 14 марта 2026 г."),
                r("№", "Товары (работы, услуги)", "Кол-во", "Ед.", "Цена", "Сумма"),
                r(1, "Бумага А4", 10, "пач", 300, 3000), r(2, "Скрепки", 5, "уп", 40, 200),
                r(None, None, None, None, "Итого:", 3200),
                r("Всего наименований 2, на сумму 3 200,00 руб."),
            ]
        ),
    )  # fmt: skip


both("paper-invoice", invoice, refused=True, says=("счёт",), options={})


def order() -> tuple[Page, ...]:
    """A customer's order."""
    return (
        Page(
            rows=[
                r("Заказ покупателя № 7 от 14.03.2026"), r("Контрагент: ИП Лютиков"),
                r("Наименование", "Кол-во", "Цена", "Сумма"),
                r("Бумага А4", 10, 300, 3000), r("Скрепки", 5, 40, 200), r("Итого", None, None, 3200),
            ]
        ),
    )  # fmt: skip


both("paper-order", order, refused=True, says=("заказ",), options={})


def stock() -> tuple[Page, ...]:
    """A report of stock: numbers everywhere, none a price."""
    rows = [
        r("Остатки товаров на складах"), r("на 14.03.2026"),
        r("Номенклатура", "Начальный остаток", "Приход", "Расход", "Конечный остаток"),
    ]  # fmt: skip
    rows += [r(f"Труба {n}", 10 + n, 5, 3, 12 + n) for n in range(6)]
    return (Page(rows=rows),)


both("paper-stock", stock, refused=True, says=("остат",), options={})


def totals() -> tuple[Page, ...]:
    """Totals only."""
    return (
        Page(
            rows=[
                r("Отчёт о продажах за март 2026 г."),
                r("Группа", "Количество", "Сумма"),
                r("Двери", 15, 150000), r("Окна", 10, 90000), r("Итого", 25, 240000),
            ]
        ),
    )  # fmt: skip


both("paper-totals", totals, refused=True, options={})


def catalogue() -> tuple[Page, ...]:
    """A catalogue with weights and sizes."""
    rows = [
        r("Каталог продукции 2026"),
        r("Артикул", "Наименование", "Вес, кг", "Длина, мм", "Ширина, мм"),
    ]
    rows += [r(f"А-{n}", f"Балка {n}", 10.5 + n, 1000 * n, 200) for n in range(1, 7)]
    return (Page(rows=rows),)


both("paper-catalogue", catalogue, refused=True, options={})
both("paper-form", lambda: (
    Page(rows=[r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Цена"), r(), r()]),),
     refused=True, options={})  # fmt: skip
both("paper-form-no-prices", lambda: (
    Page(rows=[r("Бланк заказа"), r("Код", "Наименование", "Цена"),
               *[r(f"К{n}", f"Товар {n}") for n in range(6)]]),), refused=True, options={})  # fmt: skip


def contacts() -> tuple[Page, ...]:
    """A list of people."""
    return (
        Page(rows=[r("ФИО", "Телефон", "Оклад"), *[r(f"Сотрудник {n}", f"+7000000000{n}", 100) for n in range(5)]]),
    )  # fmt: skip


both("paper-people", contacts, refused=True)


# --- dates ---------------------------------------------------------------------------------------
def dated(*top: Row) -> tuple[Page, ...]:
    """A small list under these rows."""
    return (
        Page(
            rows=[
                *top,
                r("Код", "Наименование", "Цена"),
                *[r(f"К{n}", f"Ключ {n}", 10 + n) for n in range(4)],
            ]
        ),
    )


for number, rows in enumerate(
    [
        (r("Прайс-лист на 14.03.2026г."),),
        (r("Прайс-лист на 14.03.26"),),
        (r("ПРАЙС-ЛИСТ"), r("14 марта 2026 года")),
        (r("Прайс-лист на 14.03.2026 10:15:00"),),
        (r("Прайс-лист на", DAY),),
        (r("Дата:", DAY), r("Прайс-лист")),
        (r("Прайс от 2026-03-14"),),
        (r("Прайс лист на 14/03/2026"),),
        (r("Цены действительны с 14.03.2026"),),
        (r("Прайс-лист"), r("по состоянию на «14» марта 2026 г.")),
        (r("Прейскурант на 14-03-2026"),),
        (r("Сформирован 14.03.2026 09:00"),),
    ]
):
    both(f"date-{number}", lambda rows=rows: dated(*rows), goods=4, options={})
both("date-missing", lambda: dated(r("Прайс-лист")), asks="date", says=("--date",), options={})
both(
    "date-two",
    lambda: dated(r("Прайс-лист на 14.03.2026"), r("Акция до 20.03.2026")),
    goods=4,
    options={},
)
both("date-two-unclear", lambda: dated(r("13.03.2026"), r("14.03.2026")), asks="date", options={})
both("date-given", lambda: dated(r("Прайс-лист")), goods=4)
