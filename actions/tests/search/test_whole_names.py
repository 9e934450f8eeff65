"""A name that is copied from the list is that row, however many others have the same words."""

import pytest

from optfm.search import PriceIndex
from optfm.search.whole_names import WholeNames
from tests.search.conftest import index_of

NAMES = (
    "Стекло задней крышки совместим с iPhone 8 белый /увеличенный вырез камеры/",
    "Стекло задней крышки совместим с iPhone 8 orig Factory белый /увеличенный вырез камеры/",
    "Защитное стекло совместим с Samsung Galaxy A34 2,5D с рамкой черное /тех.пак/",
    "Защитное стекло совместим с Samsung Galaxy A34 YOLKKI Progress 2,5D с рамкой черное /тех.пак/",
    "Мышь SMARTBUY 325AG [беспроводная, радиоканал] желт.",
    "Мышь SMARTBUY One 325AG [беспроводная, радиоканал] желт.",
    "Переходник для наушников Apple 8 pin/ lightning - mini-jack 3.5 (F)",
)


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    return index_of(*NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_name_is_its_row(index: PriceIndex, name: str) -> None:
    """Also without «совместим с», and in small letters."""
    for typed in (name, name.lower(), name.replace("совместим с ", "")):
        answer = index.search(typed)
        assert (answer.kind, answer.rows[0].row.name) == ("found", name)


def test_a_count_beside_it_is_a_count(index: PriceIndex) -> None:
    """«… желт. 3 шт»."""
    (query,) = index.parse(f"{NAMES[4]} 3 шт")
    assert (len(query.codes), query.quantity) == (1, 3)


def test_a_name_of_two_rows_and_a_short_one_are_no_code() -> None:
    """Which of them is meant, or whether it is copied at all, nobody knows."""
    names = WholeNames(["Чехол iPhone 11 синий матовый новый"] * 2 + ["Мышь 301 черн."])
    assert names.is_whole("Чехол iPhone 11 синий матовый новый") == -1
    assert names.is_whole("мышь 301 черн.") == -1
