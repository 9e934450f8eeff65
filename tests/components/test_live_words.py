"""What the words of the components say is read anew once somebody has edited them."""

from pathlib import Path

import pytest
import yaml

from common import published
from components import alarm, claims, detail_words, shop_words, stories

EDITS = [
    (claims.VOCABULARY, "came", "замест*", claims.came_wrong, "просил белый, замест того чёрный"),
    (alarm.VOCABULARY, "alarming", r"\bшарага\b", alarm.alarming, "ну и шарага у вас"),
    (shop_words.VOCABULARY, "сами", "куркума", shop_words.of_the_shop, "куркума какая"),
    (shop_words.VOCABULARY, "обращение", "вашество", shop_words.of_the_shop, "вашество и цена"),
    (stories.VOCABULARY, "спрашивает", "вопрошаю", stories.asks, "вопрошаю о цене"),
    (detail_words.VOCABULARY, "little", "кхм", detail_words.only_details, "кхм, иваново"),
]


@pytest.fixture(autouse=True)
def taken_back():
    """No other test reads what was published here."""
    yield
    published.publish({})


@pytest.mark.parametrize(("file", "kind", "word", "reads", "text"), EDITS)
def test_a_word_that_is_added_counts_at_once_and_no_longer_than_it_stands(
    file: Path, kind: str, word: str, reads, text: str
):
    """Without a restart; a file on the disk is looked at in the same way."""
    assert not reads(text)
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    said[kind] = [*said[kind], word]
    published.publish({published.name_of(file): yaml.safe_dump(said, allow_unicode=True)})
    assert reads(text)
    published.publish({})
    assert not reads(text)
