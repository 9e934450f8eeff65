"""What is said of the goods in focus, merged with what was asked before.

The newest words always count; what was asked before is given up, from the least to the most
telling, only where it would leave nothing of another model.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from optfm.conversation.acts import Refine
from optfm.conversation.goods import Goods
from optfm.conversation.row_words import named_all
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.search import Answer, FacetName, Query

#: what a question keeps least firmly when another model is asked for, first to last
_GIVEN_UP: tuple[tuple[FacetName, ...], ...] = (
    ("price", "sale"),
    ("colour",),
    ("packing",),
    ("property", "part", "word"),
    ("article", "number"),
    ("quality",),
    ("brand",),
    ("capacity", "power", "length", "size", "volume", "pack"),
)
_SURE = 0.8


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
        if answer.kind != "none" and answer.rows and not _lost_words(answer, act):
            sure = answer.confidence >= _SURE and not act.said.unknown
            return Narrowed(query=query, answer=answer, lost=lost, sure=sure)
    return None


def only_purpose(said: Query) -> bool:
    """Whether all the goods named are what others are for or with: «в машину»."""
    return bool(said.goods) and all(word.governed for word in said.goods)


def of_kin(act: Refine, state: ConversationState, goods: Goods) -> Narrowed | None:
    """The goods' kin that the message means: «а в машину?» after mains chargers."""
    general = goods.general(state.focus) if state.focus and act.left else ""
    if not general or (act.said.names_goods and not only_purpose(act.said)):
        return None
    (said, *others) = goods.parse(f"{general} {' '.join(act.left)}")
    if others or not said.goods or said.unknown or state.focus is None:
        return None
    options = {option for word in state.focus.goods for option in word.options}
    if any(option in options for word in said.goods for option in word.options):
        return None
    kept = said if said.devices else said.for_device(*state.focus.devices)
    answer = find_strictly(kept, goods)
    if answer.kind == "none" or answer.unmet:
        return None
    return Narrowed(query=kept, answer=answer, sure=answer.confidence >= _SURE)


def by_words(act: Refine, state: ConversationState, goods: Goods) -> tuple[str, ...]:
    """The rows shown whose names have all the words that are left of a message.

    For words that the search does not know, and only among rows that the customer sees.
    """
    rows = [row for row in map(goods.row, state.listed) if row]
    having = tuple(row.code for row in rows if named_all(act.left, row.name))
    return having if act.left and 0 < len(having) < max(len(rows), 2) else ()


def _lost_words(answer: Answer, act: Refine) -> bool:
    """Whether the message's own words are what the rows lack: then they narrow nothing."""
    said = {facet.said.lower() for facet in act.said.facets}
    return bool(said) and said <= {word.lower() for word in answer.unmet}


def _questions(act: Refine, state: ConversationState) -> Iterator[tuple[Query, tuple[str, ...]]]:
    assert state.focus is not None
    before = state.focus.without("quantity", *act.lifted)
    if not state.chosen or not before.sort:
        before = before.without("sort")
    yield before.refined(act.said), ()
    if state.base is not None and state.base != state.focus:
        base = state.base.without("quantity", "sort", *act.lifted)
        yield base.refined(act.said), ()
    if any(not d.exclude for d in act.said.devices):
        yield from _giving_up(before, act.said)


def _alone(act: Refine, state: ConversationState) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """What is said by itself: of the same goods, else of whatever bears that name."""
    assert state.focus is not None
    said = act.said
    if said.searchable and (said.devices or said.values or said.words):
        kept = () if said.names_goods else state.focus.goods
        alone = replace(said, facets=(*kept, *said.facets))
        if kept:
            yield alone if alone.devices else alone.for_device(*state.focus.devices), ()
    if any(w.must and w.speech in ("name", "code") for w in said.words):
        yield said, ()  # «павербанк» after cases for iPhone


def _giving_up(before: Query, said: Query) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """The question with ever less of what was asked before."""
    lost: list[str] = []
    for names in _GIVEN_UP:
        less = before.without(*names)
        if less == before:
            continue
        lost += [f"не {f.said}" if f.exclude else f.said for f in before.facets if f.name in names]
        lost += [str(before.price)] if "price" in names and before.price.bounded else []
        before = less
        yield before.refined(said), tuple(lost)
