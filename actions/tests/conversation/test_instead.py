"""What is said to take the place of what: «14 вместо 13»; what is larger; each colour."""

import pytest

from optfm.conversation import NotThere, Rows, Total
from optfm.conversation.instead import without_replaced
from optfm.search.live import Current
from tests.conversation.conftest import Say


def _names(turn) -> list[str]:
    return [hit.row.name for r in turn.replies if isinstance(r, Rows) for hit in r.hits]


@pytest.mark.parametrize(
    "text",
    [
        "вместо 13 давайте 14", "14 вместо 13", "а на 14 взамен 13 есть?",
        "вместо айфона 13 айфон 14", "лучше 14, вместо тринадцатого",
    ],
)  # fmt: skip
def test_a_model_takes_the_place_of_another(say: Say, text: str):
    """The number that is left is a model, as the one was that it replaces."""
    say("чехол на айфон 13")
    names = _names(say(text))
    assert names and all("iPhone 14" in name and "iPhone 13" not in name for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "14 вместо 13 на чехол", "чехол на 14 вместо чехла на 13", "вместо чехла на 13 чехол на 14",
        "чехол на 14 вместо 13 про", "чехол вместо стекла на 14",
    ],
)  # fmt: skip
def test_what_is_not_replaced_stays_asked_for(say: Say, text: str):
    """In one message: goods and model stand before «вместо», behind it, or on both sides."""
    names = _names(say(text))
    assert names and all("Чехол" in name and "iPhone 14 " in name for name in names)


@pytest.mark.parametrize("text", ["вместо микро тайпси", "тайпси вместо микро"])
def test_a_plug_takes_the_place_of_another(say: Say, text: str):
    """Of the cables that are spoken of."""
    say("кабель микро юсб")
    names = _names(say(text))
    assert names and all("USB-C" in name and "Micro" not in name for name in names)


@pytest.mark.parametrize(
    "text", ["пленка вместо стекла", "вместо стекла дайте пленку", "есть пленка заместо стекла?"]
)
def test_goods_take_the_place_of_others(say: Say, text: str):
    """In the first message, too: of what is not wanted nothing is shown."""
    names = _names(say(text))
    assert names and all("тек" not in name and "ленка" in name for name in names)


@pytest.mark.parametrize("text", ["побольше", "клей побольше", "а который побольше"])
def test_of_glue_the_larger_is_what_holds_more(say: Say, text: str):
    """Names tell no size of it, but how much is in it."""
    say("клей")
    assert _names(say(text)) == ["Клей T-7000 50мл черный"]


def test_a_word_that_is_not_there_gives_no_model_up(say: Say):
    """A colour that other models have: nothing is asked again without the model."""
    say("чехлы силикон прозрачный", "на айфон 14")
    turn = say("зеленый")
    assert all("iPhone 14 " in name for name in _names(turn))
    assert _names(turn) or any(isinstance(reply, NotThere) for reply in turn.replies)


def test_the_cheapest_is_of_the_model_that_was_asked_for(say: Say):
    """Also where one row was left of it: the list before it is of other models."""
    say("чехлы magsafe", "на 13 про")
    names = _names(say("самый дешевый"))
    assert names and all("iPhone 13 Pro " in name for name in names)


def test_so_many_of_each_are_all_colours_of_the_one_line(say: Say):
    """«по 10 каждого» after one line of several colours, and not of the list before it."""
    say("чехлы magsafe", "кабель usb-c yolkki trend 02 2м")
    (reply,) = say("по 10 штук каждого").replies
    assert isinstance(reply, Total)
    assert len(reply.lines) == 2 and {pieces for _, pieces in reply.lines} == {10}


@pytest.mark.parametrize("text", ["в количестве 20", "количество 20", "кол-во 20"])
def test_a_quantity_may_be_called_so(say: Say, text: str):
    """Of the one row that is spoken of."""
    say("клей t-7000")
    (reply,) = say(text).replies
    assert isinstance(reply, Total) and [pieces for _, pieces in reply.lines] == [20]


def test_a_long_message_is_not_read_again_at_each_word(goods: Current, monkeypatch):
    """What is taken away is a few words; a thousand behind it are no thousand questions."""
    asked = []
    parse = Current.parse
    monkeypatch.setattr(
        Current,
        "parse",
        lambda self, text, **about: asked.append(text) or parse(self, text, **about),
    )
    without_replaced("вместо " + "клея " * 1000, goods, None)
    assert 0 < len(asked) < 20
