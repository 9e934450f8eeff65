"""Words as they are heard, in other letters and languages (common/hearing.py, languages.py)."""

import pytest

from common.hearing import sound
from components.wording import Wording

WORDS = Wording(
    Wording.count(
        ["сколько стоит доставка в город"] * 4
        + ["возврат товара", "телефон", "оплатить заказ", "позовите менеджера", "спасибо"] * 4
    )
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("дастафка", "доставка"),
        ("щет", "счёт".replace("ё", "е")),
        ("вазврат", "возврат"),
        ("горантия", "гарантия"),
        ("зарегестрироватся", "зарегистрироваться"),
        ("скитка", "скидка"),
        ("закас", "заказ"),
    ],
)
def test_words_that_sound_alike_have_one_key(typed, meant):
    """Unstressed vowels, voiceless neighbours, ends of words."""
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("one", "other"), [("чехол", "шлейф"), ("оплата", "опт")])
def test_other_words_have_other_keys(one, other):
    """The key tells words apart whose stressed vowels or consonants differ."""
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("skolko stoit dostavka", ["сколько", "стоит", "доставка"]),
        ("pozovite menedzhera", ["позовите", "менеджера"]),
        ("скільки коштує доставка", ["сколько", "стоит", "доставка"]),
        ("рахмет", ["спасибо"]),
        ("дастафка тилифона", ["доставка", "телефон"]),
        ("samsung galaxy", ["samsung", "galaxy"]),
    ],
)
def test_a_message_is_read_as_russian(typed, read):
    """Latin letters, neighbours' words and slips; brands stay as they are."""
    assert [word[: len(want)] for word, want in zip(WORDS.words(typed), read, strict=True)] == read
