"""Many words for one thing become one lexeme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optfm.text.morphology import plain_words, stem
from optfm.text.normalise import clean
from optfm.text.tokens import tokens


@pytest.mark.parametrize(
    "texts",
    [
        ("акб", "аккум", "батареи", "аккумуляторов"),
        ("power bank", "пауэр банк", "внешний аккумулятор", "аккумулятор внешний", "внешнего акб"),
        ("type-c", "тайпси", "USB-C", "тайп си", "Type-С"),
        ("lightning", "лайтнинг", "8pin", "8-pin"),
        ("азу", "зарядка для авто", "автомобильная зарядка", "зарядка в прикуриватель"),
        ("apple watch", "эпл вотч", "часы apple"),
        ("чехлы", "чехлов", "чехол", "чехлам"),
        ("держатель сим", "сим лоток", "лоток для симки"),
    ],
)
def test_ways_to_say_one_thing_meet(lexicon, texts):
    """Forms, slang, order and alphabets give the same lexemes."""
    assert len({tuple(sorted(lexicon.lexemes(text))) for text in texts}) == 1


@pytest.mark.parametrize("name", ["поко", "хот", "нова"])
def test_a_line_of_devices_is_no_filler(lexicon, name):
    """Though «хотеть» and «новый» have its stem."""
    [token] = tokens(name, lexicon.units)
    assert not lexicon.is_filler(token)


def test_a_word_in_two_senses_is_kept_apart(lexicon):
    """A protective glass is not a back cover, a cable is not a charger."""
    assert lexicon.lexemes("защитное стекло") != lexicon.lexemes("стекло задней крышки")
    assert lexicon.lexemes("кабель") != lexicon.lexemes("зарядка")


@pytest.mark.parametrize(
    ("word", "plain"), [("дисплейчик", "дисплей"), ("книжечка", "книжка"), ("пленочка", "пленка")]
)
def test_a_diminutive_leads_to_its_word(word, plain):
    """Customers like them."""
    assert plain in plain_words(word)


@given(st.text(max_size=300))
def test_folding_never_raises_and_keeps_places_in_order(lexicon, text):
    """Pieces point at their tokens, left to right."""
    found = tokens(clean(text), lexicon.units)
    pieces = lexicon.fold(found)
    starts = [p.start for p in pieces]
    assert starts == sorted(starts)
    assert all(0 <= p.start < p.end <= len(found) for p in pieces)


def test_stems_join_forms_with_fleeting_vowels():
    """«батареек» is «батарейка», «чехлов» is «чехол»."""
    assert stem("батареек") == stem("батарейка")
    assert stem("чехлов") == stem("чехол")


def test_an_adverb_takes_no_adjective_of_its_stem(lexicon):
    """«прям» says nothing of goods, «прямое жало» does."""
    assert lexicon.says_nothing("прям") and lexicon.says_nothing("магазинов")
    assert not any(map(lexicon.says_nothing, ("прямые", "прямое")))
