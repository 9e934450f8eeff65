"""What a question does not want, read from its words alone."""

import pytest

from optfm.search.negation import NegationReader
from optfm.text import load_vocabulary
from optfm.text.lexicon import Lexicon
from optfm.text.tokens import tokens


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The vocabulary as it is."""
    return Lexicon(load_vocabulary())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("мышь без провода", "мышь беспроводной"),
        ("наушники не проводные", "наушники беспроводной"),
        ("наушники не беспроводные", "наушники проводной"),
        ("чехол без рамки", "чехол без рамки"),
    ],
)
def test_a_negation_that_has_a_word_of_its_own(text, said):
    """What has no cord is wireless: that is asked for, and nothing excluded."""
    assert NegationReader(load_vocabulary()).said(text) == said


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("дисплей кроме hg", ["hg"]),
        ("рамка лишняя", ["рамка"]),
        ("250w перебор", ["250:power"]),
        ("белый без надобности", ["белый"]),
        ("акб кроме hg и kf", ["hg", "kf"]),
        ("чехол только не белый", ["белый"]),
        ("дисплей не инселл", ["инселл"]),
        ("не айфон а самсунг", ["айфон"]),
        ("не на айфон 11", ["айфон", "11"]),
        ("не 13 а 13 про макс", ["13"]),
        ("kf тоже не надо", ["kf"]),
        ("чехол без рамки", ["рамки"]),
        ("акб без шлейфа не надо", ["без", "шлейфа"]),
        ("дисплей на 8 не про", ["про"]),
        ("вопрос не про доставку", []),
        ("18650 без защиты 2500", ["защиты"]),
        ("дисплей кроме инселл до 500", ["инселл"]),
        ("не включается телефон", []),
        ("не знаю какой", []),
        ("только черный", []),
        ("дисплей на 11", []),
    ],
)
def test_the_scope_of_a_refusal(lexicon, text, unwanted):
    """«кроме» takes all that it lists, «не» the next thing, «не надо» the last."""
    found = tokens(text, lexicon.units)
    gone = NegationReader(load_vocabulary()).read(lexicon.fold(found), found)
    assert [found[at].text for at in sorted(gone)] == unwanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("наушники без кабеля", "наушники беспроводной"),
        ("зарядка 20w без кабеля", "зарядка 20w без кабеля"),
    ],
)
def test_a_charger_without_a_cable_is_no_wireless_one(text, said):
    """Chargers are sold with a cable and without it; headphones without one are wireless."""
    assert NegationReader(load_vocabulary()).said(text) == said
