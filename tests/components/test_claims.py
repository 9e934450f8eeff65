"""What came wrong, told with goods and counts (components/claims.py)."""

import pytest

from components.claims import came_wrong


@pytest.mark.parametrize(
    "text",
    [
        "заказывал 10 стёкол, пришло 8",
        "просила чёрный модуль на ксяоми, приехал белый",
        "вместо тайпси прислали микро",
        "заказано 3 акб, а по факту две",
        "в накладной десять кабелей в коробке семь",
        "оплатил 20, насчитал 19",
        "взял у вас десять модулей, один не включается",
        "купили пять акб, два дохлых",
    ],
)
def test_what_came_is_set_against_what_was_ordered(text):
    """Too few, or other goods."""
    assert came_wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "заказывал у вас чехлы, пришли хорошие, нужны ещё",
        "купил дисплей на а12, есть такой же белый",
        "оплатил вчера, ничего не пришло",
        "заказал 5 акб",
        "дисплей не работает, нужны 2 шлейфа",
        "положите 8 вместо 10",
        "беру 10 стёкол и 3 дисплея",
    ],
)
def test_who_is_content_wants_or_waits_claims_nothing(text):
    """Nor does who orders."""
    assert not came_wrong(text)
