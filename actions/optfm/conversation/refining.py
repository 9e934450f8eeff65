"""What is said of the goods that are spoken of already: narrower, other, or not there."""

from dataclasses import replace

from optfm.conversation.acts import (
    Ask,
    More,
    OtherThan,
    Refine,
)
from optfm.conversation.asking import after_a_miss, ask, colour_variants, without_gap, without_unmet
from optfm.conversation.counting import count_pieces, which_of
from optfm.conversation.goods import Goods
from optfm.conversation.narrowing import (
    by_words,
    narrowed,
    not_lacking,
    of_kin,
    of_other_goods,
    only_purpose,
)
from optfm.conversation.ranking import extreme_of
from optfm.conversation.replies import (
    NotThere,
    WhichGoods,
)
from optfm.conversation.several import by_colours
from optfm.conversation.showing import choose, rows_reply, show_more
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.turn import Turn
from optfm.search import Colour, Facet


def refine(act: Refine, state: ConversationState, goods: Goods) -> Turn:
    """What is said of the goods in focus; an honest no where none is so."""
    if state.focus is None:
        return ask(Ask(queries=(act.said,)), state, goods)
    found = of_kin(act, state, goods) if only_purpose(act.said) else None
    found = found or narrowed(act, state, goods)
    taken_back = act.said.excluded or any(d.exclude for d in act.said.devices)
    by_name = not (found or state.missed or taken_back)  # «только не чёрный» tells no black row
    if by_name and (codes := by_words(act, state, goods)):
        if act.count and len(codes) == 1:
            return count_pieces(act, ((codes[0], act.count),), state, goods)
        return choose(act, codes, state, goods)
    found = (
        found
        or of_kin(act, state, goods)
        or not_lacking(act, state, goods)
        or narrowed(act, state, goods, alone=True)
        or of_other_goods(act, goods)
    )
    if found is None:
        if several := by_colours(act.said, state.focus, goods):
            return ask(Ask(queries=several), state, goods)
        return _nothing_so(act, state, goods)
    if act.superlative:
        extreme = extreme_of(found, act, state, goods)
        return extreme
    reply = rows_reply(found.query, found.answer, lost=found.lost)
    found = replace(found, query=without_unmet(found.query, found.answer))
    codes = tuple(hit.row.code for hit in reply.hits)
    new = replace(
        state, focus=found.query, groups=(), chosen=(), count=0, asked="", shown=len(codes)
    )
    if len(found.answer.rows) == 1:
        new = new.choosing(codes[0])
        if codes[0] not in state.listed and len(state.listed) < 2:
            new = replace(new, listed=codes)
        new = replace(new, variants=colour_variants(found.query, found.answer))
        if act.said.excluded or act.said.price.bounded:  # a limit holds for what comes next, too
            new = replace(new, base=found.query)
    else:
        new = replace(new, base=found.query, listed=codes)
    if not act.count:
        return Turn(act=act, replies=(reply,), state=new, answers=(found.answer,), sure=found.sure)
    if len(codes) == 1 and not found.answer.unmet:
        return count_pieces(act, ((codes[0], act.count),), new, goods)
    if len(codes) == 1:
        return Turn(act=act, replies=(reply,), state=new, answers=(found.answer,), sure=found.sure)
    new = replace(new, count=act.count, asked="row")
    replies = (reply, which_of(act.count, codes, goods))
    return Turn(act=act, replies=replies, state=new, answers=(found.answer,), sure=found.sure)


def _nothing_so(act: Refine, state: ConversationState, goods: Goods) -> Turn:
    """An honest no; the talk goes on from what there was, or from the goods newly named."""
    assert state.focus is not None
    query = state.focus.without(*act.lifted).refined(act.said)
    answer = find_strictly(query, goods)
    if answer.kind != "none":  # what it has lacks what was asked before
        near = answer.rows
        if act.said.price.bounded:
            near = find_strictly(state.focus.sorted("cheap"), goods).rows
        answer = replace(answer, kind="none", nearest=near, rows=(), unmet=(), choice=None)
    new = replace(state, missed=query)
    if any(not d.exclude for d in act.said.devices):  # another model: the talk is about its goods
        left = without_gap(query, answer)
        new = (
            after_a_miss(left, query, answer, state)
            if left
            else replace(new, before=True, chosen=())
        )
    return Turn(
        act=act, replies=(NotThere(answer=answer, query=query),), state=new, answers=(answer,)
    )


def other_rows(act: OtherThan, state: ConversationState, goods: Goods) -> Turn:
    """The goods in focus without what all that is shown has in common."""
    focus = state.focus or state.base
    if focus is None:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    gone: list[Facet] = [replace(f, exclude=True) for f in focus.facets_of(act.name, exclude=False)]
    if not gone and act.name == "colour":
        facts = [goods.facts(code) for code in state.in_focus]
        shown = frozenset.intersection(*(f.colours for f in facts if f)) if any(facts) else set()
        gone = [Colour(colour=colour, exclude=True) for colour in sorted(shown)]
    if not gone:
        return show_more(More(), state, goods)
    said = replace(act.said, facets=(*act.said.facets, *gone))
    without = replace(state, focus=focus.without(act.name), base=None, chosen=())
    return refine(Refine(said=said), without, goods)
