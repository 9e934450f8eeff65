"""Part numbers and abbreviations spelt by the names of their letters."""

import pytest

from optfm.text import load_vocabulary
from optfm.text.letters_said import LettersSaid
from optfm.text.lexicon import Lexicon
from optfm.text.normalise import clean
from optfm.text.tokens import tokens

KNOWN = {"b7000", "cr2032", "bl5c", "bw29", "hg", "nfc", "aa", "aaa"}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The trade's units, for tokens."""
    return Lexicon(load_vocabulary())


@pytest.fixture(scope="module")
def letters() -> LettersSaid:
    """The trade's names of letters over a few known spellings."""
    return LettersSaid(load_vocabulary().letters, {"пять": 5}, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("text", "spelt", "taken"),
    [
        ("бэ 7000", "b7000", 2),
        ("си ар 2032", "cr2032", 3),
        ("цэ эр 2032 литий", "cr2032", 3),
        ("бэ эль пять цэ", "bl5c", 4),
        ("бэ-эль-5-цэ", "bl5c", 1),
        ("бэ вэ 29", "bw29", 3),  # «вэ» is V and W
        ("эйч джи", "hg", 2),
        ("эй эй эй", "aaa", 3),  # the longest
        ("эй 52", "", 0),
        ("эй как дела", "", 0),
        ("пять эр", "", 0),  # a model's number comes first
        ("чехол", "", 0),
    ],
)
def test_what_is_spelt_is_written(lexicon, letters, text, spelt, taken):
    """Only what the list has, and the longest of it."""
    assert letters.read(tokens(clean(text), lexicon.units), 0) == (spelt, taken)
