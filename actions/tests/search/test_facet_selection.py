"""What is asked back when many rows fit."""

import pytest

from optfm.search import PriceIndex
from tests.search.small_shop import index_of


def _many() -> dict[str, tuple[str, str, int]]:
    goods: dict[str, tuple[str, str, int]] = {}
    for at, model in enumerate(("7", "8", "11", "12", "13")):
        for brand in ("HG", "KF"):
            code = f"A{at}{brand}"
            goods[code] = (f"Аккумулятор совместим с iPhone {model} {brand}", "Аккумуляторы", 400)
    for at, model in enumerate(("A12", "A13", "A51", "A52", "A71")):
        goods[f"S{at}"] = (f"Аккумулятор совместим с Samsung {model} HG", "Аккумуляторы", 300)
    for at, size in enumerate((8, 16, 32, 64, 128)):
        for maker in ("SmartBuy", "GoPower"):
            goods[f"F{at}{maker}"] = (f"Флешка {maker} {size}GB", "Флешки", 300 + at)
    for at, plug in enumerate(("Type-C", "Lightning", "Micro USB")):
        for length in (1, 2, 3):
            goods[f"K{at}{length}"] = (f"Кабель USB - {plug} HOCO {length}м", "Кабели", 100)
    for at, kind in enumerate(("накладка", "книжка")):
        for colour in ("красный", "синий", "белый", "зеленый", "желтый"):
            name = f"Чехол - {kind} совместим с iPhone 13 вид {colour} {at}"
            goods[f"C{at}{colour}"] = (name, "Чехлы", 100 + len(goods))
    return goods


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """Several goods with more than eight lines each."""
    return index_of(_many())


@pytest.mark.parametrize(
    ("text", "what", "label"),
    [
        ("аккумулятор", "brand", "Samsung"),
        ("аккумулятор на айфон", "model", "iPhone 11"),
        ("флешка", "value", "32 GB"),
        ("кабель", "value", "Lightning"),
        ("чехол на айфон 13", "kind", "Чехол книжка"),
    ],
)
def test_many_rows_are_split_by_what_tells_them_apart(index, text, what, label):
    """The brand, then the model; the value where goods are for no device; the kind first."""
    choice = index.search(text).choice
    assert choice is not None
    assert choice.what == what
    assert label in [option.label for option in choice.options]


@pytest.mark.parametrize("text", ["аккумулятор на айфон 11", "флешка 32", "кабель type-c"])
def test_few_rows_are_simply_shown(index, text):
    """Nobody is asked back about what fits a screen."""
    answer = index.search(text)
    assert answer.kind == "found"
    assert answer.choice is None


@pytest.mark.parametrize("text", ["аккумулятор", "аккумулятор на айфон", "флешка", "кабель"])
def test_every_option_leads_to_rows_and_to_fewer(index, text):
    """A button finds what it promised, and never all that was there before."""
    answer = index.search(text, limit=100)
    assert answer.choice is not None
    for option in answer.choice.options:
        narrower = index.find(option.query, limit=100)
        assert 0 < narrower.total < answer.total
