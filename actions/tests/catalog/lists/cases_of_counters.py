"""Lists of counters and workshops, written without sight of the reader: what their heads count in.

Each has one kind of oddity; the goods are invented.
"""

from functools import partial

from tests.catalog.lists.cases import Case, r
from tests.catalog.lists.pages import Page, Row, html, xls, xlsx

CASES: dict[str, Case] = {}
_TITLE = "Прайс-лист на 14.03.2026"


def _case(name: str, *rows: Row, title: str = _TITLE, **right: object) -> None:
    if isinstance(right.get("asks"), str):
        right["asks"] = frozenset(str(right["asks"]).split())
    right.setdefault("options", {})
    page = Page(rows=[r(title), *rows])
    CASES[f"{name}.xlsx"] = Case(file=partial(xlsx, page), **right)
    CASES[f"{name}.xls"] = Case(file=partial(xls, page), **right)


_case(
    "kopecks-in-words",
    r("Код", "Наименование", "Цена"),
    r("К-1", "Болт", "12 р. 50 коп."),
    r("К-2", "Гайка", "1 005 руб 05 коп"),
    r("К-3", "Шайба", "3 рубля 9 копеек"),
    goods=3, rows={"Болт": 1250, "Гайка": 100505, "Шайба": 309},
)  # fmt: skip
_case(
    "thousands-of-roubles",
    r("Модель", "Цена, тыс. руб."),
    r("Станок токарный", 1250.0),
    r("Станок фрезерный", 2300.5),
    goods=2, rows={"Станок токарный": 125000000, "Станок фрезерный": 230050000},
)  # fmt: skip
_case(
    "thousands-said-above",
    r("Цены указаны в тыс. руб."),
    r("Модель", "Цена"),
    r("Станок токарный", 1250.0),
    r("Станок фрезерный", 2300.5),
    goods=2, rows={"Станок токарный": 125000000},
)  # fmt: skip
_case(
    "price-without-a-head",
    r("Артикул", "Наименование", None, None),
    r("А-01", "Перфоратор", "шт", 5400.0),
    r("А-02", "Дрель", "шт", 3400.0),
    r("А-03", "Лобзик", "шт", 2400.5),
    asks="price",
)  # fmt: skip
_case(
    "title-is-no-head",
    r("Код", "Товар", "Мелкий опт", "Крупный опт"),
    r("0001", "Перчатки", 12.0, 10.0),
    r("0002", "Рукавицы", 22.0, 20.0),
    title="Прайс от 14.03.2026", asks="price", says=("--price «Крупный опт»",),
)  # fmt: skip
_case(
    "number-in-a-model",
    r("Модель", "Цвет", "Артикул", "Розница"),
    r("Ковш 1,5 л", "красный", "КВ-К", 500.0),
    r(None, "синий", "КВ-С", 501.0),
    title="Прайс от 14.03.2026", goods=2, codes={"Ковш 1,5 л синий": "КВ-С"},
)  # fmt: skip
_case(
    "day-of-the-firm",
    r("Компания работает с 12.03.1998"),
    r("Код", "Товар", "Цена"),
    r("0001", "Перчатки", 12.0),
    title="Прайс-лист", asks="date",
)  # fmt: skip
for _short in ("на 14 мар. 2026г.", "14-мар-26", "14-Mar-2026"):
    _case(
        f"short-month-{_short}",
        r("Код", "Товар", "Цена"),
        r("0001", "Перчатки", 12.0),
        title=f"Прайс {_short}", goods=1,
    )  # fmt: skip
_case(
    "pages-are-no-groups",
    r("Код", "Товар", "Цена"),
    r("0001", "Перчатки", 12.0),
    r("Страница 1 из 2"),
    r("Код", "Товар", "Цена"),
    r("0002", "Рукавицы", 22.0),
    r(None, "Тел. для заказа: +7 000 000-00-00"),
    r("0003", "Фартук", 32.0),
    goods=3, groups=0, paths={"Рукавицы": (), "Фартук": ()},
)  # fmt: skip
_case(
    "phones-are-goods",
    r("Код", "Товар", "Цена"),
    r(None, "Телефон Samsung Galaxy"),
    r("0001", "Телефон Samsung A12", 9000.0),
    r(None, "Телефон Samsung A13 новый", "звоните"),
    goods=1, unpriced=1, paths={"Телефон Samsung A12": ("Телефон Samsung Galaxy",)},
)  # fmt: skip
_case(
    "thousands-of-an-order",
    r("Код", "Товар", "Цена при заказе от 10 тыс. руб."),
    r("0001", "Перчатки", 12.0),
    goods=1, rows={"Перчатки": 1200},
)  # fmt: skip
_case(
    "title-beside-the-firm",
    r("ООО «Пример»", "Прайс от 14.03.2026", "тел. 000"),
    r("Болт", 100.0, 5.0),
    r("Гайка", 200.0, 3.0),
    r("Шайба", 300.0, 1.0),
    title="Крепёж", asks="columns",
)  # fmt: skip
_case(
    "paths-as-names",
    r("Номенклатура", "Цена"),
    r("Посуда/Кружки/Кружка 300 мл", 100.0),
    r("Посуда/Кружки/Кружка 500 мл", 130.0),
    r("Посуда/Тарелки/Тарелка 20 см", 90.0),
    goods=3, paths={"Кружка 500 мл": ("Посуда", "Кружки")},
)  # fmt: skip
_case(
    "slash-is-no-path",
    r("Номенклатура", "Цена"),
    r("Чехол 7/8 красный", 100.0),
    r("Чехол 7/8 синий", 130.0),
    r("Чехол 7/8 белый", 90.0),
    goods=3, rows={"Чехол 7/8 синий": 13000},
)  # fmt: skip
_case(
    "characteristic-is-the-name",
    r("Номенклатура", "Характеристика", "Код", "Цена"),
    r("Футболка мужская"),
    r(None, "белая, XL", "Ф-1", 510.0),
    r(None, "чёрная, M", "Ф-2", 520.0),
    goods=2, codes={"Футболка мужская чёрная, M": "Ф-2"},
)  # fmt: skip
_case(
    "store-is-no-stock",
    r("Код", "Наименование", "Склад", "Цена"),
    r("Н-1", "Насос", "Москва", 2000.0),
    r("Н-2", "Насос", "Тверь", 2100.0),
    r("Н-3", "Фильтр", "Тверь", 300.0),
    goods=3, codes={"Насос Тверь": "Н-2"},
)  # fmt: skip
_case(
    "names-of-columns",
    r("Вид", "Марка", "Размер", "Цена, руб./т"),
    r("Арматура", "А500С", "12", 54000.0),
    r("Арматура", "А500С", "14", 53000.0),
    r("Швеллер", "Ст3", "10П", 60000.0),
    goods=3, rows={"Швеллер Ст3 10П": 6000000},
)  # fmt: skip
_case(
    "group-in-the-head",
    r("Краски", "Фасовка", "Цена"),
    r("Краска белая", "10 кг", 900.0),
    r("Краска синяя", "10 кг", 950.0),
    r("Клеи", "Фасовка", "Цена"),
    r("Клей обойный", "0,3 кг", 90.0),
    goods=3, groups=2, paths={"Краска синяя": ("Краски",), "Клей обойный": ("Клеи",)},
)  # fmt: skip
_case(
    "further-table-elsewhere",
    r("Код", "Наименование", "Цена"),
    r("1", "Болт", 10.0),
    r("Услуги"),
    r("Наименование", "Цена"),
    r("Услуга резки", 50.0),
    goods=2, rows={"Услуга резки": 5000},
)  # fmt: skip
_case(
    "dishes",
    r("Блюдо", "Выход, г", "Цена, руб."),
    r("Супы"),
    r("Борщ", "300", "200"),
    r("Солянка", "300/20", "250"),
    goods=2, rows={"Солянка": 25000},
)  # fmt: skip
_case(
    "estimate",
    r("№", "Наименование работ", "Ед.", "Объём", "Цена", "Стоимость"),
    r(1.0, "Стяжка", "м2", 40.0, 500.0, 20000.0),
    r(2.0, "Плитка", "м2", 20.0, 1500.0, 30000.0),
    r(None, "Итого по смете", None, None, None, 50000.0),
    title="Локальный сметный расчёт № 1", refused=True, says=("смета",),
)  # fmt: skip
_case(
    "act-of-return",
    r("№", "Наименование", "Кол-во", "Цена", "Стоимость", "Причина"),
    r(1.0, "Болт", 10.0, 5.0, 50.0, "брак"),
    r(2.0, "Гайка", 20.0, 3.0, 60.0, "брак"),
    title="Возврат товара № 3", refused=True,
)  # fmt: skip
_case(
    "stock-by-value",
    r("Номенклатура", "Кол-во", "Стоимость"),
    r("Болт", 100.0, 500.0),
    r("Гайка", 200.0, 600.0),
    r("Итого", 300.0, 1100.0),
    title="Ведомость по партиям товаров на складах", refused=True, says=("остатках",),
)  # fmt: skip
_case(
    "properties-of-pumps",
    r("Модель", "Напор, м", "Расход, м3/ч", "Мощность, Вт"),
    r("НС-1", 10.0, 2.0, 200.0),
    r("НС-2", 20.0, 3.0, 400.0),
    r("НС-3", 30.0, 4.0, 600.0),
    title="Технические характеристики насосов", refused=True,
)  # fmt: skip
_case(
    "act-of-settlement",
    r("Дата", "Документ", "Дебет", "Кредит"),
    r("10.01.2026", "Приход", 10000.0, None),
    r("12.01.2026", "Оплата", None, 10000.0),
    title="Акт сверки взаимных расчётов", refused=True,
)  # fmt: skip
CASES["title-over-the-table.xls"] = Case(
    file=html(Page(rows=[r("Код", "Наименование", "Цена"), r("1", "Болт", 10.0)])).replace(
        b"<table", "<p>Прайс-лист от 14.03.2026</p><table".encode(), 1
    ),
    options={}, goods=1,
)  # fmt: skip
CASES["date-on-the-title-page.xlsx"] = Case(
    file=xlsx(
        Page(rows=[r(_TITLE), r("Оглавление")]),
        Page(rows=[r("Код", "Наименование", "Цена"), r("1", "Болт", 10.0), r("2", "Гайка", 20.0)]),
    ),
    options={}, goods=2,
)  # fmt: skip
