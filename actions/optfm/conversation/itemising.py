"""Rows that were spoken of, each with its pieces: «ориджинал 3 и KF 2», «ремешка и зарядки по 4».

A part of the message counts where its words tell one row by themselves; where any part does not,
nothing is counted.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from optfm.conversation import references
from optfm.conversation.acts import Refine
from optfm.conversation.cues import Cue, CueName, Cues, cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.narrowing import narrowed, plainest
from optfm.conversation.row_words import named, named_all
from optfm.conversation.state import ConversationState
from optfm.search import Query
from optfm.text.morphology import part_of_speech

#: what stands between two rows of a message
_BETWEEN = re.compile(r"\s+(?:и|плюс|а также|да)\s+|[;+\n]|,(?!\d)|(?<=\s)[-—–]+\s+(?=\d|[а-я]+$)")
#: words of a part that tell no row
_ASIDE: tuple[CueName, ...] = (
    "take", "each", "how_much", "in_all", "little", "pieces", "this", "same", "there", "correction",
)  # fmt: skip
_EACH = "по"
#: prepositions tell no row
_BESIDE = frozenset({*references.FOR, "с", "со", "в", "из", "от", "за", "по"})

#: so many rows at least are counted in one breath
_LINES = 2

Lines = tuple[tuple[str, int], ...]


def itemised(text: str, state: ConversationState, goods: Goods) -> Lines:
    """Codes and pieces, as many as the message has parts; () where it is no such message."""
    cues = cue_reader().read(text)
    if not cues.of("number") or not _rows(state):
        return ()
    shared = _shared(cues)
    whole = cues.without(shared)
    joining = not shared  # «13 мини, 13 и 14 по десять»: no number of these is of pieces
    ways = [list(_parts(whole, joining=joining)), *(_run_together(whole) if joining else [])]
    found = (_lines(parts, shared, state, goods) for parts in ways)
    return next(filter(None, found), ())


def _lines(
    said: Sequence[str], shared: tuple[Cue, ...], state: ConversationState, goods: Goods
) -> Lines:
    parts = [cue_reader().read(part) for part in said]
    lines: list[tuple[str, int]] = []
    for part in parts:
        if not part.of("number", "ordinal") and not _content(part):
            continue  # «сумму скажите»
        line = _line(part, shared[-1].number if shared else 0, state, goods)
        if line is None or line[0] in (code for code, _ in lines):
            return ()
        lines.append(line)
    alone = len(lines) == 1 and not _spelt_last(parts)
    return () if alone else tuple(lines)


def _run_together(text: str) -> list[list[str]]:
    """«2 шнура 3 переходника», «шнура 2 переходника 3»: cut before each number, or after it."""
    cues = cue_reader().read(text)
    numbers = cues.of("number")
    if len(numbers) < _LINES:
        return []
    before = [cues.tokens[cue.first].start for cue in numbers if cue.first]
    after = [cues.tokens[cue.last - 1].end for cue in numbers if cue.last < len(cues.tokens)]
    ways = []
    for cuts in (before, after):
        places = [0, *cuts, len(text)]
        pieces = [text[a:b].strip(" ,-–—") for a, b in itertools.pairwise(places)]
        joined = [p for piece in pieces for p in _parts(piece)]
        ways += [joined] if sum(map(_counts, joined)) == len(numbers) else []
    return ways


def _counts(part: str) -> bool:
    return bool(cue_reader().read(part).of("number"))


def _parts(text: str, *, joining: bool = True) -> Iterator[str]:
    """The parts of a message.

    :param joining: what only ends a part («чёрных на air 2 - четыре») stays with it.
    """
    held = ""
    for part in _BETWEEN.split(text):
        if not part or not part.strip():
            continue
        number_only = (joining and part.strip().isdigit()) or not _content(cue_reader().read(part))
        if held and number_only:
            held = f"{held} {part}"
            continue
        if held:
            yield held
        held = part
    if held:
        yield held


def _shared(cues: Cues) -> tuple[Cue, ...]:
    """The number that holds for each: «… по 4» at the end, and no other number of pieces."""
    for number in cues.of("number"):
        before = cues.tokens[number.first - 1].text if number.first else ""
        after = cues.tokens[number.last :]
        ends = all(any(c.first <= at < c.last for c in cues.of("pieces", "little", "in_all"))
                   for at in range(number.last, len(cues.tokens))) or not after  # fmt: skip
        if before == _EACH and ends:
            each = [c for c in cues.of("each") if c.last == number.first]
            beside = [c for c in cues.of("pieces") if c.first == number.last]
            return (*each, *beside, number)
    return ()


def _content(part: Cues) -> bool:
    return bool(part.left) or any(cue.name not in _ASIDE for cue in part.found)


def _spelt_last(parts: Sequence[Cues]) -> bool:
    """«экранов три»: a number in words at the end, after what it counts."""
    counted = [part for part in parts if part.of("number")]
    if len(counted) != 1 or not counted[0].left:
        return False
    number = counted[0].of("number")[-1]
    spelt = not counted[0].tokens[number.first].text.isdigit()
    return spelt and number.last == len(counted[0].tokens)


def _line(
    part: Cues, shared: int, state: ConversationState, goods: Goods
) -> tuple[str, int] | None:
    """The one row that a part tells, with its pieces."""
    if shared:
        code = _row(part, (), state, goods)
        return (code, shared) if code else None
    for number in _likely(part):
        if code := _row(part, (number,), state, goods):
            return code, number.number
    return None


def _likely(part: Cues) -> list[Cue]:
    """Its numbers, the likeliest to be pieces first: «3шт», «одно», then the last one."""
    numbers = [
        c
        for c in part.of("number")
        if not c.first or part.tokens[c.first - 1].text not in references.FOR
    ]
    beside = {c.first for c in part.of("pieces")}
    return sorted(
        numbers,
        key=lambda c: (c.last not in beside, part.tokens[c.first].text.isdigit(), -c.first),
    )


def _row(part: Cues, pieces: tuple[Cue, ...], state: ConversationState, goods: Goods) -> str:
    """The code of the one row that a part means; "" where it is none or several."""
    if named := references.ordinals(part, state, goods):
        return named[0][1] if len(named) == 1 else ""
    gone = [*pieces, *part.of(*_ASIDE)]
    left = part.without(gone)
    words = [t.text for t in cue_reader().read(left).tokens if t.text not in _BESIDE]
    if not words:
        pointed = part.has("this") and len(state.in_focus) == 1
        return state.in_focus[0] if pointed else ""
    shown = [row for row in map(goods.row, state.listed) if row]
    if plain := plainest(words, shown):
        return plain
    (said, *others) = goods.parse(left, about=state.focus)
    if others:
        return ""
    told = [
        (_place(said, words, code, goods), tier, code)
        for tier, rows in enumerate(_rows(state))
        for code in references.latest(rows, goods)
        if _tells(said, words, code, goods)
    ]
    if not told:
        return _found(said, words, state, goods)
    models = [device for device in said.devices if not device.exclude]
    fitting = [one for one in told if models and all(goods.fits(one[2], d) for d in models)]
    told = fitting or told  # «13» beside a row for 13 mini
    first = min(place for place, _, _ in told)
    for tier in sorted({tier for place, tier, _ in told if place == first}):
        best = {code for place, t, code in told if (place, t) == (first, tier)}
        if len(best) == 1:
            return best.pop()
    return ""


def _found(said: Query, words: Sequence[str], state: ConversationState, goods: Goods) -> str:
    """«две прозрачные» beside two matt ones: the one row that the goods in focus are then."""
    prices = {word.said for word in said.words if word.name == "number" and not word.options}
    said = replace(
        said,
        facets=tuple(f for f in said.facets if f.said not in prices),
        unknown=tuple(word for word in said.unknown if word not in prices),
    )
    named = said.colours or said.models or said.values or said.facets_of("article")
    if said.names_goods or said.unknown or not named:
        return ""
    act = Refine(said=said)
    found = narrowed(act, state, goods) or narrowed(act, state, goods, alone=True)
    rows = found.answer.rows if found and not found.answer.unmet else ()
    codes = [hit.row.code for hit in rows]
    priced = [c for c in codes if {str(p) for p in references.prices(c, goods)} & set(words)]
    codes = priced or ([] if prices else codes)
    return codes[0] if len(codes) == 1 else ""


def _place(said: Query, words: Sequence[str], code: str, goods: Goods) -> int:
    """How far a row is from being called so: «паяльник» is no tip for one.

    :returns: 0 where its name begins with the noun, 1 where what it is called means the same.
    """
    row, facts = goods.row(code), goods.facts(code)
    first = re.match(r"[^\W\d_]+", row.name) if row else None
    nouns = [word for word in words if part_of_speech(word) == "noun"]
    if first is None or facts is None or not nouns:
        return 0
    if any(named(word, first[0]) for word in nouns):
        return 0
    called = {option for word in goods.parse(facts.goods)[0].goods for option in word.options}
    return 1 if any(o in called for word in said.goods for o in word.options) else 2


def _rows(state: ConversationState) -> list[tuple[str, ...]]:
    """The rows spoken of, the nearest first."""
    return [rows for rows in (state.chosen, state.listed, state.taken, state.variants) if rows]


def _tells(said: Query, words: Sequence[str], code: str, goods: Goods) -> bool:
    """Whether a row is all that is said, by what the search reads or by its own words."""
    row = goods.row(code)
    if row is None:
        return False
    prices = {str(price) for price in references.prices(code, goods)}
    told = [word for word in words if word not in prices]
    if not told or named_all(told, row.name):
        return True
    if len(told) < len(words):
        (said, *_) = goods.parse(" ".join(told))
    if not (said.facets or any(not d.exclude for d in said.devices)) or said.unknown:
        return False
    met = all(goods.has(code, facet) is (not facet.exclude) for facet in said.facets)
    return met and all(goods.fits(code, d) for d in said.devices if not d.exclude)
