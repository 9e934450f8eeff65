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
            "D1": ("Дисплей совместим с iPhone 11 + тачскрин черный GX", "Дисплеи", 1500),
            "D2": ("Дисплей совместим с iPhone 12 mini + тачскрин черный GX", "Дисплеи", 2500),
            "D3": ("Дисплей совместим с iPhone 12 + тачскрин черный orig Used", "Дисплеи", 3500),
            "U1": ("Губка универсальная 40х60х4", _SUPPLIES, 202),
            "U2": ("Шлейф HB386590ECW, совместим с Huawei/Honor", "Шлейфы", 480),
            "F1": ("Флюс-паста TIN RL-UL424", "Материалы", 294),
            "O1": ("Лампа с лупой TIN", "Микроскопы и лампы-лупы", 836),
            "N1": ("Наушники вставные ORLO N1 TWS", "Наушники", 900),
            "N2": ("Чехол для наушников ORLO", "Чехлы", 90),
            "N3": ("Чехол для телефона ORLO", "Чехлы", 90),
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
        ("дисплей 11 gx", {"D1"}),
        ("дисплей на 12 мни", {"D2"}),
        ("дисплей не айфон 12 а 11", {"D1"}),
        ("губка 40х60х4", {"U1"}),
        ("губка 40x60x4", {"U1"}),
        ("386590", {"U2"}),
        ("флюс 424", {"F1"}),
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


@pytest.mark.parametrize(
    "text",
    [
        "микроскоп",  # the other of two kinds that a group's name lists
        "штука для снятия дисплея",  # «снятие» is no «снятый»
        "hb386591ecw",  # another digit is another part
    ],
)
def test_what_is_only_near_is_no_answer(index, text):
    """The neighbour is not shown as what was asked for."""
    (query,) = index.parse(text)
    assert index.find(query).kind == "none"


def test_two_goods_joined_by_and_are_no_phrase_of_the_vocabulary(index):
    """«наушники и чехол» are two things, «чехол для наушников» is one."""
    shown = [index.find(query).rows[0].row.code for query in index.parse("наушники и чехол")]
    assert shown[0] == "N1"
    assert len(shown) == 2
    (one,) = index.parse("чехол для наушников")
    assert index.find(one).rows[0].row.code == "N2"


def test_a_quality_that_no_row_has_is_said(index):
    """However little the word counts for the order of rows."""
    (query,) = index.parse("дисплей 11 оригинал")
    assert index.find(query).unmet == ("оригинал",)
