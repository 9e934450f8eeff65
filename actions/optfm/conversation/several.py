"""Several goods that a message names as one: taken apart where its parts are found and it is not.

The search tells goods apart by their nouns before it looks for any. What it takes for one thing
and does not find whole («мышь bg7 плюс колонки s2») is tried in parts: they count where every one
of them is found with all its words.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from optfm.conversation.goods import Goods
from optfm.conversation.strictness import find_strictly
from optfm.conversation.words import act_words
from optfm.search import Answer, Colour, Query
from optfm.text.phrases import alternatives

#: as many parts at most: each grouping of them is a few searches
_MOST = 5


def taken_apart(query: Query, goods: Goods) -> tuple[Query, ...]:
    """The goods of a query, more than one where only its parts are in the list."""
    whole = find_strictly(query, goods)
    if query.codes or query.pressed or not query.names_goods or _is_met(query, whole):
        return (query,)
    if called := _by_nouns(query, whole, goods):
        return called
    for parts in _groupings(query.text):
        if found := _all_found(parts, goods):
            return found
    return (query,)


def by_colours(said: Query, focus: Query, goods: Goods) -> tuple[Query, ...]:
    """What is in focus in each of several colours: «красный, а также серый»; () where in none."""
    colours = [f for f in said.facets if isinstance(f, Colour) and not f.exclude]
    if len(colours) < 2:
        return ()
    others = tuple(f for f in said.facets if f not in colours)
    each = tuple(focus.refined(replace(said, facets=(*others, one))) for one in colours)
    return each if any(_is_found(one, goods) for one in each) else ()


def _by_nouns(query: Query, whole: Answer, goods: Goods) -> tuple[Query, ...]:
    """One query for each noun, with all that is said beside: «шлейф кнопка iphone 8»."""
    called = query.goods
    if len(called) < 2 or whole.kind != "none":
        return ()
    others = tuple(f for f in query.facets if f not in called)
    each = tuple(replace(query, facets=(word, *others), text=word.said) for word in called)
    there = [one for one in each if find_strictly(one, goods).kind != "none"]
    return each if len(there) > 1 else ()


@functools.cache
def _between(joins: frozenset[str]) -> re.Pattern[str]:
    """What may stand between two goods."""
    words = alternatives(joins).replace("е", "[её]")
    return re.compile(rf"\s+{words}\s+|\s*[;+\n]\s*|,\s+", re.IGNORECASE)


def _groupings(text: str) -> Iterator[list[tuple[str, str]]]:
    """All ways to cut a text where goods may be joined: what joins a part, and the part.

    The fewest cuts come first.
    """
    found = _between(act_words().joins).finditer(text)
    joints = [m for m in found if m.start() and m.end() < len(text)][: _MOST - 1]
    for count in range(1, len(joints) + 1):
        for cuts in itertools.combinations(joints, count):
            starts = [("", 0), *((cut[0], cut.end()) for cut in cuts)]
            ends = [*(cut.start() for cut in cuts), len(text)]
            yield [
                (joint, text[start:end].strip(" ,.:;"))
                for (joint, start), end in zip(starts, ends, strict=True)
            ]


def _all_found(parts: Sequence[tuple[str, str]], goods: Goods) -> tuple[Query, ...]:
    found: list[Query] = []
    for joint, part in parts:
        queries = goods.parse(part) if part else []
        if len(queries) != 1 or queries[0].empty or (not found and not queries[0].names_goods):
            return ()
        (said,) = queries
        if joint.strip().lower() in act_words().joins_with and not (
            said.names_goods and (said.models or any(w.name == "article" for w in said.words))
        ):
            return ()
        told = next((q for q in _readings(said, found) if _is_found(q, goods)), None)
        if told is None:
            return ()
        found.append(told)
    return tuple(found)


def _readings(said: Query, before: Sequence[Query]) -> Iterator[Query]:
    """A part by itself, else with what it leaves to the part before: «32 гб и 16 гб»."""
    if said.names_goods or not before:
        yield said
        return
    yield before[-1].refined(said)
    yield said.adding(*before[-1].goods)
    yield said


def _is_found(query: Query, goods: Goods) -> bool:
    answer = find_strictly(query, goods)
    return query.searchable and _is_met(query, answer)


def _is_met(query: Query, answer: Answer) -> bool:
    return answer.kind != "none" and not answer.unmet and not query.unknown
