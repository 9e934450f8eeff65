"""Counts that are put right within a message, and counts behind the cheapest or the dearest."""

import pytest

from optfm.conversation import HowMany, Total
from tests.conversation.conftest import Say

GOODS = "дисплей на айфон 11"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("самый дешевый, две... точнее три", 3),
        ("подешевле который, две, нет, 5 штук", 5),
        ("который подешевле, два", 2),
        ("самый дорогой, 4", 4),
        ("самый дешевый - парочку", 2),
        ("дешевле какой, десять, хотя нет, восемь", 8),
    ],
)
def test_the_last_count_behind_one_of_the_rows_is_meant(say: Say, text: str, pieces: int):
    """Behind a comma or in words it is no model's number."""
    turn = say(GOODS, text)
    (reply,) = turn.replies
    assert isinstance(reply, Total)
    assert [count for _, count in turn.counted] == [pieces]


@pytest.mark.parametrize("text", ["беру пять, не шесть", "пять, а не шесть"])
def test_what_is_refused_behind_a_count_is_no_correction(say: Say, text: str):
    """«5, не 6» is five."""
    turn = say(GOODS, "самый дешевый", text)
    assert 6 not in [count for _, count in turn.counted]


@pytest.mark.parametrize("text", ["беру, только завтра", "возьму наверное", "давайте его"])
def test_who_takes_a_row_is_asked_how_many(say: Say, text: str):
    """A number that follows counts it."""
    (reply,) = say(GOODS, "второй", text).replies
    assert isinstance(reply, HowMany)
    turn = say("3")
    assert turn.counted == ((reply.row.code, 3),)


@pytest.mark.parametrize(
    ("taken", "pieces"), [("10 pcs", 10), ("візьму 5", 5), ("five pieces please", 5)]
)
def test_the_cheapest_is_taken_in_other_languages(say: Say, taken: str, pieces: int):
    """«cheapest one pls», «найдешевший»."""
    first = "найдешевший" if "візьму" in taken else "cheapest one pls"
    turn = say(GOODS, first, taken)
    assert [count for _, count in turn.counted] == [pieces]
