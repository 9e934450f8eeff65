"""Goods, brands, towns and numbers by class."""

from pathlib import Path

import pytest

from components.trade_words import TradeWords
from components.wording import Wording

VOCABULARY = Path(__file__).parents[2] / "actions" / "optfm" / "text" / "vocabulary"


@pytest.fixture(scope="module")
def wording() -> Wording:
    """A reader that has seen no message."""
    return Wording({})


@pytest.fixture(scope="module")
def trade(wording) -> TradeWords:
    """The vocabulary of the price search."""
    return TradeWords.from_vocabulary(VOCABULARY, lambda word: wording.lemmas([word])[0])


def shape(wording, trade, text, seen=None):
    """The shape of a message."""
    words = wording.words(text)
    return trade.shape(words, wording.lemmas(words), seen or {"на": 9, "в": 9})


def test_questions_about_goods_have_one_shape(wording, trade):
    """Another thing for another phone is the same question."""
    assert shape(wording, trade, "чехол на 13 про") == "GOODS на NUMBER LINE"
    assert shape(wording, trade, "аккумулятор на 8 плюс") == "GOODS на NUMBER LINE"


def test_a_town_is_a_town_whichever_it_is(wording, trade):
    """A town in no example is known by the dictionary."""
    assert shape(wording, trade, "в тверь") == shape(wording, trade, "в казань") == "в TOWN"


def test_a_word_of_no_example_is_marked(wording, trade):
    """What the training never met speaks for a question that is not ours."""
    assert shape(wording, trade, "борщ на плите") == "UNSEEN на UNSEEN"


def test_a_missing_vocabulary_is_said(tmp_path):
    """A training without the vocabulary fails and names the file."""
    with pytest.raises(FileNotFoundError, match="devices.yml"):
        TradeWords.from_vocabulary(tmp_path, str)
