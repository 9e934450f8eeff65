"""Words typed in the wrong keyboard layout are turned back."""

import pytest

from common.keyboard_layout import to_english, to_russian
from optfm.text.keyboard_layout import repair

_KNOWN = {"дисплей", "на", "самсунг", "айфон", "iphone", "samsung", "redmi", "note", "13", "стекло"}


def known(word: str) -> bool:
    return word in _KNOWN


def unsure(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lbcgktq yf cfvceyu", "дисплей на самсунг"),
        ("lbcgktq cfvceyu f12", "дисплей самсунг а12"),
        ("кувьш тщеу 13 стекло", "redmi note 13 стекло"),
        ("fqajy", "айфон"),
        ("дисплей iphone 13", "дисплей iphone 13"),
        ("samsung", "samsung"),
    ],
)
def test_only_what_makes_no_sense_as_typed_is_turned(typed, expected):
    """Whole questions, single words, and the short ones beside them."""
    assert repair(typed, known, unsure) == expected


def test_the_two_layouts_are_each_other_turned():
    """Turning twice gives the word back."""
    assert to_english(to_russian("redmi")) == "redmi"
