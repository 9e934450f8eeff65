"""Quantities are read in any spelling."""

import pytest

from optfm.text.normalise import clean
from optfm.text.units import Quantity


@pytest.mark.parametrize(
    ("typed", "dimension", "values"),
    [
        ("повербанк 20000 мач", "capacity", [20000]),
        ("аккумулятор 20 000 mAh", "capacity", [20000]),
        ("аккумулятор 1,5 ач", "capacity", [1500]),
        ("кабель 2 метра", "length", [2000]),
        ("кабель 2м", "length", [2000]),
        ("лампа 26см", "length", [260]),
        ("Ремешок (38/40/41 мм)", "length", [38, 40, 41]),
        ("зарядка 20вт", "power", [20]),
        ("блок 22.5W", "power", [22.5]),
        ("флешка 128 гигов", "memory", [128]),
        ("диск 1 тб", "memory", [1000]),
        ('матрица 15,4"', "size", [15.4]),
        ("стекло 3D", "layers", [3]),
        ("припой 40 грамм", "weight", [40]),
        ("сплав (50г)", "weight", [50]),
        ("клей 10cc", "volume", [10]),
        ("Флюс-гель NC-559 100g", "weight", [100]),
        ("кабель type-c 3а", "current", [3]),
        ("Адаптер питания [2A, штекер]", "current", [2]),
        ("ЗУ для ноутбуков 4,74A", "current", [4.74]),
        ("лампа 5 ампер", "current", [5]),
    ],
)
def test_a_quantity_is_one_value_in_one_unit(lexicon, typed, dimension, values):
    """The value in the main unit of its dimension."""
    found = [q for _, _, quantities in lexicon.units.read(clean(typed)) for q in quantities]
    assert found == [Quantity(dimension, value) for value in values]


@pytest.mark.parametrize(
    "typed",
    [
        "redmi 9a",
        "sm-a125f",
        "iphone 12 mini",
        'айфон 15 "soft"',
        "5g",
        "a13 4г",
        "зарядка редми 9а",
        "кабель honor 7a",
        "стекло 10а",
    ],
)
def test_a_model_is_no_quantity(lexicon, typed):
    """Letters of a model number are no units."""
    assert lexicon.units.read(clean(typed)) == []


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity("capacity", 3500), "3500 mAh"),
        (Quantity("length", 2000), "2 м"),
        (Quantity("length", 42), "42 мм"),
        (Quantity("memory", 1000), "1 TB"),
        (Quantity("size", 6.1), '6,1"'),
    ],
)
def test_a_quantity_is_said_as_people_say_it(lexicon, quantity, expected):
    """Metres for cables, millimetres for straps."""
    assert lexicon.units.spoken(quantity) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("на 8ку", "на 8"),
        ("12-й про", "12 про"),
        ("13-ый", "13"),
        ("11й хг", "11 хг"),
        ("10шку", "10"),
        ("hot 12i", "hot 12i"),
        ("usb-c", "usb-c"),
        ("2-е стекло", "2 стекло"),
    ],
)
def test_a_number_with_the_ending_of_a_word_is_a_number(lexicon, text, said):
    """«8ку» is an 8; what is a model of its own («12i») stays."""
    assert lexicon.units.said(text) == said
