"""Goods named beside something else: in a story, in an order's line."""

import json

import pytest

from optfm.conversation import ConversationState, Rows, Total, Turn, WhichGoods, naming, take_turn
from optfm.search.live import Current

STORY = "акб на айфон 11 сдох за месяц, это гарантия?"


def _after(text: str, goods: Current) -> ConversationState | None:
    state = naming(text, ConversationState(), goods)
    return state and ConversationState.from_slot(json.loads(json.dumps(state.as_slot())))


def _said(story: str, text: str, goods: Current) -> Turn:
    state = _after(story, goods)
    assert state is not None
    return take_turn(text, state, goods)


@pytest.mark.parametrize("text", ["а новый почём?", "сколько он стоит", "сколько стоит"])
def test_what_a_story_named_is_asked_of_next(goods: Current, text: str):
    """It has no rows shown, and these are shown."""
    (reply,) = _said(STORY, text, goods).replies
    assert isinstance(reply, Rows)
    assert all("Аккумулятор" in hit.row.name and "11" in hit.row.name for hit in reply.hits)


def test_of_several_rows_none_is_counted_unseen(goods: Current):
    """They are shown first; the pieces wait for the choice."""
    turn = _said("пришёл дисплей на айфон 11 с полосой, куда сдать", "беру два", goods)
    (reply,) = turn.replies
    assert isinstance(reply, Rows) and len(reply.hits) > 1
    (total,) = take_turn("второй", turn.state, goods).replies
    assert isinstance(total, Total) and [count for _, count in total.lines] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "на чехлы есть гарантия?",
        "сколько доставка в Тулу?",
        "дисплей на айфон 11 и акб на айфон 12 пришли битые",
        "брал дисплей на pixel 9, не работает",
    ],
)
def test_what_names_no_goods_of_the_list_for_one_model_is_forgotten(goods: Current, text: str):
    """No kind alone, no two goods, nothing that is not sold."""
    assert _after(text, goods) is None


def test_a_message_about_nothing_keeps_what_was_named(goods: Current):
    """«второй цех» is nothing of the rows; the price may be asked next."""
    turn = _said(STORY, "ммм", goods)
    assert isinstance(turn.replies[0], WhichGoods) and turn.state.unseen
