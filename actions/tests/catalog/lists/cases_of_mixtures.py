"""Lists that mix two or three oddities each, written without sight of the reader.

The oddities are those of the other batches; the goods are invented.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial

from tests.catalog.lists.cases import Case, r
from tests.catalog.lists.pages import Page, html, text, xls, xlsx

DAY = date(2026, 3, 14)
CASES: dict[str, Case] = {}
_TITLE = r("Прайс-лист на 14.03.2026")


def _one(name: str, file: bytes | Callable[[], bytes], **right: object) -> None:
    if isinstance(right.get("asks"), str):
        right["asks"] = frozenset(str(right["asks"]).split())
    right.setdefault("options", {})
    CASES[name] = Case(file=file, **right)


def _both(name: str, *pages: Page, **right: object) -> None:
    _one(f"{name}.xlsx", partial(xlsx, *pages), **right)
    _one(f"{name}.xls", partial(xls, *pages), **right)


# Two price columns, a tree by outline, prices as texts, and a hidden sheet of last year's prices.
_OUTLINE_TWO_PRICES = (
    Page(
        name="Прайс",
        rows=[
            _TITLE,
            r("Код", "Номенклатура", "Крупный опт", "Мелкий опт"),
            r("00010", "Крепёж", bold=True),
            r("00011", "Саморезы", level=1),
            r("00012", "Саморез 3,5х25", "1 234,50 руб.", "1 300,00 руб.", level=2),
            r("00013", "Саморез 3,5х35", "1\u00a0334,50 руб.", "1\u00a0400,00 руб.", level=2),
            r("00014", "Дюбели", level=1),
            r("00015", "Дюбель 6х40", "90,00 руб.", "99,90 руб.", level=2),
            r("00016", "Дюбель 8х60", "договорная", "договорная", level=2),
        ],
    ),
    Page(
        name="Настройки",
        hidden=True,
        rows=[
            r("Номенклатура", "Цена"),
            *[r(f"Саморез {n}", 10 * n) for n in range(1, 9)],
        ],
    ),
)
_both(
    "outline-texts-two-prices-hidden-sheet",
    *_OUTLINE_TWO_PRICES,
    asks="price",
    says=("Крупный опт", "Мелкий опт"),
)
_both(
    "outline-texts-two-prices-chosen",
    *_OUTLINE_TWO_PRICES,
    options={"price": "Мелкий опт"},
    goods=3,
    unpriced=1,
    groups=3,
    rows={"Саморез 3,5х35": 140000, "Дюбель 6х40": 9990},
    codes={"Саморез 3,5х25": "00012"},
    paths={"Дюбель 6х40": ("Крепёж", "Дюбели")},
)
# Codes under no head, the date in another row and column, the unit between.
_both(
    "unnamed-codes-date-aside",
    Page(
        rows=[
            r("ООО «Гайка»"),
            r(None, None, None, "Дата прайс-листа:", DAY),
            r(),
            r(None, "Наименование товара", "Ед. изм.", "Цена, руб."),
            *[r(f"ГК-0000{n:03d}", f"Гайка М{n}", "шт", 2.5 * n) for n in range(4, 14)],
        ]
    ),
    goods=10,
    codes={"Гайка М6": "ГК-0000006"},
    rows={"Гайка М8": 2000},
)
# BOM, a preamble, semicolons, decimal commas, quoted names with separators.
_one(
    "bom-and-preamble.csv",
    b"\xef\xbb\xbf"
    + "ООО «Лампа»;;;\r\nОптовый отдел, доб. 12;;;\r\nЦены действительны с 14.03.2026;;;\r\n;;;\r\n"
    "Артикул;Наименование;Наличие;Цена (руб.)\r\n"
    'Л-01;"Лампа; тёплая, 7 Вт";>10;"1 250,50"\r\n'
    'Л-02;"Лампа ""Свеча""";нет;99,00\r\n'
    "Л-03;Патрон Е27;5;45\r\n"
    "Л-04;Патрон Е14;5;по запросу\r\n".encode(),
    goods=3,
    unpriced=1,
    rows={"Лампа; тёплая, 7 Вт": 125050, "Патрон Е27": 4500},
    codes={"Патрон Е27": "Л-03"},
)
# Commas between the cells and in the prices, cp1251, two kinds of price.
_one(
    "commas-in-quoted-prices.csv",
    (
        'Прайс-лист от 14.03.2026,,,\r\n"Код","Товар","Цена розн.","Цена опт."\r\n'
        + "".join(f'"К{n}","Крем {n}","{100 + n},50","{80 + n},25"\r\n' for n in range(1, 7))
    ).encode("cp1251"),
    asks="price",
    says=("розн", "опт"),
)


def _with_1c_capitals(data: bytes) -> bytes:
    """The book with the part of its strings named as 1C names it."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(output, "w") as made:
        for part in book.infolist():
            name = part.filename.replace("sharedStrings", "SharedStrings")
            made.writestr(name, book.read(part))
    return output.getvalue()


# 1C's capitals, a head of two rows, a tree by indent, stock under the same head as the price.
_one(
    "1c-capitals-head-of-two-rows.xlsx",
    _with_1c_capitals(
        xlsx(
            Page(
                rows=[
                    r("Прайс-лист"),
                    r("Сформирован 14.03.2026"),
                    r("Номенклатура, Характеристика", "Код", "Опт. цены", None),
                    r(None, None, "Цена", "Ед."),
                    r("Краски", "ЦБ-001"),
                    r("Акриловые", "ЦБ-002", indent=1),
                    r("Краска белая 1 л", "ЦБ-003", 350, "шт", indent=2),
                    r("Краска белая 5 л", "ЦБ-004", 1500, "шт", indent=2),
                    r("Кисти", "ЦБ-005"),
                    r("Кисть 50 мм", "ЦБ-006", 75.5, "шт", indent=1),
                ],
                merged=["A3:A4", "B3:B4", "C3:D3"],
            )
        )
    ),
    goods=3,
    groups=3,
    paths={"Краска белая 5 л": ("Краски", "Акриловые"), "Кисть 50 мм": ("Кисти",)},
    codes={"Кисть 50 мм": "ЦБ-006"},
)
# Dollars beside roubles: once the price is known, so is its currency.
_DOLLARS_BESIDE = Page(
    rows=[
        _TITLE,
        r("Артикул", "Наименование", "Цена, $", "Цена, ₽"),
        *[r(f"Д-{n}", f"Диод {n}", 0.5 * n, 48 * n) for n in range(1, 8)],
    ]
)
_both("dollars-or-roubles", _DOLLARS_BESIDE, asks="price", says=("$", "₽"))
_both("dollars-or-roubles-r", _DOLLARS_BESIDE, options={"price": "Цена, ₽"}, goods=7)
_both("dollars-or-roubles-d", _DOLLARS_BESIDE, options={"price": "Цена, $"}, asks="currency")
# All prices in dollars, of two kinds: both are to be asked.
_both(
    "two-kinds-in-dollars",
    Page(
        rows=[
            _TITLE,
            r("Код", "Товар", "Дилер, USD", "Розница, USD"),
            *[r(f"Т-{n}", f"Термопара {n}", 5.5 + n, 7.5 + n) for n in range(6)],
        ]
    ),
    asks="price currency",
)
# A head on each printed page, subtotals, a running number, a note under the goods.
_both(
    "pages-subtotals-numbers",
    Page(
        rows=[
            _TITLE,
            r("№ п/п", "Наименование", "Ед.", "Цена"),
            r(None, "Сыры", bold=True),
            r(1, "Сыр полутвёрдый", "кг", 640),
            r(2, "Сыр мягкий", "кг", 720.9),
            r(None, "Итого по группе:", None, 2),
            r("№ п/п", "Наименование", "Ед.", "Цена"),
            r(None, "Масло", bold=True),
            r(3, "Масло 72,5 %", "пач", 140),
            r(4, "Масло 82,5 %", "пач", 189),
            r(None, "Итого по группе:", None, 2),
            r("Менеджер: доб. 11"),
        ]
    ),
    goods=4,
    rows={"Масло 82,5 %": 18900},
    paths={"Сыр мягкий": ("Сыры",)},
)
# Names carried down, and a currency that changes by the row.
_both(
    "carried-names-currency-by-row",
    Page(
        rows=[
            _TITLE,
            r("Наименование", "Размер", "Цена", "Валюта"),
            r("Кран шаровой", "1/2", 350, "руб"),
            r(None, "3/4", 480, "руб"),
            r("Редуктор", "1/2", 35, "EUR"),
            r(None, "3/4", 48, "EUR"),
        ]
    ),
    asks="currency",
    says=("евро",),
)


def biff5(*sheets: tuple[str, list[tuple[object, ...]]], code_page: int | None) -> bytes:
    """A bare book of Excel 95, its texts in cp1251, with a code page or without one."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row: int, column: int, value: object) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, int | float):
            return record(0x0203, place + struct.pack("<d", value))
        said = str(value).encode("cp1251")
        return record(0x0204, place + struct.pack("<H", len(said)) + said)

    def bof(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHH", 0x0500, kind, 0, 0))

    pages = [
        bof(0x10)
        + b"".join(
            cell(y, x, value)
            for y, row in enumerate(rows)
            for x, value in enumerate(row)
            if value is not None
        )
        + record(0x0A, b"")
        for _, rows in sheets
    ]
    names = [name.encode("cp1251") for name, _ in sheets]
    page = record(0x42, struct.pack("<H", code_page)) if code_page else b""
    head = len(bof(5)) + len(page) + sum(4 + 7 + len(name) for name in names) + 4
    found = bof(5) + page
    for name, body in zip(names, pages, strict=True):
        found += record(0x85, struct.pack("<LBBB", head, 0, 0, len(name)) + name)
        head += len(body)
    return found + record(0x0A, b"") + b"".join(pages)


_OLD_ROWS: list[tuple[object, ...]] = [
    ("Прайс-лист на 14.03.2026",),
    ("Код", "Наименование товара", "Ед.", "Розничная", "Оптовая"),
    *[(f"000{n:05d}", f"Плитка настенная {n}", "м2", 400.5 + n, 380 + n) for n in range(1, 9)],
]
for _page in (None, 1252, 1251, 866):
    _one(
        f"biff5-two-prices-{_page}.xls",
        biff5(("Лист1", _OLD_ROWS), code_page=_page),
        asks="price",
        says=("Розничная", "Оптовая"),
    )
_one(
    "biff5-chosen.xls",
    biff5(("Лист1", _OLD_ROWS), code_page=None),
    options={"price": "Оптовая"},
    goods=8,
    codes={"Плитка настенная 3": "00000003"},
    rows={"Плитка настенная 3": 38300},
)


def _zipped(**files: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "."), data)
    return output.getvalue()


# A zip with the list and a note; a zip with two lists.
_ANY = Page(
    rows=[
        _TITLE,
        r("Код", "Наименование", "Цена"),
        *[r(f"Н-{n}", f"Нож {n}", 10 + n) for n in range(5)],
    ]
)
_one("zip-list-and-note.zip", _zipped(price__xls=xls(_ANY), readme__txt=b"hello"), goods=5)
_one(
    "zip-two-lists.zip",
    _zipped(price__xls=xls(_ANY), old__xlsx=xlsx(_ANY)),
    refused=True,
)
# Many sheets, one without a head that goes on, an empty one, one of words.
_both(
    "sheets-that-go-on",
    Page(
        name="Обувь",
        rows=[
            _TITLE,
            r("Артикул", "Модель", "Размеры", "Цена"),
            *[r(f"ОБ-{n}", f"Сапоги зимние {n}", "36-41", 2000 + n) for n in range(1, 8)],
        ],
    ),
    Page(
        name="Обувь 2",
        rows=[r(f"ОБ-{n}", f"Туфли летние {n}", "36-41", 1000 + n) for n in range(8, 14)],
    ),
    Page(name="Лист3", rows=[]),
    Page(name="Условия", rows=[r("Доставка от 5 000 руб."), r("Оплата по счёту")]),
    goods=13,
)
# The status «Исключена», collapsed groups, a price on request.
_both(
    "collapsed-withdrawn-on-request",
    Page(
        rows=[
            _TITLE,
            r("Номенклатура", "Номенклатура.Код", "Статус", "Цена"),
            r("Насосы", "Н00"),
            r("Насос 25-40", "Н01", None, 3500, level=1, hidden=True),
            r("Насос 25-60", "Н02", "Исключена", 3900, level=1, hidden=True),
            r("Насос 32-80", "Н03", None, "по запросу", level=1, hidden=True),
            r("Муфты", "М00"),
            r("Муфта 20", "М01", None, 35, level=1, hidden=True),
            r("Муфта 25", "М02", "Новинка", 45, level=1, hidden=True),
        ]
    ),
    goods=3,
    unpriced=1,
    rows={"Муфта 25": 4500},
)
# «Цена» over two towns over their currency.
_both(
    "towns-over-roubles",
    Page(
        rows=[
            _TITLE,
            r("Марка", "Наименование", "Цена", None),
            r(None, None, "Тверь", "Псков"),
            r(None, None, "руб./т", "руб./т"),
            *[r(f"С{n}", f"Лист г/к {n} мм", 60000 + n, 61000 + n) for n in range(2, 9)],
        ],
        merged=["A2:A4", "B2:B4", "C2:D2"],
    ),
    asks="price",
    says=("Тверь", "Псков"),
)
# Before and now, with a discount between and a hidden cost.
_both(
    "old-and-new-price",
    Page(
        rows=[
            _TITLE,
            r("Код", "Товар", "Закупка", "Старая цена", "Скидка, %", "Новая цена"),
            *[r(f"Р-{n}", f"Рюкзак {n}", 500, 1000 + n, 10, 900 + n) for n in range(1, 8)],
        ],
        hidden_columns="C",
    ),
    asks="price",
    says=("Старая цена", "Новая цена"),
)
# Two code columns, one repeats; leading zeros by the format; units within names.
_both(
    "two-codes-zeros-by-format",
    Page(
        rows=[
            _TITLE,
            r("Артикул", "Код", "Наименование", "Цена"),
            *[r("АРТ-7", 100 + n, f"Клей {n} мл", 55 + n) for n in range(1, 9)],
        ],
        formats={"B": "00000000000"},
    ),
    goods=8,
    codes={"Клей 3 мл": "00000000103"},
)
# A path as the heading of each block; the goods stand under «Характеристика».
_both(
    "paths-as-headings",
    Page(
        rows=[
            _TITLE,
            r("Номенклатура", "Характеристика", "Цена", "Остаток"),
            r("Ткани/Хлопок/Бязь"),
            r(None, "Бязь белая 120 г", 110, 500),
            r(None, "Бязь синяя 140 г", 130, 200),
            r("Ткани/Лён"),
            r(None, "Лён серый", 410, 30),
            r(None, "Лён белый", 450, 20),
        ]
    ),
    goods=4,
    rows={"Лён белый": 45000},
)
# An apostrophe or a dot between thousands, with kopecks that prove it.
_both(
    "swiss-thousands",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "Стоимость"),
            r("Ш-1", "Шкаф", "1'234.50"),
            r("Ш-2", "Стол", "12'000.00"),
            r("Ш-3", "Стул", "900.00"),
            r("Ш-4", "Диван", "33'100.75"),
        ]
    ),
    goods=4,
    rows={"Шкаф": 123450, "Диван": 3310075},
)
# A sentence names dollars, no head does.
_both(
    "sentence-in-dollars",
    Page(
        rows=[
            _TITLE,
            r("Цены указаны в долларах США, оплата в рублях по курсу ЦБ"),
            r("Part number", "Наименование", "Цена"),
            *[r(f"PN{n}00-{n}", f"Реле {n}", 4.5 + n) for n in range(1, 8)],
        ]
    ),
    asks="currency",
)
_both(
    "tenge-by-head",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "Цена, тг."),
            *[r(f"К{n}", f"Кирка {n}", 4500 + n) for n in range(1, 8)],
        ]
    ),
    asks="currency",
)
# A web page named .xls: a merged head, entities, hard blanks.
_one(
    "page-with-entities.xls",
    html(
        Page(
            rows=[
                r("Прайс-лист на 14.03.2026"),
                r("Код", "Наименование", "Цена,&nbsp;руб."),
                *[r(f"П-{n}", f"Пила &laquo;Д{n}&raquo;", f"1&nbsp;{n}00,00") for n in range(1, 7)],
            ]
        )
    ),
    goods=6,
    rows={"Пила «Д2»": 120000},
)
# Excel's XML of 2003 that leaves cells out by ss:Index.
_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_one(
    "indexed-2003.xml",
    (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{_SPACE}" '
        f'xmlns:ss="{_SPACE}"><Worksheet ss:Name="Лист1"><Table>'
        '<Row><Cell ss:Index="3"><Data ss:Type="String">Прайс-лист на 14.03.2026</Data></Cell></Row>'
        '<Row ss:Index="5"><Cell ss:Index="2"><Data ss:Type="String">Наименование</Data></Cell>'
        '<Cell ss:Index="5"><Data ss:Type="String">Цена</Data></Cell>'
        '<Cell ss:Index="7"><Data ss:Type="String">Код</Data></Cell></Row>'
        + "".join(
            f'<Row><Cell ss:Index="2"><Data ss:Type="String">Обои {n}</Data></Cell>'
            f'<Cell ss:Index="5"><Data ss:Type="Number">{700 + n}.5</Data></Cell>'
            f'<Cell ss:Index="7"><Data ss:Type="String">О-{n}</Data></Cell></Row>'
            for n in range(1, 7)
        )
        + "</Table></Worksheet></Workbook>"
    ).encode(),
    goods=6,
    codes={"Обои 2": "О-2"},
    rows={"Обои 2": 70250},
)
# A blank row after each row, the head low and far to the right.
_both(
    "blank-rows-far-right",
    Page(
        rows=[
            r(*[None] * 9, "Прайс-лист на 14.03.2026"),
            *[r() for _ in range(25)],
            r(*[None] * 9, "Название", None, "Код", None, "Цена"),
            *[
                row
                for n in range(1, 8)
                for row in (r(), r(*[None] * 9, f"Ваза {n}", None, f"ВЗ-{n}", None, 300 + n))
            ],
        ]
    ),
    goods=7,
    codes={"Ваза 3": "ВЗ-3"},
)
# An offer with prices and no quantities is a list all the same.
_both(
    "offer-without-quantities",
    Page(
        rows=[
            r("Коммерческое предложение от 14.03.2026"),
            r("Наименование", "Ед.", "Цена с НДС, руб."),
            *[r(f"Светильник {n}", "шт", 900 + n) for n in range(1, 7)],
        ]
    ),
    goods=6,
)
# Price with and without the tax.
_both(
    "with-and-without-tax",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "Цена без НДС", "НДС, %", "Цена с НДС"),
            *[r(f"Ж-{n}", f"Жалюзи {n}", 100 + n, 20, 120 + 1.2 * n) for n in range(1, 8)],
        ]
    ),
    asks="price",
    says=("без НДС", "с НДС"),
)
# A stock by warehouses and one price between; groups in a column.
_both(
    "warehouses-around-a-price",
    Page(
        rows=[
            _TITLE,
            r("Группа", "Артикул", "Наименование", "Склад 1", "Склад 2", "Цена, руб", "В упаковке"),
            *[
                r("Фильтры" if n < 5 else "Свечи", f"ФС-{n}", f"Деталь {n}", 5, 0, 250 + n, 10)
                for n in range(1, 9)
            ],
        ]
    ),
    goods=8,
    groups=2,
    rows={"Деталь 7": 25700},
    paths={"Деталь 7": ("Свечи",)},
)

# A form to order by whose sums no program has computed, breaks by quantity.
_both(
    "order-form-with-breaks",
    Page(
        rows=[
            r("ООО «Ведро»", None, None, None, "доб. 15"),
            _TITLE,
            r("Код", "Наименование", "от 1 шт", "от 10 шт", "от 100 шт", "Ваш заказ", "Сумма"),
            *[r(f"ВД-{n}", f"Ведро {n} л", 90 + n, 80 + n, 70 + n, None, 0) for n in range(5, 15)],
        ]
    ),
    asks="price",
    says=("от 1 шт", "от 100 шт"),
)
# A currency column that says roubles all the way down.
_both(
    "currency-column-of-roubles",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "Вал.", "Прайс"),
            *[r(f"Р-{n}", f"Рулетка {n} м", "руб.", 90 + n) for n in range(3, 10)],
        ]
    ),
    goods=7,
    rows={"Рулетка 5 м": 9500},
)
# A price for all and another for few.
_both(
    "price-of-an-action-for-few",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "Цена", "Цена по акции"),
            *[
                r(f"Ч-{n}", f"Чайник {n}", 900 + n, 800 if n in (3, 6) else None)
                for n in range(1, 10)
            ],
        ]
    ),
    asks="price",
    says=("Цена по акции",),
)
_both(
    "english-in-dollars",
    Page(
        rows=[
            r("Price list 14.03.2026"),
            r("SKU", "Description", "MSRP ($)", "Qty"),
            *[r(f"AB-{n}00", f"Cable tester {n}", 10.5 + n, 3) for n in range(1, 8)],
        ]
    ),
    asks="currency",
)
_both(
    "month-without-a-day",
    Page(
        rows=[
            r("Прайс-лист на март 2026 г."),
            r("Код", "Наименование", "Руб."),
            *[r(f"З-{n}", f"Замок {n}", 90 + n) for n in range(1, 8)],
        ]
    ),
    asks="date",
)
# No head at all under a title.
_both(
    "title-and-no-head",
    Page(
        rows=[
            _TITLE,
            *[r(f"ТР-{n:04d}", f"Тройник чугунный {n}", 5 + n, 90.5 + n) for n in range(1, 12)],
        ]
    ),
    asks="columns",
)
# Sheets by the kind of customer, sheets by year: the same goods twice.
_both(
    "sheet-for-each-customer",
    Page(
        name="Опт",
        rows=[
            _TITLE,
            r("Код", "Товар", "Цена"),
            *[r(f"Л-{n}", f"Лопата {n}", 90 + n) for n in range(1, 9)],
        ],
    ),
    Page(
        name="Розница",
        rows=[
            _TITLE,
            r("Код", "Товар", "Цена"),
            *[r(f"Л-{n}", f"Лопата {n}", 190 + n) for n in range(1, 9)],
        ],
    ),
    asks="sheet",
    says=("Опт", "Розница"),
)
# Brands that are words of a total; names over lines; codes with blanks; prices as texts.
_both(
    "brand-named-total",
    Page(
        rows=[
            _TITLE,
            r("Наименование", "Объём", "Цена"),
            r("Total Quartz 5W-40", "4 л", "2 500.50"),
            r("Total Rubia 10W-40", "20 л", "9 100.00"),
            r("Масло Всесезонное\nминеральное", "1 л", "350.00"),
            r("Всего понемногу, набор салфеток", "уп", "99.90"),
            r("Итого", None, "12 050.40"),
        ]
    ),
    goods=4,
    rows={"Total Quartz 5W-40": 250050, "Всего понемногу, набор салфеток": 9990},
)
# Only a barcode; brand and model in place of a name.
_both(
    "barcode-brand-model",
    Page(
        rows=[
            _TITLE,
            r("Штрихкод", "Производитель", "Модель", "Цена, р."),
            *[r(4600000000000.0 + n, "Заря", f"Утюг Пар-{n}", 1900 + n) for n in range(1, 8)],
        ],
        formats={"A": "0"},
    ),
    goods=7,
    codes={"Утюг Пар-2": "4600000000002"},
)
# Cash and bank under one head that is no price by its words; a month in the head.
_both(
    "cash-or-bank",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "ЦЕНЫ НА МАРТ", None),
            r(None, None, "нал", "безнал"),
            *[r(f"Б-{n}", f"Бетон М{n}00", 4900 + n, 5300 + n) for n in range(1, 8)],
        ],
        merged=["C2:D2"],
    ),
    asks="price",
    says=("нал", "безнал"),
)
# A wrong price in one row of many is told, not lost.
_both(
    "one-price-below-zero",
    Page(
        rows=[
            _TITLE,
            r("Код", "Наименование", "Цена"),
            *[r(f"Х-{n}", f"Халат {n}", -5 if n == 4 else 90 + n) for n in range(1, 12)],
        ]
    ),
    goods=10,
)
# Groups by capitals, a good under each with the name of the group before it.
_both(
    "capital-groups-colours-in-a-column",
    Page(
        rows=[
            _TITLE,
            r("Арт.", "Наименование", "Цвет", "Опт, руб."),
            r(None, "ПРЯЖА"),
            r("П1", "Пряжа мериносовая", "белый", 250),
            r("П2", "Пряжа мериносовая", "синий", 250),
            r("П3", "Пряжа хлопковая", "белый", 150),
            r(None, "НИТКИ"),
            r("Н1", "Нитки 40/2", "чёрный", 25),
        ]
    ),
    goods=4,
    groups=2,
    rows={"Пряжа мериносовая синий": 25000},
)
# Roubles on one sheet, dollars on another, other goods on each.
_both(
    "a-sheet-in-dollars",
    Page(
        name="Россия",
        rows=[
            _TITLE,
            r("Код", "Товар", "Цена, руб."),
            *[r(f"А-{n}", f"Насадка {n}", 90 + n) for n in range(1, 9)],
        ],
    ),
    Page(
        name="Импорт",
        rows=[
            _TITLE,
            r("Код", "Товар", "Цена, $"),
            *[r(f"И-{n}", f"Фреза {n}", 9 + n) for n in range(1, 9)],
        ],
    ),
    asks="currency",
    says=("8 из 16",),
)
_one(
    "tabs-utf16.txt",
    text(
        Page(
            rows=[
                _TITLE,
                r("Код", "Наименование", "Цена"),
                *[r(f"У-{n}", f"Угольник {n}", f"1 0{n},50 ₽") for n in range(10, 18)],
            ]
        ),
        separator="\t",
        encoding="utf-16",
    ),
    goods=8,
    rows={"Угольник 12": 101250},
)

# --- papers ---------------------------------------------------------------------------------------
_both(
    "paper-estimate",
    Page(
        rows=[
            r("Локальная смета № 3"),
            r("№", "Наименование работ", "Ед.", "Кол-во", "Цена, руб.", "Сумма, руб."),
            *[r(n, f"Устройство стяжки {n}", "м2", 10 * n, 450, 4500 * n) for n in range(1, 6)],
            r(None, "Итого по смете", None, None, None, 67500),
        ]
    ),
    refused=True,
)
_both(
    "paper-reconciliation",
    Page(
        rows=[
            r("Акт сверки взаимных расчётов"),
            r("Дата", "Документ", "Дебет", "Кредит"),
            *[r(DAY, f"Реализация {n}", 1000 + n, None) for n in range(1, 6)],
        ]
    ),
    refused=True,
)
_both(
    "paper-wages",
    Page(
        rows=[
            r("Расчётная ведомость"),
            r("Таб. №", "ФИО", "Начислено", "Удержано", "К выплате"),
            *[r(n, f"Работник {n}", 50000 + n, 6500, 43500) for n in range(1, 6)],
        ]
    ),
    refused=True,
)
_both(
    "paper-sales-by-goods",
    Page(
        rows=[
            r("Продажи по номенклатуре за март 2026"),
            r("Номенклатура", "Количество", "Выручка", "Себестоимость", "Прибыль"),
            *[r(f"Торт {n}", n, 900 * n, 500 * n, 400 * n) for n in range(1, 8)],
        ]
    ),
    refused=True,
)
_both(
    "paper-shipments",
    Page(
        rows=[
            r("Расходная накладная № 77 от 14.03.2026"),
            r("Получатель: ИП Иванова"),
            r("№", "Товар", "Кол.", "Цена", "Сумма"),
            *[r(n, f"Полка {n}", 2, 800 + n, 1600 + 2 * n) for n in range(1, 6)],
        ]
    ),
    refused=True,
    says=("накладная",),
)
_both(
    "paper-stock-with-cost",
    Page(
        rows=[
            r("Ведомость по товарам на складах"),
            r("Номенклатура", "Количество", "Себестоимость", "Сумма"),
            *[r(f"Гвоздь {n}", 100, 2 + n, 200 + 100 * n) for n in range(1, 7)],
        ]
    ),
    refused=True,
)
_both(
    "paper-timetable",
    Page(
        rows=[
            r("График поставок на март"),
            r("Поставщик", "Товар", "Дата", "Кол-во, кг"),
            *[r(f"Ферма {n}", f"Сорт {n}", DAY, 100 * n) for n in range(1, 7)],
        ]
    ),
    refused=True,
)
