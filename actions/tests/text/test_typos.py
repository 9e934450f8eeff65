"""Mistyped and misheard words find the word that was meant."""

import pytest

from optfm.text.phonetic import sound, sounds
from optfm.text.spelling import Speller, slip_cost

_WORDS = {
    "чехол": 900, "чехлы": 300, "дисплей": 400, "аккумулятор": 300, "кабель": 200, "remax": 150,
    "borofone": 250, "walker": 200, "sunshine": 30, "relife": 40, "шлейф": 150, "пленка": 40,
    "denmen": 90, "стекло": 700,
}  # fmt: skip


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(_WORDS, frozenset(w for w in _WORDS if not w.isascii()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("чехл", "чехол"),
        ("чихол", "чехол"),
        ("диспелй", "дисплей"),
        ("акумулятор", "аккумулятор"),
        ("аккамулятор", "аккумулятор"),
        ("кабил", "кабель"),
        ("шлеф", "шлейф"),
        ("борофон", "borofone"),
        ("ремакс", "remax"),
        ("ремах", "remax"),
        ("уолкер", "walker"),
        ("саншайн", "sunshine"),
        ("релайф", "relife"),
        ("дэнмэн", "denmen"),
        ("steklo", "стекло"),
        ("chehol", "чехол"),
    ],
)
def test_the_likeliest_word_comes_first(speller, typed, meant):
    """A slip of the finger or of the ear, in either alphabet."""
    assert speller.guesses(typed)[0].word == meant


@pytest.mark.parametrize("typed", ["чайник", "утюг", "привет", "anker", "jbl", "xy", "", "я"])
def test_another_word_is_not_taken_for_a_slip(speller, typed):
    """What is far from everything known stays unknown."""
    assert speller.guesses(typed) == ()


def test_a_neighbouring_key_is_likelier_than_a_far_one():
    """The letters beside on the keyboard, swapped and doubled ones cost less."""
    assert slip_cost("чехлл", "чехол") > 0
    assert slip_cost("кабнль", "кабель") < slip_cost("кабжль", "кабель")
    assert slip_cost("диспелй", "дисплей") < 1
    assert slip_cost("чехолл", "чехол") < 0.5
    assert slip_cost("чехол", "чехол") == 0


def test_a_word_sounds_the_same_in_both_alphabets():
    """The keys meet, by letters or by English reading."""
    assert sound("спарк") == sound("spark")
    assert sound("инфиникс") == sound("infinix")
    assert sound("скаут") in sounds("scout")
    assert sound("раш") in sounds("rush")
    assert sound("виолин") in sounds("violin")
    assert sound("бейби") in sounds("baby")
    assert sound("спейс") in sounds("space")
    assert sound("сайбер") in sounds("cyber")
