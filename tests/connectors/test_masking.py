"""Phones and addresses are taken out of logs (connectors/masking.py)."""

import importlib.util

import pytest

from connectors.masking import masked
from connectors.settings import ROOT


def _of_the_actions():
    spec = importlib.util.spec_from_file_location("m", ROOT / "actions" / "optfm" / "masking.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.mask


@pytest.mark.parametrize(
    "text",
    [
        "8 912 345 67 89",
        "+7(912)345-67-89 и ivan.petrov@mail.example",
        "9123456789",
        "+375 29 123 45 67",
        "код УТ-00025677",
        "дисплей 12345678",
        "от 25 000 ₽",
        "18650 3500 mah",
        "",
    ],
)
def test_both_environments_mask_alike(text):
    """The two modules are one thing, written twice because neither can import the other."""
    assert masked(text) == _of_the_actions()(text)


@pytest.mark.parametrize(
    "text", ["код УТ-00025677", "дисплей 12345678", "от 25 000 ₽", "18650 3500 mah"]
)
def test_codes_and_prices_are_not_taken_for_phones(text):
    """The log still says what was asked for."""
    assert masked(text) == text
