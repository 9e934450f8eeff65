"""Several rows in one message, each with its pieces, and other things said of rows in turn."""

import pytest

from optfm.conversation import Rows, Total
from tests.conversation.conftest import Say


def _lines(turn) -> list[tuple[str, int]]:
    (reply,) = turn.replies
    assert isinstance(reply, Total)
    return [(row.name.split()[0].lower(), pieces) for row, pieces in reply.lines]


def _names(turn) -> list[str]:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return [hit.row.name for hit in reply.hits]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("аккумулятор один и стекло 3 шт", [("аккумулятор", 1), ("стекло", 3)]),
        ("стекла два, акб 4 штуки, сколько итого", [("стекло", 2), ("аккумулятор", 4)]),
        ("аккумуляторы и стекло по 5", [("аккумулятор", 5), ("стекло", 5)]),
    ],
)
def test_rows_spoken_of_are_counted_in_one_message(say: Say, text: str, lines):
    """Each part tells one of the rows that were spoken of, by what it is called."""
    say("аккумулятор на айфон 11 original", "второй", "стекло на айфон 11", "первое")
    assert _lines(say(text)) == lines


@pytest.mark.parametrize("text", ["каждой позиции по 3", "их по три", "на каждую позицию по 3"])
def test_rows_spoken_of_in_turn_are_counted_together(say: Say, text: str):
    """Each was chosen or found by itself, and none is counted yet."""
    say("аккумулятор на айфон 11 original", "второй", "стекло на айфон 11", "первое")
    assert [pieces for _, pieces in _lines(say(text))] == [3, 3]


def test_a_part_that_tells_no_row_counts_nothing(say: Say):
    """A new thing among them makes it a question, and no half of it is counted."""
    turn = say("аккумулятор на айфон 11", "первый", "аккумулятор 1 и чехол 2")
    assert not any(isinstance(reply, Total) for reply in turn.replies)


@pytest.mark.parametrize("text", ["{} не предлагай", "{} не беру", "уберите {}", "{} не нужны"])
def test_what_is_refused_in_other_words_goes(say: Say, text: str):
    """A brand that stands before or after the refusal is in no row that is shown."""
    names = _names(say("сетевая зарядка 33w"))
    word = "hoco"
    assert any(word in name.lower() for name in names)
    left = _names(say(text.format(word)))
    assert left
    assert not any(word in name.lower() for name in left)


def test_a_price_tells_a_row_and_no_pieces(say: Say, goods):
    """«которые по 28» of glass for 28 roubles."""
    shown = say("стекло на айфон 11")
    (reply,) = [reply for reply in shown.replies if isinstance(reply, Rows)]
    price = reply.hits[0].row.price_kop // 100
    told = say(f"которые по {price}")
    assert not any(isinstance(reply, Total) for reply in told.replies)


def test_a_thousand_in_words_is_a_bound(say: Say):
    """«до тысячи» without a number."""
    say("аккумулятор на айфон 11")
    (reply,) = say("до тысячи").replies
    assert isinstance(reply, Rows)
    assert all(hit.row.price_kop <= 100_000 for hit in reply.hits)
