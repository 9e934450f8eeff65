"""Goods asked for by words that people make of brands, plugs and kinds of goods."""

import pytest

from optfm.search import PriceIndex
from optfm.search.explaining import explained
from tests.search.small_shop import index_of

_CABLES, _EARS, _TOOLS = "Кабели USB", "Наушники и гарнитуры", "Расходные материалы"


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """A few of each, of our own making."""
    return index_of(
        {
            "C1": ("Кабель USB - USB-C [1m] ORLO C1 черн.", _CABLES, 100),
            "C2": ("Кабель USB - Lightning [1m] KESTREL C2 черн.", _CABLES, 120),
            "E1": ("Наушники вставные Bluetooth TWS ORLO E1 белый", _EARS, 900),
            "E2": ("Наушники внутриканальные KESTREL E2 белый", _EARS, 200),
            "L1": ("Кольцевая лампа 26см", "Освещение для фото/видео", 420),
            "T1": ("Очиститель жал паяльника TIN RL-1", _TOOLS, 150),
            "T2": ("Паяльник TIN 60W", _TOOLS, 500),
            "T3": ("Спрей-охладитель ZEPHYRO (400мл)", _TOOLS, 300),
            "N1": ("ЗУ для ноутбуков совместим с Lenovo 20V/3,25A", "Зарядные устройства", 700),
            "N2": ("ЗУ для ноутбуков совместим с Acer 19V/3,42A", "Зарядные устройства", 700),
            "F1": ("16GB USB 2.0 Flash Drive ORLO Twist синий", "Флешки", 250),
            "G1": ("Клей/герметик B7000 (50мл)", _TOOLS, 190),
            "F2": ("16GB USB 2.0 Flash Drive ORLO Glossy синий", "Флешки", 250),
        }
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("тайпсишный провод", "C1"),
        ("лайтнинговый шнур", "C2"),
        ("кестреловский кабель", "C2"),
        ("твски", "E1"),
        ("кольцевуха", "L1"),
        ("чистилка для жала", "T1"),
        ("замораживалка", "T3"),
        ("паяльнек", "T2"),
        ("леновский блок на ноут", "N1"),
        ("твисты", "F1"),
        ("твист 16", "F1"),
        ("клей бэ семь тысяч", "G1"),
    ],
)
def test_a_word_of_their_own_making_finds_goods(index, text, code):
    """Names of brands and plugs, goods and what they do, with the suffixes of the trade."""
    answer = index.search(text)
    assert answer.kind != "none"
    assert [row.code for hit in answer.rows for row in hit.rows] == [code]


def test_explain_says_what_a_word_is_made_of(index):
    """An editor sees why it is understood."""
    said = "\n".join(explained(index, index.search("твски"), 3))
    assert "производное: «твски» → «твс»" in said
