"""Pieces of rows: counted, or asked for which row they are."""

from collections.abc import Sequence
from dataclasses import replace

from optfm.conversation.acts import (
    Act,
)
from optfm.conversation.goods import Goods
from optfm.conversation.replies import (
    Total,
    WhichGoods,
    WhichRow,
)
from optfm.conversation.state import ConversationState
from optfm.conversation.turn import Turn


def count_pieces(
    act: Act, lines: Sequence[tuple[str, int]], state: ConversationState, goods: Goods
) -> Turn:
    """The sum of lines, which are kept with those counted before."""
    there = [(row, pieces) for code, pieces in lines if (row := goods.row(code))]
    if not there:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    codes = tuple(row.code for row, _ in there)
    lines_so_far = {code: pieces for code, pieces in state.lines if code not in codes}
    lines_so_far |= {row.code: pieces for row, pieces in there}
    new = replace(
        state.choosing(*codes),
        count=there[-1][1],
        counted=True,
        lines=tuple(lines_so_far.items()),
    )
    return Turn(
        act=act,
        replies=(Total(lines=tuple(there)),),
        state=new,
        sure=True,
        counted=tuple((row.code, pieces) for row, pieces in there),
    )


def ask_which_row(act: Act, count: int, state: ConversationState, goods: Goods) -> Turn:
    """A number of pieces, where nobody knows of which row."""
    if state.before or not state.listed:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    if state.base and state.base.sort:  # «подешевле», then «беру 100»: the first is meant
        return count_pieces(act, ((state.listed[0], count),), state, goods)
    reply = which_of(count, state.listed, goods)
    return Turn(
        act=act, replies=(reply,), state=replace(state, count=count, asked="row"), sure=True
    )


def which_of(count: int, codes: Sequence[str], goods: Goods) -> WhichRow:
    """The question which of these rows is meant."""
    return WhichRow(count=count, rows=tuple(row for row in map(goods.row, codes) if row))
