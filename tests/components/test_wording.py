"""Typos, layouts and codes as customers type them."""

import pytest

from components.wording import Wording

SEEN = ["сколько стоит доставка", "гарантия на дисплей", "чехол на айфон", "менеджера позови"] * 3


@pytest.fixture(scope="module")
def wording() -> Wording:
    """What a training on a few messages knows."""
    return Wording(Wording.count([*SEEN, "battery на айфон", "usb c"]))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ljcnfdrf", "доставка"),
        ("xt[jk yf fqajy", "чехол на айфон"),
        ("vtytl;th", "менеджер"),
        ("cgfcb,j!", "спасибо"),
        ("ифееукн", "battery"),
    ],
)
def test_the_wrong_layout_is_read_as_the_right_one(wording, typed, meant):
    """Keys pressed in the other layout mean the words that stand on them."""
    assert " ".join(wording.words(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("горантия", "гарантия"),
        ("дисплий", "дисплей"),
        ("дипслей", "дисплей"),
        ("доставкааааа", "доставка"),
        ("скооолько", "сколько"),
    ],
)
def test_a_misspelt_word_is_mended_to_one_customers_use(wording, typed, meant):
    """One slip, or letters held down, do not make another word."""
    assert wording.words(typed) == [meant]


@pytest.mark.parametrize("typed", ["usb c", "xr", "display", "скатерть", "a12", "ооо"])
def test_a_right_word_is_left_alone(wording, typed):
    """A word of the language, a model and an English word are no typos."""
    assert "".join(wording.words(typed)) == typed.replace(" ", "")


@pytest.mark.parametrize(
    "typed", ["УТ-00025677", "ут 00025677", "ут00025677", "фм-00012377", "00000015182"]
)
def test_a_code_of_the_price_list_is_one_word(wording, typed):
    """However a code is written, it is a code and not a number."""
    assert wording.words(f"цена {typed}") == ["цена", "код"]


@pytest.mark.parametrize("typed", ["", "   ", "😀", "!!!", "\0", "\ud800", "а" * 100_000])
def test_what_is_no_word_does_no_harm(wording, typed):
    """Anything that can be typed is read, a NUL and half an emoji included."""
    assert isinstance(wording.words(typed), list)


def test_forms_of_a_word_are_one_word(wording):
    """«чехлы», «чехлов» and «чехол» ask for the same."""
    assert len(set(wording.lemmas(["чехлы", "чехлов", "чехол"]))) == 1


def test_an_example_misspelt_many_times_is_no_word_of_its_own():
    """«даставка» of the examples is the delivery, however often they have it."""
    wording = Wording(Wording.count(["даставка почём"] * 4 + ["доставка в тулу"] * 40))
    assert wording.words("даставка") == ["доставка"]


def test_two_slips_of_a_long_word_are_mended():
    """It is the length of the word that is meant that counts, not of what is left of it."""
    wording = Wording(Wording.count(["нужна регистрация"] * 3))
    assert wording.words("регстрция") == ["регистрация"]
