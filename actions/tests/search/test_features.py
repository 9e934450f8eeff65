"""What is known of an answer before it is weighed, each feature by a question that has it."""

import pytest

from optfm.search import PriceIndex
from optfm.search.confidence import CURVE, FEATURES
from tests.search.small_shop import index_of

GOODS = {
    "D1": ("Дисплей совместим с iPhone 11 + тачскрин черный", "Дисплеи", 1500),
    "D2": ("Дисплей совместим с iPhone Xr + тачскрин черный", "Дисплеи", 1400),
    "P1": ("Паяльник SUNSHINE SL-936 60W", "Паяльное оборудование", 550),
    "P2": ("Оловоотсос для чистки 20см", "Паяльное оборудование", 200),
    "J1": ("Щетка для очистки плат", "Материалы", 90),
    "R1": ("Кабель 3 тюльпана - 3 тюльпана", "Кабели", 90),
    "R2": ("Кабель HDMI - HDMI 5м", "Кабели", 200),
    "B1": ("Аккумулятор совместим с iPhone 11 HG 3110 mAh", "Аккумуляторы", 460),
    "S1": ("Колонка портативная BOROFONE BR4 серый", "Колонки", 750),
}


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """A few goods, each for one feature."""
    return index_of(GOODS)


def features(index: PriceIndex, text: str) -> dict[str, float]:
    """The features of the answer to a text, those that are not nought."""
    found = index.search(text).found
    assert found is not None
    return {name: value for name, value in found.features.items() if value}


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("дисплей", "one_word"),
        ("дисплэй на айфон 11", "covered"),
        ("паяльнек", "mended"),
        ("тюльпаны", "body_role"),
        ("платы", "weak_role"),
        ("тюльпаны", "no_kind"),
        ("колонка бомбезная", "unmet"),
        ("колонка и доставка", "talk"),
    ],
)
def test_a_question_has_the_feature(index, text, feature):
    """Each tells one reason to be surer or less sure."""
    assert features(index, text).get(feature)


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("дисплей на айфон 11", "no_kind"),
        ("дисплей на айфон 11", "unmet"),
        ("дисплей на айфон 11", "closeness"),
        ("паяльник", "mended"),
        ("кабель hdmi", "body_role"),
        ("колонка borofone", "weak_role"),
    ],
)
def test_a_plain_question_has_not(index, text, feature):
    """A feature that every question has would tell nothing."""
    assert not features(index, text).get(feature)


def test_every_feature_has_its_weight():
    """The curve knows each feature by name, and no other."""
    assert set(CURVE.weights) == set(FEATURES)


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("дисплей на айфон 11", "тюльпаны"),  # called so, or only having the word
        ("тюльпаны", "платы"),  # having the word, or being for it
        ("колонка портативная", "колонка бомбезная"),  # all of it, or a word short
    ],
)
def test_better_evidence_makes_surer(index, surer, less_sure):
    """The order of confidences is what a seller would say."""
    assert index.search(surer).confidence > index.search(less_sure).confidence
