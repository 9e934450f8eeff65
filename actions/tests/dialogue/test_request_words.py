"""Short words of a customer that the request form must not take for a question."""

import pytest

from optfm.dialogue import request_words as words
from optfm.dialogue.request_before import beside_the_wish


@pytest.mark.parametrize(
    "text",
    [
        "нет телефона только",
        "пишите лучше на вотсап",
        "мой номер",
        "вот почта",
        "это рабочий телефон",
    ],
)
def test_words_around_a_contact_ask_for_nothing(text: str):
    """What is left of a message without its phone is no subject of a request."""
    assert words.is_of_contacts(text)


@pytest.mark.parametrize("text", ["акб на 11", "почта россии доставляет?", "звоните по дисплеям"])
def test_a_subject_beside_a_contact_is_one(text: str):
    """«почта» may be the topic."""
    assert not words.is_of_contacts(text)


@pytest.mark.parametrize(
    "text", ["такую хочу", "беру", "ок беру", "хочу купить", "оформляйте", "давайте оформим"]
)
def test_who_takes_it_names_nothing(text: str):
    """The subject is what was shown before."""
    assert words.takes_it(text)
    assert beside_the_wish(text) == ""


@pytest.mark.parametrize("text", ["хочу купить дисплей", "беру чехлы оптом", "заказать акб на 11"])
def test_goods_in_the_wish_are_its_subject(text: str):
    """More than the wish is kept."""
    assert not words.takes_it(text)
    assert beside_the_wish(text) == text
