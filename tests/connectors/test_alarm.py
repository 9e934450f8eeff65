"""Which words call a manager by themselves."""

import pytest

from connectors.managers.alarm import alarming


@pytest.mark.parametrize(
    "text",
    [
        *("верните деньги", "Где мои деньги?!", "жалоба на курьера", "вы мошенники", "тупой бот"),
        *("бот тупой", "ты совсем тупой", "вы издеваетесь?", "ужасное обслуживание", "Безобразие!"),
        *("пошёл ты", "иди нафиг", "дерьмо ваш товар", "охренели совсем", "дурак ты"),
    ],
)
def test_complaints_and_insults_are_for_a_person(text: str):
    """A bot would make it worse."""
    assert alarming(text)


@pytest.mark.parametrize(
    "text",
    [
        *("как вернуть деньги за брак", "застрахуйте груз", "чехол не хуже", "страхуете?"),
        *("колебания напряжения", "употребляет много", "хубсан", "вы не мошенники?", "бляха"),
        *("дисплей хуевей п30", "в город Дураково", "пошли на склад?", "идите в пункт выдачи"),
    ],
)
def test_ordinary_questions_stay_with_the_bot(text: str):
    """Roots of bad words stand in good ones."""
    assert not alarming(text)
