"""What was asked in vain is grouped by meaning, and what the owner decided stays with it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from optfm.reports import Period
from optfm.reports.vain import decide, groups
from optfm.text import load_vocabulary
from optfm.text.lexicon import Lexicon
from tests.reports.conftest import Shop

WEEK = Period(first=date(2026, 11, 23), last=date(2026, 11, 29), zone=ZoneInfo("Europe/Moscow"))


@pytest.fixture(scope="module")
def lexemes():
    """The words of a text as the search knows them."""
    return Lexicon(load_vocabulary()).lexemes


def test_one_meaning_is_one_group_and_models_stay_apart(shop: Shop, lexemes):
    """Other words for the same goods join; a neighbouring model does not."""
    for n, question in enumerate(
        [
            "дисплей на редми 27",
            "диспл redmi 27",
            "экран дисплей редми 27 подскажите",
            "дисплей редми 28",
        ]
    ):
        shop.searches(f"d{n}", n, question, "none")
    shop.searches("d9", 9, "дисплей redmi 26", "found")
    found = groups(shop.connection, WEEK, of="not-found", lexemes=lexemes)
    assert [(g.times, g.people, len(g.examples)) for g in found] == [(3, 3, 3), (1, 1, 1)]
    assert found[0].examples[0].dialog == "d2", "the latest wording comes first, with its dialog"


def test_whoever_asks_ten_times_is_one_person(shop: Shop, lexemes):
    """What many people miss stands above what one repeats."""
    for minute in range(10):
        shop.searches("stubborn", minute, "рация baofeng", "none")
    for n in range(2):
        shop.searches(f"d{n}", 20 + n, "паяльник", "none")
    found = groups(shop.connection, WEEK, of="not-found", lexemes=lexemes)
    assert [(g.people, g.times) for g in found] == [(2, 2), (1, 10)]


def test_a_verdict_stays_when_more_ask_the_same(shop: Shop, lexemes):
    """Decided once, taken back at will; it says whose it is."""
    shop.searches("d1", 1, "паяльник", "none")
    key = groups(shop.connection, WEEK, of="not-found", lexemes=lexemes)[0].key
    decide(shop.connection, key, "purchase", by="Ольга")
    shop.searches("d2", 2, "паяльники есть?", "none")
    group = groups(shop.connection, WEEK, of="not-found", lexemes=lexemes)[0]
    assert (group.verdict, group.by, group.times) == ("purchase", "Ольга", 2)
    decide(shop.connection, key, None, by="Ольга")
    assert groups(shop.connection, WEEK, of="not-found", lexemes=lexemes)[0].verdict is None


def test_what_the_bot_did_not_know_has_the_customer_s_words_without_his_phone(shop: Shop, lexemes):
    """The words before the bot's «не знаю», masked."""
    shop.asks("d1", 1, "перезвоните 8 910 000 00 00 про франшизу")
    shop.bot("d1", 2, "utter_other_unknown")
    group = groups(shop.connection, WEEK, of="not-answered", lexemes=lexemes)[0]
    assert group.examples[0].what == "перезвоните [телефон] про франшизу"
