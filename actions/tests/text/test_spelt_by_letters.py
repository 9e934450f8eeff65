"""Part numbers and abbreviations spelt by the names of their letters."""

import pytest

from optfm.text import load_vocabulary
from optfm.text.letters_said import LettersSaid
from optfm.text.normalise import clean

KNOWN = {"b7000", "q4", "cr2032", "bl5c", "bw29", "hg", "nfc", "aa", "aaa"}


@pytest.fixture(scope="module")
def letters() -> LettersSaid:
    """The trade's names of letters over a few known spellings."""
    return LettersSaid(load_vocabulary().letters, {"пять": 5}, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("бэ 7000", "b7000"),
        ("клей бэ 7000 два", "клей b7000 два"),
        ("си ар 2032", "cr2032"),
        ("цэ эр 2032 литий", "cr2032 литий"),
        ("бэ эль пять цэ", "bl5c"),
        ("бэ-эль-5-цэ", "bl5c"),
        ("бэ вэ 29", "bw29"),  # «вэ» is V and W
        ("эйч джи, нфс и эн эф си", "hg, нфс и nfc"),
        ("мышка кью4", "мышка q4"),
        ("эр5 и бэвэ29", "эр5 и бэвэ29"),
        ("эй эй эй", "aaa"),  # the longest
        ("эй, эй", "эй, эй"),  # a sign stands between
        ("эй 52", "эй 52"),
        ("эй как дела", "эй как дела"),
        ("пять эр", "пять эр"),  # a model's number comes first
        ("чехол", "чехол"),
    ],
)
def test_what_is_spelt_is_written(letters, text, written):
    """Only what the list has, and the longest of it."""
    assert letters.written(clean(text))[0] == written
