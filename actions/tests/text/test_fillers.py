"""Small words that were mistyped (optfm/text/fillers.py)."""

import pytest

from optfm.text import load_vocabulary
from optfm.text.fillers import FillerSpeller


@pytest.fixture(scope="module")
def speller() -> FillerSpeller:
    """Over the words of the vocabulary."""
    vocabulary = load_vocabulary()
    return FillerSpeller(vocabulary.fillers | vocabulary.links)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("есь", "есть"),
        ("стот", "стоит"),
        ("подскажыте", "подскажите"),
        ("кокие", "какие"),
        ("имееца", "имеется"),
        ("здраствуйте", "здравствуйте"),
        ("интиресует", "интересует"),
        ("пажалуста", "пожалуйста"),
        ("напишыте", "напишите"),
        ("ктонибудь", "ктонибудь"),
    ],
)
def test_slip_of_a_small_word_is_known(speller: FillerSpeller, typed: str, meant: str) -> None:
    """Letters by ear, missed, doubled and glued."""
    assert speller.meant(typed)[0] == meant


@pytest.mark.parametrize("word", ["инсел", "громк", "батар", "прикур", "мобиль", "ксяоми", "тпу"])
def test_words_of_the_trade_are_no_slips_of_small_ones(speller: FillerSpeller, word: str) -> None:
    """Cut words and slips of goods are left to who knows goods."""
    assert speller.meant(word)[0] == ""
