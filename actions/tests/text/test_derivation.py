"""Words that the trade makes of brands, plugs and kinds of goods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optfm.text.derivation import made_of, roots, without_ending


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("леновский", "леново"),
        ("тайпсишная", "тайпси"),
        ("лайтнинговые", "лайтнинг"),
        ("поковский", "поко"),
        ("твски", "твс"),
        ("азушку", "азу"),
        ("флешуха", "флешка"),
        ("кольцевуха", "кольцевой"),
        ("беспроводнушка", "беспроводный"),
        ("чистилка", "чистить"),
        ("замораживатель", "замораживать"),
    ],
)
def test_a_made_up_word_leads_to_its_source(word, source):
    """By its suffix; which of the sources is a word is seen by who asks."""
    assert source in list(made_of(word))


def test_a_small_thing_is_of_no_adjective():
    """«паяльнек» is a slip of «паяльник» and nothing that is «паяльный»."""
    assert "паяльный" not in list(made_of("паяльнек"))


@pytest.mark.parametrize("word", ["usb", "про", "чехол"])
def test_a_word_without_a_suffix_has_no_root(word):
    """Most words: nothing is cut off them."""
    assert roots(word) == ()


@pytest.mark.parametrize(
    ("word", "name"), [("твисты", "твист"), ("инселлов", "инселл"), ("уа", ""), ("твист", "")]
)
def test_a_foreign_name_loses_its_russian_ending(word, name):
    """As far as it has one."""
    assert without_ending(word) == name


@given(st.text(max_size=40))
def test_any_text_is_taken(text):
    """No source is the empty word."""
    assert all(made_of(text))
