"""Whether every word of a message is about the rows that are shown.

Over rows a message has two readings: what it does with them, and a topic that it sounds like. The
first one counts where it leaves no word over; «минимальная цена?» asks for the cheapest row, and
«минимальный заказ?» has a word that no row and no act knows.
"""

from optfm.conversation.acts import (
    AskAttribute,
    AskWhether,
    CheckFit,
    Choose,
    Compare,
    Count,
    CountOpen,
    Extreme,
    OtherThan,
    Refine,
    Sort,
    SumUp,
    Superlative,
)
from optfm.conversation.cues import CueName, Token, cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.itemising import itemised
from optfm.conversation.message import says_something
from optfm.conversation.replies import NotThere, WhichGoods
from optfm.conversation.row_words import named
from optfm.conversation.state import ConversationState
from optfm.conversation.turn import Turn
from optfm.conversation.turns import heard_over, take_turn
from optfm.conversation.words import act_words
from optfm.search import Colour, Facet, Value, Words
from optfm.text.morphology import part_of_speech

#: acts that need rows that are shown
_OF_ROWS = (
    AskAttribute | AskWhether | CheckFit | Choose | Compare | Count | CountOpen | Extreme
    | OtherThan | Refine | Sort | SumUp | Superlative
)  # fmt: skip
#: cues that say nothing by themselves of what is done with rows
_EMPTY: frozenset[CueName] = frozenset(
    {"little", "how_much", "this", "there", "same", "correction", "refuse", "more", "in_all"}
)


def over_rows(text: str, state: ConversationState, goods: Goods) -> Turn | None:
    """What a message comes to that is about the rows shown, and about nothing else; else None.

    :param text: as typed.
    """
    if not state.in_focus:
        return None
    turn = take_turn(text, state, goods)
    missing = any(isinstance(reply, NotThere | WhichGoods) for reply in turn.replies)
    if missing or not isinstance(turn.act, _OF_ROWS):
        return None
    return turn if _is_covered(heard_over(text, goods), state, goods) else None


def _is_covered(text: str, state: ConversationState, goods: Goods) -> bool:
    """Whether rows, acts and little words explain all words, and one of them by itself."""
    cues = cue_reader().read(text)
    if cues.has("pointer") or itemised(text, state, goods):
        return True
    rows = tuple(dict.fromkeys((*state.chosen, *state.listed)))
    told = any(cue.name not in _EMPTY for cue in cues.found)
    for token in cues.left:
        if _is_little(token, goods):
            continue
        if not _is_explained(token, rows, state, goods):
            return False
        told = True
    return told


def _is_little(token: Token, goods: Goods) -> bool:
    """Whether it says nothing; a noun says something, be it not of goods: «первый заказ»."""
    words = act_words()
    if token.text in words.polite:
        return True
    (query, *_) = goods.parse(token.text)
    empty = not (says_something(query) or query.goods or query.unknown or query.talk or query.codes)
    return empty and part_of_speech(token.text) != "noun"


def _is_explained(
    token: Token, rows: tuple[str, ...], state: ConversationState, goods: Goods
) -> bool:
    """Whether it is of a row shown, or a property that other rows of the kind have."""
    names = [row.name for row in map(goods.row, rows) if row]
    if any(named(token.text, name) for name in names):
        return True
    (query, *_) = goods.parse(token.text, about=state.focus)
    if query.codes or query.unknown or query.talk or query.sale:
        return False
    facets = query.facets
    return bool(facets or query.devices) and all(
        isinstance(facet, Colour | Value) or _has(facet, rows, goods) for facet in facets
    )


def _has(facet: Facet, rows: tuple[str, ...], goods: Goods) -> bool:
    if isinstance(facet, Words) and facet.name in ("quality", "brand", "connector"):
        return bool(facet.options)
    return any(goods.has(code, facet) for code in rows)
