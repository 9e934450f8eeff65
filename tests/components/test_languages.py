"""Words of slang and of other languages, as the usual Russian ones."""

import pytest

from components.languages import in_russian


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("оплата по наличке", "оплата по наличными"),
        ("по наличке рассчитаться можно?", "по наличными рассчитаться можно?"),
        ("по наличке работаете?", "по наличными работаете?"),
        ("есть в наличке?", "есть в наличии?"),
        ("что по наличке", "что по наличии"),
    ],
)
def test_a_word_of_two_meanings_is_read_by_its_neighbours(text, meant):
    """«наличка» is cash beside paying, and stock elsewhere."""
    assert in_russian(text) == meant


@pytest.mark.parametrize("text", ["ёсць шкло", "є скло", "шыны бар"])
def test_goods_are_known_in_the_neighbours_languages(text):
    """«шкло», «скло», «шыны»: glass."""
    assert "стекло" in in_russian(text)


@pytest.mark.parametrize("text", ["зрасьте", "алё", "здарова", "салам"])
def test_greetings_are_those_of_the_search(text):
    """One list (text/vocabulary/openers.yml) serves both."""
    assert in_russian(text) == "здравствуйте"
