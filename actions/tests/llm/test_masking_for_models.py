"""What leaves as marks, and what comes back."""

import pytest

from optfm.llm.privacy.delexicalise import Mask


@pytest.mark.parametrize(
    "text",
    [
        "звоните +7 (912) 345-67-89",
        "8 912 345 67 89",
        "89123456789",
        "912.345.67.89 мой",
        "почта i.ivanov+shop@mail.example",
        "карта 4111 1111 1111 1111",
        "везите на ул. Ленина, д. 5, кв. 17",
        "Ленина улица 5",
        "пр-т Мира 10к2",
        "проспект Космонавтов 3/1 офис 12",
        "Меня зовут Олег Петров",
        "Кохма, Ивановская 17",
        "дом 345 кв. 17",
        "паспорт 2408 номер 345678",
        "ИНН 370212345678",
        "р/с 40702810345612345678",
        "пишите в телегу @petrov_345 или t.me/petrov345",
    ],
)
def test_what_is_his_own_is_hidden_and_comes_back(text: str):
    """No digit or name of it is in what is sent; restored, it is the same text."""
    mask = Mask()
    hidden = mask.mask(text)
    assert "-1]" in hidden
    assert not any(
        part in hidden
        for part in ("345", "4111", "mail.example", "17", "Петров", "petrov", "3/1", "10к2")
    )
    assert mask.restore(hidden) == text


@pytest.mark.parametrize(
    "text",
    [
        "дисплей iphone 11",
        "код УТ-00025677",
        "код 00000015182",
        "от 25 000 ₽",
        "аккумулятор 3500 mah",
        "Samsung A125",
        "Дисплей Сони, Самсон и Нокия",
        "чехол роза на 13 про макс",
        "Доставка во Владимир, в Киров, из Шуи, город Иваново и Ярославль",
        "Мне нужны Стёкла Самсунг Белые по Акции",
        "ДИСПЛЕЙ НА САМСУНГ СРОЧНО",
        "роман вышел, вера в лучшее",
    ],
)
def test_goods_stay(text: str):
    """A model cannot find what it does not read."""
    assert Mask().mask(text) == text


def test_every_form_of_the_name_is_hidden():
    """The name of the form is known, so all its cases are."""
    mask = Mask(names=("Олег Сидоров",))
    assert mask.mask("Олегу от Сидорова") == "[имя-1] от [имя-2]"
    assert mask.restore("[имя-2], [имя-1]") == "Сидорова, Олегу"


def test_marks_cannot_be_forged():
    """Neither a customer nor a model brings out what another mark hides."""
    mask = Mask()
    assert mask.mask("[телефон-1] мой 8 912 345 67 89") == " мой [телефон-1]"
    assert mask.restore("[телефон-1] [телефон-2] [почта-1]") == "8 912 345 67 89  "


def test_the_same_phone_is_one_mark():
    """So that a model can tell one from two."""
    assert Mask().mask("89123456789 и 89123456789 и 89123456780") == (
        "[телефон-1] и [телефон-1] и [телефон-2]"
    )


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("это Пётр из Шуи, дисплей есть?", "это [имя-1] из Шуи, дисплей есть?"),
        ("это пётр из шуи", "это [имя-1] из шуи"),
        ("Ксения, доставка когда", "[имя-1], доставка когда"),
        ("Передайте Роману Кукушкину", "Передайте [имя-1] [имя-2]"),
        ("и Вера Ивановна просила", "и [имя-1] [имя-2] просила"),
        ("Сергей Жмыхов, опт", "[имя-1] [имя-2], опт"),
        ("ПЁТР ИВАНОВИЧ", "[имя-1] [имя-2]"),
    ],
)
def test_a_name_that_nobody_announced_is_hidden(said: str, left: str):
    """Without «зовут», in any letters; the town and the goods stay."""
    mask = Mask()
    assert mask.mask(said) == left
    assert mask.restore(left) == said
