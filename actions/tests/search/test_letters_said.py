"""Abbreviations of the list said by the names of their letters, numbers and names with endings."""

import pytest

from optfm.search import PriceIndex
from tests.search.conftest import index_of


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    names = (
        "Аккумулятор совместим с iPhone 11 HG", "Аккумулятор совместим с iPhone 11 KF",
        "Флешка 32GB SmartBuy Twist", "Флешка 32GB SmartBuy Lara", "Паста RELIFE RL-424",
        "Аккумулятор совместим с iPhone Xs", "Термопара XC", "Чехол совместим с Infinix Hot 50i",
        "Чехол совместим с Infinix Hot 50", "Батарейка A27", "Батарейка A23",
        "Аккумулятор совместим с iPhone 4s", "Кабель 4C",
    )  # fmt: skip
    return index_of(*names)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("акб 11 аш джи", "HG"),
        ("акб 11 кей-эф", "KF"),
        ("флешки твисты", "Twist"),
        ("паста 424-я", "RL-424"),
        ("акб айфон хс", "iPhone Xs"),
        ("чехол инфиникс хот 50ай", "Hot 50i"),
        ("батарейка 27а", "A27"),
        ("frrevekznjh fqajy 4c", "iPhone 4s"),
    ],
)
def test_names_are_heard_as_they_are_spoken(index: PriceIndex, text: str, found: str):
    """What the letters make counts only where the list has it."""
    assert found in index.search(text).rows[0].row.name
