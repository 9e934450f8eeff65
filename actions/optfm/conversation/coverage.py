"""How much of a message is about the rows that are shown.

Over rows a message has two readings: what it does with them, and a topic that it sounds like. The
first one counts where it leaves no word over; «минимальная цена?» asks for the cheapest row, and
«минимальный заказ?» has a word that no row and no act knows. Where the topic is doubted, it counts
as well with words over, while it explains no fewer than it leaves: they are said back. Whom it is
for («клиент просил синюю») is no word over then.
"""

from dataclasses import dataclass
from itertools import pairwise

from optfm.conversation.acts import (
    Ask,
    AskAttribute,
    AskWhether,
    CheckFit,
    Choose,
    Compare,
    Count,
    CountOpen,
    Extreme,
    Mistaken,
    OtherThan,
    Refine,
    Sort,
    SumUp,
    Superlative,
    TooDear,
)
from optfm.conversation.cues import CueName, Cues, Token, cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.itemising import itemised
from optfm.conversation.message import gives_a_reason, says_something
from optfm.conversation.reading_goods import REACH
from optfm.conversation.replies import NotThere, WhichGoods
from optfm.conversation.row_words import named
from optfm.conversation.state import ConversationState
from optfm.conversation.turn import Turn
from optfm.conversation.turns import heard_over, take_turn
from optfm.conversation.words import act_words
from optfm.search import Colour, Facet, Value, Words
from optfm.text.morphology import is_somebody, part_of_speech

#: acts that need rows that are shown
_OF_ROWS = (
    AskAttribute | AskWhether | CheckFit | Choose | Compare | Count | CountOpen | Extreme
    | OtherThan | Refine | Sort | SumUp | Superlative
)  # fmt: skip
#: cues that say nothing by themselves of what is done with rows
_EMPTY: frozenset[CueName] = frozenset(
    {"little", "how_much", "this", "there", "same", "correction", "refuse", "more", "in_all"}
)


def over_rows(
    text: str, state: ConversationState, goods: Goods, *, doubted: bool = False
) -> Turn | None:
    """What a message comes to that is about the rows shown, and about nothing else; else None.

    :param text: as typed.
    :param doubted: no topic is sure of it: half of its words are enough, and where all of them
        are of the goods, that none of these are so is an answer, too.
    """
    if not state.in_focus:
        return None
    turn = take_turn(text, state, goods)
    missing = any(isinstance(reply, NotThere | WhichGoods) for reply in turn.replies)
    anew = doubted and _of_another_model(turn)
    if not anew and not isinstance(
        turn.act, _OF_ROWS | (TooDear | Mistaken) if doubted else _OF_ROWS
    ):
        return None
    if missing and not (anew or (doubted and isinstance(turn.act, Refine))):
        return None
    covered = _coverage(heard_over(text, goods), state, goods)
    if covered.whole or (doubted and not anew and (covered.of_goods if missing else covered.half)):
        return turn
    return None


def _of_another_model(turn: Turn) -> bool:
    """«и на девятый найдутся ремешки?»: asked anew, the goods with a model."""
    return isinstance(turn.act, Ask) and all(q.goods and q.models for q in turn.act.queries)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Coverage:
    """How many words of a message rows and acts explain, and how many they leave."""

    told: int  #: say by themselves what is done with rows, or are of rows
    left: int  #: nobody knows them, or they are the shop's: «доставка»
    persons: int = 0  #: so many of those name somebody: «клиент просил», «жене»
    shop: bool = False  #: one of those is the shop's

    @property
    def whole(self) -> bool:
        return self.told > 0 and self.left == 0

    @property
    def half(self) -> bool:
        return self.told >= max(self.left - self.persons, 1) and not self.shop

    @property
    def of_goods(self) -> bool:
        """Nothing but goods and whom they are for."""
        return self.told > 0 and self.left == self.persons and not self.shop


def _coverage(text: str, state: ConversationState, goods: Goods) -> _Coverage:
    """What rows, acts and little words explain of a message."""
    cues = cue_reader().read(text)
    told = sum(cue.name not in _EMPTY for cue in cues.found)
    if cues.has("pointer") or itemised(text, state, goods):
        return _Coverage(told=max(told, 1), left=0)
    rows = _rows(state, goods)
    left, persons, shop = 0, 0, False
    owners = {after for before, after in pairwise(cues.tokens) if before.text == "у"}
    priced = _of_the_price(text, cues, goods)
    told += bool(priced)
    queries = goods.parse(text, about=state.focus)
    reason = any(map(gives_a_reason, queries))
    units = {word for q in queries for value in q.values for word in value.said.lower().split()}
    for token in cues.left:
        of_shop = bool(goods.parse(token.text)[0].talk)
        if token in priced or (of_shop and reason) or _is_little(token, goods):
            continue
        if token.text in units or _is_explained(token, rows, state, goods):
            told += 1
        else:
            left += 1
            of_somebody = is_somebody(token.text) or token in owners  # «у клиента»
            persons += of_somebody and not of_shop
            shop = shop or of_shop
    return _Coverage(told=told, left=left, persons=persons, shop=shop)


def _rows(state: ConversationState, goods: Goods) -> tuple[str, ...]:
    """Rows shown, and those that were left out of the answer for their number."""
    found = goods.find(state.focus, limit=REACH).rows if state.focus else ()
    return tuple(dict.fromkeys((*state.chosen, *state.listed, *(hit.row.code for hit in found))))


def _of_the_price(text: str, cues: Cues, goods: Goods) -> frozenset[Token]:
    """«полторы тыщи максимум»: the words without which another price or none is read."""
    prices = [query.price for query in goods.parse(text)]
    if not any(price.bounded for price in prices):
        return frozenset()
    without = {
        token: goods.parse(f"{text[: token.start]} {text[token.end :]}") for token in cues.tokens
    }
    return frozenset(
        token for token, queries in without.items() if [q.price for q in queries] != prices
    )


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
