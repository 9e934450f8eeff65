"""Kinds of wording that lists of other shops have: sets, ranges, diminutives, names in Latin."""

import pytest

from optfm.search import PriceIndex
from tests.search.conftest import index_of

#: more rows than one thing has
_COLOURS = ("ICE", "BERRY", "MENTA", "LIME", "SAND", "ROSE")


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    names = (
        "Набор кубиков 10 шт. Цифры", "Набор мячиков 8 шт.", "Мяч прыгун красный",
        "Автокресло 9-36 кг Primo черный/синий", "Автокресло 0-18 кг Primo черный/синий",
        "Велосипед 3-х колёсный Leve", "Велосипед двухколёсный Leve",
        "Стул для кормления ЗАЙКА", "Стульчик для кормления SIESTA",
        "Card Reader Flash All in 1", "Накладка на телефон (Категория №12)",
        "Накладка на телефон (Категория № 1)", "Тел. Blackview E7 Sky Blue",
        "Карта памяти USB Flesh 32Gb", "Spinner", "Spinner Batman",
        "Ванночка 86cм Горчичный", "Ванночка 86см белый", "Велосипед JOKER 24'' Leve Pro",
        'Матрица 15,4" 1280*800', 'Матрица 14" 1280*800',
        *(f"Стульчик PEG PEREGO SIESTA {colour}" for colour in _COLOURS),
        "Самокат ROYAL BABY Shuttle", "Наушники накладные L800RGB", "Наушники вставные BW79",
        "Аккумулятор внешний 10000mA WALKER WB-410", "Аккумулятор внешний 5000mA REMAX Capsule",
        "Аккумулятор совместим с iPhone 11", "Наушники DR02 белые", "Пинцет и др.",
        "Сплав Вуда гранулы", "Стойка Wood",
    )  # fmt: skip
    return index_of(*names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("кубики", "Набор кубиков"),
        ("мячик прыгун", "Мяч прыгун"),
        ("автокресло 9-36", "9-36 кг"),
        ("автокресло primo 0-18 с синим", "0-18 кг"),
        ("трехколесный велосипед", "3-х колёсный"),
        ("стульчик зайка", "ЗАЙКА"),
        ("картридер", "Card Reader"),
        ("накладка категория 12", "№12"),
        ("blackview e7 голубой", "Sky Blue"),
        ("матрица 15 дюймов", "15,4"),
        ("матрица 14 дюймов", '14"'),
        ("юсб флешка 32 гига", "Flesh 32Gb"),
        ("спинеры какие остались", "Spinner"),
        ("ванночка 86 см горчичная", "Горчичный"),
        ("велосипед 24 дюйма", "24''"),
        ("пег перего сиеста", "PEG PEREGO SIESTA"),
        ("роял бейби", "ROYAL BABY"),
        ("наушники л800", "L800RGB"),
        ("уши бв79", "BW79"),
        ("наушники др02", "DR02"),
        ("аккумулятор вб-410", "WB-410"),
        ("аккумулятор капсул", "Capsule"),
        ("аккумулятор на 11", "iPhone 11"),
        ("сплав вуда", "Сплав Вуда"),
    ],
)
def test_what_the_list_says_its_own_way_is_found(index: PriceIndex, text: str, found: str):
    """The row that has all that is asked is an answer, and the first."""
    answer = index.search(text)
    assert answer.kind != "none" and found in answer.rows[0].row.name
