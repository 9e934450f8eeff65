"""One message about goods: the act it is, what is said to it, and what the talk is about then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never, get_args

from optfm.catalog import PriceRow
from optfm.catalog.discount import final_price_kop
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
    TooDear,
    Unclear,
)
from optfm.conversation.attributes import properties, told
from optfm.conversation.comparison import differences
from optfm.conversation.cues import cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.narrowing import Narrowed, by_words, narrowed, of_kin, only_purpose
from optfm.conversation.reading import read_act
from optfm.conversation.replies import (
    Attribute,
    Cheaper,
    Comparison,
    Fit,
    NoMore,
    NothingCounted,
    NotMeant,
    NotThere,
    Reply,
    Rows,
    TooMany,
    Total,
    Whether,
    WhichGoods,
    WhichRow,
)
from optfm.conversation.row_words import denied, named_all
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.search import Answer, Colour, Device, Facet, FacetName, Hit, Query, Value, Words
from optfm.search.query import ValueName
from optfm.text.normalise import has_cyrillic

#: As many rows as a phone's screen holds, and fewer above a question.
ROWS = 5
ROWS_OF_A_QUESTION = 3
#: Rows that are offered to who finds something dear.
_CHEAPER = 3
#: Lines among which the most of something is looked for.
_ALL = 1000
#: Goods of one message that are answered.
_GOODS = 6
#: A messenger's button holds about so many letters.
BUTTON = 40
#: From here on a search that nobody asked for by name is sure.
_SURE = 0.8
#: what a question may fail for although its goods are sold → the facet that says it
_FACET_OF: dict[str, FacetName] = {
    name: name for name in (*get_args(ValueName), "brand", "connector", "colour", "price")
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What a message came to."""

    act: Act
    replies: tuple[Reply, ...]
    state: ConversationState
    answers: tuple[Answer, ...] = ()  #: the searches behind the replies, for the record
    sure: bool = False  #: the message is about goods beyond doubt
    counted: tuple[tuple[str, int], ...] = ()  #: codes with the pieces that were counted


def take_turn(text: str, state: ConversationState, goods: Goods) -> Turn:
    """Answers a message about goods.

    :param text: as typed.
    :param state: what the conversation is about; a new one where it has not begun.
    """
    return perform(read_act(_heard(text, goods), state, goods), state, goods)


def _heard(text: str, goods: Goods) -> str:
    """The text as it was meant to be spelt; among Russian words a Latin one is a name."""
    heard = goods.heard(text)
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
        return _more(act, on, goods)
    if query.quantity and len(query.codes) == 1:
        return _count(act, ((query.codes[0], query.quantity),), state, goods)
    return _ask(act, state, goods)


def perform(act: Act, state: ConversationState, goods: Goods) -> Turn:
    """What an act comes to."""
    turn = _done(act, replace(state, counted=False), goods)
    if any(isinstance(reply, Rows | Cheaper | Total | Fit | WhichRow) for reply in turn.replies):
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
            return _ask(act, state, goods)
        case Refine():
            return _refine(act, state, goods)
        case More():
            return _more(act, state, goods)
        case Again():
            return _again(act, state, goods)
        case Sort():
            return _sort(act, state, goods)
        case Extreme():
            return _extreme(act, state, goods)
        case Mistaken():
            away = replace(state, before=True, chosen=(), asked="")
            return Turn(act=act, replies=(NotMeant(),), state=away, sure=True)
        case TooDear():
            return _too_dear(act, state, goods)
        case Superlative():
            return _superlative(act, state, goods)
        case OtherThan():
            return _other_than(act, state, goods)
        case Choose():
            return _chosen(act, act.codes, state, goods)
        case Count():
            return _count(act, act.lines, state, goods)
        case SumUp():
            if not state.lines:
                return Turn(act=act, replies=(NothingCounted(),), state=state)
            return _count(act, state.lines, state, goods)
        case CountOpen():
            return _which_row(act, act.count, state, goods)
        case AskAttribute():
            return _attribute(act, state, goods)
        case AskWhether():
            return _whether(act, state, goods)
        case Compare():
            return _compare(act, state, goods)
        case CheckFit():
            return _fit(act, state, goods)
        case Unclear():
            return Turn(act=act, replies=(WhichGoods(),), state=state)
        case _:
            assert_never(act)


# --- questions


def _ask(act: Ask, state: ConversationState, goods: Goods) -> Turn:
    """One answer for each of the goods; the rows are numbered through all of them."""
    queries = _apart(act.queries, goods)[:_GOODS]
    replies: list[Reply] = []
    answers = [find_strictly(query, goods) for query in queries]
    listed: list[str] = []
    alone: list[str] = []
    there: list[Query] = []
    missed: Query | None = None
    for query, answer in zip(queries, answers, strict=True):
        if answer.kind == "none":
            replies.append(NotThere(answer=answer, query=query))
            missed = missed or _without_gap(query, answer) or _for_others(query, goods)
            continue
        reply = _rows(query, answer, first=len(listed) + 1)
        replies.append(reply)
        listed += [hit.row.code for hit in reply.hits]
        alone += [reply.hits[0].row.code] if len(answer.rows) == 1 else []
        there.append(_met(query, answer))
    if beyond := _apart(act.queries, goods)[_GOODS:]:
        replies.append(TooMany(said=tuple(query.spoken or query.text for query in beyond)))
    sure = all(_is_sure(q, a) for q, a in zip(queries, answers, strict=True))
    turn = Turn(act=act, replies=tuple(replies), state=state, answers=tuple(answers), sure=sure)
    if not there:
        if missed:
            return replace(turn, state=_after_a_miss(missed, queries[0], answers[0], state))
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
        new = replace(new, variants=_variants(there[0], answers[0]))
    for code in alone if len(there) > 1 else ():
        new = replace(new.choosing(code), chosen=())
    pieces = there[0].quantity
    if pieces and len(queries) == 1:
        if alone and not answers[0].unmet:
            counted = _count(act, ((alone[0], pieces),), new, goods)
            return replace(counted, answers=tuple(answers), sure=sure)
        if len(listed) > 1:
            new = replace(new, count=pieces, asked="row")
            replies.append(_which(pieces, tuple(listed), goods))
    return replace(turn, state=new, replies=tuple(replies))


def _apart(queries: Sequence[Query], goods: Goods) -> tuple[Query, ...]:
    """The queries, one that names several goods taken apart where no one thing is all of them."""
    found: list[Query] = []
    for query in queries:
        called = query.goods
        if len(called) < 2 or find_strictly(query, goods).kind != "none":
            found.append(query)
            continue
        others = tuple(f for f in query.facets if f not in called)
        each = [replace(query, facets=(word, *others), text=word.said) for word in called]
        there = [one for one in each if find_strictly(one, goods).kind != "none"]
        found += each if len(there) > 1 else [query]
    return tuple(found)


def _rows(query: Query, answer: Answer, *, first: int = 1, lost: tuple[str, ...] = ()) -> Rows:
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


def _variants(query: Query, answer: Answer) -> tuple[str, ...]:
    """All colours of the only line of an answer, where no colour was asked for."""
    if query.facets_of("colour"):
        return ()
    return tuple(row.code for row in answer.rows[0].rows)


def _met(query: Query, answer: Answer) -> Query:
    """The question without the words that none of its rows has: they are said once."""
    kept = tuple(
        f
        for f in query.facets
        if not (isinstance(f, Words) and f.name != "goods" and f.said in answer.unmet)
    )
    return replace(query, facets=kept, unknown=())


def _without_gap(query: Query, answer: Answer) -> Query | None:
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


def _after_a_miss(
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


def _is_sure(query: Query, answer: Answer) -> bool:
    return answer.kind != "none" and answer.confidence >= _SURE and not query.unknown


def _refine(act: Refine, state: ConversationState, goods: Goods) -> Turn:
    if state.focus is None:
        return _ask(Ask(queries=(act.said,)), state, goods)
    found = of_kin(act, state, goods) if only_purpose(act.said) else None
    found = found or narrowed(act, state, goods)
    if found is None and not state.missed and (codes := by_words(act, state, goods)):
        if act.count and len(codes) == 1:
            return _count(act, ((codes[0], act.count),), state, goods)
        return _chosen(act, codes, state, goods)
    found = found or of_kin(act, state, goods) or narrowed(act, state, goods, alone=True)
    if found is None:
        return _nothing_so(act, state, goods)
    if act.superlative:
        extreme = _extreme_of(found, act, state, goods)
        return extreme
    reply = _rows(found.query, found.answer, lost=found.lost)
    found = replace(found, query=_met(found.query, found.answer))
    codes = tuple(hit.row.code for hit in reply.hits)
    new = replace(
        state, focus=found.query, groups=(), chosen=(), count=0, asked="", shown=len(codes)
    )
    if len(found.answer.rows) == 1:
        new = new.choosing(codes[0])
        if codes[0] not in state.listed and len(state.listed) < 2:
            new = replace(new, listed=codes)
        new = replace(new, variants=_variants(found.query, found.answer))
        if act.said.excluded or act.said.price.bounded:  # a limit holds for what comes next, too
            new = replace(new, base=found.query)
    else:
        new = replace(new, base=found.query, listed=codes)
    if not act.count:
        return Turn(act=act, replies=(reply,), state=new, answers=(found.answer,), sure=found.sure)
    if len(codes) == 1 and not found.answer.unmet:
        return _count(act, ((codes[0], act.count),), new, goods)
    if len(codes) == 1:
        return Turn(act=act, replies=(reply,), state=new, answers=(found.answer,), sure=found.sure)
    new = replace(new, count=act.count, asked="row")
    replies = (reply, _which(act.count, codes, goods))
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
        left = _without_gap(query, answer)
        new = (
            _after_a_miss(left, query, answer, state)
            if left
            else replace(new, before=True, chosen=())
        )
    return Turn(
        act=act, replies=(NotThere(answer=answer, query=query),), state=new, answers=(answer,)
    )


# --- going on with what is shown


def _more(act: Act, state: ConversationState, goods: Goods) -> Turn:
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


def _again(act: Act, state: ConversationState, goods: Goods) -> Turn:
    if state.missed:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    return _chosen(act, state.in_focus, state, goods, keep=True)


def _sort(act: Sort, state: ConversationState, goods: Goods) -> Turn:
    base = state.focus if state.focus and not state.chosen else state.base or state.focus
    if base is None and state.listed and not state.before:
        rows = [row for row in map(goods.row, state.listed) if row]
        by_price = tuple(_by_price(rows, act.order))
        listed = replace(state, listed=tuple(row.code for row in by_price), chosen=())
        return _shown(act, by_price, listed, order=act.order, extreme=False)
    if base is None or state.before:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    query = base.sorted(act.order)
    answer = find_strictly(query, goods)
    if answer.kind == "none":
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    hits = answer.rows[:ROWS]
    reply = Rows(answer=answer, hits=hits, query=query, order=act.order)
    codes = tuple(hit.row.code for hit in hits)
    new = replace(
        state, focus=query, base=query, listed=codes, chosen=(), groups=(), shown=len(codes)
    )
    return Turn(act=act, replies=(reply,), state=new, answers=(answer,), sure=True)


def _extreme(act: Extreme, state: ConversationState, goods: Goods) -> Turn:
    rows = [row for row in map(goods.row, act.of) if row]
    if not rows and (state.groups or (state.focus or state.base) is None):
        rows = [row for row in map(goods.row, state.listed) if row]
    if rows:
        best = _by_price(rows, act.order)[0]
        new = state.choosing(best.code)
        if act.count:
            return _count(act, ((best.code, act.count),), new, goods)
        return _shown(act, (best,), new, order=act.order)
    focus = state.focus
    answer = find_strictly(focus, goods) if focus else None
    if (answer is None or len(answer.rows) < 2) and state.base:
        focus = _wider(state.base, focus) if focus else state.base
        answer = find_strictly(focus, goods)
    if focus is None or answer is None or not answer.rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    refine = Refine(said=Query(), superlative=act.order, count=act.count)
    return _extreme_of(Narrowed(query=focus, answer=answer), refine, state, goods, act=act)


def _wider(base: Query, focus: Query) -> Query:
    """The question before the one row was found, with what was said anew of the same since."""
    names = {f.name for f in base.facets if not f.exclude}
    anew = tuple(f for f in focus.facets if f.name in names and f not in base.facets)
    devices = focus.devices if base.devices else ()
    return base.refined(Query(facets=anew, devices=devices))


def _extreme_of(
    found: Narrowed,
    refine: Refine,
    state: ConversationState,
    goods: Goods,
    act: Act | None = None,
) -> Turn:
    """The cheapest or the dearest line of an answer, with those of the same price."""
    order = refine.superlative or "cheap"
    query = found.query.sorted(order)
    answer = find_strictly(query, goods)
    prices = [final_price_kop(hit.row) for hit in answer.rows]
    alike = tuple(h for h, price in zip(answer.rows, prices, strict=True) if price == prices[0])
    hits = alike[:ROWS]
    reply = Rows(answer=answer, hits=hits, query=query, order=order, extreme=True, lost=found.lost)
    new = replace(state, focus=found.query, groups=(), shown=0, asked="")
    if not set(hit.row.code for hit in hits) <= set(state.listed):
        new = replace(new, listed=tuple(h.row.code for h in answer.rows[:ROWS]), base=query)
    new = new.choosing(hits[0].row.code)
    if refine.count:
        return _count(act or refine, ((hits[0].row.code, refine.count),), new, goods)
    return Turn(act=act or refine, replies=(reply,), state=new, answers=(answer,), sure=True)


def _too_dear(act: TooDear, state: ConversationState, goods: Goods) -> Turn:
    """Of the same goods what costs less than the row that is spoken of, or than any that is shown.

    The rows that are shown stay where nothing does: «беру второй» is still of them.
    """
    dear = [row for row in map(goods.row, state.in_focus) if row]
    if not dear:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    limit = (min if len(dear) == 1 else max)(final_price_kop(row) for row in dear)
    base = state.base or state.focus
    found = find_strictly(base.sorted("cheap"), goods) if base else None
    hits = tuple(hit for hit in (found.rows if found else ()) if final_price_kop(hit.row) < limit)[
        :_CHEAPER
    ]
    if not hits:
        return Turn(act=act, replies=(Cheaper(hits=()),), state=state, sure=True)
    codes = tuple(hit.row.code for hit in hits)
    new = replace(state, listed=codes, chosen=(), groups=(), count=0, asked="")
    return Turn(act=act, replies=(Cheaper(hits=hits),), state=new, sure=True)


def _superlative(act: Superlative, state: ConversationState, goods: Goods) -> Turn:
    """The rows that have the most or the least of a property, by what their names say."""
    focus = state.base or state.focus
    if focus is None:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    query = focus.without("quantity", "sort", *properties()[act.name].values).refined(act.said)
    answer = find_strictly(query, goods, reach=_ALL)
    if not answer.rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    names = properties()[act.name].values
    amount = {hit.row.code: _amount(hit.row.code, names, goods) for hit in answer.rows}
    told = [value for value in amount.values() if value is not None]
    if not told:
        rows = tuple(hit.row for hit in answer.rows[:ROWS])
        reply_unsaid = Attribute(
            name=properties()[act.name].called, told=tuple((row, "") for row in rows)
        )
        return Turn(act=act, replies=(reply_unsaid,), state=state, sure=bool(rows))
    best = max(told) if act.order == "most" else min(told)
    hits = tuple(hit for hit in answer.rows if amount[hit.row.code] == best)[:ROWS]
    codes = tuple(hit.row.code for hit in hits)
    reply = Rows(answer=replace(answer, rows=hits, total=len(hits), kind="found", choice=None),
                 hits=hits, query=query)  # fmt: skip
    new = replace(
        state, focus=query, groups=(), listed=codes, chosen=(), shown=len(codes), asked=""
    )
    new = new.choosing(*codes) if len(codes) == 1 else new
    return Turn(act=act, replies=(reply,), state=new, answers=(answer,), sure=True)


def _amount(code: str, names: Sequence[ValueName], goods: Goods) -> float | None:
    """The greatest value of the first of the names that a row states."""
    facts = goods.facts(code)
    if facts is None:
        return None
    for name in names:
        amounts = [value.value for value in facts.values if value.dimension == name]
        if amounts:
            return max(amounts)
    return None


def _other_than(act: OtherThan, state: ConversationState, goods: Goods) -> Turn:
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
        return _more(More(), state, goods)
    said = replace(act.said, facets=(*act.said.facets, *gone))
    without = replace(state, focus=focus.without(act.name), base=None, chosen=())
    return _refine(Refine(said=said), without, goods)


def _by_price(rows: Iterable[PriceRow], order: str) -> list[PriceRow]:
    return sorted(rows, key=final_price_kop, reverse=order == "dear")


# --- rows that were shown


def _chosen(
    act: Act, codes: Sequence[str], state: ConversationState, goods: Goods, *, keep: bool = False
) -> Turn:
    rows = tuple(row for row in map(goods.row, codes) if row)
    if not rows:  # the list was replaced meanwhile
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    new = state if keep and len(rows) > 1 else state.choosing(*(row.code for row in rows))
    return _shown(act, rows, new)


def _shown(
    act: Act,
    rows: tuple[PriceRow, ...],
    state: ConversationState,
    *,
    order: str = "",
    extreme: bool = True,
) -> Turn:
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


def _count(
    act: Act, lines: Sequence[tuple[str, int]], state: ConversationState, goods: Goods
) -> Turn:
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


def _which_row(act: Act, count: int, state: ConversationState, goods: Goods) -> Turn:
    if state.before or not state.listed:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    if state.base and state.base.sort:  # «подешевле», then «беру 100»: the first is meant
        return _count(act, ((state.listed[0], count),), state, goods)
    reply = _which(count, state.listed, goods)
    return Turn(
        act=act, replies=(reply,), state=replace(state, count=count, asked="row"), sure=True
    )


def _which(count: int, codes: Sequence[str], goods: Goods) -> WhichRow:
    return WhichRow(count=count, rows=tuple(row for row in map(goods.row, codes) if row))


# --- answers about rows


def _attribute(act: AskAttribute, state: ConversationState, goods: Goods) -> Turn:
    rows = [row for row in map(goods.row, act.codes[:ROWS]) if row]
    if not rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    printed = {row.code: told(act.name, row.code, goods) for row in rows}
    if properties()[act.name].colours and state.focus:
        # Rows that differ by colour only are shown as one line.
        for hit in find_strictly(state.focus, goods).rows:
            if hit.row.code in printed and len(hit.colours) > 1:
                printed[hit.row.code] = ", ".join(hit.colours)
    reply = Attribute(
        name=properties()[act.name].called,
        told=tuple((row, printed[row.code]) for row in rows),
    )
    new = state.choosing(rows[0].code) if len(rows) == 1 else state
    return Turn(act=act, replies=(reply,), state=new, sure=True)


def _whether(act: AskWhether, state: ConversationState, goods: Goods) -> Turn:
    row = goods.row(act.code)
    if row is None:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    has: list[str] = []
    lacks: list[str] = []
    for facet in act.said.facets:
        said = facet.said or facet.name
        words = said.lower().replace("ё", "е").split()
        states = goods.has(act.code, facet) or (bool(words) and named_all(words, row.name))
        without = any(denied(word, row.name) for word in words)
        (has if states and not without else lacks).append(said)
    reply = Whether(row=row, asked=act.said.spoken, has=tuple(has), lacks=tuple(lacks))
    sure = not act.said.unknown
    return Turn(act=act, replies=(reply,), state=state.choosing(row.code), sure=sure)


def _compare(act: Compare, state: ConversationState, goods: Goods) -> Turn:
    rows = [row for row in map(goods.row, act.codes[:ROWS]) if row]
    if not rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    if len(rows) < len(state.listed):  # «оба» are then these
        codes = tuple(row.code for row in rows)
        earlier = tuple(code for code in state.taken if code not in codes)
        state = replace(state, taken=(*earlier, *codes))
    return Turn(act=act, replies=(Comparison(rows=differences(rows)),), state=state, sure=True)


def _fit(act: CheckFit, state: ConversationState, goods: Goods) -> Turn:
    devices = [d for d in act.said.devices if not d.exclude]
    codes = list(act.codes[:ROWS])
    if len(devices) > 1 and not any(goods.fits(code, devices[0]) for code in codes):
        about = act.said
        if state.focus and not act.said.names_goods:
            about = state.focus.without("quantity", "sort")
        answer = goods.find(about.for_device(devices[0]).without("quantity"), limit=ROWS)
        codes = [hit.row.code for hit in answer.rows]
        if not codes:
            return _ask(Ask(queries=(about.for_device(devices[0]),)), state, goods)
    asked = devices[-1] if devices else None
    fitting = [code for code in codes if _fits(code, asked, act.said.values, goods)]
    if not fitting and (plain := act.plain):
        fitting = [code for code in codes if _fits(code, plain, (), goods)]
        asked = plain if fitting else asked
    rows = {code: row for code in codes if (row := goods.row(code))}
    if not rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    label = _called(asked) if asked else ", ".join(goods.spoken(v) for v in act.said.values)
    reply = Fit(
        asked=label,
        fitting=tuple(rows[code] for code in fitting if code in rows),
        others=tuple(row for code, row in rows.items() if code not in fitting),
    )
    new = state
    if state.focus is None and act.said.goods:
        about = act.said.for_device(*devices[:1])
        new = replace(state, focus=about, base=about, listed=tuple(rows))
    new = new.choosing(*fitting) if len(fitting) == 1 else new
    return Turn(act=act, replies=(reply,), state=new, sure=True)


def _called(device: Device) -> str:
    """A device as it was said, where its reading is a guess."""
    return device.label if device.sure else device.said or device.label


def _fits(code: str, device: Device | None, values: Sequence[Value], goods: Goods) -> bool:
    if device is not None:
        return bool(goods.fits(code, device))
    return all(goods.has(code, value) for value in values)
