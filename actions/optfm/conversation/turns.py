"""One message about goods: the act it is, what is said to it, and what the talk is about then."""

from dataclasses import replace
from typing import assert_never

from optfm.conversation.about_rows import compare, tell_attribute, tell_fit, tell_whether
from optfm.conversation.acts import (
    Act,
    Again,
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
    More,
    OtherThan,
    Refine,
    Sort,
    SumUp,
    Superlative,
    Take,
    TooDear,
    Unclear,
)
from optfm.conversation.asking import ask
from optfm.conversation.counting import ask_which_row, count_pieces
from optfm.conversation.cues import cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.ranking import extreme_row, offer_cheaper, sort_rows, superlative_rows
from optfm.conversation.reading import read_act
from optfm.conversation.refining import other_rows, refine
from optfm.conversation.replies import (
    Cheaper,
    Fit,
    HowMany,
    NoMore,
    NothingCounted,
    NotMeant,
    NotThere,
    Reply,
    Rows,
    Total,
    WhichGoods,
    WhichRow,
)
from optfm.conversation.showing import choose, show_again, show_more
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.turn import Turn
from optfm.search import Query
from optfm.text.normalise import bare_ordinals, has_cyrillic

#: replies that speak of rows: they are in focus then
_TOLD = Rows | Cheaper | Total | Fit | WhichRow | HowMany


def take_turn(text: str, state: ConversationState, goods: Goods) -> Turn:
    """Answers a message about goods.

    :param text: as typed.
    :param state: what the conversation is about; a new one where it has not begun.
    """
    heard = heard_over(text, goods)
    if state.unseen and state.focus is not None:
        return _of_what_was_named(heard, state.focus, state, goods)
    return perform(read_act(heard, state, goods), state, goods)


def _of_what_was_named(text: str, focus: Query, state: ConversationState, goods: Goods) -> Turn:
    """«а новый сколько стоит?», «беру два» of goods that a story or an order's line has named.

    Of several rows none is taken before the customer has seen them.
    """
    shown = ask(Ask(queries=(focus,)), replace(state, unseen=False), goods)
    act = read_act(text, shown.state, goods)
    if isinstance(act, Again) and shown.state.in_focus:
        return replace(shown, act=act)
    if isinstance(act, CountOpen):
        asked = replace(shown.state, asked="row", count=act.count)
        return replace(shown, act=act, state=asked)
    of_one = len(shown.state.in_focus) == 1
    if of_one and not isinstance(act, Unclear):
        return perform(act, shown.state, goods)
    turn = perform(read_act(text, state, goods), state, goods)
    return turn if not isinstance(turn.act, Unclear) else replace(turn, state=state)


def heard_over(text: str, goods: Goods) -> str:
    """The text as it was meant to be spelt; among Russian words a Latin one is a name."""
    heard = bare_ordinals(goods.heard(text))
    if has_cyrillic(text):
        return heard
    queries = goods.parse(heard)
    russian = {word.lower() for query in queries for word in query.unknown}
    russian |= {
        word.said.lower()
        for query in queries
        for word in query.words
        if all(has_cyrillic(" ".join(option)) for option in word.options)
    }
    return cue_reader().in_russian(heard, russian)


def press(query: Query, skip: int, state: ConversationState, goods: Goods) -> Turn:
    """Answers a pressed button: the query is found as it is, and nothing is read.

    :param skip: so many lines of its answer were shown before.
    """
    act = Ask(queries=(query,))
    if skip:
        on = replace(state, base=query, focus=query, shown=skip)
        return show_more(act, on, goods)
    if query.quantity and len(query.codes) == 1:
        return count_pieces(act, ((query.codes[0], query.quantity),), state, goods)
    return ask(act, state, goods)


def perform(act: Act, state: ConversationState, goods: Goods) -> Turn:
    """What an act comes to."""
    turn = _done(act, replace(state, counted=False, unseen=False), goods)
    if any(
        isinstance(reply, Rows | Cheaper | Total | Fit | WhichRow | HowMany)
        for reply in turn.replies
    ):
        return replace(turn, state=replace(turn.state, missed=None, before=False))
    if all(isinstance(reply, WhichGoods | NoMore) for reply in turn.replies):
        return _missed_again(turn, goods)
    return turn


def _missed_again(turn: Turn, goods: Goods) -> Turn:
    """«а подешевле?» of what has just been missing: that it is still missing."""
    if turn.state.missed is None or isinstance(turn.act, Unclear):
        return turn
    answer = find_strictly(turn.state.missed, goods)
    if answer.kind != "none" or answer.gap is None:
        return turn
    return replace(
        turn, replies=(NotThere(answer=answer, query=turn.state.missed),), answers=(answer,)
    )


def _done(act: Act, state: ConversationState, goods: Goods) -> Turn:
    match act:
        case Ask():
            return ask(act, state, goods)
        case Refine():
            return refine(act, state, goods)
        case More():
            return show_more(act, state, goods)
        case Again():
            return show_again(act, state, goods)
        case Sort():
            return sort_rows(act, state, goods)
        case Extreme():
            return extreme_row(act, state, goods)
        case Mistaken():
            away = replace(state, before=True, chosen=(), asked="")
            return Turn(act=act, replies=(NotMeant(),), state=away, sure=True)
        case TooDear():
            return offer_cheaper(act, state, goods)
        case Superlative():
            return superlative_rows(act, state, goods)
        case OtherThan():
            return other_rows(act, state, goods)
        case Choose():
            return choose(act, act.codes, state, goods)
        case Take():
            row = goods.row(act.code)
            told: Reply = HowMany(row=row) if row else WhichGoods()
            return Turn(act=act, replies=(told,), state=state.choosing(act.code), sure=True)
        case Count():
            return count_pieces(act, act.lines, state, goods)
        case SumUp():
            if not state.lines:
                return Turn(act=act, replies=(NothingCounted(),), state=state)
            return count_pieces(act, state.lines, state, goods)
        case CountOpen():
            return ask_which_row(act, act.count, state, goods)
        case AskAttribute():
            return tell_attribute(act, state, goods)
        case AskWhether():
            return tell_whether(act, state, goods)
        case Compare():
            return compare(act, state, goods)
        case CheckFit():
            return tell_fit(act, state, goods)
        case Unclear():
            return Turn(act=act, replies=(WhichGoods(),), state=state)
        case _:
            assert_never(act)
