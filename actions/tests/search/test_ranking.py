"""The order of rows that all answer, one reason for each pair."""

import pytest

from optfm.search import PriceIndex
from tests.search.small_shop import index_of

GOODS = {
    "G1": ("Защитное стекло задней камеры совместим с iPhone 11", "Стекла iPhone", 40),
    "G2": ("Защитное стекло совместим с iPhone 11 3D черное", "Стекла iPhone", 90),
    "G3": ("Защитное стекло совместим с iPhone Xr/11 2,5D", "Стекла iPhone", 30),
    "G4": ("Защитное стекло совместим с iPhone 12 2,5D", "Стекла iPhone", 30),
    "H1": ("Наушники вставные BOROFONE BM30 белый", "Наушники проводные", 200),
    "H2": ("Наушники вставные DENMEN DR01 белый", "Наушники проводные", 60),
    "H3": ("Набор T-WOLF TF240 [проводной, клавиатура+мышь+наушники]", "Набор", 1100),
    "S1": ("СЗУ [USB(1), 2.1A, 10W] HOCO C106 бел.", "Сетевые зарядные устройства", 120),
    "S2": ("СЗУ+кабель (lightning) [USB(1), 2A, 10W] HOCO", "Сетевые зарядные устройства", 200),
    "S3": ("СЗУ+кабель (microUSB) [USB(1), 2A, 10W] HOCO", "Сетевые зарядные устройства", 180),
    "C1": ("Чехол - накладка совместим с iPhone 13 силикон салатовый", "Чехлы", 100),
    "C2": ("Чехол - накладка совместим с iPhone 13 силикон матовый зеленый", "Чехлы", 100),
}  # fmt: skip


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """Rows that compete for the first place."""
    return index_of(GOODS)


@pytest.mark.parametrize(
    ("text", "first", "later"),
    [
        ("стекло на айфон 11", "G2", "G1"),  # the plain thing before a part of it
        ("стекло на айфон 11", "G2", "G3"),  # of that device alone before one for many
        ("наушники проводные", "H2", "H1"),  # the cheaper of two that fit alike
        ("зарядка на айфон с кабелем", "S2", "S3"),  # the device's own plug
        ("зеленый чехол на 13", "C2", "C1"),  # the colour itself before its shade
        ("наушники подороже", "H1", "H2"),  # in the order that was asked for
        ("наушники за 200 рублей", "H1", "H2"),  # near the price that was named
    ],
)
def test_what_fits_better_comes_first(index, text, first, later):
    """Both may answer, in this order."""
    shown = [row.code for hit in index.search(text, limit=20).rows for row in hit.rows]
    assert shown[0] == first
    assert later not in shown[:1]


def test_a_thing_inside_a_set_is_not_called_so(index):
    """Headphones of a set with a keyboard are none where headphones are asked for."""
    shown = [hit.row.code for hit in index.search("наушники").rows]
    assert set(shown) == {"H1", "H2"}


def test_goods_of_another_device_are_no_answer(index):
    """Rows whose device is surely another stay out, not behind."""
    shown = [row.code for hit in index.search("стекло на айфон 12").rows for row in hit.rows]
    assert shown == ["G4"]


def test_the_same_question_gives_the_same_order(index):
    """Equal rows stand in the order of price and list, not of chance."""
    once, again = (index.search("чехол на 13", limit=20) for _ in range(2))
    assert [h.row.code for h in once.rows] == [h.row.code for h in again.rows]
