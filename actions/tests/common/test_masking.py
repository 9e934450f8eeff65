"""Personal data does not stay in texts that are kept for other purposes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.masking import mask, replace_emails


@pytest.mark.parametrize(
    "text",
    [
        "+7 910 000-00-00",
        "89100000000",
        "8 (910) 000 00 00",
        "8-910-000-00-00",
        "910 000 00 00",
        "+375 29 000 00 00",
        "+77010000000",
        "8 029 000-00-00",
    ],
)
def test_a_phone_is_masked_however_it_is_written(text: str):
    """No digit of the number stays."""
    assert mask(f"дисплей а12, звоните {text} спасибо") == (
        "дисплей а12, звоните [телефон] спасибо"
    )


def test_a_bank_card_is_masked():
    """In groups or in one piece."""
    assert mask("карта 2200 0000 0000 0000 и 4276000000000000") == "карта [карта] и [карта]"


def test_an_address_is_masked():
    """The words around it stay."""
    assert mask("пишите на a.b-c@mail.example.com по а12") == "пишите на [почта] по а12"


@pytest.mark.parametrize(
    "text",
    ["УТ-00025677", "00000015182", "18650 3500 mah", "акб 5000", "до 1000 руб", "iphone 11 12 13"],
)
def test_what_is_asked_about_goods_stays(text: str):
    """Codes, capacities and model numbers are not phones."""
    assert mask(text) == text


@given(st.text())
def test_any_text_can_be_masked(text: str):
    """Masking never fails, and masking twice changes nothing more."""
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="ab.@+- я_", max_size=30))
def test_each_address_is_replaced_as_if_it_was_looked_for_from_every_letter(text: str):
    """However its letters stand beside each other."""
    address = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
    assert replace_emails(text, lambda found: f"<{found}>") == address.sub(r"<\g<0>>", text)


@pytest.mark.parametrize("text", ["я" * 100_000, "a." * 50_000, "." * 100_000])
def test_a_long_text_without_an_address_stays(text: str):
    """Looked for from every letter, one took half a minute."""
    assert mask(text) == text
