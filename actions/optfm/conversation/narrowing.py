"""What is said of the goods in focus, merged with what was asked before.

The newest words always count; what was asked before is given up, from the least to the most
telling, only where it would leave nothing of another model.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from optfm.catalog import PriceRow
from optfm.conversation.acts import Refine
from optfm.conversation.goods import Goods
from optfm.conversation.row_words import denied, named_all
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.words import act_words
from optfm.search import Answer, Facet, FacetName, Query, Words
from optfm.search.facts import WITHOUT
from optfm.search.query import ValueName
from optfm.text.morphology import dictionary_forms

#: what a question keeps least firmly when another model is asked for, first to last
_GIVEN_UP: tuple[tuple[FacetName, ...], ...] = (
    ("price", "sale"),
    ("colour",),
    ("packing",),
    ("property", "part", "word"),
    ("article", "number"),
    ("quality",),
    ("connector",),
    ("brand",),
    ("capacity", "power", "length", "size", "volume", "weight", "pack", "voltage", "current"),
)
#: what gives way to newer words about the same goods
_SOFT = _GIVEN_UP[:3]
#: what gives way to a price: «до 700 что есть» after one article
_NAMES: tuple[tuple[FacetName, ...], ...] = (("article", "number"),)
_SURE = 0.8
#: words that tell other goods without naming them, and rows that they may leave
_TELLING, _FEW = 2, 10
#: words that tell which goods a value is asked of: «3 метра» of HDMI cables
_WITH_A_VALUE = frozenset({"number", "article", "connector", "brand"})
#: words that may call goods by themselves; a quality or a brand is always one of something
_OF_GOODS = frozenset({"goods", "word", "article", "number"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """A question with an answer."""

    query: Query
    answer: Answer
    lost: tuple[str, ...] = ()  #: what was asked before and is not met
    sure: bool = True


def narrowed(
    act: Refine, state: ConversationState, goods: Goods, *, alone: bool = False
) -> Narrowed | None:
    """The question that the message makes of the one before; None where nothing is so.

    :param alone: what it says counts by itself, without the limits of before.
    """
    for query, lost in _alone(act, state) if alone else _questions(act, state):
        answer = find_strictly(query, goods)
        if alone and lost and {facet.said for facet in act.said.facets} & set(answer.unmet):
            continue
        if answer.kind != "none" and answer.rows and not _lost_words(answer, act, state):
            sure = answer.confidence >= _SURE and not act.said.unknown
            return Narrowed(query=query, answer=answer, lost=lost, sure=sure)
    return None


def only_purpose(said: Query) -> bool:
    """Whether all the things named are what others are for or with: «в машину»."""
    things = [word for word in said.words if word.name in ("goods", "part")]
    return bool(things) and all(word.governed for word in things)


def of_kin(act: Refine, state: ConversationState, goods: Goods) -> Narrowed | None:
    """The goods' kin that the message means: «а в машину?» after mains chargers."""
    general = goods.general(state.focus) if state.focus and act.left else ""
    if not general or (act.said.names_goods and not only_purpose(act.said)):
        return None
    (said, *others) = goods.parse(f"{general} {' '.join(act.left)}")
    if others or not said.goods or said.unknown or state.focus is None:
        return None
    before = {option for word in state.focus.goods for option in word.options}
    kin = {option for word in said.goods for option in word.options}
    if kin & before and not kin < before:  # «в прикуриватель» after chargers of all kinds: one
        return None
    kept = said if said.devices else said.for_device(*state.focus.devices)
    answer = find_strictly(kept, goods)
    if answer.kind == "none" or answer.unmet:
        return None
    return Narrowed(query=kept, answer=answer, sure=answer.confidence >= _SURE)


def not_lacking(act: Refine, state: ConversationState, goods: Goods) -> Narrowed | None:
    """«с адаптером» of cards some of which say «без адаптера»: those that do not say so."""
    parts = [f for f in act.said.facets if isinstance(f, Words) and f.governed and not f.exclude]
    if state.focus is None or not parts or len(parts) < len(act.said.facets) or act.said.devices:
        return None
    rows = [hit.row.code for hit in find_strictly(state.focus, goods).rows]
    if not all(any(goods.has(code, part) is False for code in rows) for part in parts):
        return None
    lacking = tuple(
        replace(
            part,
            name="property",
            said=f"{WITHOUT} {part.said}",
            options=tuple((f"{WITHOUT} {stem}",) for option in part.options for stem in option),
            exclude=True,
        )
        for part in parts
    )
    query = state.focus.without("quantity", *act.lifted).adding(*lacking)
    answer = find_strictly(query, goods)
    return Narrowed(query=query, answer=answer) if answer.rows else None


def of_other_goods(act: Refine, goods: Goods) -> Narrowed | None:
    """«мизинчиковые smartbuy» after other goods: two words or more that few rows have together."""
    said = act.said
    told = [w for w in said.words if w.options and w.name != "number" and not w.governed]
    if len([w for w in said.words if w.options]) < _TELLING or not told or said.unknown:
        return None
    answer = find_strictly(said, goods)
    if answer.kind == "none" or answer.unmet or answer.total > _FEW:
        return None
    return Narrowed(query=said, answer=answer, sure=answer.confidence >= _SURE)


def by_words(act: Refine, state: ConversationState, goods: Goods) -> tuple[str, ...]:
    """The rows shown whose names have all the words that are left of a message.

    For words that the search does not know, and only among rows that the customer sees.
    """
    return told_by(act.left, state, goods)


def told_by(words: Sequence[str], state: ConversationState, goods: Goods) -> tuple[str, ...]:
    """The rows shown whose names have all of the words; () where none has, or all have."""
    rows = [row for row in map(goods.row, state.listed) if row]
    if plain := plainest(words, rows):
        return (plain,)
    lacking = WITHOUT in words  # else «с адаптером» is not told by «без адаптера»
    having = tuple(
        row.code
        for row in rows
        if named_all(words, row.name) and (lacking or not any(denied(w, row.name) for w in words))
    )
    return having if words and 0 < len(having) < max(len(rows), 2) else ()


def plainest(words: Sequence[str], rows: Sequence[PriceRow]) -> str:
    """«обычных»: the code of the one row whose name's words all the others have, and more.

    :param words: what is left of a message; "" is returned where they say anything else.
    """
    plain = act_words().plain
    if len(rows) < 2 or not words or not all(dictionary_forms(word) & plain for word in words):
        return ""
    names = [set(re.findall(r"\w+", row.name.lower())) for row in rows]
    least = [n for n, name in enumerate(names) if all(name <= other for other in names)]
    return rows[least[0]].code if len(least) == 1 else ""


def _lost_words(answer: Answer, act: Refine, state: ConversationState) -> bool:
    """Whether the rows lack all that the message says, or something that was met before it."""
    unmet = {word.lower() for word in answer.unmet}
    said = {facet.said.lower() for facet in act.said.facets}
    before = {facet.said.lower() for facet in state.focus.facets} if state.focus else set()
    return bool(said and said <= unmet) or bool(unmet & (before - said))


def _questions(act: Refine, state: ConversationState) -> Iterator[tuple[Query, tuple[str, ...]]]:
    assert state.focus is not None
    before = _given_way(state.focus.without("quantity", *act.lifted), act.said)
    said = _of_these_goods(act.said, before)
    if not state.chosen or not before.sort:
        before = before.without("sort")
    yield from ((query, ()) for query in merged(before, said))
    if state.base is not None and state.base != state.focus:
        base = _given_way(state.base.without("quantity", "sort", *act.lifted), act.said)
        base = base.for_device(*before.devices)  # a model is given up by a word only
        yield base.refined(said), _left_behind(before, base, said)
    if any(not d.exclude for d in said.devices):
        yield from _giving_up(before, said)


def _given_way(before: Query, said: Query) -> Query:
    """What was asked before without what the newest words contradict or say anew.

    «беспроводные» after «проводные»; «3500 mAh» after a bare «3000» that may be the same value.
    """
    new = {stem for word in said.words for option in word.options for stem in option}
    dimensions = {value.name for value in said.values}
    kept = tuple(f for f in before.facets if not (_opposite(f, new) or _bare(f, dimensions)))
    return replace(before, facets=kept)


def _left_behind(before: Query, base: Query, said: Query) -> tuple[str, ...]:
    """What was asked after the last list and is neither kept nor said anew."""
    anew = {f.name for f in said.facets}
    return tuple(
        f"не {f.said}" if f.exclude else f.said
        for f in before.facets
        if f not in base.facets and f.name not in anew and f.said
    )


def merged(before: Query, said: Query) -> Iterator[Query]:
    """What is said with all that was asked before; else in place of what it is of a kind with."""
    yield before.refined(said)
    values = {value.name for value in before.values} & set(bare_values(said))
    if values:  # «а 128?» after «64 гига»
        yield before.without(*values).refined(said)
    units = set(bare_values(said))
    others = tuple(f for f in before.facets if not _bare(f, units))
    if units and len(others) < len(before.facets):  # «а 64?» after «флешка 32 usb 3»
        yield replace(before, facets=others).refined(said)
    names = tuple(w.name for w in said.words if w.name in ("article", "number"))
    if names:  # «а b7000?» after «t7000»
        yield before.without(*names).refined(said)


def _of_these_goods(said: Query, before: Query) -> Query:
    """«не банка» of batteries: a word not wanted never takes the goods themselves away."""
    goods = [set(option) for word in before.goods for option in word.options]
    facets: list[Facet] = []
    for facet in said.facets:
        if isinstance(facet, Words) and facet.exclude:
            left = tuple(o for o in facet.options if not any(set(o) <= own for own in goods))
            general = any(set(o) < own for o in facet.options for own in goods)
            if not left and general and len(said.facets) > 1:
                continue  # «вставные, а не затычки» of earphones
            facet = replace(facet, options=left or facet.options)
        facets.append(facet)
    return replace(said, facets=tuple(facets))


def bare_values(said: Query) -> tuple[ValueName, ...]:
    """The dimensions that its numbers without a unit may be of."""
    found = {
        stem.partition(":")[2]
        for word in said.words
        if word.name == "number"
        for option in word.options
        for stem in option
    }
    return tuple(name for name in get_args(ValueName) if name in found)


def _opposite(facet: Facet, stems: set[str]) -> bool:
    if not isinstance(facet, Words) or facet.name == "goods" or facet.exclude:
        return False
    own = {stem for option in facet.options for stem in option}
    return any(
        long == f"{negation}{short}"
        for negation in ("бес", "без", "не")
        for long, short in (
            (a, b) for new in stems for old in own for a, b in ((new, old), (old, new))
        )
    )


def _bare(facet: Facet, dimensions: set[ValueName]) -> bool:
    """Whether it is a number without a unit that may be of one of the dimensions."""
    if not isinstance(facet, Words) or facet.name != "number":
        return False
    units = {stem.partition(":")[2] for option in facet.options for stem in option}
    return bool(units & dimensions)


def _alone(act: Refine, state: ConversationState) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """What is said by itself: of the same goods, else of whatever bears that name."""
    assert state.focus is not None
    said = act.said
    if any(f.name != "colour" and not f.exclude for f in said.facets) or said.price.bounded:
        before = _given_way(state.focus.without("quantity", "sort", *act.lifted), said)
        limits = _NAMES if said.price.bounded else _SOFT
        yield from _giving_up(before, _of_these_goods(said, before), limits)
        yield from _giving_up_one(before, _of_these_goods(said, before))
    if said.searchable and (said.devices or said.values or said.words):
        kinds = ("number", "article") if said.devices or said.words else _WITH_A_VALUE
        names = [f for f in state.focus.words if f.name in kinds and f.must]
        focus = _given_way(replace(state.focus, facets=tuple(names)), said)
        kept = () if said.names_goods else (*state.focus.goods, *focus.facets)
        alone = replace(said, facets=(*kept, *said.facets))
        if kept:
            yield alone if alone.devices else alone.for_device(*state.focus.devices), ()
    if any(w.must and w.speech in ("name", "code") and w.name in _OF_GOODS for w in said.words):
        yield said, ()  # «павербанк» after cases for iPhone


def _giving_up_one(before: Query, said: Query) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """The question with all that was asked before but one word, the least telling first."""
    rank = {name: at for at, names in enumerate(_GIVEN_UP) for name in names}
    words = [f for f in before.facets if f.name in rank and f.said and not f.exclude]
    if len(words) > 1:
        for facet in sorted(
            words, key=lambda f: (not isinstance(f, Words) or f.must, rank[f.name])
        ):
            kept = tuple(f for f in before.facets if f is not facet)
            yield replace(before, facets=kept).refined(said), (facet.said,)


def _giving_up(
    before: Query, said: Query, what: Sequence[tuple[FacetName, ...]] = ()
) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """The question with ever less of what was asked before.

    :param what: the facets that may be given up, the first first; all that may, if empty.
    """
    lost: list[str] = []
    for names in what or _GIVEN_UP:
        less = before.without(*names)
        if less == before:
            continue
        lost += [f"не {f.said}" if f.exclude else f.said for f in before.facets if f.name in names]
        lost += [str(before.price)] if "price" in names and before.price.bounded else []
        before = less
        yield before.refined(said), tuple(lost)
