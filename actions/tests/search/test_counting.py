"""Numbers of pieces, told from models and units."""

import pytest

from optfm.search.counting import CountReader
from optfm.text import load_vocabulary


@pytest.mark.parametrize(
    ("text", "count", "rest"),
    [
        ("5 акб на xr", 5, "акб на xr"),
        ("10 акб для redmi 9", 10, "акб для redmi 9"),
        ("2 азу на 18w", 2, "азу на 18w"),
        ("11 акб hg", 0, "11 акб hg"),  # of the iPhone 11
        ("айфон 5 акб на замену", 0, "айфон 5 акб на замену"),
        ("64 гб на 3.0", 0, "64 гб на 3.0"),
        ("12 про на xr", 0, "12 про на xr"),
        ("5 акб айфон 7", 5, "акб айфон 7"),
        ("10 дисплей xiaomi redmi 9", 10, "дисплей xiaomi redmi 9"),
        ("8 плюс айфон 7", 0, "8 плюс айфон 7"),
        ("акб по 2", 2, "акб"),
        ("чехлы по 50", 0, "чехлы по 50"),
    ],
)
def test_what_has_no_cases_is_counted_where_its_device_is_named_behind(
    text: str, count: int, rest: str
) -> None:
    """A number before «акб» is else a model."""
    assert CountReader(load_vocabulary()).read(text) == (count, rest)


@pytest.mark.parametrize(
    ("text", "count", "rest"),
    [
        ("и стекол 20", 20, "и стекол"),
        ("еще аккумуляторов 5", 5, "еще аккумуляторов"),
        ("мне надо чехлов черных 10 на айфон 15", 10, "мне надо чехлов черных  на айфон 15"),
        ("кабелей пятьдесят", 50, "кабелей"),
        ("возьмем дешевых двадцать", 20, "возьмем дешевых"),
        ("белых 5", 5, "белых"),
        ("на белых 10", 0, "на белых 10"),
        ("дисплеев 3 для redmi 9", 3, "дисплеев  для redmi 9"),
        ("нет дисплеев 11", 0, "нет дисплеев 11"),
        ("сколько осталось чехлов 15", 0, "сколько осталось чехлов 15"),
        ("цены дисплеев 11", 0, "цены дисплеев 11"),
        ("дисплея 11", 0, "дисплея 11"),
        ("стекла 20", 0, "стекла 20"),
        ("стекло 20", 0, "стекло 20"),
        ("кабелей 2 метра", 0, "кабелей 2 метра"),
        ("флешек 64", 0, "флешек 64"),
        ("дисплеев 11 про", 0, "дисплеев 11 про"),
        ("самсунгов а 12", 0, "самсунгов а 12"),
        ("пленок 13 pro max", 0, "пленок 13 pro max"),
    ],
)
def test_a_number_after_many_goods_is_how_many(text: str, count: int, rest: str) -> None:
    """Russian names the goods of a model in the first case or in one: only pieces are «стёкол»."""
    assert CountReader(load_vocabulary()).read(text) == (count, rest)
