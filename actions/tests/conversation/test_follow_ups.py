"""Follow-ups as people really write them, each a kind that once went wrong."""

from datetime import date

import pytest

from optfm.catalog import PriceRow
from optfm.conversation import (
    ConversationState,
    NothingCounted,
    NotThere,
    Rows,
    Total,
    WhichRow,
    take_turn,
)
from optfm.conversation.acts import Again
from optfm.search import PriceIndex
from optfm.search.live import Current
from optfm.text import load_vocabulary
from tests.conversation.conftest import Say


def _names(turn) -> list[str]:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return [hit.row.name for hit in reply.hits]


def _prices(turn) -> list[int]:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return [hit.row.price_kop // 100 for hit in reply.hits]


@pytest.mark.parametrize("text", ["не дороже 1000", "дешевле 1000", "есть подешевле 1000?"])
def test_a_bound_said_with_a_word_of_order_is_a_bound(say: Say, text: str):
    """«не дороже 1000» limits the price; it asks for no order and for no 1000 mAh."""
    say("аккумулятор на айфон 11")
    prices = _prices(say(text))
    assert prices
    assert max(prices) <= 1000


def test_a_sum_is_asked_of_nothing(say: Say):
    """«сколько всего?» before anything was counted repeats no rows and invents no sum."""
    for texts in (("сколько всего?",), ("дисплей на айфон 11", "сколько всего?")):
        (reply,) = say(*texts).replies
        assert isinstance(reply, NothingCounted)


@pytest.mark.parametrize("text", ["первые два по 5", "обе первые по 5", "первых двух по 5"])
def test_rows_from_an_end_of_the_list_are_counted_together(say: Say, text: str):
    """They are the first two of the list, however many it has."""
    (shown,) = say("сетевая зарядка borofone").replies
    assert isinstance(shown, Rows)
    assert len(shown.hits) > 2
    (reply,) = say(text).replies
    assert isinstance(reply, Total)
    assert reply.lines == tuple((hit.row, 5) for hit in shown.hits[:2])


def test_both_of_a_longer_list_are_asked_about(say: Say):
    """«оба по 3» of three rows means no two of them, and never one alone."""
    say("сетевая зарядка borofone", "второй")
    (reply,) = say("оба по 3").replies
    assert isinstance(reply, WhichRow)


def test_both_are_the_two_that_were_compared(say: Say):
    """After «чем первый от второго» «оба» are these two."""
    (shown,) = say("сетевая зарядка borofone").replies
    assert isinstance(shown, Rows)
    say("чем первый отличается от второго?")
    (reply,) = say("оба по 3").replies
    assert isinstance(reply, Total)
    assert {row.code for row, _ in reply.lines} == {hit.row.code for hit in shown.hits[:2]}


def test_the_row_in_focus_is_counted_beside_another(say: Say):
    """«его 3 и первого 2» are two lines."""
    (shown,) = say("дисплей на айфон 11").replies
    assert isinstance(shown, Rows)
    say("второй")
    (reply,) = say("его 3 и первого 2").replies
    assert isinstance(reply, Total)
    assert dict(reply.lines) == {shown.hits[1].row: 3, shown.hits[0].row: 2}


def test_a_word_not_wanted_never_takes_the_goods_away(say: Say):
    """«не банка»: batteries without those, although a bare cell is a battery, too."""
    say("аккумулятор на айфон 11")
    names = _names(say("только не банка"))
    assert names
    assert all("ккумулятор" in name and not name.startswith("Банка") for name in names)


def test_words_of_acts_are_read_in_latin_letters(say: Say):
    """«samoe deshevoe», «vtoroi», «oba po 2» where the whole message is in Latin letters."""
    say("displei iphone 11")
    prices = _prices(say("samoe deshevoe"))
    assert len(prices) == 1
    (reply,) = say("displei iphone 11", "vtoroi 3 sht").replies
    assert isinstance(reply, Total)


def test_nothing_near_is_counted_unasked(say: Say):
    """«сколько за 10?» after «на … нет, близко к этому» tells no sum of another model's row."""
    (reply,) = say("аккумулятор на айфон 14 плюс").replies
    assert isinstance(reply, NotThere)
    assert reply.answer.nearest
    turn = say("сколько будет если взять 10 штук")
    assert isinstance(turn.act, Again)
    (reply,) = turn.replies
    assert isinstance(reply, NotThere)


def test_a_quality_that_is_not_there_brings_no_other_models(say: Say):
    """A quality after a model is asked of that model only."""
    (reply,) = say("дисплей на айфон 13", "incell").replies
    assert isinstance(reply, NotThere) or all("iPhone 13" in h.row.name for h in reply.hits)


def test_a_place_and_the_row_in_focus_are_two(say: Say):
    """«первый и этот по одному» are two lines."""
    (shown,) = say("сетевая зарядка borofone").replies
    assert isinstance(shown, Rows)
    say("второй")
    (reply,) = say("первый и этот по одному").replies
    assert isinstance(reply, Total)
    assert dict(reply.lines) == {shown.hits[0].row: 1, shown.hits[1].row: 1}


def test_a_number_after_a_value_is_of_its_unit(say: Say):
    """«а на 2?» after «1 метр» asks for two metres of the same goods."""
    (first,) = say("кабель micro usb 1 метр").replies
    assert isinstance(first, Rows)
    turn = say("а на 2?")
    (reply,) = turn.replies
    query = reply.query
    assert [value.amount for value in query.values] == [2000]


def test_a_number_in_words_after_a_value_is_pieces(say: Say):
    """«давай на 20 ватт, две» counts two of what is so described."""
    say("сетевая зарядка borofone")
    (reply,) = say("тогда 20 ватт две").replies[-1:]
    assert isinstance(reply, Total | WhichRow)


def test_the_cheaper_one_is_counted(say: Say):
    """«дешевую 5 штук» of several is five of the cheapest."""
    (shown,) = say("сетевая зарядка borofone").replies
    assert isinstance(shown, Rows)
    (reply,) = say("подешевле 5 штук").replies
    assert isinstance(reply, Total)
    cheapest = min(hit.row.price_kop for hit in shown.hits)
    assert [(row.price_kop, pieces) for row, pieces in reply.lines] == [(cheapest, 5)]


def test_what_only_kin_have_is_missing_and_the_talk_goes_on(say: Say):
    """«в рамке есть?» of displays without one: no question about frames, and no lost rows."""
    shown = _names(say("дисплей samsung a12"))
    missing = say("в рамке есть?")
    assert any(isinstance(reply, NotThere) for reply in missing.replies)
    assert _names(say("сколько стоит")) == shown
    assert _names(say("матрица orig")) == shown[1:]


def test_one_piece_is_a_number_and_its_word(say: Say):
    """«1 штуку» is no model."""
    say("аккумулятор iphone 11")
    turn = say("первый, 1 штуку")
    (total,) = [reply for reply in turn.replies if isinstance(reply, Total)]
    assert [pieces for _, pieces in total.lines] == [1]


def test_a_piece_of_each(say: Say):
    """«по штуке»."""
    say("аккумулятор iphone 11")
    turn = say("первые два по штуке")
    (total,) = [reply for reply in turn.replies if isinstance(reply, Total)]
    assert [pieces for _, pieces in total.lines] == [1, 1]


def test_other_pieces_than_those_asked_about(say: Say):
    """«нет, 3» after «какой из них?» is no third row."""
    say("аккумулятор iphone 11", "2 шт")
    turn = say("нет, 3")
    (which,) = [reply for reply in turn.replies if isinstance(reply, WhichRow)]
    assert which.count == 3


def test_a_price_gives_way_to_what_is_asked_later(say: Say):
    """Told as lost, and the other limits stay."""
    say("дисплей iphone 11 до 2000")
    turn = say("orig factory")
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    assert _prices(turn) == [3250]
    assert reply.lost == ("до 2000 ₽",)


def test_a_model_instead_of_another_is_of_the_same_line(say: Say):
    """«не айфон 13 а 14» begins a talk: no bare 14 of whatever has one."""
    assert all("iPhone 14 +" in name for name in _names(say("не айфон 13 а 14 дисплей")))


@pytest.mark.parametrize(
    "text",
    [
        "тогда счёт на 8 держателей",
        "чёрных держателей 8",
        "8 штук в какую сумму",
        "восемь, 8 шт",
        "ну и скок за восемь",
    ],
)
def test_pieces_stand_beside_the_noun_of_the_row_in_focus(say: Say, text: str):
    """«держателей» of an «Автодержатель» are the same goods; a sum is asked in many words."""
    (shown,) = say("автодержатель hoco h22").replies
    assert isinstance(shown, Rows)
    (hit,) = shown.hits
    (reply,) = say(text).replies
    assert isinstance(reply, Total)
    assert reply.lines == ((hit.row, 8),)


def test_a_number_beside_a_noun_of_one_thing_is_a_model(say: Say):
    """«стекло 11» after glass for another model."""
    say("защитное стекло на айфон 12")
    assert all("11" in name for name in _names(say("а стекло 11?")))


def test_a_place_gives_way_to_a_description_of_another_row(say: Say):
    """«первый, который дороже» stays a place; «первая, литиевая на 3110» describes one row."""
    shown = _names(say("дисплей на айфон 11"))
    told = next(name for name in shown[1:] if "orig" in name)
    assert _names(say("первый, который ориг")) == [told]


@pytest.mark.parametrize("text", ["чёрный не пойдёт", "чёрный не подойдёт", "чёрный не годится"])
def test_what_will_not_do_is_not_shown(say: Say, text: str):
    """A word of fit with «не» takes the colour away; it asks about no device."""
    shown = _names(say("чехол на айфон 11"))
    left = _names(say(text))
    assert left
    assert not any("черн" in name for name in left)
    assert any("черн" in name for name in shown)


def test_a_conjunction_after_a_little_word_is_no_letter_of_a_model(say: Say):
    """«ну а 12 про?» asks for the iPhone 12 Pro, not for an A12."""
    say("дисплей на айфон 11")
    assert all("12 Pro" in name for name in _names(say("ну а 12 про?")))


def test_a_limit_is_waved_away(say: Say):
    """«бог с ней с ценой» lifts the bound that was set before."""
    whole = _names(say("дисплей на айфон 11"))
    say("до 2000")
    assert set(_names(say("бог с ней с ценой"))) >= set(whole[-1:])


@pytest.mark.parametrize("text", ["обычных 4 шт", "простой, 4 штуки", "обыкновенных 4, ориг 2"])
def test_the_plain_row_is_nothing_but_what_the_others_are_too(text: str):
    """«обычных» beside «матрица orig»: its name's words are in the other's name as well."""
    names = ("Дисплей Tecno Spark 8C черный", "Дисплей Tecno Spark 8C черный (матрица orig)")
    rows = [
        PriceRow(code=str(n), name=name, price_kop=100_00, status="", path=(), row_number=n)
        for n, name in enumerate(names, 1)
    ]
    index = PriceIndex.build(rows, load_vocabulary())
    goods = Current(index=index, list_id=1, list_date=date(2025, 9, 1), weaviate=None, meaning=None)
    shown = take_turn("tecno spark 8c дисплей", ConversationState(), goods)
    (reply,) = take_turn(text, shown.state, goods).replies
    assert isinstance(reply, Total)
    assert (reply.lines[0][0].code, reply.lines[0][1]) == ("1", 4)


def test_after_a_code_the_talk_is_about_what_the_row_is(say: Say):
    """«а на 12?» after a battery's code asks for a battery."""
    row = _rows_of(say("аккумулятор на айфон 11"))[0]
    say(row.code)
    assert all(row.name.split()[0] in name and "12" in name for name in _names(say("а на 12?")))


def _rows_of(turn) -> list[PriceRow]:
    (reply,) = [reply for reply in turn.replies if isinstance(reply, Rows)]
    return [hit.row for hit in reply.hits]
