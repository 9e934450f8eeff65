"""A question about goods, and what the talk is about after it: what is there, or what is missed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from optfm.conversation.acts import (
    Ask,
)
from optfm.conversation.counting import count_pieces, which_of
from optfm.conversation.goods import Goods
from optfm.conversation.replies import (
    NotThere,
    Reply,
    TooMany,
)
from optfm.conversation.settling import settled
from optfm.conversation.several import taken_apart
from optfm.conversation.showing import ROWS_OF_A_QUESTION, rows_reply
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.turn import Turn
from optfm.search import Answer, FacetName, Query, Words
from optfm.search.query import ValueName

#: Goods of one message that are answered.
_GOODS = 6
#: From here on a search that nobody asked for by name is sure.
_SURE = 0.8
#: what a question may fail for although its goods are sold → the facet that says it
_FACET_OF: dict[str, FacetName] = {
    name: name for name in (*get_args(ValueName), "brand", "connector", "colour", "price")
}


def ask(act: Ask, state: ConversationState, goods: Goods) -> Turn:
    """One answer for each of the goods; the rows are numbered through all of them."""
    named = tuple(one for query in act.queries for one in taken_apart(query, goods))
    queries = named[:_GOODS]
    replies: list[Reply] = []
    answers = [find_strictly(query, goods) for query in queries]
    listed: list[str] = []
    alone: list[str] = []
    there: list[Query] = []
    missed: Query | None = None
    for query, answer in zip(queries, answers, strict=True):
        if answer.kind == "none":
            replies.append(NotThere(answer=answer, query=query))
            missed = missed or without_gap(query, answer) or _for_others(query, goods)
            continue
        reply = rows_reply(query, answer, first=len(listed) + 1)
        if listed and {hit.row.code for hit in reply.hits} <= set(listed):
            continue  # «динамик туда же, xs max»: the same goods once more
        replies.append(reply)
        listed += [hit.row.code for hit in reply.hits]
        alone += [reply.hits[0].row.code] if len(answer.rows) == 1 else []
        there.append(settled(without_unmet(query, answer), answer, goods))
    if beyond := named[_GOODS:]:
        replies.append(TooMany(said=tuple(query.spoken or query.text for query in beyond)))
    sure = all(_is_sure(q, a) for q, a in zip(queries, answers, strict=True))
    turn = Turn(act=act, replies=tuple(replies), state=state, answers=tuple(answers), sure=sure)
    if not there:
        if missed:
            return replace(turn, state=after_a_miss(missed, queries[0], answers[0], state))
        if state.chosen and not any(_is_known(query, state.focus) for query in queries):
            return replace(turn, state=replace(state, missed=queries[0]))
        # The rows stay, to be chosen by their numbers; what is said next is not of them.
        stays = replace(state, missed=queries[0], before=True, chosen=())
        if near := _near(answers[0]) if len(queries) == 1 else ():
            met = _of_rows(near, queries[0], goods)
            return replace(
                turn,
                state=replace(stays, listed=near, before=False, focus=met, base=met, groups=()),
            )
        if all(not word.options for query in queries for word in query.goods):
            return replace(turn, state=stays)  # a word that nobody knows may tell the same goods
        return replace(turn, state=replace(stays, focus=None, base=None, groups=()))
    new = ConversationState(
        focus=there[-1],
        base=there[-1],
        groups=tuple(there) if len(there) > 1 else (),
        listed=tuple(listed),
        taken=state.taken,
        lines=state.lines,
        shown=len(listed),
    )
    if len(there) == 1 and alone:
        kept = state.listed if set(alone) <= set(state.listed) else tuple(alone)
        new = replace(new, listed=kept).choosing(*alone)
        new = replace(new, variants=colour_variants(there[0], answers[0]))
    for code in alone if len(there) > 1 else ():
        new = replace(new.choosing(code), chosen=())
    pieces = there[0].quantity
    if pieces and len(queries) == 1:
        if alone and not answers[0].unmet:
            counted = count_pieces(act, ((alone[0], pieces),), new, goods)
            return replace(counted, answers=tuple(answers), sure=sure)
        if len(listed) > 1:
            new = replace(new, count=pieces, asked="row")
            replies.append(which_of(pieces, tuple(listed), goods))
    return replace(turn, state=new, replies=tuple(replies))


def colour_variants(query: Query, answer: Answer) -> tuple[str, ...]:
    """All colours of the only line of an answer, where no colour was asked for."""
    if query.facets_of("colour"):
        return ()
    return tuple(row.code for row in answer.rows[0].rows)


def without_unmet(query: Query, answer: Answer) -> Query:
    """The question without the words that none of its rows has: they are said once."""
    met = any(word.said not in answer.unmet for word in query.goods)
    kept = tuple(
        f
        for f in query.facets
        if not (isinstance(f, Words) and f.said in answer.unmet and (f.name != "goods" or met))
    )
    return replace(query, facets=kept, unknown=())


def without_gap(query: Query, answer: Answer) -> Query | None:
    """The question without what it failed for; None where no goods would be left."""
    gap = answer.gap
    if gap is None:
        return None
    if gap.missing == "model":
        return query if query.names_goods else None  # the next model is of the same line
    facet = _FACET_OF.get(gap.missing)
    left = query.without(facet) if facet else Query()
    return left if left.names_goods else None


def _for_others(query: Query, goods: Goods) -> Query | None:
    """The goods of a question whose device nobody knows, where they are sold for others."""
    if not query.devices or not query.goods or not all(word.options for word in query.goods):
        return None
    left = Query(text=query.text, facets=query.goods)
    return left if goods.find(left, limit=1).kind != "none" else None


def _near(answer: Answer) -> tuple[str, ...]:
    """The rows that an honest no shows."""
    return tuple(hit.row.code for hit in answer.nearest[:ROWS_OF_A_QUESTION])


def _of_rows(codes: Sequence[str], query: Query, goods: Goods) -> Query | None:
    """What rows have of a question; None where that is nothing that goods are found by."""
    facets = tuple(
        f for f in query.facets if not f.exclude and all(goods.has(code, f) for code in codes)
    )
    devices = tuple(
        d for d in query.devices if not d.exclude and all(goods.fits(code, d) for code in codes)
    )
    met = Query(text=query.text, facets=facets, devices=devices)
    return met if met.searchable else None


def after_a_miss(
    left: Query, asked: Query, answer: Answer, state: ConversationState
) -> ConversationState:
    """The goods are sold and what was asked of them is not: the talk is about the goods."""
    near = _near(answer)
    return ConversationState(
        focus=left,
        base=left,
        listed=near or state.listed,
        taken=state.taken,
        lines=state.lines,
        missed=asked,
        before=not near,
    )


def _is_known(query: Query, focus: Query | None) -> bool:
    """Whether the list has any word or number of a question, or it names another device."""
    before = focus.devices if focus else ()
    named = any(not isinstance(facet, Words) or facet.options for facet in query.facets)
    named = named or any(device not in before for device in query.devices)
    return named or bool(query.codes or query.code_said or query.price.bounded)


def _is_sure(query: Query, answer: Answer) -> bool:
    return answer.kind != "none" and answer.confidence >= _SURE and not query.unknown
