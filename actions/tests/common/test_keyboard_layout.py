"""A key gives the letter that stands on it in the other layout."""

from common.keyboard_layout import to_english, to_russian


def test_a_word_typed_in_the_wrong_layout_is_turned_both_ways():
    """The same keys, both ways."""
    assert to_russian("fqajy 'rhfy") == "айфон экран"
    assert to_english("куьш") == "remi"


def test_the_key_of_yo_is_read_as_ye():
    """As everywhere in the search."""
    assert to_russian("`krf") == "елка"
    assert to_russian("{") == "х"
