"""A further batch, of what office programs write, made without sight of the reader.

Each file has one kind of oddity; the goods are invented.
"""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.catalog.lists.cases import Case, r
from tests.catalog.lists.pages import Page, Row, ods, spreadsheetml, text, xls, xlsx

CASES: dict[str, Case] = {}
_HEAD = r("Код", "Наименование", "Цена, руб.")


def _case(name: str, file: bytes | Callable[[], bytes], **right: Any) -> None:
    if isinstance(right.get("asks"), str):
        right["asks"] = frozenset(str(right["asks"]).split())
    CASES[name] = Case(file=file, **right)


def _both(name: str, *pages: Page, **right: Any) -> None:
    _case(f"{name}.xlsx", partial(xlsx, *pages), **right)
    _case(f"{name}.xls", partial(xls, *pages), **right)
    _case(f"{name}.ods", partial(ods, *pages), **right)


def _goods(what: str, count: int, price: Callable[[int], Any] = lambda n: 100 + n) -> list[Row]:
    return [r(f"ОФ-{n:04}", f"{what} {n}", price(n)) for n in range(1, count + 1)]


def _again(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one of its parts changed."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return output.getvalue()


# Two tables side by side, with equal heads: the right one goes on where the left one ends.
_both(
    "side-by-side",
    Page(
        rows=[
            r("Код", "Наименование", "Цена", None, "Код", "Наименование", "Цена"),
            *[
                r(f"Л-{n}", f"Степлер {n}", 90 + n, None, f"П-{n}", f"Дырокол {n}", 190 + n)
                for n in range(1, 7)
            ],
        ]
    ),
    goods=12,
    rows={"Степлер 1": 9100, "Дырокол 6": 19600},
)
# Beside the goods stands something with a head of its own that sells nothing.
_both(
    "terms-beside",
    Page(
        rows=[
            r("Код", "Наименование", "Цена", None, None, "Контакты", None),
            r("О-1", "Папка синяя", 35, None, None, "Отдел продаж", "8 800 000-00-00"),
            r("О-2", "Папка красная", 36, None, None, "Склад", "доб. 12"),
            r("О-3", "Папка белая", 37, None, None, "Бухгалтерия", "доб. 14"),
            r("О-4", "Папка серая", 38),
            r("О-5", "Папка чёрная", 39),
        ]
    ),
    goods=5,
    rows={"Папка синяя": 3500},
)
# A price in roubles beside one in dollars: which of them, and so in which currency.
_both(
    "dollars-beside-roubles",
    Page(
        rows=[
            r("Артикул", "Товар", "Цена, USD", "Цена, руб."),
            *[r(f"К-{n}", f"Картридж {n}", 10 + n, 1000 + n) for n in range(1, 7)],
        ]
    ),
    asks="price",
    says=("USD", "руб."),
)
# The currency is said row by row.
_both(
    "currency-by-row",
    Page(
        rows=[
            r("Код", "Наименование", "Цена", "Валюта"),
            *[r(f"В-{n}", f"Сканер {n}", 100 + n, "USD" if n % 2 else "RUB") for n in range(1, 7)],
        ]
    ),
    asks="currency",
)
# The head stands on row 40, below a letterhead, terms and bank details.
_both(
    "head-on-row-40",
    Page(
        rows=[
            r("ООО «Скрепка и кнопка»", None, None),
            r("ИНН 0000000000, КПП 000000000", None, None),
            r("Прайс-лист на 14.03.2026", None, None),
            *[r(f"{n}. Условие поставки: предоплата {n * 5} % от суммы") for n in range(1, 36)],
            r(None),
            _HEAD,
            *_goods("Скрепка", 6),
        ]
    ),
    goods=6,
    options={},
)
# A hidden column of what the shop itself pays: told that it is hidden, and asked about.
_both(
    "hidden-cost",
    Page(
        rows=[
            r("Код", "Наименование", "Закупка", "Цена"),
            *[r(f"З-{n}", f"Тонер {n}", 50 + n, 100 + n) for n in range(1, 7)],
        ],
        hidden_columns="C",
    ),
    asks="price",
    says=("скрыт",),
)
# The only price is hidden: somebody hid it for a reason.
_both(
    "hidden-price",
    Page(
        rows=[_HEAD, *_goods("Бумага", 6)],
        hidden_columns="C",
    ),
    asks="price",
)
# An outline, as 1C and LibreOffice write it; one row of it is hidden in an open group.
_both(
    "outline",
    Page(
        rows=[
            _HEAD,
            r(None, "Бумага"),
            *[r(f"Б-{n}", f"Лист {n}", 5 + n, level=1) for n in range(1, 4)],
            r(None, "Мебель"),
            r(None, "Столы", level=1),
            *[r(f"С-{n}", f"Стол {n}", 500 + n, level=2) for n in range(1, 4)],
        ]
    ),
    goods=6,
    groups=3,
    paths={"Лист 1": ("Бумага",), "Стол 3": ("Мебель", "Столы")},
)
_both(
    "one-hidden-row",
    Page(rows=[_HEAD, *_goods("Ножницы", 5), r("ОФ-9", "Ножницы старые", 1, hidden=True)]),
    asks="hidden",
)
_both(
    "dollars-by-format",
    Page(rows=[_HEAD, *_goods("Пенал", 6)], formats={"C": '0.00 "USD"'}),
    asks="currency",
)
_both(
    "hidden-old-sheet",
    Page(rows=[_HEAD, *_goods("Блокнот", 6, lambda n: 10 + n)], name="2020", hidden=True),
    Page(rows=[_HEAD, *_goods("Блокнот", 6)], name="2026"),
    goods=6,
    rows={"Блокнот 1": 10100},
)
# Codes are hidden: nobody reads them, the bot does.
_both(
    "hidden-codes",
    Page(rows=[_HEAD, *_goods("Ластик", 6)], hidden_columns="A"),
    goods=6,
    codes={"Ластик 1": "ОФ-0001"},
)


def _cached(values: dict[str, str]) -> bytes:
    """Formulas with the values that Excel computed last: numbers and errors."""
    data = xlsx(Page(rows=[_HEAD, *_goods("Лампа", 6)]))

    def change(xml: bytes) -> bytes:
        for cell, value in values.items():
            kind = ' t="e"' if value.startswith("#") else ""
            new = f'<c r="{cell}"{kind}><f>VLOOKUP(A1,X!A:B,2,0)</f><v>{value}</v></c>'
            xml = re.sub(rf'<c r="{cell}"[^>]*>.*?</c>'.encode(), new.encode(), xml)
        return xml

    return _again(data, "xl/worksheets/sheet1.xml", change)


_case(
    "formulas-with-errors.xlsx",
    _cached({"C2": "150.5", "C3": "#REF!", "C4": "#N/A", "C5": "#VALUE!"}),
    goods=3,
    unpriced=3,
    rows={"Лампа 1": 15050},
)
# A program wrote formulas and nobody opened the file in Excel: there is no price in it.
_case(
    "formulas-never-computed.xlsx",
    xlsx(Page(rows=[_HEAD, *_goods("Клей", 6, lambda n: f"=D{n + 1}*1.2")])),
    refused=True,
    says=("формул",),
)
# Thousands apart by thin, narrow and hard spaces, with and without the rouble's sign.
_both(
    "thin-spaces",
    Page(
        rows=[
            _HEAD,
            *_goods(
                "Шкаф",
                5,
                lambda n: [
                    "1\u2009234,50",
                    "12\u202f000",
                    "1\u00a0234.00 ₽",
                    "\u20072\u2009500\u2009руб.",
                    "1'250,00",
                ][n - 1],
            ),
        ]
    ),
    goods=5,
    rows={
        "Шкаф 1": 123450,
        "Шкаф 2": 1200000,
        "Шкаф 3": 123400,
        "Шкаф 4": 250000,
        "Шкаф 5": 125000,
    },
)
# Groups as bands over the whole width.
_both(
    "merged-bands",
    Page(
        rows=[
            _HEAD,
            r("Бумага"),
            *_goods("Лист", 3),
            r("Ручки"),
            *[r(f"Р-{n}", f"Ручка {n}", 20 + n) for n in range(1, 4)],
        ],
        merged=("A2:C2", "A6:C6"),
    ),
    goods=6,
    groups=2,
    paths={"Лист 1": ("Бумага",), "Ручка 3": ("Ручки",)},
)
# A group as a tall cell to the left of its goods.
_both(
    "merged-downwards",
    Page(
        rows=[
            r("Группа", "Код", "Наименование", "Цена"),
            *[r("Мебель" if n == 1 else None, f"М-{n}", f"Стул {n}", 900 + n) for n in (1, 2, 3)],
            *[r("Свет" if n == 4 else None, f"М-{n}", f"Свет {n}", 900 + n) for n in (4, 5, 6)],
        ],
        merged=("A2:A4", "A5:A7"),
    ),
    goods=6,
    paths={"Стул 3": ("Мебель",), "Свет 6": ("Свет",)},
)


def _of_1904() -> bytes:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(["Прайс-лист", None, date(2026, 3, 14)])
    for row in (_HEAD, *_goods("Мышь", 6)):
        sheet.append(list(row.values))
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


# The calendar of old Macs counts four years less.
_case("dates-of-1904.xlsx", _of_1904(), goods=6, options={})

_PLAIN = Page(rows=[r("Прайс-лист на 14.03.2026", None, None), _HEAD, *_goods("Файл", 6)])
# What Excel calls «Текст Юникод»; some programs leave the mark out.
_case("unicode.txt", text(_PLAIN, separator="\t", encoding="utf-16"), goods=6, options={})
_case(
    "unicode-no-mark.txt", text(_PLAIN, separator="\t", encoding="utf-16-le"), goods=6, options={}
)
_case("unicode-big.csv", text(_PLAIN, encoding="utf-16-be"), goods=6, options={})
_case("dos.csv", text(_PLAIN, encoding="cp866"), goods=6, options={})
_case("old-mac.csv", text(_PLAIN, encoding="mac_cyrillic"), goods=6, options={})
_case("old-unix.csv", text(_PLAIN, encoding="koi8-r"), goods=6, options={})
_CAPITALS = Page(
    rows=[
        r("КОД", "НАИМЕНОВАНИЕ", "ЦЕНА"),
        *(r(f"К-{n}", f"ЛОТОК ДЛЯ БУМАГ {n}", 100 + n) for n in range(1, 7)),
    ]
)
# Capitals of the one page are small letters of the other.
_case(
    "capitals.csv", text(_CAPITALS, encoding="cp1251"), goods=6, rows={"ЛОТОК ДЛЯ БУМАГ 1": 101_00}
)
_case(
    "capitals-unix.csv",
    text(_CAPITALS, encoding="koi8-r"),
    goods=6,
    rows={"ЛОТОК ДЛЯ БУМАГ 1": 101_00},
)
# Quotes, separators and line ends inside of names.
_case(
    "quotes.csv",
    text(
        Page(
            rows=[
                _HEAD,
                r("Q-1", 'Монитор 24"; чёрный', "12 000,50"),
                r("Q-2", 'Кабель "витая пара"', 15),
                r("Q-3", "Стол\nписьменный", 5000),
                r("Q-4", "Ручка; карандаш; ластик", 100),
                r("Q-5", "'Простая'", 7),
            ]
        )
    ),
    goods=5,
    rows={'Монитор 24"; чёрный': 1200050, "Стол письменный": 500000, "'Простая'": 700},
)
# The first line tells Excel the separator.
_case(
    "sep-line.csv",
    b"sep=;\r\n" + text(Page(rows=[_HEAD, *_goods("Скотч", 6)]), encoding="utf-8"),
    goods=6,
)
# Names of sheets and goods with signs that turn the direction of writing.
_both(
    "right-to-left",
    Page(
        rows=[_HEAD, *[r(f"R-{n}", f"\u202bПлёнка\u202c\u200f {n}", 10 + n) for n in range(1, 7)]],
        name="\u202eцены\u202c",
    ),
    goods=6,
    rows={"Плёнка 1": 1100},
)


def _zipped(name: str, data: bytes, *others: str) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        for other in others:
            archive.writestr(other, b"")
    return output.getvalue()


# Mail programs and 1C send the list in an archive; it has one file, and that is the list.
_case("archive-of-one.xlsx", _zipped("прайс.xls", xls(_PLAIN)), goods=6, options={})
_case("archive-of-csv.zip", _zipped("price.csv", text(_PLAIN)), goods=6, options={})
# A web page saved as a book: heads over two columns, spaces that do not break, figures in bold.
_case(
    "page-with-spans.xls",
    (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
        "</head><body><table><tr><td colspan=3><b>Прайс-лист на 14.03.2026</b></td></tr>"
        "<tr><th>Код</th><th>Наименование</th><th>Цена,<br>руб.</th></tr>"
        "<tr><td colspan=3><b>Бумага</b></td></tr>"
        "<tr><td>Б-1</td><td>Бумага&nbsp;А4 &laquo;Снег&raquo;</td><td>1&nbsp;250,00</td></tr>"
        "<tr><td>Б-2<td>Бумага А3<td><b>2 500</b>"
        "<tr><td>Б-3</td><td>Бумага &amp; картон</td><td>99-50</td></tr>"
        "<tr><td>Б-4</td><td>Калька</td><td>12,5</td></tr>"
        "</table></body></html>"
    ).encode(),
    goods=4,
    rows={"Бумага А4 «Снег»": 125000, "Бумага & картон": 9950, "Калька": 1250},
    options={},
)
# Excel's XML of 2003 with a prefix on every name.
_case(
    "prefixed-2003.xml",
    re.sub(
        rb"<(/?)(Workbook|Worksheet|Table|Row|Cell|Data)",
        rb"<\1ss:\2",
        spreadsheetml(_PLAIN).replace(
            b'xmlns="urn:schemas-microsoft-com:office:spreadsheet" ', b""
        ),
    ),
    goods=6,
    options={},
)
# A feed for a marketplace: XML, and no book.
_case(
    "feed.xml",
    '<?xml version="1.0" encoding="UTF-8"?><yml_catalog date="2026-03-14 10:00"><shop><offers>'
    '<offer id="1"><name>Стул</name><price>900</price></offer></offers></shop></yml_catalog>'.encode(),
    refused=True,
    says=("XML",),
)
_case(
    "list.json",
    b'[{"code": "1", "name": "\xd0\xa1\xd1\x82\xd1\x83\xd0\xbb", "price": 900}]',
    refused=True,
)
# An archive of many lists: nobody guesses which.
_both_lists = io.BytesIO()
with zipfile.ZipFile(_both_lists, "w") as _archive:
    _archive.writestr("опт.xls", xls(_PLAIN))
    _archive.writestr("розница.xls", xls(_PLAIN))
_case("archive-of-two.zip", _both_lists.getvalue(), refused=True, says=("архив",))
_case(
    "archive-of-photos.zip",
    _zipped("photo.jpg", b"\xff\xd8\xff\xe0"),
    refused=True,
    says=("архив",),
)
# A document of Word's, renamed.
_case(
    "letter.xlsx",
    _zipped("word/document.xml", b"<w:document/>"),
    refused=True,
    says=("Word",),
)
# A page that a browser saved: the heads of a letter stand in the order that it likes.
_case(
    "saved.xls",
    b"From: <Saved by a browser>\r\nSubject: =?utf-8?B?0J8=?=\r\nDate: Sat, 14 Mar 2026\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n',
    refused=True,
    says=("веб-архив", ".xlsx"),
)
# A binary book.
_case(
    "binary.xlsb",
    _zipped("xl/workbook.bin", b"\x83\x01", "[Content_Types].xml"),
    refused=True,
    says=(".xlsb", ".xlsx"),
)

# Several columns of what is there.
_both(
    "stores",
    Page(
        rows=[
            r("Код", "Наименование", "Остаток Москва", "Остаток Уфа", "Цена"),
            *[r(f"С-{n}", f"Лампа {n}", n, 10 + n, 100 + n) for n in range(1, 7)],
        ]
    ),
    goods=6,
    stock={"Лампа 2": "Москва: 2, Уфа: 12"},
)
_both(
    "stores-summed",
    Page(
        rows=[
            r("Код", "Наименование", "Склад 1", "Склад 2", "Всего", "Цена"),
            *[r(f"С-{n}", f"Лампа {n}", n, 10 + n, 10 + 2 * n, 100 + n) for n in range(1, 7)],
        ]
    ),
    goods=6,
    stock={"Лампа 2": "14"},
)
_both(
    "stores-numbered",
    Page(
        rows=[
            r("Код", "Наименование", "Склад 1", "Склад 2", "В пути", "Цена"),
            *[r(f"С-{n}", f"Лампа {n}", "есть", None, 40, 100 + n) for n in range(1, 4)],
            *[r(f"С-{n}", f"Лампа {n}", None, "мало", 40, 100 + n) for n in range(4, 7)],
        ]
    ),
    goods=6,
    stock={"Лампа 1": "Склад 1: есть", "Лампа 5": "Склад 2: мало"},
)
_both(
    "stock-kept-for-others",
    Page(
        rows=[
            r("Код", "Наименование", "Остаток", "Резерв", "Ожидается", "Цена"),
            *[r(f"С-{n}", f"Лампа {n}", 5, 3, 100, 100 + n) for n in range(1, 7)],
        ]
    ),
    goods=6,
    stock={"Лампа 1": "5"},
)
