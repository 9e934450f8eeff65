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
        "запасной",
    ],
)
def test_words_around_a_contact_ask_for_nothing(text: str):
    """What is left of a message without its phone is no subject of a request."""
    assert words.beside_contacts(text) == ""


@pytest.mark.parametrize("text", ["акб на 11", "почта россии доставляет?", "звоните по дисплеям"])
def test_a_subject_beside_a_contact_is_one(text: str):
    """«почта» may be the topic."""
    assert words.beside_contacts(text) == text


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


@pytest.mark.parametrize(
    ("rest", "left"),
    [
        ("позвоните на, после шести", "после шести"),
        ("нет телефона только, акб на 11", "акб на 11"),
    ],
)
def test_what_a_caller_adds_is_kept_without_the_words_around_his_number(rest: str, left: str):
    """«позвоните на +7… после шести» leaves the hour."""
    assert words.beside_contacts(rest) == left


@pytest.mark.parametrize(
    "text", ["удалите мои данные", "отзываю согласие", "сотрите все мои контакты", "удали обо мне"]
)
def test_who_takes_his_consent_back_is_understood(text: str):
    """In the usual words."""
    assert words.withdraws(text)


@pytest.mark.parametrize("text", ["удалите данные с телефона", "согласен", "удалить аккаунт"])
def test_other_deleting_is_no_withdrawal(text: str):
    """A service question."""
    assert not words.withdraws(text)


@pytest.mark.parametrize("text", ["всё", "больше ничего", "это всё", "ничего не надо больше"])
def test_nothing_more_is_a_skip(text: str):
    """The customer has said all that he wants to say."""
    assert words.is_skip(text)


@pytest.mark.parametrize("text", ["отправляй уже", "давай отправляй", "отправить"])
def test_send_it_already_is_a_yes_to_the_summary(text: str):
    """And to the subject that is proposed."""
    assert words.is_send(text)
