"""Orders as shops write them: counts, several goods, sales, delivery in the same breath."""

import pytest

from optfm.catalog.discount import discount_percent
from optfm.search.counting import CountReader
from optfm.search.query import Sale
from optfm.search.sale import SaleReader
from optfm.text import load_vocabulary


@pytest.mark.parametrize(
    ("typed", "count", "rest"),
    [
        ("стекло на 13 айфон штук 20", 20, "стекло на 13 айфон"),
        ("кабель лайтнинг штук десять", 10, "кабель лайтнинг"),
        ("акб на 8 плюс 5 шт", 5, "акб на 8 плюс"),
        ("хочу заказать 10 кабелей type-c", 10, "хочу заказать кабелей type-c"),
        ("3 стекла на самсунг s23", 3, "стекла на самсунг s23"),
        ("дисплей redmi 7 штук 5 сколько", 5, "дисплей redmi 7   сколько"),
        ("айфон 5 дисплея", 0, "айфон 5 дисплея"),
        ("13 дисплей", 0, "13 дисплей"),
        ("3 метра кабеля", 0, "3 метра кабеля"),
        ("камера 13 айфона", 0, "камера 13 айфона"),
    ],
)
def test_a_count_is_told_from_a_model(typed, count, rest):
    """«штук 20» is no iPhone 20, «13 айфона» no thirteen iPhones."""
    assert CountReader(load_vocabulary()).read(typed) == (count, rest)


@pytest.mark.parametrize(
    ("typed", "sale"),
    [
        ("чехлы со скидкой 70", Sale(percent=70)),
        ("чехлы скидка 50%", Sale(percent=50)),
        ("кабели на распродаже", Sale()),
        ("стекла по акции", Sale(named="акция")),
        ("хиты", Sale(named="хит")),
        ("чехол на а70", None),
        ("аккумулятор 70%", Sale(percent=70)),
    ],
)
def test_a_sale_is_read(typed, sale):
    """What the status of a row must be."""
    assert SaleReader(load_vocabulary()).read(typed)[0] == sale


def test_goods_of_a_sale_have_its_discount(demo):
    """All of them, and nothing else is shown."""
    answer = demo.search("чехлы на распродаже", limit=1000)
    assert answer.kind != "none"
    assert all(discount_percent(hit.row.status) for hit in answer.hits)


def test_a_long_order_is_several_goods(demo):
    """Counts, politeness, delivery and the town are no goods."""
    asked = (
        "ребят здаров мне бы стекло на 13 айфон штук 20 и кабель лайтнинг штук десять, "
        "почем будет и доставка в шую есть?"
    )
    glass, cable = demo.search_all(asked)
    assert "стекло" in glass.hits[0].row.name.lower()
    assert "iPhone 13" in glass.hits[0].row.name
    assert "Lightning" in cable.hits[0].row.name
    assert "none" not in (glass.kind, cable.kind)


@pytest.mark.parametrize("asked", ["можно картой оплатить", "доставка в казань", "а возврат есть?"])
def test_a_question_about_the_shop_finds_no_goods(demo, asked):
    """«картой» is no memory card here."""
    assert demo.search(asked).kind == "none"
