"""What is said after an honest no: it is of what was asked last, or the bot asks."""

import pytest

from optfm.conversation import NotThere, Rows, Total, WhichGoods
from optfm.conversation.acts import Choose
from tests.conversation.conftest import Say

_FOLLOW_UPS = (
    "какая матрица?",
    "а подешевле?",
    "сколько стоит?",
    "самый дешевый",
    "ещё",
    "а белый?",
)


@pytest.mark.parametrize("text", _FOLLOW_UPS)
def test_of_a_model_that_is_missing_the_no_is_said_again(say: Say, text: str):
    """The rows shown before it are for another model."""
    say("дисплей на айфон 11", "а на pixel 9?")
    (reply,) = say(text).replies
    assert isinstance(reply, NotThere)


def test_the_no_is_said_as_often_as_it_is_asked(say: Say):
    """One follow-up does not bring the rows of before back to the next."""
    say("дисплей на айфон 11", "а на pixel 9?", "какая матрица?")
    (reply,) = say("а подешевле?").replies
    assert isinstance(reply, NotThere)


@pytest.mark.parametrize("text", ["какая матрица?", "а подешевле?", "сколько стоит?", "5 штук"])
def test_of_goods_that_are_not_sold_nothing_is_said_of_others(say: Say, text: str):
    """Where nothing comes near, the bot asks which goods are meant."""
    say("дисплей на айфон 11", "а холодильник есть?")
    (reply,) = say(text).replies
    assert isinstance(reply, WhichGoods)


def test_rows_shown_before_a_no_are_chosen_by_their_places(say: Say):
    """They are still on the customer's screen."""
    (shown,) = say("дисплей на айфон 11").replies
    assert isinstance(shown, Rows)
    say("а холодильник есть?")
    (reply,) = say("второй, 2 штуки").replies
    assert isinstance(reply, Total)
    assert reply.lines == ((shown.hits[1].row, 2),)


def test_another_model_after_a_no_is_of_the_same_goods(say: Say):
    """«а на 12» after «а на pixel 9?»: displays."""
    say("дисплей на айфон 11", "а на pixel 9?")
    (reply,) = say("а на айфон 12").replies
    assert isinstance(reply, Rows)
    assert all("Дисплей" in hit.row.name for hit in reply.hits)


def test_a_word_that_no_row_has_is_said_once(say: Say):
    """«с зюзюкой» is no limit of what is asked next."""
    (first,) = say("чехол с зюзюкой на айфон 11").replies
    (second,) = say("а на айфон 12").replies
    assert isinstance(first, Rows) and first.answer.unmet
    assert isinstance(second, Rows) and not second.answer.unmet


def test_the_talk_goes_back_to_a_row_spoken_of_before(say: Say):
    """«вернись к первому дисплею» after batteries: the display, and no model of the number 1."""
    (display,) = say("дисплей на айфон 11", "возьму первый").replies
    turn = say("акум на айфон 11", "вернись к первому дисплею")
    assert isinstance(turn.act, Choose) and isinstance(display, Rows)
    (reply,) = turn.replies
    assert isinstance(reply, Rows) and reply.hits[0].row == display.hits[0].row


@pytest.mark.parametrize("text", ["ytn, vyt yf 12", "не, мне на 12", "нет, нужин на 12"])
def test_words_of_acts_are_read_as_they_were_meant(say: Say, text: str):
    """In the wrong layout and with a slip: the same goods for another model."""
    say("акум на айфон 11")
    (reply,) = say(text).replies
    assert isinstance(reply, Rows)
    assert all("iPhone 12" in hit.row.name for hit in reply.hits)
