"""A number without any sign: whether it is how many, or of the goods' name."""

import re

from optfm.orders.quantities import (
    LONGEST,
    PREPOSITIONS,
    Amount,
    Grammar,
    amount_of,
    current_grammar,
    is_range,
    plain,
)
from optfm.orders.senses import Goods
from optfm.text.morphology import is_counted_by, is_of

_LEAST_OF_THREE_DIGITS = 100
_YEARS = range(2010, 2036)
_RUSSIAN = re.compile(r"[а-яё]{3,}", re.IGNORECASE)


def bare_amount(text: str, goods: Goods, *, ending: bool) -> Amount | None:
    """A number without any sign that could be a quantity or a model: «vivo y20 5», «2 дисплея 13».

    :param ending: whether the other clauses have theirs at the end; decides where both may be.
    """
    if len(text) > LONGEST:
        return None
    grammar, low = current_grammar(), plain(text).strip()
    text = text.strip()
    if found := _of_things(grammar, text, low, goods):
        return found
    if found := _before_a_model(grammar, text, low, goods):
        return found
    first, last = grammar.number_first.match(low), grammar.number_last.match(low)
    start = text[first.end() :] if first else ""
    end = text[: last.end(1)] if last else ""
    start_strength = _strength_first(grammar, text, low, start, goods) if first else 0
    of_a_pack = last and last[2] != "1" and grammar.pack_before.search(low[: last.start(2)])
    end_strength = 0
    if last and not of_a_pack:
        end_strength = _strength_last(end, int(last[2]), text, goods)
    if not (start_strength or end_strength):
        if match := grammar.glued.search(low):
            return _glued(grammar, match, text, goods)
        match = grammar.slashed.search(low)
        rest = text[: match.start()] if match else ""
        if match and not goods.sense(rest.split()[-1]).device and goods.finds(rest):
            return amount_of(grammar, match[1], "end", rest)  # «HG/5»; «11/12» are models
        return None
    if start_strength > end_strength or (start_strength == end_strength and not ending):
        assert first is not None
        return amount_of(grammar, first[1], "start", start)
    assert last is not None
    return amount_of(grammar, last[2], "end", end)


def _of_things(grammar: Grammar, text: str, low: str, goods: Goods) -> Amount | None:
    """«OCA 7 дюймов 20 листов»: a number with a noun as it wants it, behind the goods."""
    match = grammar.things_last.match(low)
    if match is None or not is_counted_by(match[3], int(match[2])):
        return None
    if grammar.words.measures.fullmatch(match[3]) or grammar.words.clock.fullmatch(match[3]):
        return None
    rest = text[: match.end(1)]
    named, last = goods.sense(rest), match[1].split()[-1]
    whole = named.goods or named.whole or named.known
    if not whole or last in PREPOSITIONS or grammar.pack_before.search(low[: match.start(2)]):
        return None
    return amount_of(grammar, match[2], "unit", rest)


def _before_a_model(grammar: Grammar, text: str, low: str, goods: Goods) -> Amount | None:
    """«5-7 акб на xr», «2-3 на xs»; «10 11 акб»: a count, then a number that is the model's."""
    match = grammar.spread_first.match(low)
    if match and is_range(match):
        rest = text[match.end() :]
        if match[3] or rest.lower().split()[0] in PREPOSITIONS or goods.finds_model(rest):
            return Amount(value=None, how="start", rest=rest, low=int(match[1]), high=int(match[2]))
    match = grammar.model_second.match(low)
    if match and not grammar.number_last.match(low):
        rest = text[match.start(2) :]
        if goods.sense(rest).goods and goods.finds_model(rest):
            return amount_of(grammar, match[1], "start", rest)
    return None


def _glued(grammar: Grammar, match: re.Match[str], text: str, goods: Goods) -> Amount | None:
    """«11-2»: of a model and a quantity, unless that is an article."""
    rest = text[: match.start()]
    whole = rest.split()[-1] + match[0].strip()
    if (
        goods.sense(whole).article
        or not rest.split()[-1][-1:].isalnum()
        or not (
            len(rest.split()[-1]) <= 4
            or _RUSSIAN.fullmatch(rest.split()[-1])
            or goods.sense(rest.split()[-1]).device  # «11pro-3»
        )
    ):
        return None
    return amount_of(grammar, match[1], "end", rest)


def _strength_first(grammar: Grammar, text: str, low: str, rest: str, goods: Goods) -> int:
    word = low[len(text) - len(rest) :].split()[0].strip(".,") if rest else ""
    if not word or word in grammar.words.marks or grammar.words.clock.fullmatch(word):
        return 0
    sense = goods.sense(rest)
    if word in PREPOSITIONS:
        return 3 if sense.device or sense.value else 0
    if is_of(word) and not sense.value:
        return 3
    if sense.colour and not (sense.goods or sense.whole) and word.endswith(("ых", "их")):
        return 3  # «5 белых»
    if sense.whole:
        return 2 if goods.finds(rest) else 1
    if sense.goods:
        return 0 if goods.finds_model(text) else 1
    return 0 if goods.sense(text).device or sense.empty else 1


def _strength_last(rest: str, number: int, text: str, goods: Goods) -> int:
    word = plain(rest).split()[-1] if rest.split() else ""
    if not word or word in PREPOSITIONS or number in _YEARS or number > 9999:
        return 0
    if number > 999 and goods.names_by_number(text):
        return 0
    if number > 99 and goods.names_wholly(text):
        return 0
    if word in current_grammar().words.numbering:
        return 0
    if word.isdigit() and int(word) in _YEARS and number < _LEAST_OF_THREE_DIGITS:
        return 2  # «спарк гоу 2022 1»: a year is of the model
    sense = goods.sense(rest)
    if sense.code or sense.article:
        return 2
    if sense.device or goods.sense(word).colour:
        return 2 if goods.finds(rest) or not sense.goods else 1
    if sense.line and goods.sense(text).device:
        return 0
    if sense.goods:
        return 0 if goods.finds_model(text) else 1
    return 1
