"""What is typed stays out of logs where it says who somebody is (common/masking.py)."""

import pytest

from common.masking import mask, mask_for_log


@pytest.mark.parametrize(
    "text", ["код УТ-00025677", "дисплей 12345678", "от 25 000 ₽", "18650 3500 mah"]
)
def test_codes_and_prices_are_not_taken_for_phones(text):
    """The log still says what was asked for."""
    assert mask(text) == text


@pytest.mark.parametrize(
    "text", ["ул. Садовая, д. 5, кв. 12", "проспект Мира 10/2", "улица Новая 3а", "пер. Тихий, 7"]
)
def test_where_somebody_lives_stays_out_of_the_log(text):
    """The town stays: it is what the delivery costs by."""
    assert mask_for_log(f"доставьте в Кохму, {text} завтра") == (
        "доставьте в Кохму, [адрес] завтра"
    )


@pytest.mark.parametrize(
    "text", ["перевод 5 раз", "про 11 и про 12", "диспл на 13 про макс", "пр 5"]
)
def test_models_are_not_taken_for_streets(text):
    """«про 11» is a phone."""
    assert mask_for_log(text) == text
