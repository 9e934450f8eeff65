"""What a customer takes back, and numbers in words that are no models."""

import pytest

from optfm.conversation import NotThere, Rows
from tests.conversation.conftest import Say


def _names(turn) -> list[str]:
    return [hit.row.name for r in turn.replies if isinstance(r, Rows) for hit in r.hits]


@pytest.mark.parametrize(
    "text", ["не 11, а 12", "ой, не на 11 а на 12", "нет, не одиннадцатый, а 12"]
)
def test_the_model_that_is_taken_back_is_not_asked_for(say: Say, text: str):
    """«не 11, а 12»: the same goods for 12 alone."""
    say("дисплей на айфон 11")
    names = _names(say(text))
    assert names and all("iPhone 12" in name and "iPhone 11" not in name for name in names)


@pytest.mark.parametrize("text", ["первый раз у вас", "второй день жду ответа"])
def test_a_time_is_no_place_of_a_row(say: Say, text: str):
    """Nothing is chosen by «первый раз»."""
    shown = _names(say("дисплей на айфон 11"))
    assert _names(say(text)) in ([], shown)


def test_goods_named_by_a_word_of_other_rows_are_missing(say: Say):
    """«корпус на 11» after batteries is a case that is not sold, and no battery."""
    say("акум на айфон 11")
    (reply,) = say("корпус на айфон 11 есть?").replies
    assert isinstance(reply, NotThere)


@pytest.mark.parametrize("text", ["до двухсот", "дешевле двухсот рублей", "до 200"])
def test_hundreds_in_words_bound_a_price(say: Say, text: str):
    """«до двухсот» of the goods in focus."""
    say("чехол белый")
    turn = say(text)
    rows = [hit.row for r in turn.replies if isinstance(r, Rows) for hit in r.hits]
    assert rows and all(row.price_kop <= 200_00 for row in rows)
