"""Price words, codes and colours of a question."""

import pytest

from optfm.search.codes import Codes
from optfm.search.colours import Colours
from optfm.search.money import MoneyReader
from optfm.text import load_vocabulary
from optfm.text.normalise import clean


@pytest.mark.parametrize(
    ("typed", "least", "most", "order"),
    [
        ("наушники до 500р", None, 500, ""),
        ("чехол не дороже 100 рублей", None, 100, ""),
        ("кабель дешевле 50 руб", None, 50, "cheap"),
        ("колонка от 1000 до 2000", 1000, 2000, ""),
        ("лампа до 1,5 тыс", None, 1500, ""),
        ("мышь 300-500 руб", 300, 500, ""),
        ("повербанк от 1000 рублей", 1000, None, ""),
        ("клавиатура за 700-800", 700, 800, ""),
        ("колонка между 1000 и 1500", 1000, 1500, ""),
        ("мышь в пределах 200-300", 200, 300, ""),
        ("дисплей xr за 3000 отдадите?", 2400, 3600, ""),
        ("чехлы по 100", 80, 120, ""),
        ("петличка за 300 максимум", None, 300, ""),
        ("колонка 1500 и не дороже", None, 1500, ""),
        ("чехол 80р макс", None, 80, ""),
        ("бюджет 1500-1600 максимум", None, 1600, ""),
        ("уложиться в 200", None, 200, ""),
        ("кабель дороже сотки не беру", None, 100, ""),
        ("дороже 300 мне не надо", None, 300, ""),
        ("от 300 не инселл", 300, None, ""),
        ("мышь 200 рублей и выше", 200, None, ""),
        ("павербанк 20000 максимум", None, None, ""),
        ("кабель 2 метра минимум", None, None, ""),
        ("чехол 12 макс", None, None, ""),
        ("акб 3000 mah минимум", None, None, ""),
        ("кабель за 2 дня", None, None, ""),
        ("чехлы по 100 шт", None, None, ""),
        ("самый дешевый чехол", None, None, "cheap"),
        ("самые дорогие наушники", None, None, "dear"),
        ("кабель до 2 метров", None, None, ""),
        ("зарядка от 20 вт", None, None, ""),
        ("провод от айфона", None, None, ""),
    ],
)
def test_bounds_and_order_are_read(typed, least, most, order):
    """Money is told from watts and metres."""
    price, sort, _ = MoneyReader(load_vocabulary()).read(clean(typed))
    assert (price.least, price.most, sort) == (least, most, order)


@pytest.mark.parametrize(
    "typed",
    [
        "УТ-00037193",
        "ут 37193",
        "ut-00037193",
        "сколько стоит УТ00037193?",
        "код 37193",
        "00037193",
    ],
)
def test_a_code_is_found_however_it_is_written(typed):
    """With or without zeros, dashes and «УТ»."""
    codes = Codes(["УТ-00037192", "УТ-00037193", "ФМ-00012307"])
    assert codes.read(clean(typed))[1] == [1]


def test_an_unknown_code_is_a_code_all_the_same():
    """It must not be searched for as a word."""
    codes = Codes(["УТ-00037193"])
    assert codes.read("ут-00099999")[1] == []
    assert codes.read("чехол на 13 про") is None
    assert codes.read("повербанк 20000") is None


def test_letters_of_a_code_are_the_rows_own():
    """Two goods may share a number; a code of another sort is not in the list."""
    codes = Codes(["00000025677", "ФМ-00000012", "УТ-00000012"])
    assert codes.read("ут-00025677") == ("ут-00025677", [])
    assert codes.read("00000025677") == ("00000025677", [0])
    assert codes.read("фм-00000012") == ("фм-00000012", [1])
    assert codes.read("ut 12") is None
    assert codes.read("код 00000012") == ("код 00000012", [1, 2])


def test_colours_of_a_row_leave_one_line():
    """«темно-синий 20», «бел.» and «Вид 3» are variants of one thing."""
    colours = Colours(load_vocabulary().colours)
    names = ["чехол 13 «soft» темно-синий 20 /лого/", "чехол 13 «soft» бел. /лого/"]
    taken = [colours.take_out(clean(n)) for n in names]
    assert taken[0].rest == taken[1].rest
    assert taken[0].colours == {"синий"}
    assert taken[1].colours == {"белый"}
    assert colours.of_word("серия") == ""
