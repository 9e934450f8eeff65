"""Raw text becomes clean text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optfm.text import morphology
from optfm.text.normalise import LONGEST, clean, one_alphabet, readings


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Чёрный   ЧЕХОЛ ", "черный чехол"),
        ("дис\u200bплей\u00a0A12", "дисплей a12"),
        ("«Soft Touch» – 13″", '"soft touch" - 13"'),
        ("ＡＢＣ１２", "abc12"),
        ("", ""),
    ],
)
def test_text_is_brought_to_one_form(typed, expected):
    """Case, ё, odd spaces, quotes, dashes and wide letters do not matter."""
    assert clean(typed) == expected


@given(st.text(max_size=2000))
def test_cleaning_is_idempotent_and_bounded(text):
    """Clean text stays as it is and is never long."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert len(cleaned) <= LONGEST


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("cиликон", "силикон"), ("а12", "a12"), ("хiaomi", "xiaomi"), ("чехол", "чехол")],
)
def test_a_word_in_two_alphabets_is_put_into_one(typed, expected):
    """Look-alike letters follow the alphabet of the word, model numbers are Latin."""
    assert one_alphabet(typed) == expected


def test_a_russian_letter_in_a_model_has_its_look_and_its_sound():
    """«с24» is C24 as it looks and S24 as it sounds."""
    assert readings("с24") == ("c24", "s24")
    assert "cr2032" in readings("кр2032")


@pytest.mark.parametrize("letters", ["\U00017000", "дисплей\U00017000", "\ue000", "\u0378", "\x01"])
def test_letters_without_a_name_are_read_like_any_unknown_word(letters):
    """Tangut, private use, unassigned: a customer may send them, the dictionary raises on them."""
    assert morphology.readings(letters)
    assert not morphology.is_somebody(letters) and not morphology.is_of(letters)
