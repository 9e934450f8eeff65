"""Phones and addresses are taken out of logs (connectors/masking.py)."""

import importlib.util

import pytest

from connectors.masking import masked, masked_for_log
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
        "80291234567 и 4276 0000 0000 0000",
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


@pytest.mark.parametrize(
    "text", ["ул. Садовая, д. 5, кв. 12", "проспект Мира 10/2", "улица Новая 3а", "пер. Тихий, 7"]
)
def test_where_somebody_lives_stays_out_of_the_log(text):
    """The town stays: it is what the delivery costs by."""
    assert masked_for_log(f"доставьте в Кохму, {text} завтра") == (
        "доставьте в Кохму, [адрес] завтра"
    )


@pytest.mark.parametrize(
    "text", ["перевод 5 раз", "про 11 и про 12", "диспл на 13 про макс", "пр 5"]
)
def test_models_are_not_taken_for_streets(text):
    """«про 11» is a phone."""
    assert masked_for_log(text) == text
