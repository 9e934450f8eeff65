"""Numbers of several words, in digits."""

import pytest

from optfm.text import load_vocabulary
from optfm.text.numerals import Numerals


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("зарядка шестьдесят пять ватт", "зарядка 65 ватт"),
        ("батарейки триста двенадцать", "батарейки 312"),
        ("сто двадцать восемь гиг", "128 гиг"),
        ("а пятьдесят два", "а 52"),
        ("наушники не больше полутора тысяч", "наушники не больше 1500"),
        ("полторы тыщи", "1500"),
        ("кабель полтора метра", "кабель полтора метра"),
        ("пять чехлов", "пять чехлов"),
        ("две три штуки", "две три штуки"),
        ("пять двадцать", "пять двадцать"),
        ("тридцатый пять", "тридцатый пять"),
    ],
)
def test_a_number_of_several_words_is_one_number(said: str, digits: str) -> None:
    """One word alone may be a model or pieces, and stays a word."""
    numerals = load_vocabulary().limits.numerals
    words = {word: number for number, forms in numerals.items() for word in forms}
    assert Numerals(words).in_digits(said) == digits
