"""Parts of a topic that a second question asks for (optfm/facts/aspects.yml)."""

import pytest

from optfm.facts import TOPICS, aspect
from optfm.facts.aspects import _aspects


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("faq_returns", "а на какой срок?", "10 дней"),
        ("faq_returns", "а бланк где взять?", "optfm.ru/docs"),
        ("faq_returns", "кто платит за обратную пересылку", "решает менеджер"),
        ("faq_warranty", "а на дисплеи?", "зависит от категории"),
        ("faq_delivery_cost", "и сколько дней", "транспортной компании"),
        ("faq_delivery_cost", "а курьером до двери?", "25 000 ₽"),
        ("faq_minimum_order", "а если в январе ничего не возьму?", "розничные"),
    ],
)
def test_a_second_question_gets_its_part(topic, text, holds):
    """Not the whole rule again; what the facts do not say is the manager's."""
    assert holds in (aspect(topic, text) or "")


def test_a_text_without_such_words_asks_no_part():
    """It is another question."""
    assert aspect("faq_returns", "дисплей а12") is None


def test_parts_are_of_computed_topics():
    """Only their last answer is remembered."""
    assert set(_aspects()) <= set(TOPICS)
