"""What is given up when no row meets all: words with a word about it, facts never."""

import pytest

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

NAMES = {
    "D1": ("Дисплей совместим с iPhone 11 + тачскрин + рамка черный Incell", "Дисплеи iPhone"),
    "D2": ("Дисплей совместим с iPhone 11 + тачскрин черный orig Factory", "Дисплеи iPhone"),
    "D3": ("Дисплей совместим с iPhone 12 + тачскрин черный OLED", "Дисплеи iPhone"),
    "A1": ("Аккумулятор совместим с iPhone 11 HG 3110 mAh", "Аккумуляторы iPhone"),
    "A2": ("Аккумулятор совместим с iPhone 11 KF 3510 mAh", "Аккумуляторы iPhone"),
    "C1": ("Кабель USB - Type-C BOROFONE 1м белый", "Кабели"),
    "C2": ("Кабель USB - Lightning HOCO 2м черный", "Кабели"),
    "N1": ("Наушники внутриканальные BOROFONE BM61 белый", "Наушники"),
    "N2": ("Наушники накладные HOCO W1 черный", "Наушники"),
    "S1": ("Дисплей совместим с Samsung Galaxy A12 + тачскрин черный", "Дисплеи Samsung"),
}


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """A small shop of our own making."""
    rows = [
        PriceRow(
            code=code, name=name, price_kop=10_000, status="", path=(group,), row_number=number
        )
        for number, (code, (name, group)) in enumerate(NAMES.items())
    ]
    return PriceIndex.build(rows, load_vocabulary())


def codes(index: PriceIndex, text: str) -> set[str]:
    """The rows shown for a text."""
    return {row.code for hit in index.search(text).rows for row in hit.rows}


@pytest.mark.parametrize(
    ("text", "unmet", "shown"),
    [
        ("дисплей айфон 11 бомбезный", ("бомбезный",), {"D1", "D2"}),
        ("наушники с хлопушкой", ("хлопушкой",), {"N1", "N2"}),
        ("дисплей на айфон 12 инселл", ("инселл",), {"D3"}),
        ("наушники для бега", ("бега",), {"N1", "N2"}),
        ("дисплей iphone 11 с true tone", ("true", "tone"), {"D1", "D2"}),
    ],
)
def test_a_word_that_no_row_has_is_said(index, text, unmet, shown):
    """The goods that are there are shown all the same."""
    assert index.search(text).unmet == unmet
    assert codes(index, text) == shown


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("дисплей на айфон 13", "model"),
        ("аккумулятор айфон 11 9000 mah", "capacity"),
        ("кабель baseus", "brand"),
        ("кабель для baseus", "brand"),
        ("кабель type-c 5 метров", "length"),
    ],
)
def test_a_fact_that_is_not_there_is_an_honest_no(index, text, missing):
    """A model, a value, a brand: with what comes near, and queries that find it."""
    answer = index.search(text)
    assert answer.kind == "none"
    assert answer.gap is not None
    assert answer.gap.missing == missing
    assert all(index.find(near.query).kind != "none" for near in answer.gap.nearest)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("дисплей айфон 11 кроме инселл", {"D2"}),
        ("акб айфон 11 не hg", {"A2"}),
        ("дисплей айфон 11 без рамки", {"D2"}),
        ("наушники только не белые", {"N2"}),
        ("кабель не лайтнинг", {"C1"}),
    ],
)
def test_what_is_not_wanted_is_not_shown(index, text, shown):
    """By brand, quality, part, colour and connector."""
    assert codes(index, text) == shown


def test_all_there_is_not_being_wanted_is_a_no(index):
    """«кроме HG и KF»: nothing is left, and the gap says so."""
    answer = index.search("акб айфон 11 кроме hg и kf")
    assert answer.kind == "none"
    assert not answer.rows


def test_the_goods_of_a_second_noun_are_no_answer(index):
    """A sucker to take displays off is no display."""
    assert index.search("присоска для снятия дисплея").kind == "none"


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("дисплей 11 и дисплей на айфон 12", [{"D1", "D2"}, {"D3"}]),
        ("наушники, кабель", [{"N1", "N2"}, {"C1", "C2"}]),
        ("акб и дисплей на айфон 11", [{"A1", "A2"}, {"D1", "D2"}]),
        ("наушники, черные", [{"N2"}]),
        ("дисплей на айфон 11 и на 12", [{"D1", "D2"}, {"D3"}]),
    ],
)
def test_each_of_several_goods_is_answered(index, text, each):
    """Also two of one kind; a property belongs to the goods before it."""
    answers = [index.find(query) for query in index.parse(text)]
    assert [{r.code for h in a.rows for r in h.rows} for a in answers] == each


@pytest.mark.parametrize(
    "text",
    [
        "есть присоска для снятия дисплея?",
        "коробка для наушников",
        "зажим дисплея",
        "струна для отделения дисплея айфон 11",
    ],
)
def test_goods_that_only_explain_a_noun_are_no_answer(index, text):
    """What is asked for is the noun before them, and nothing is near it."""
    answer = index.search(text)
    assert (answer.kind, answer.rows, answer.nearest) == ("none", (), ())


def test_near_a_missing_model_stand_the_nearest_models_only(index):
    """Goods for any other device are no nearer than the rest of the shop."""
    answer = index.search("дисплей на айфон 13")
    assert answer.gap is not None
    near = {option.label for option in answer.gap.nearest}
    assert all(any(label in hit.row.name for label in near) for hit in answer.nearest)
    assert answer.nearest


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("наушники для самсунга", {"N1", "N2"}),
        ("кабель на самсунг", {"C1", "C2"}),
        ("наушники hoco для самсунга", {"N2"}),
    ],
)
def test_whose_phone_goods_for_any_phone_are_for_is_no_limit(index, text, shown):
    """The list has parts for that maker, and these goods name no phone."""
    assert codes(index, text) == shown


@pytest.mark.parametrize("text", ["аккумулятор для самсунга", "наушники самсунг"])
def test_a_maker_that_goods_are_of_or_for_is_a_limit(index, text):
    """Batteries are each for a phone; «наушники самсунг» may be of that make."""
    assert codes(index, text) == set()
