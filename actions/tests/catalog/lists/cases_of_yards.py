"""A further batch, of building yards, nurseries and hire shops, written without sight of the reader.

Each list has one kind of oddity; the goods are invented.
"""

from datetime import date
from functools import partial

from tests.catalog.lists.cases import Case, r
from tests.catalog.lists.pages import Page, Row, xls, xlsx

DAY = date(2026, 3, 14)
CASES: dict[str, Case] = {}
_TITLE = r("Прайс-лист на 14.03.2026")


def _case(name: str, *pages: Page, **right: object) -> None:
    if isinstance(right.get("asks"), str):
        right["asks"] = frozenset(str(right["asks"]).split())
    right.setdefault("options", {})
    CASES[f"{name}.xlsx"] = Case(file=partial(xlsx, *pages), **right)
    CASES[f"{name}.xls"] = Case(file=partial(xls, *pages), **right)


def _page(*rows: Row, **more: object) -> Page:
    return Page(rows=[_TITLE, *rows], **more)


_case(
    "hire-by-days",
    _page(
        r("Инструмент", "Одни сутки", "Двое суток", "Неделя"),
        *[r(f"Перфоратор П-{n}", 500 + n, 900 + n, 2500 + n) for n in range(6)],
    ),
    asks="columns",  # no head names the goods: which column is which is asked first
    says=("Одни сутки", "Неделя"),
)
_case(
    "tonne-and-piece",
    _page(
        r("Наименование", "Цена за тонну, руб.", "Цена за шт., руб."),
        *[r(f"Арматура А{n} 12 мм", 54000 + n, 610 + n) for n in range(6)],
    ),
    asks="price",
    says=("тонну", "шт"),
)
_case(
    "euro-head",
    _page(
        r("Назва", "€ без ПДВ"),
        *[r(f"Фреза Ф-{n}", 12.5 + n) for n in range(6)],
    ),
    asks="currency",
)
_case(
    "figures-of-clerks",
    _page(
        r("Код", "Наименование", "Цена"),
        r("К-1", "Доска обрезная", "1 700=00"),
        r("К-2", "Брус клеёный", "556-00"),
        r("К-3", "Рейка", "189.00р."),
        r("К-4", "Фанера", "2 345,50 руб."),
        r("К-5", "Плинтус", "66,620.60"),
    ),
    goods=5,
    rows={"Доска обрезная": 170000, "Брус клеёный": 55600, "Рейка": 18900,
          "Фанера": 234550, "Плинтус": 6662060},
)  # fmt: skip
_case(
    "prices-by-word",
    _page(
        r("Код", "Наименование", "Цена"),
        r("К-1", "Ель колючая", 1500),
        r("К-2", "Туя западная", "договорная"),
        r("К-3", "Липа", "Звоните!!!"),
        r("К-4", "Клён", "150-210"),
        r("К-5", "Берёза", "от 8"),
        r("К-6", "Сосна", "ожид."),
        r("К-7", "Рябина", 700),
        r("К-8", "Дуб", 0),
    ),
    goods=2,
    unpriced=6,
)
_case(
    "head-of-four-rows",
    _page(
        r("№", "Номенклатура", "Сведения", None),
        r(None, None, "на складе", None),
        r(None, None, "основном", None),
        r(None, None, "Остаток", "Цена"),
        *[r(n, f"Кирпич М{100 + n}", 40 + n, 21.5 + n) for n in range(1, 7)],
        merged=["A2:A5", "B2:B5", "C2:D2", "C3:D3", "C4:D4"],
    ),
    goods=6,
    rows={"Кирпич М103": 2450},
)
_case(
    "head-over-price-and-stock",
    _page(
        r("Артикул", "Товар", "Розница", None),
        r(None, None, "Цена", "Остаток"),
        *[r(f"СТ-{n}", f"Стекло {n} мм", 300 + n, 7) for n in range(3, 9)],
        merged=["A2:A3", "B2:B3", "C2:D2"],
    ),
    goods=6,
    rows={"Стекло 4 мм": 30400},
)
_case(
    "heads-on-each-printed-page",
    _page(
        r("Код", "Наименование", "Цена"),
        *[r(f"Ш-{n}", f"Шифер {n}", 400 + n) for n in range(5)],
        r("Код", "Наименование", "Цена"),
        *[r(f"Ш-{n}", f"Шифер {n}", 400 + n) for n in range(5, 10)],
        r("Код", "Наименование", "Цена"),
        *[r(f"Ш-{n}", f"Шифер {n}", 400 + n) for n in range(10, 12)],
    ),
    goods=12,
)
_case(
    "two-tables-beside",
    _page(
        r("Наименование", "Цена", None, "Наименование", "Цена"),
        *[r(f"Роза Р{n}", 300 + n, None, f"Пион П{n}", 500 + n) for n in range(6)],
    ),
    goods=12,
    rows={"Роза Р2": 30200, "Пион П5": 50500},
)
_case(
    "names-carried-down",
    _page(
        r("Наименование", "Размер", "Цена"),
        r("Болт оцинкованный", "М6х20", 4.5),
        r(None, "М6х30", 5.1),
        r(None, "М8х40", 9.9),
        r("Гайка шестигранная", "М6", 1.2),
        r(None, "М8", 1.9),
    ),
    goods=5,
)
_case(
    "names-split-over-columns",
    _page(
        r("Наименование", "Размер", "Стенка", "Цена за м"),
        *[
            r("Труба проф", f"{side}х{side}", wall, side * 3 + wall)
            for side in (20, 40, 60)
            for wall in (1.5, 2.0)
        ],
    ),
    goods=6,
)
_case(
    "path-in-a-column",
    _page(
        r("Раздел", "Артикул", "Наименование", "Цена"),
        *[r("Сад/Инвентарь/Лопаты", f"Л-{n}", f"Лопата {n}", 500 + n) for n in range(3)],
        *[r("Сад/Полив", f"Ш-{n}", f"Шланг {n} м", 900 + n) for n in range(3)],
    ),
    goods=6,
)
_case(
    "codes-of-eighteen-digits",
    _page(
        r("Код", "Наименование", "Цена"),
        *[r(f"0000000000000012{n:02d}", f"Герметик {n}", 250 + n) for n in range(5)],
    ),
    goods=5,
    codes={"Герметик 3": "000000000000001203"},
)
_case(
    "a-running-number-is-no-code",
    _page(
        r("№ п/п", "Наименование", "Цена, руб."),
        *[r(n, f"Саженец яблони «Сорт {n}»", 450 + n) for n in range(1, 8)],
    ),
    goods=7,
)
_case(
    "groups-that-are-numbers",
    _page(
        r("Артикул", "Наименование", "Цена"),
        r(None, "25"),
        r("Т-1", "Труба ПНД 25х2", 40),
        r("Т-2", "Отвод 25", 15),
        r(None, "32"),
        r("Т-3", "Труба ПНД 32х2", 60),
        r("Т-4", "Отвод 32", 19),
    ),
    goods=4,
    groups=2,
)
_case(
    "collapsed-groups",
    _page(
        r("Код", "Наименование", "Цена"),
        r(None, "Краски", bold=True),
        *[r(f"К-{n}", f"Краска {n}", 800 + n, level=1, hidden=True) for n in range(4)],
        r(None, "Лаки", bold=True),
        *[r(f"Л-{n}", f"Лак {n}", 600 + n, level=1, hidden=True) for n in range(3)],
    ),
    goods=7,
)
_case(
    "hidden-cost-column",
    _page(
        r("Код", "Наименование", "Закупка", "Розница"),
        *[r(f"З-{n}", f"Замок {n}", 200 + n, 300 + n) for n in range(5)],
        hidden_columns="C",
    ),
    asks="price",
)
_case(
    "two-sheets-of-different-goods",
    _page(r("Код", "Наименование", "Цена"), *[r(f"А-{n}", f"Анкер {n}", 10 + n) for n in range(5)],
          name="Крепёж"),
    _page(r("Код", "Наименование", "Цена"), *[r(f"Б-{n}", f"Бур {n}", 90 + n) for n in range(4)],
          name="Буры"),
    goods=9,
)  # fmt: skip
_case(
    "last-years-sheet-beside",
    Page(name="2024", rows=[r("Прайс-лист на 10.01.2024"), r("Код", "Наименование", "Цена"),
                            *[r(f"А-{n}", f"Анкер {n}", 8 + n) for n in range(5)]]),
    Page(name="2026", rows=[_TITLE, r("Код", "Наименование", "Цена"),
                            *[r(f"А-{n}", f"Анкер {n}", 10 + n) for n in range(5)]]),
    asks="sheet",
    says=("2024", "2026"),
)  # fmt: skip
_case(
    "withdrawn-goods",
    _page(
        r("Код", "Наименование", "Статус", "Цена"),
        r("С-1", "Смеситель А", "В продаже", 3000),
        r("С-2", "Смеситель Б", "Исключена", 3100),
        r("С-3", "Смеситель В", "В продаже", 3200),
        r("С-4", "Смеситель Г", "Исключена", 3300),
        r("С-5", "Смеситель Д", "В продаже", 3400),
    ),
    goods=3,
)
_case(
    "invoice",
    Page(
        rows=[
            r("Счет № 118 от 14.03.2026"),
            r("Покупатель: ООО «Ромашка»"),
            r("№", "Товар", "Кол-во", "Ед.", "Цена", "Сумма"),
            r(1, "Доска обрезная", 10, "шт", 400, 4000),
            r(2, "Брус", 4, "шт", 900, 3600),
            r(None, None, None, None, "Итого:", 7600),
            r("Всего наименований 2, на сумму 7 600 руб."),
        ]
    ),
    refused=True,
)
_case(
    "stock-report",
    Page(
        rows=[
            r("Ведомость по остаткам на складах на 14.03.2026"),
            r("Номенклатура", "Нач. остаток", "Приход", "Расход", "Кон. остаток"),
            *[r(f"Плитка {n}", 10 + n, 5, 3, 12 + n) for n in range(6)],
        ]
    ),
    refused=True,
)
_case(
    "catalogue-of-weights",
    Page(
        rows=[
            r("Каталог изделий 14.03.2026"),
            r("Артикул", "Наименование", "Вес, кг", "Высота, мм"),
            *[r(f"В-{n}", f"Ваза {n}", 2.5 + n, 300 + n) for n in range(6)],
        ]
    ),
    refused=True,
)
_case(
    "empty-form",
    _page(
        r("Код", "Наименование", "Цена, руб."),
        *[r(f"П-{n}", f"Плита {n}", None) for n in range(6)],
    ),
    refused=True,
)
_CSV = (
    "Прайс-лист на 14.03.2026;;;\r\nАртикул;Наименование;Ед. изм.;Цена\r\n"
    '"Г-1";"Грунт ""Садовый"", 50 л";шт;"1 245,50"\r\n'
    '"Г-2";"Торф; верховой";шт;"310,00"\r\n'
    '"Г-3";"Кора сосны";шт;"99,90"\r\n'
)
for _encoding in ("cp1251", "utf-8-sig", "utf-16"):
    CASES[f"clerk-{_encoding}.csv"] = Case(
        file=_CSV.encode(_encoding),
        goods=3,
        options={},
        rows={'Грунт "Садовый", 50 л': 124550, "Торф; верховой": 31000},
    )
