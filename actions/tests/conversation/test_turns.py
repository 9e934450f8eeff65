"""Conversations over the demo list: what each message does, and what it leaves alone."""

import pytest

from optfm.catalog.discount import final_price_kop
from optfm.conversation import (
    Attribute,
    Cheaper,
    Comparison,
    ConversationState,
    Fit,
    NotMeant,
    NotThere,
    Rows,
    Total,
    Whether,
    WhichGoods,
    WhichRow,
    press,
)
from optfm.conversation.acts import Ask
from optfm.search import Query
from optfm.search.live import Current
from tests.conversation.conftest import Say


def _rows(turn) -> list:
    return [hit.row for reply in turn.replies if isinstance(reply, Rows) for hit in reply.hits]


def _only(turn, kind):
    (reply,) = turn.replies
    assert isinstance(reply, kind), reply
    return reply


def test_what_is_not_wanted_is_left_out(say: Say):
    """«кроме orig» after displays, and the next message does not bring it back."""
    before = _rows(say("дисплей айфон 11"))
    assert any("orig" in row.name for row in before)
    left = _rows(say("кроме orig"))
    assert left and not any("orig" in row.name.lower() for row in left)
    assert not any("orig" in row.name.lower() for row in _rows(say("подешевле")))


def test_a_fresh_question_inherits_no_limit(say: Say):
    """«до 200» was of the cases and not of the displays asked for next."""
    say("чехол белый", "до 200 рублей")
    rows = _rows(say("дисплей айфон 11"))
    assert rows and all(row.price_kop > 200_00 for row in rows)


def test_a_failed_word_poisons_nothing(say: Say):
    """After a refinement in vain the next one is of the goods before it."""
    first = _rows(say("дисплей айфон 11"))
    _only(say("фиолетовый"), NotThere)
    cheapest = min(row.price_kop for row in first)
    assert _rows(say("самый дешевый"))[0].price_kop <= cheapest


def test_a_limit_is_taken_back(say: Say):
    """«цена любая» shows what «до …» had hidden."""
    rows = _rows(say("дисплей айфон 11"))
    bound = min(row.price_kop for row in rows) // 100 + 1
    few = say(f"до {bound} рублей").replies[0].answer.total
    assert say("цена любая").replies[0].answer.total > few


@pytest.mark.parametrize("text", ["второй", "№ 2", "давайте второй", "вторую беру"])
def test_a_row_is_chosen_by_its_place(say: Say, text: str):
    """In any words around it."""
    rows = _rows(say("дисплей айфон 11"))
    assert _rows(say(text))[:1] == [rows[1]]


def test_a_row_is_chosen_by_its_price(say: Say):
    """«за 1234» is the row of that price and never so many pieces."""
    row = _rows(say("дисплей айфон 11"))[-1]
    assert _rows(say(f"за {row.price_kop // 100}"))[0].code == row.code


@pytest.mark.parametrize("text", ["второй, 5 штук", "5 шт второго", "второй 5"])
def test_pieces_of_a_row_named_by_its_place(say: Say, text: str):
    """Row and pieces in one message."""
    rows = _rows(say("дисплей айфон 11"))
    assert _only(say(text), Total).lines == ((rows[1], 5),)


def test_rows_with_a_number_each(say: Say):
    """«первого 5 и второго 3»."""
    rows = _rows(say("дисплей айфон 11"))
    total = _only(say("возьму первого 5 и второго 3, сколько будет?"), Total)
    assert total.lines == ((rows[0], 5), (rows[1], 3))


def test_a_bare_number_is_pieces_of_the_row_in_focus_and_then_other_pieces(say: Say):
    """«20», then «а 50?»."""
    row = _rows(say("дисплей айфон 11", "второй"))[0]
    assert _only(say("20"), Total).lines == ((row, 20),)
    assert _only(say("а 50?"), Total).lines == ((row, 50),)


def test_a_bare_number_answers_which_row(say: Say):
    """Asked for a row, «2» is one, with the pieces named before."""
    rows = _rows(say("дисплей айфон 11"))
    _only(say("3 штуки"), WhichRow)
    assert _only(say("2"), Total).lines == ((rows[1], 3),)


def test_two_rows_taken_in_turn_are_both(say: Say):
    """«и те и другие по 5» after two goods chosen one after the other."""
    one = _rows(say("дисплей айфон 11", "второй"))[0]
    two = _rows(say("аккумулятор айфон 11", "первый"))[0]
    assert _only(say("и те и другие по 5"), Total).lines == ((one, 5), (two, 5))


def test_several_goods_are_answered_each_and_numbered_through(say: Say):
    """The rows of the second go on after those of the first, so «четвертый» is clear."""
    turn = say("дисплей и аккумулятор на айфон 11")
    first, second = turn.replies
    assert second.first == len(first.hits) + 1
    assert turn.state.listed == tuple(row.code for row in _rows(turn))


def test_a_property_is_told_in_the_rows_own_words(say: Say):
    """The value is one that stands in the name."""
    row = _rows(say("аккумулятор айфон 11", "первый"))[0]
    ((told_of, value),) = _only(say("какая емкость?"), Attribute).told
    assert told_of == row
    assert value and value in row.name


def test_whether_a_row_has_something_is_told_by_its_name(say: Say):
    """Yes where the name has the word; else it is not said, and never a no."""
    row = next(r for r in _rows(say("дисплей айфон 11")) if "рамка" in r.name)
    say(f"за {row.price_kop // 100}")
    assert _only(say("он с рамкой?"), Whether).has
    assert _only(say("он с подсветкой?"), Whether).lacks


def test_rows_are_told_apart_by_their_names(say: Say):
    """Each with the words that the other one has not."""
    rows = _rows(say("дисплей айфон 11"))
    compared = _only(say("чем первый отличается от второго?"), Comparison).rows
    assert [row for row, _ in compared] == rows[:2]
    for row, words in compared:
        assert all(word in row.name for word in words.split())


def test_a_device_fits_only_where_the_name_says_so(say: Say):
    """Another model is left to a manager."""
    say("дисплей айфон 11", "первый")
    assert _only(say("на айфон 11 подойдет?"), Fit).fitting
    assert not _only(say("а на 8 подойдет?"), Fit).fitting


@pytest.mark.parametrize("text", ["второй", "оба по 2", "чем отличаются?", "какая емкость?"])
def test_words_about_rows_that_were_never_shown_are_asked_about(say: Say, text: str):
    """Nothing is guessed."""
    assert not _rows(say(text))


def test_a_button_finds_what_it_carries(goods: Current):
    """Pressed in any state, after a way through JSON."""
    turn = press(
        Query.from_json(goods.parse("дисплей айфон 11")[0].to_json()), 0, ConversationState(), goods
    )
    assert isinstance(turn.act, Ask)
    assert all("iPhone 11" in row.name for row in _rows(turn))


def test_a_button_of_a_row_counts_its_pieces(say: Say, goods: Current):
    """The buttons under «Какой из них?»."""
    rows = _rows(say("дисплей айфон 11"))
    query = Query(codes=(rows[1].code,), quantity=7)
    assert _only(press(query, 0, ConversationState(), goods), Total).lines == ((rows[1], 7),)


def test_nothing_is_answered_to_no_goods_at_all(say: Say):
    """An empty question asks what goods are meant."""
    _only(say("сколько стоит?"), WhichGoods)


def test_everything_that_was_counted_is_summed_up(say: Say):
    """«итого за всё» after pieces of two rows; a row counted again counts once."""
    rows = _rows(say("дисплей айфон 11"))
    say("первого 5 штук", "второй 2 шт", "а 3?")
    assert _only(say("итого сколько за всё"), Total).lines == ((rows[0], 5), (rows[1], 3))


def test_pieces_of_what_is_not_there_are_not_counted_of_another(say: Say):
    """A quality that no row states is told before any total."""
    turn = say("дисплей айфон 11 ромашка 4 шт")
    assert not any(isinstance(reply, Total) for reply in turn.replies)


def test_a_second_row_that_is_not_there_is_not_guessed(say: Say):
    """«первого 5 и второго 3» with one row in the talk counts nothing."""
    say("дисплей айфон 11", "второй")
    turn = say("возьму первого 5 и двадцатого 3")
    assert not any(isinstance(r, Total) and len(r.lines) > 1 for r in turn.replies)


@pytest.mark.parametrize(
    "text", ["дорого", "дороговато чё то", "ну и ценник конский", "чего так дорого?"]
)
def test_a_complaint_about_the_price_is_answered_by_what_costs_less(say: Say, text: str):
    """It is no wish for the dearest; the cheapest of the same goods come, and may be chosen."""
    shown = say("дисплей айфон 11")
    complained = say(text)
    [reply] = complained.replies
    assert isinstance(reply, Cheaper)
    prices = [final_price_kop(hit.row) for hit in reply.hits]
    assert prices == sorted(prices) and len(prices) <= 3
    dearest = max(final_price_kop(hit.row) for hit in shown.replies[0].hits)
    assert prices[-1] < dearest
    assert complained.state.listed == tuple(hit.row.code for hit in reply.hits)


def test_nothing_is_offered_for_less_than_the_cheapest(say: Say):
    """An honest word, and the rows stay to be taken."""
    say("дисплей айфон 11")
    cheapest = say("самый дешёвый")
    complained = say("дорого")
    assert complained.replies == (Cheaper(hits=()),)
    assert complained.state.chosen == cheapest.state.chosen


def test_what_is_the_only_one_of_its_kind_is_not_shown_as_a_cheaper_one(say: Say):
    """«есть дешевле?» over one row gets an honest no, and the row stays to be taken."""
    only = say("паяльник")
    [shown] = only.replies
    assert isinstance(shown, Rows) and len(shown.hits) == 1
    asked = say("есть дешевле?")
    assert asked.replies == (Cheaper(hits=()),)
    assert asked.state.in_focus == only.state.in_focus


@pytest.mark.parametrize("text", ["дорого, есть подешевле?", "самый дорогой", "не очень дорогой"])
def test_a_wish_for_another_price_is_no_complaint(say: Say, text: str):
    """Whatever word of the price it is said with."""
    say("дисплей айфон 11")
    assert not any(isinstance(reply, Cheaper) for reply in say(text).replies)


@pytest.mark.parametrize("text", ["это оригинал?", "ну это копия или оригинал?", "это копия?"])
def test_whether_rows_are_original_is_told_row_by_row(say: Say, text: str):
    """By what each name says of its quality."""
    shown = say("дисплей айфон 11")
    [reply] = say(text).replies
    assert isinstance(reply, Attribute) and reply.name == "качество"
    assert len(reply.told) == len(shown.state.listed)


@pytest.mark.parametrize("text", ["не то показал", "это не то", "ты не понял", "не то"])
def test_rows_that_were_not_meant_are_taken_away(say: Say, text: str):
    """With an excuse; no row of them is spoken of any more, and the goods are asked for anew."""
    say("дисплей айфон 11")
    turn = say(text)
    assert turn.replies == (NotMeant(),) and turn.state.in_focus == ()


def test_what_was_meant_instead_is_searched(say: Say):
    """«не то, мне …» tells it at once."""
    say("дисплей айфон 11")
    assert not any(isinstance(r, NotMeant) for r in say("это не то, мне акб на айфон 11").replies)
