"""Lists as single trades draw them, each with several oddities at once; written blind."""

from datetime import date

from tests.catalog.lists.cases import CASES, DAY, Case, both, case
from tests.catalog.lists.pages import Page, r, text, xlsx

__all__ = ["CASES", "Case"]


def belarus() -> tuple[Page, ...]:
    """Old roubles of another country: «руб.» under an address in Minsk."""
    rows = [
        r("ООО «Ромашка», УНП 100000000, г. Минск, тел. +375 17 000-00-00"),
        r("Прайс-лист на 14.03.2014"),
        r("Наименование", "Ед.", "Цена, руб."),
    ]
    rows += [r(f"Линолеум {n} м", "м2", 125000 + n) for n in range(5)]
    return (Page(rows=rows),)


both("trade-belarus", belarus, asks="currency", options={})


def ukraine() -> tuple[Page, ...]:
    """A Ukrainian list whose price names no currency."""
    rows = [
        r("Прайс-лист станом на 14 березня 2026 р."),
        r("Код", "Найменування", "Од. виміру", "Ціна з ПДВ", "Залишок"),
    ]
    rows += [r(f"К-{n}", f"Свердло {n} мм", "шт", 45.5 + n, 10) for n in range(6)]
    return (Page(rows=rows),)


both("trade-ukraine", ukraine, asks="currency", says=("гривны",), options={})


def pharmacy() -> tuple[Page, ...]:
    """Lots of one drug: the same code with another term and price."""
    rows = [
        r("Прайс-лист от 14.03.2026"),
        r("Код", "Наименование препарата", "Производитель", "Срок годности", "Цена", "Остаток"),
    ]
    for n in range(4):
        rows += [
            r(
                f"Ф{n:04d}",
                f"Аскорбинка {n}00 мг № 10",
                "Завод",
                date(2027, 1 + k, 1),
                50.5 + n + k,
                3 + k,
            )
            for k in range(2)
        ]
    return (Page(rows=rows),)


both("trade-pharmacy", pharmacy, goods=8, options={})


def auto_parts() -> tuple[Page, ...]:
    """Articles of letters and of digits, brands, stock as «>10»."""
    rows = [r("Прайс 14.03.2026"), r("Бренд", "Артикул", "Описание", "Наличие", "Цена")]
    data = [("MANN", "W 712/73", "Фильтр масляный", ">10"), ("VAG", 15208, "Фильтр", 3), ("LUK", "6203", "Подшипник", "мало"),
            ("NGK", 4644, "Свеча", ">10"), ("TRW", "GDB1550", "Колодки", 1), ("SKF", "VKBA 3", "Ступица", 0)]  # fmt: skip
    rows += [r(*row, 500 + n) for n, row in enumerate(data)]
    return (Page(rows=rows),)


both(
    "trade-auto", auto_parts, goods=6, options={}, codes={"Свеча": "4644"}, rows={"Колодки": 50400}
)


def bearings() -> tuple[Page, ...]:
    """Names that are numbers."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Завод", "Цена, руб.")]
    rows += [r(n, "ГПЗ", 100 + n % 7) for n in range(6200, 6212)]
    return (Page(rows=rows),)


both("trade-bearings", bearings, goods=12, options={})


def metal() -> tuple[Page, ...]:
    """Metre and tonne; the name over the sizes; groups in merged rows."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Наименование", "Размер", "Длина, м", "Цена за тонну", "Цена за метр"),
    ]
    for name in ("Уголок", "Швеллер"):
        rows.append(r(name, bold=True))
        rows += [r(f"{name} г/к", f"{n}х{n}", 12, 52000 + n, 110 + n) for n in (25, 32, 40)]
    return (Page(rows=rows, merged=["A3:E3", "A7:E7"]),)


both("trade-metal", metal, asks="price", options={})
both("trade-metal-metre", metal, goods=6, options={"price": "Цена за метр"}, groups=2)


def furniture() -> tuple[Page, ...]:
    """Three categories of cloth, a photo column, sizes."""
    rows = [
        r("Прайс-лист мягкая мебель, 14.03.2026"),
        r("Фото", "Модель", "Габариты", "Цена, руб.", None, None),
        r(None, None, None, "1 кат.", "2 кат.", "3 кат."),
    ]
    rows += [
        r(None, f"Диван «Лира-{n}»", "200х90", 15000 + n, 17000 + n, 19000 + n) for n in range(5)
    ]
    return (Page(rows=rows, merged=["A2:A3", "B2:B3", "C2:C3", "D2:F2"]),)


both("trade-furniture", furniture, asks="price", says=("1 кат", "3 кат"), options={})
both(
    "trade-furniture-told",
    furniture,
    goods=5,
    options={"price": "2 кат."},
    rows={"Диван «Лира-1»": 1700100},
)


def vertical_names() -> tuple[Page, ...]:
    """The name merged over its rows."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Фасовка", "Цена")]
    rows += [
        r("Краска белая" if n == 0 else None, f"{v} кг", 200 * v) for n, v in enumerate((1, 3, 5))
    ]
    rows += [r("Лак" if n == 0 else None, f"{v} л", 300 * v) for n, v in enumerate((1, 3))]
    return (Page(rows=rows, merged=["A3:A5", "A6:A7"]),)


both("trade-paint", vertical_names, goods=5, options={}, rows={"Краска белая 3 кг": 60000})


def sections() -> tuple[Page, ...]:
    """Another head further down, with other columns."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Двери"), r("Наименование", "Размер", "Цена")]
    rows += [r(f"Дверь {n}", "2000х800", 5000 + n) for n in range(4)]
    rows += [r(), r("Фурнитура"), r("Артикул", "Наименование", "Ед.", "Цена")]
    rows += [r(f"Ф-{n}", f"Ручка {n}", "шт", 300 + n) for n in range(3)]
    return (Page(rows=rows),)


both("trade-sections", sections, goods=7, options={}, rows={"Ручка 1": 30100, "Дверь 2": 500200},
     paths={"Ручка 1": ("Фурнитура",)})  # fmt: skip


def two_currencies_below_price() -> tuple[Page, ...]:
    """«Цена» over «руб.» and «$»."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Код", "Наименование", "Цена", None),
        r(None, None, "руб.", "$"),
    ]
    rows += [r(f"К{n}", f"Модуль памяти {n} Гб", 900 + n, 10 + n) for n in range(5)]
    return (Page(rows=rows, merged=["A2:A3", "B2:B3", "C2:D2"]),)


both("trade-two-currencies", two_currencies_below_price, asks="price", options={})
both(
    "trade-two-currencies-rub",
    two_currencies_below_price,
    goods=5,
    options={"price": "руб."},
    rows={"Модуль памяти 1 Гб": 90100},
)


def discount() -> tuple[Page, ...]:
    """Price, discount in percent, price with the discount."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Наименование", "Цена", "Скидка, %", "Цена со скидкой"),
    ]
    rows += [r(f"Зонт {n}", 1000 + n, 10, 900 + n) for n in range(5)]
    return (Page(rows=rows),)


both("trade-discount", discount, asks="price", options={})


def quantity_as_stock() -> tuple[Page, ...]:
    """«Кол-во» without a sum is a stock."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Кол-во", "Цена")]
    rows += [r(f"Зонт {n}", 5 + n, 1000 + n) for n in range(5)]
    return (Page(rows=rows),)


both("trade-quantity", quantity_as_stock, goods=5, options={}, rows={"Зонт 1": 100100})


def bare_waybill() -> tuple[Page, ...]:
    """Quantity, price and sum, no word what it is."""
    rows = [r("№", "Товар", "Кол-во", "Цена", "Сумма")]
    rows += [r(n, f"Зонт {n}", 5, 100 + n, 500 + 5 * n) for n in range(1, 6)]
    return (Page(rows=rows),)


both("paper-waybill", bare_waybill, refused=True)


def order_form() -> tuple[Page, ...]:
    """A form to order by: prices, an empty quantity, sums of zero."""
    rows = [
        r("Бланк заказа от 14.03.2026"),
        r("Артикул", "Наименование", "Цена", "Заказ, шт", "Сумма"),
    ]
    rows += [r(f"З-{n}", f"Зонт {n}", 100 + n, None, 0) for n in range(1, 6)]
    rows += [r("Итого", None, None, None, 0)]
    return (Page(rows=rows),)


both("trade-order-form", order_form, goods=5, options={}, codes={"Зонт 1": "З-1"})


def group_with_price() -> tuple[Page, ...]:
    """Groups with the price 0 and a stock that sums up."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Номенклатура", "Остаток", "Цена")]
    for g in range(2):
        rows.append(r(f"0000{g}", f"Группа {g}", 15, 0, level=0, indent=0))
        rows += [r(f"1{g}{n:03d}", f"Насос {g}-{n}", 5, 900 + n, level=1) for n in range(3)]
    return (Page(rows=rows),)


both("trade-groups-with-zero", group_with_price, goods=6, groups=2, options={})


def footer_date() -> tuple[Page, ...]:
    """The date below the goods, beside a signature."""
    rows = [r("Код", "Наименование", "Цена"), *[r(f"К{n}", f"Кран {n}", 10 + n) for n in range(4)]]
    rows += [r(), r("Цены действительны с 14.03.2026"), r("Директор ______ Ромашкин Р. Р.")]
    return (Page(rows=rows),)


both("trade-footer", footer_date, goods=4, groups=0, options={})


def long_preface() -> tuple[Page, ...]:
    """Forty rows of words before the head."""
    rows = [r(f"Условие {n}: самовывоз со склада, цены с НДС") for n in range(40)]
    rows += [
        r("Прайс-лист на 14.03.2026"),
        r(),
        r("Наименование", "Цена"),
        *[r(f"Кран {n}", 10 + n) for n in range(4)],
    ]
    return (Page(rows=rows),)


both("trade-long-preface", long_preface, goods=4, options={})


def many_sheets_two_layouts() -> tuple[Page, ...]:
    """Sheets of two layouts, one of which has two prices."""
    first = [
        r("Прайс-лист на 14.03.2026"),
        r("Наименование", "Цена"),
        *[r(f"Кран {n}", 10 + n) for n in range(4)],
    ]
    second = [
        r("Артикул", "Товар", "Опт", "Розница"),
        *[r(f"Т-{n}", f"Труба {n}", 10 + n, 15 + n) for n in range(4)],
    ]
    return (
        Page(rows=first, name="Краны"),
        Page(rows=second, name="Трубы"),
        Page(rows=[], name="Лист3"),
    )


both("trade-two-layouts", many_sheets_two_layouts, asks="price", options={})
both("trade-two-layouts-told", many_sheets_two_layouts, goods=8, options={"price": "Опт"})


def sheet_without_head() -> tuple[Page, ...]:
    """The second sheet goes on without a head."""
    head = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Цена")]
    rows = [r(f"К-{n}", f"Кран {n}", 10 + n) for n in range(8)]
    return (Page(rows=[*head, *rows[:4]], name="1"), Page(rows=rows[4:], name="2"))


both("trade-continued", sheet_without_head, goods=8, options={})


def same_goods_in_dollars() -> tuple[Page, ...]:
    """The same goods again on a sheet in dollars."""

    def page(name: str, head: str, rate: float) -> Page:
        rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", head)]
        return Page(
            rows=[*rows, *[r(f"К-{n}", f"Кран {n}", (90 + n) * rate) for n in range(6)]], name=name
        )

    return (page("RUB", "Цена, руб.", 1), page("USD", "Цена, USD", 0.01))


both("trade-sheet-in-dollars", same_goods_in_dollars, asks="sheet", options={})
both("trade-sheet-in-roubles", same_goods_in_dollars, goods=6, options={"sheet": "RUB"})


def mostly_on_request() -> tuple[Page, ...]:
    """Few prices between many words."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Цена, руб.")]
    rows += [r(f"Станок {n}", 100000 + n if n % 5 == 0 else "по запросу") for n in range(20)]
    return (Page(rows=rows),)


both("trade-on-request", mostly_on_request, goods=4, unpriced=16, options={})


def wide_sheet() -> bytes:
    """A thousand formatted columns and merged cells everywhere."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Наименование", None, "Ед.", None, "Цена", *[None] * 1018, " "),
    ]
    rows += [r(f"Плита {n}", None, "шт", None, 100 + n) for n in range(30)]
    merged = [f"A{n}:B{n}" for n in range(2, 33)] + [f"C{n}:D{n}" for n in range(2, 33)]
    return xlsx(Page(rows=rows, merged=merged))


case("trade-wide.xlsx", wide_sheet(), goods=30, options={})


def path_in_name_head() -> tuple[Page, ...]:
    """Three columns of the tree under one head; goods in the third."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Номенклатура", None, None, "Цена", "Ед.")]
    rows += [r("Сантехника"), r(None, "Смесители"), r(None, None, "Смеситель А", 900, "шт"), r(None, None, "Смеситель Б", 950, "шт"),
             r(None, "Ванны"), r(None, None, "Ванна 170", 9000, "шт")]  # fmt: skip
    return (Page(rows=rows, merged=["A2:C2"]),)


both("trade-tree-in-columns", path_in_name_head, goods=3, groups=3, options={},
     paths={"Ванна 170": ("Сантехника", "Ванны")})  # fmt: skip


def english() -> tuple[Page, ...]:
    """English heads, roubles by the format."""
    rows = [r("Price list 14.03.2026"), r("SKU", "Product name", "Unit", "Price", "Stock")]
    rows += [r(f"SK-{n}", f"Widget {n}", "pcs", 100.0 + n, 5) for n in range(6)]
    return (Page(rows=rows, formats={"D": '#,##0.00"₽"'}),)


both("trade-english", english, goods=6, options={})


def kopecks_text() -> tuple[Page, ...]:
    """Prices as texts of every kind in one column."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Цена")]
    for n, price in enumerate(
        ["1 250,00 руб", "980.50", "2'300", "15 000", "750-00", "12,5", "по запросу", "1.250,00"]
    ):
        rows.append(r(f"Шкаф {n}", price))
    return (Page(rows=rows),)


both(
    "trade-price-texts",
    kopecks_text,
    goods=7,
    unpriced=1,
    options={},
    rows={"Шкаф 2": 230000, "Шкаф 4": 75000},
)


def cables() -> tuple[Page, ...]:
    """Short names under a mark: «3х1,5» thrice."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Марка, сечение", "Цена за км, руб.")]
    for mark in ("ВВГнг", "NYM", "ПВС"):
        rows.append(r(mark))
        rows += [r(f"{n}х1,5", 25000 + n) for n in (2, 3, 4)]
    return (Page(rows=rows),)


both("trade-cables", cables, goods=9, groups=3, options={})


def stock_report_with_unknown_numbers() -> tuple[Page, ...]:
    """Warehouses as heads, numbers below, no price at all."""
    rows = [
        r("Остатки на складах на 14.03.2026"),
        r("Номенклатура", "Ед.", "Основной", "Розничный", "Итого"),
    ]
    rows += [r(f"Труба {n}", "шт", 5 + n, 3, 8 + n) for n in range(8)]
    return (Page(rows=rows),)


both(
    "paper-stock-by-warehouse",
    stock_report_with_unknown_numbers,
    refused=True,
    says=("остат",),
    options={},
)


def sales_totals() -> tuple[Page, ...]:
    """Sums by group."""
    rows = [
        r("Валовая прибыль за март 2026"),
        r("Номенклатурная группа", "Выручка", "Себестоимость", "Прибыль"),
    ]
    rows += [r(f"Группа {n}", 150000 + n, 100000, 50000 + n) for n in range(6)]
    return (Page(rows=rows),)


both("paper-profit", sales_totals, refused=True, options={})


def counting_sheet() -> tuple[Page, ...]:
    """An inventory form: names, units, empty places for the count."""
    rows = [
        r("Инвентаризационная опись № 3 от 14.03.2026"),
        r("№", "Наименование", "Ед.", "Факт", "Учет"),
    ]
    rows += [r(n, f"Труба {n}", "шт", None, 10 + n) for n in range(1, 9)]
    return (Page(rows=rows),)


both("paper-inventory", counting_sheet, refused=True, options={})


def upd() -> tuple[Page, ...]:
    """A waybill with its own long head."""
    rows = [
        r("Универсальный передаточный документ"), r("Счет-фактура № 5 от 14.03.2026"), r("Продавец: ООО «Ромашка»"),
        r("Код", "Наименование товара", "Ед.", "Количество", "Цена (тариф) за единицу", "Стоимость без налога", "Ставка НДС"),
        *[r(f"К{n}", f"Труба {n}", "шт", 2, 100.0, 200.0, "20%") for n in range(4)], r("Всего к оплате", None, None, None, None, 800.0),
    ]  # fmt: skip
    return (Page(rows=rows),)


both("paper-upd", upd, refused=True, options={})

HEADLESS_CSV = Page(rows=[r(f"100{n}", f"Шайба М{n}", "12,50", 5 + n) for n in range(10)])
case("trade-headless.csv", text(HEADLESS_CSV), asks="columns", options={"list_date": DAY})
both("trade-old-new-sheets", lambda: tuple(
    Page(rows=[r(f"Прайс-лист на {d}.03.2026"), r("Наименование", "Цена"), *[r(f"Кран {n}", 10 + n) for n in range(4)]], name=f"{d} марта")
    for d in (7, 14)), asks="sheet", options={})  # fmt: skip


def price_by_quantity() -> tuple[Page, ...]:
    """Breaks by quantity."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "от 1 шт", "от 10 шт", "от 100 шт")]
    rows += [r(f"Кран {n}", 100 + n, 95 + n, 90 + n) for n in range(4)]
    return (Page(rows=rows),)


both("trade-quantity-breaks", price_by_quantity, asks="price", options={})


def named_by_kind_only() -> tuple[Page, ...]:
    """«ФМ1» alone over the numbers."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Номенклатура", "Код", "Руб/шт")]
    return (Page(rows=[*rows, *[r(f"Кран {n}", f"К-{n}", 100 + n) for n in range(4)]]),)


both("trade-roubles-a-piece", named_by_kind_only, goods=4, options={})


def notes_between() -> tuple[Page, ...]:
    """Sentences between the goods are neither goods nor groups that lose anything."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Ед.", "Цена")]
    rows += [r(f"К-{n}", f"Кран {n}", "шт", 100 + n) for n in range(3)]
    rows += [r(None, "Внимание! Скидки на объём, звоните менеджеру по телефону")]
    rows += [r(f"К-{n}", f"Кран {n}", "шт", 100 + n) for n in range(3, 6)]
    return (Page(rows=rows),)


both("trade-notes-between", notes_between, goods=6, options={})


def zero_and_blank() -> tuple[Page, ...]:
    """Goods whose price cell is empty, told from groups by their unit."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Код", "Наименование", "Ед.", "Цена"),
        r(None, "Краны"),
    ]
    rows += [r(f"К-{n}", f"Кран {n}", "шт", 100 + n if n % 2 else None) for n in range(6)]
    return (Page(rows=rows),)


both("trade-blank-prices", zero_and_blank, goods=3, unpriced=3, groups=1, options={})


def hidden_in_filter() -> tuple[Page, ...]:
    """A filter hides half of a flat list."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Цена")]
    rows += [r(f"К-{n}", f"Кран {n}", 100 + n, hidden=bool(n % 2)) for n in range(8)]
    return (Page(rows=rows),)


both("trade-filtered", hidden_in_filter, asks="hidden", options={})


# --- a third look, again before the results -----------------------------------------------------
def legend() -> tuple[Page, ...]:
    """Letters for prices, what they mean below."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Цена")]
    rows += [r(f"Картина {n}", "АБВ"[n % 3]) for n in range(9)]
    rows += [r("А", 100), r("Б", 200), r("В", 300)]
    return (Page(rows=rows),)


both("trade-legend", legend, refused=True, options={})


def requisites() -> tuple[Page, ...]:
    """A preface in two columns whose words could be a head."""
    rows = [
        r("Наименование организации", "ООО «Ромашка»"), r("Расчетный счет", "40702810000000000000"),
        r("Условия", "Цены с НДС"), r("Прайс-лист на 14.03.2026"),
        r("Артикул", "Наименование", "Ед.", "Цена"),
        *[r(f"А-{n}", f"Перчатки {n}", "пара", 50 + n) for n in range(6)],
    ]  # fmt: skip
    return (Page(rows=rows),)


both("trade-requisites", requisites, goods=6, options={}, codes={"Перчатки 1": "А-1"})


def dated_groups() -> tuple[Page, ...]:
    """Groups that hold dates of their own."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Ед.", "Цена")]
    for day in ("01.02.2026", "08.02.2026"):
        rows.append(r(f"Поступление от {day}", bold=True))
        rows += [r(f"Плащ {day} {n}", "шт", 900 + n) for n in range(3)]
    return (Page(rows=rows),)


both("trade-dated-groups", dated_groups, goods=6, groups=2, options={})


def thickness() -> tuple[Page, ...]:
    """Prices by thickness, the head only numbers with «мм»."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Материал", "Цена за лист при толщине", None, None),
        r(None, "3 мм", "5 мм", "8 мм"),
    ]
    rows += [r(f"Фанера сорт {n}", 500 + n, 700 + n, 900 + n) for n in range(1, 5)]
    return (Page(rows=rows, merged=["B2:D2", "A2:A3"]),)


both("trade-thickness", thickness, asks="price", options={})


def cities_unmerged() -> bytes:
    """A csv: «Цена» over two towns, the second head cell empty."""
    rows = [r("Товар", "Цена", None), r(None, "Омск", "Томск")]
    rows += [r(f"Плащ {n}", 900 + n, 950 + n) for n in range(4)]
    return text(Page(rows=rows))


case("trade-towns.csv", cities_unmerged(), asks="price")


def sum_of_group_and_units() -> tuple[Page, ...]:
    """Subtotals between the groups."""
    rows = [r("Прайс-лист на 14.03.2026"), r("№", "Наименование", "Ед.", "Цена")]
    for g in range(2):
        rows.append(r(None, f"РАЗДЕЛ {g}"))
        rows += [r(n + 1, f"Плащ {g}-{n}", "шт", 900 + n) for n in range(3)]
        rows.append(r(None, "Итого по разделу", None, 2703))
    return (Page(rows=rows),)


both("trade-subtotals", sum_of_group_and_units, goods=6, groups=2, options={})


def newline_heads() -> tuple[Page, ...]:
    """Heads with line breaks and dots."""
    rows = [
        r("Прайс-лист на 14.03.2026"),
        r("Код\nтовара", "Наимено-\nвание", "Цена,\nруб. за\nшт.", "Остаток\nна складе"),
    ]
    rows += [r(f"А-{n}", f"Плащ {n}", 900 + n, 5) for n in range(4)]
    return (Page(rows=rows),)


both("trade-newline-heads", newline_heads, goods=4, options={}, codes={"Плащ 1": "А-1"})


def code_before_group() -> tuple[Page, ...]:
    """Groups and goods both coded, tree by bold only."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Цена")]
    for g in range(3):
        rows.append(r(f"00{g}", f"Группа {g}", bold=True))
        rows += [r(f"0{g}{n}", f"Плащ {g}-{n}", 900 + n) for n in range(3)]
    return (Page(rows=rows),)


both(
    "trade-bold-groups",
    code_before_group,
    goods=9,
    groups=3,
    options={},
    paths={"Плащ 2-1": ("Группа 2",)},
)


def nested_bold() -> tuple[Page, ...]:
    """Capitals over bold over goods."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Цена")]
    for g in ("ОДЕЖДА", "ОБУВЬ"):
        rows.append(r(g, bold=True))
        for s in ("Мужская", "Женская"):
            rows.append(r(f"{s} {g.lower()}", bold=False))
            rows += [r(f"{s} {g.lower()} № {n}", 900 + n) for n in range(3)]
    return (Page(rows=rows),)


both("trade-nested-styles", nested_bold, goods=12, groups=6, options={},
     paths={"Женская обувь № 1": ("ОБУВЬ", "Женская обувь")})  # fmt: skip


def currency_by_row_format() -> tuple[Page, ...]:
    """Some rows in dollars by their text."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Цена")]
    rows += [r(f"Плата {n}", f"{90 + n} руб." if n % 2 else f"{n + 1},50 $") for n in range(8)]
    return (Page(rows=rows),)


both("trade-currency-by-row", currency_by_row_format, asks="currency", options={})


def rate_in_preface() -> tuple[Page, ...]:
    """A rate above roubles is no dollar price."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Курс USD ЦБ: 92,50"), r("Наименование", "Цена, руб.")]
    rows += [r(f"Плата {n}", 90 + n) for n in range(5)]
    return (Page(rows=rows),)


both("trade-rate-above", rate_in_preface, goods=5, options={})


def kazakhstan() -> tuple[Page, ...]:
    """An address in Almaty, no currency."""
    rows = [
        r("ТОО «Ромашка», БИН 000000000000, г. Алматы"),
        r("Прайс-лист на 14.03.2026"),
        r("Наименование", "Цена"),
    ]
    return (Page(rows=[*rows, *[r(f"Плащ {n}", 9000 + n) for n in range(5)]]),)


both("trade-kazakhstan", kazakhstan, asks="currency", options={})


def delivery_note_columns() -> tuple[Page, ...]:
    """A commercial offer: quantity, price, sum, a customer."""
    rows = [
        r("Коммерческое предложение № 4 от 14.03.2026"),
        r("Для: ООО «Лютик»"),
        r("Наименование", "Кол-во", "Цена", "Сумма"),
    ]
    rows += [r(f"Станок {n}", 1, 100000 + n, 100000 + n) for n in range(3)]
    return (Page(rows=rows),)


both("paper-offer", delivery_note_columns, refused=True, options={})


def people_and_sums() -> tuple[Page, ...]:
    """A bank statement."""
    rows = [r("Выписка по счету"), r("Дата", "Контрагент", "Назначение платежа", "Дебет", "Кредит")]
    rows += [r(date(2026, 3, n), f"ООО {n}", "Оплата товара", 100.0 * n, None) for n in range(1, 6)]
    return (Page(rows=rows),)


both("paper-bank", people_and_sums, refused=True)


def three_prices_one_empty() -> tuple[Page, ...]:
    """A price column that the shop left empty beside one with prices."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Код", "Наименование", "Спец. цена", "Цена")]
    return (Page(rows=[*rows, *[r(f"А-{n}", f"Плащ {n}", None, 900 + n) for n in range(4)]]),)


both("trade-empty-price-column", three_prices_one_empty, goods=4, options={})


def group_column_right() -> tuple[Page, ...]:
    """The group in a column after the name, not always filled."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Артикул", "Название", "Категория", "Цена")]
    rows += [r(f"А-{n}", f"Плащ {n}", "Плащи" if n < 5 else "Куртки", 900 + n) for n in range(8)]
    return (Page(rows=rows),)


both("trade-group-right", group_column_right, goods=8, options={}, paths={"Плащ 6": ("Куртки",)})


def decimals_as_formula_results() -> tuple[Page, ...]:
    """Thirds of a kopeck."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Название", "Цена")]
    return (Page(rows=[*rows, *[r(f"Плащ {n}", 100 / 3 * n) for n in range(1, 5)]]),)


both("trade-thirds", decimals_as_formula_results, goods=4, options={}, rows={"Плащ 1": 3333})


# --- a fourth look -------------------------------------------------------------------------------
def kinds_of_price() -> tuple[Page, ...]:
    """«Тип цен» over two kinds over their currency."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Номенклатура", "Ед. изм.", "Тип цен", None),
            r(None, None, "Базовая", "Минимальная"), r(None, None, "руб.", "руб.")]  # fmt: skip
    rows += [r(f"Насос {n}", "шт", 100 + n, 90 + n) for n in range(5)]
    return (Page(rows=rows, merged=["A2:A4", "B2:B4", "C2:D2"]),)


both(
    "trade-kinds-of-price",
    kinds_of_price,
    asks="price",
    says=("Базовая", "Минимальная"),
    options={},
)


def discounts_by_sum() -> tuple[Page, ...]:
    """Columns of discounts and of sums of the order."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Наименование", "Цена", "от 10 000", "-10%")]
    return (Page(rows=[*rows, *[r(f"Сыр {n}", 350 + n, 332 + n, 315 + n) for n in range(5)]]),)


both("trade-discounts-by-sum", discounts_by_sum, asks="price", options={})


def two_lines_a_good() -> tuple[Page, ...]:
    """A description under each good is no heading of the next."""
    rows = [r("Прайс-лист на 14.03.2026"), r("Артикул", "Наименование", "Цена")]
    for n in range(5):
        rows += [r(f"Л-{n}", f"Лампа {n}", 100 + n), r(None, f"цоколь Е{n}, тёплый свет")]
    return (Page(rows=rows),)


both("trade-two-lines", two_lines_a_good, goods=5, groups=0, options={}, paths={"Лампа 3": ()})
