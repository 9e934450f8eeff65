"""Tables whose goods are told in several columns, or by the header itself, over the real list."""

import pytest

from optfm.orders import IndexGoods, Matcher
from optfm.orders.reading import of_row
from optfm.orders.tables import Cell, read_table
from optfm.search import PriceIndex


@pytest.fixture(scope="module")
def matcher(real_index: PriceIndex) -> Matcher:
    """Matches against the shop's list."""
    return Matcher(IndexGoods(real_index))


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            [
                ["Деталь", "Модель", "Качество", "Кол-во"],
                ["Аккумулятор", "iPhone 12", "HG", 2.0],
                ["Дисплей", "iPhone 11", "incell", 1.0],
            ],
            "УТ-00023056 2, УТ-00039233 1",
        ),
        (
            [
                ["Устройство", "Запчасть", "Кол"],
                ["iPhone 13", "тачскрин", 1.0],
                ["Redmi 9A", "дисплей orig factory", 3.0],
            ],
            "УТ-00037398 1, ФМ-00018581 3",
        ),
        (
            [
                ["№", "Товар", "Бренд", "Цвет", "Шт"],
                [1.0, "колонка BR19", "BOROFONE", "красный", 2.0],
                [2.0, "держатель BH74", "BOROFONE", None, 4.0],
            ],
            "УТ-00034570 2, УТ-00029662 4",
        ),
        (
            [
                ["Наименование", "Объём памяти", "Цвет", "Количество"],
                ["флешка smartbuy twist usb 2.0", "16 гб", "синий", 3.0],
            ],
            "УТ-00026113 3",
        ),
        (
            [
                ["Тип товара", "Производитель", "Артикул производителя", "Заказ"],
                ["Колонка", "BOROFONE", "BR19 красная", 1.0],
            ],
            "УТ-00034570 1",
        ),
        (
            [
                ["Код", "Наименование", "Модель", "Кол-во"],
                ["УТ-00035694", "Аккумулятор совместим с iPhone 14 HG", "iPhone 14", 2.0],
            ],
            "УТ-00035694 2",
        ),
        (
            [
                ["Аккумуляторы iPhone HG", "заказ"],
                [11.0, 4.0],
                ["12 / 12 Pro", 2.0],
                ["Клей B7000 110мл", "5"],
            ],
            "ФМ-00014777 4, УТ-00023056 2, 00000031595 5",
        ),
        (
            [
                ["Колонки borofone", "кол", None, "Держатели borofone", "кол"],
                ["BR19 красная", 2.0, None, "BH74", 3.0],
                ["BR33 черная", 1.0, None, "BH18", 1.0],
                [None, None, None, "BH21", 2.0],
            ],
            "УТ-00034570 2, УТ-00032969 1, УТ-00029662 3, УТ-00029664 1, УТ-00026091 2",
        ),
        (
            [
                ["Тачскрины iPhone", "шт"],
                ["12 mini", 3.0],
                ["АКБ iPhone HG", "шт"],
                ["14", 1.0],
            ],
            "УТ-00037396 3, УТ-00035694 1",
        ),
    ],
)
def test_goods_of_a_row_are_all_that_it_and_its_header_tell(
    rows: list[list[Cell]], lines: str, matcher: Matcher
) -> None:
    """The codes that the rows are decided for, each with its quantity."""
    found = [matcher.line(of_row(row, matcher.goods)) for row in read_table(rows, matcher.goods)]
    assert ", ".join(f"{line.code} {line.quantity}" for line in found) == lines
