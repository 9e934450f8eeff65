"""Goods that are named beside something else: in a story, a question of terms, an order's line."""

from dataclasses import replace

from optfm.conversation.goods import Goods
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.search import FacetName, Query, Words

#: what tells which of the goods were meant; a colour or a count of a story is its own
_TELLING: frozenset[FacetName] = frozenset({"goods", "brand", "quality"})


def naming(text: str, state: ConversationState, goods: Goods) -> ConversationState | None:
    """What the talk is about after a text that names goods and asks no price of them.

    «Батарея на XR сдохла за месяц» is about a warranty, and «а новая почём?» then about that
    battery.

    :returns: None where it names no goods for a model, several, or such as the list has not.
    """
    (query, *others) = goods.parse(text)
    if others or not query.goods or not query.models:
        return None
    facets = tuple(
        facet
        for facet in query.facets
        if isinstance(facet, Words) and facet.must and facet.options and not facet.exclude
        and facet.name in _TELLING
    )  # fmt: skip
    named = Query(facets=facets, devices=query.models)
    answer = find_strictly(named, goods)
    if not named.goods or answer.kind == "none" or answer.unmet:
        return None
    return replace(
        ConversationState(focus=named, unseen=True), lines=state.lines, taken=state.taken
    )
