"""Rows of an answer as they are shown: how many, which next, which again."""

from collections.abc import Sequence
from dataclasses import replace

from optfm.catalog import PriceRow
from optfm.conversation.acts import (
    Act,
)
from optfm.conversation.goods import Goods
from optfm.conversation.replies import (
    NoMore,
    Rows,
    WhichGoods,
)
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.turn import Turn
from optfm.search import Answer, Hit, Query

#: As many rows as a phone's screen holds, and fewer above a question.
ROWS = 5
ROWS_OF_A_QUESTION = 3
#: A messenger's button holds about so many letters.
BUTTON = 40


def rows_reply(query: Query, answer: Answer, *, first: int = 1, lost: tuple[str, ...] = ()) -> Rows:
    """An answer as it is shown: fewer rows above a question."""
    choosing = answer.choice is not None and all(
        len(option.label) <= BUTTON for option in answer.choice.options
    )
    most = ROWS_OF_A_QUESTION if choosing else ROWS
    return Rows(
        answer=answer,
        hits=answer.rows[:most],
        query=query,
        first=first,
        order=query.sort,
        lost=lost,
        choosing=choosing,
    )


def show_more(act: Act, state: ConversationState, goods: Goods) -> Turn:
    """The next rows of the answer that is shown."""
    if state.base is None:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    answer = find_strictly(state.base, goods)
    hits = answer.rows[state.shown : state.shown + ROWS]
    if not hits:
        return Turn(act=act, replies=(NoMore(),), state=state, sure=True)
    reply = Rows(
        answer=answer, hits=hits, query=state.base, offset=state.shown, order=state.base.sort
    )
    new = replace(
        state,
        focus=state.base,
        listed=tuple(hit.row.code for hit in hits),
        chosen=(),
        groups=(),
        shown=state.shown + len(hits),
    )
    return Turn(act=act, replies=(reply,), state=new, answers=(answer,), sure=True)


def show_again(act: Act, state: ConversationState, goods: Goods) -> Turn:
    """What is spoken of, once more."""
    missed, focus = state.missed, state.focus
    if missed and (focus is None or missed == focus or missed.devices != focus.devices):
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    return choose(act, state.in_focus, state, goods, keep=True)


def choose(
    act: Act, codes: Sequence[str], state: ConversationState, goods: Goods, *, keep: bool = False
) -> Turn:
    """Rows that the customer chose."""
    rows = tuple(row for row in map(goods.row, codes) if row)
    if not rows:  # the list was replaced meanwhile
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    new = state if keep and len(rows) > 1 else state.choosing(*(row.code for row in rows))
    return show(act, rows, new)


def show(
    act: Act,
    rows: tuple[PriceRow, ...],
    state: ConversationState,
    *,
    order: str = "",
    extreme: bool = True,
) -> Turn:
    """Rows as an answer of their own."""
    hits = tuple(Hit(row=row, rows=(row,), colours=(), score=0.0) for row in rows[:ROWS])
    query = Query(codes=tuple(row.code for row in rows))
    answer = Answer(query=query, kind="found", confidence=1.0, rows=hits, total=len(hits))
    reply = Rows(
        answer=answer,
        hits=hits,
        query=query,
        order="cheap" if order == "cheap" else "dear" if order == "dear" else "",
        extreme=extreme and bool(order),
    )
    return Turn(act=act, replies=(reply,), state=state, sure=True)
