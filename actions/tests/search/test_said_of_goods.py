"""What tells goods of one kind apart is asked for in many ways and found."""

import pytest

from optfm.search import PriceIndex
from tests.search.small_shop import index_of

_CAR, _MAINS = "Автомобильные зарядные устройства", "Сетевые зарядные устройства"
_HOLDERS = "Держатели автомобильные"
_CELLS, _SUPPLIES = "Аккумуляторные батарейки", "Расходные материалы"


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """Chargers, consumables and holders of our own making."""
    return index_of(
        {
            "A1": ("АЗУ [USB(2), 12W] ORLO A1 черн.", _CAR, 100),
            "A2": ("АЗУ [USB(1), USB-C(1), 30W] ORLO A2 черн.", _CAR, 200),
            "A3": ("АЗУ [USB-C(2), 45W] ORLO A3 черн.", _CAR, 300),
            "A4": ("АЗУ [USB(3), 20W] ORLO A4 черн.", _CAR, 400),
            "A5": ("АЗУ [USB(1), 18W, QC 3.0] ORLO A5 черн.", _CAR, 210),
            "C1": ("СЗУ [USB-C(1), 20W] ORLO C1 бел.", _MAINS, 150),
            "C2": ("СЗУ+кабель (USB-C) [USB-C(1), 20W] ORLO C1 бел.", _MAINS, 190),
            "S1": ("Припой-катушка TIN 0,3mm (25г)", "Материалы", 80),
            "S2": ("Припой-катушка TIN 0,3mm (40г)", "Материалы", 160),
            "K1": ("Клей GLU-7 5cc черный", _SUPPLIES, 155),
            "K2": ("Клей GLU-7 30cc черный", _SUPPLIES, 560),
            "W1": ("Чистящие салфетки антистатические LENT (150шт)", _SUPPLIES, 210),
            "W2": ("Чистящие салфетки антистатичсекие LENT (400шт)", _SUPPLIES, 520),
            "W3": ("Салфетки для стекол (набор)", "Вспомогательные материалы", 11),
            "B1": ("Элемент питания CR2032 литиевый LENT (блистер/1шт)", "Батарейки", 20),
            "B5": ("Элемент питания CR2032 литиевый LENT (блистер/5шт)", "Батарейки", 60),
            "T1": ("Жало для паяльника TIN 900M-K (плоское)", "Материалы", 218),
            "T2": ("Жало для паяльника TIN 900M-I (прямое)", "Материалы", 332),
            "L1": ("Аккумулятор LENT 18650 2500mAh без защиты (блистер/1шт)", _CELLS, 327),
            "L2": ("Аккумулятор LENT 18650 3000mAh без защиты (блистер/1шт)", _CELLS, 380),
            "L3": ("Аккумулятор LENT 18650 2500mAh с защитой (блистер/1шт)", _CELLS, 420),
            "H1": ("Автодержатель на дефлектор (зажим) ORLO H1 черный", _HOLDERS, 140),
            "H2": ("Автодержатель на панель (зажим) ORLO H2 черный", _HOLDERS, 190),
            "M1": ("Аккумулятор EB-BA515ABY, совместим с Samsung High Quality", _CELLS, 448),
            "M2": ("Аккумулятор EB-BA125ABY, совместим с Samsung High Quality", _CELLS, 438),
            "M3": ("Дисплей совместим с Samsung SM-A515F/Galaxy A51 OLED", "Дисплеи", 3000),
            "G1": (
                "Стекло задней крышки совместим с iPhone 15 белый литое /стекло камеры, MagSafe/",
                "Крышки",
                900,
            ),
            "G2": ("Защитное стекло задней камеры совместим с iPhone 15", "Стекла", 43),
            "P1": ("Спрей-пылеудалитель ZEPHYRO для продувки (400мл)", _SUPPLIES, 252),
            "P2": ("Бензин-растворитель (0,5л)", _SUPPLIES, 160),
            "P3": ("Бензин-растворитель (1л)", _SUPPLIES, 317),
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("зарядка в машину с двумя type-c", {"A3"}),
        ("азу на 3 usb", {"A4"}),
        ("автозарядка 2 юсб", {"A1"}),
        ("сзу 20 ватт без кабеля", {"C1"}),
        ("припой 0,3 40 грамм", {"S2"}),
        ("клей черный 5 кубиков", {"K1"}),
        ("растворитель 0.5", {"P2"}),
        ("cr2032 блистер 5", {"B5"}),
        ("cr2032 в упаковке по 5 шт", {"B5"}),
        ("салфетки антистатик", {"W1", "W2"}),
        ("жало плоское", {"T1"}),
        ("18650 без защиты 2500", {"L1"}),
        ("держатель в решетку обдува", {"H1"}),
        ("быстрая зарядка в машину", {"A5"}),
        ("азу с быстрой зарядкой", {"A5"}),
        ("такая штука чтоб телефон держать в машине на дефлектор", {"H1"}),
        ("аккумулятор a515f", {"M1"}),
        ("дисплей a515f", {"M3"}),
    ],
)
def test_only_rows_that_have_it_are_shown(index, text, shown):
    """Sockets, grams, pieces in a pack, another form of the word, an adjective, a maker's code."""
    answer = index.search(text)
    assert answer.kind != "none"
    assert {row.code for hit in answer.rows for row in hit.rows} == shown


def test_a_pack_of_as_many_as_are_asked_for_comes_first(index):
    """«400 шт» may be how many are wanted, and the pack of 400 is what to show first."""
    answer = index.search("салфетки антистатик 400 шт")
    assert (answer.rows[0].row.code, answer.query.quantity) == ("W2", 400)


def test_a_name_that_one_thing_has_is_enough(index):
    """Nothing says what it is, and there is one such thing."""
    answer = index.search("зефиро")
    assert [hit.row.code for hit in answer.rows] == ["P1"]


def test_the_thing_comes_before_another_that_it_comes_with(index):
    """«/стекло камеры, MagSafe/» at the end of a name lists what lies beside the thing."""
    answer = index.search("стекло камеры 15")
    assert answer.rows[0].row.code == "G2"
