"""What is said in a word or two of rows just shown: a place, another model, pieces with a sigh."""

import pytest

from optfm.conversation import Comparison, Rows, Total, WhichRow
from optfm.conversation.acts import AskAttribute
from optfm.conversation.counts import pieces
from tests.conversation.conftest import Say


def _names(turn) -> list[str]:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return [hit.row.name for hit in reply.hits]


@pytest.mark.parametrize(
    ("text", "place"), [("1й", 0), ("3й", 2), ("3ий", 2), ("2ой", 1), ("2-й", 1)]
)
def test_a_place_with_its_ending(say: Say, text: str, place: int):
    """An ending tells a place, with a hyphen or without, and never a model of other goods."""
    shown = _names(say("сетевая зарядка borofone"))
    assert _names(say(text)) == [shown[place]]


@pytest.mark.parametrize("text", ["а одиннадцатый?", "ну а одиннадцатый", "и одиннадцатый"])
def test_a_conjunction_is_no_letter_of_an_ordinal(say: Say, text: str):
    """«а одиннадцатый» after an iPhone is another iPhone, and no model A11."""
    names = _names(say("дисплей на айфон 12", text))
    assert names
    assert all("iPhone 11" in name for name in names)


@pytest.mark.parametrize("text", ["второй хуже?", "первый хуже или нет", "второй лучше что ли"])
def test_worse_compares(say: Say, text: str):
    """Whoever asks whether one row is worse wants to know how they differ."""
    turn = say("дисплей на айфон 11", text)
    assert any(isinstance(reply, Comparison) for reply in turn.replies)


@pytest.mark.parametrize("text", ["эх, досада. запишите три дисплея", "пять дисплеев. вот досада"])
def test_pieces_with_what_is_said_by_the_way(say: Say, text: str):
    """A word that nobody knows, beside the goods that are counted, takes nothing away."""
    say("дисплей на айфон 11", "первый")
    (reply,) = say(text).replies
    assert isinstance(reply, Total)


def test_pieces_of_several_with_what_is_said_by_the_way(say: Say):
    """Which of them is asked, and no word is called missing."""
    (reply,) = say("дисплей на айфон 11", "два дисплея. вот досада").replies
    assert isinstance(reply, WhichRow)


def test_a_great_number_at_the_end_is_no_count():
    """«этот» beside a size or a capacity takes no thousands of pieces."""
    assert pieces("эти банки 18650") == 0
    assert pieces("этого кабеля 20") == 20
    assert pieces("возьму этого кабеля 2000") == 2000


def test_a_price_of_one_or_of_a_pack(say: Say):
    """How many are in the pack is what is asked."""
    turn = say("сетевая зарядка borofone", "первый", "это за одну или пачка?")
    assert isinstance(turn.act, AskAttribute)
    assert turn.act.name == "pack"
