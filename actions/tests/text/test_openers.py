"""How messages begin: one list for the search and for orders (text/vocabulary/openers.yml)."""

import pytest

from common import published
from optfm.orders.words import order_words
from optfm.text.openers import FILE, mistyped_greeting, openers
from optfm.text.vocabulary.loading import load


@pytest.mark.parametrize("word", ["зрасьте", "ребят", "слушайте", "ало", "пробейте"])
def test_an_opener_searches_for_nothing_and_is_taken_off_an_order(word):
    """Both rooms read the same list."""
    assert word in openers().all
    assert word in load().fillers
    assert order_words().openers.match(f"{word} дисплей 11")


@pytest.mark.parametrize(
    ("word", "greets"),
    [
        ("здравтсвуйте", True),
        ("приветсвую", True),
        ("зравствуйте", True),
        ("хонор", False),
        ("силикон", False),
        ("ксиоми", False),
    ],
)
def test_a_mistyped_greeting_is_one(word, greets):
    """A name of goods is none."""
    assert mistyped_greeting(word) is greets


def test_an_opener_that_staff_publish_counts_for_orders_at_once():
    """As it does for the search, without a restart."""
    text = FILE.read_text(encoding="utf-8").replace("обращения: [", "обращения: [пупсики, ")
    assert not order_words().openers.match("пупсики дисплей 11")
    with published.tried({published.name_of(FILE): text}):
        assert order_words().openers.match("пупсики дисплей 11")
