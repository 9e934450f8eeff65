"""The cheapest, the dearest, the most of something, or less than that: rows in an order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from optfm.catalog import PriceRow
from optfm.catalog.discount import final_price_kop
from optfm.conversation.acts import (
    Act,
    Extreme,
    Refine,
    Sort,
    Superlative,
    TooDear,
)
from optfm.conversation.attributes import Property, properties
from optfm.conversation.counting import count_pieces
from optfm.conversation.goods import Goods
from optfm.conversation.narrowing import Narrowed
from optfm.conversation.replies import (
    Attribute,
    Cheaper,
    Rows,
    WhichGoods,
)
from optfm.conversation.showing import ROWS, show
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.turn import Turn
from optfm.search import Query
from optfm.search.query import ValueName

#: Rows that are offered to who finds something dear.
_CHEAPER = 3
#: Lines among which the most of something is looked for.
_ALL = 1000


def sort_rows(act: Sort, state: ConversationState, goods: Goods) -> Turn:
    """The goods that are spoken of, by price."""
    base = state.focus if state.focus and not state.chosen else state.base or state.focus
    if base is None and state.listed and not state.before:
        rows = [row for row in map(goods.row, state.listed) if row]
        by_price = tuple(_by_price(rows, act.order))
        listed = replace(state, listed=tuple(row.code for row in by_price), chosen=())
        return show(act, by_price, listed, order=act.order, extreme=False)
    if base is None or state.before:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    query = base.sorted(act.order)
    answer = find_strictly(query, goods)
    if answer.kind == "none":
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    hits = answer.rows[:ROWS]
    codes = tuple(hit.row.code for hit in hits)
    if act.order == "cheap" and len(codes) == 1 and codes == state.in_focus:
        return Turn(act=act, replies=(Cheaper(hits=()),), state=state, sure=True)
    reply = Rows(answer=answer, hits=hits, query=query, order=act.order)
    new = replace(
        state, focus=query, base=query, listed=codes, chosen=(), groups=(), shown=len(codes)
    )
    return Turn(act=act, replies=(reply,), state=new, answers=(answer,), sure=True)


def extreme_row(act: Extreme, state: ConversationState, goods: Goods) -> Turn:
    """The cheapest or the dearest of what is shown or spoken of."""
    rows = [row for row in map(goods.row, act.of) if row]
    if not rows and (state.groups or (state.focus or state.base) is None):
        rows = [row for row in map(goods.row, state.listed) if row]
    if rows:
        best = _by_price(rows, act.order)[0]
        new = state.choosing(best.code)
        if act.count:
            return count_pieces(act, ((best.code, act.count),), new, goods)
        return show(act, (best,), new, order=act.order)
    focus = state.focus
    answer = find_strictly(focus, goods) if focus else None
    if (answer is None or len(answer.rows) < 2) and state.base:
        focus = _wider(state.base, focus) if focus else state.base
        answer = find_strictly(focus, goods)
    if focus is None or answer is None or not answer.rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    refine = Refine(said=Query(), superlative=act.order, count=act.count)
    return extreme_of(Narrowed(query=focus, answer=answer), refine, state, goods, act=act)


def _wider(base: Query, focus: Query) -> Query:
    """The question before the one row was found, with what was said anew of the same since."""
    names = {f.name for f in base.facets if not f.exclude}
    anew = tuple(f for f in focus.facets if f.name in names and f not in base.facets)
    return base.refined(Query(facets=anew, devices=focus.devices))


def extreme_of(
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
        return count_pieces(act or refine, ((hits[0].row.code, refine.count),), new, goods)
    return Turn(act=act or refine, replies=(reply,), state=new, answers=(answer,), sure=True)


def offer_cheaper(act: TooDear, state: ConversationState, goods: Goods) -> Turn:
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


def superlative_rows(act: Superlative, state: ConversationState, goods: Goods) -> Turn:
    """The rows that have the most or the least of a property, by what their names say."""
    focus = state.base or state.focus
    if focus is None:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    query = focus.without("quantity", "sort", *properties()[act.name].values).refined(act.said)
    answer = find_strictly(query, goods, reach=_ALL)
    if not answer.rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    amount = _amounts([hit.row.code for hit in answer.rows], properties()[act.name], goods)
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


def _amounts(codes: Sequence[str], of: Property, goods: Goods) -> dict[str, float | None]:
    """How much each row has of a property, or of what stands for it where no row tells that."""
    found: dict[str, float | None] = {}
    for names in (of.values, *((one,) for one in of.instead)):
        found = {code: _amount(code, names, goods, smallest=of.smallest) for code in codes}
        if any(value is not None for value in found.values()):
            break
    return found


def _amount(
    code: str, names: Sequence[ValueName], goods: Goods, *, smallest: bool = False
) -> float | None:
    """The greatest, or smallest, value of the first of the names that a row states."""
    facts = goods.facts(code)
    if facts is None:
        return None
    for name in names:
        amounts = [value.value for value in facts.values if value.dimension == name]
        if amounts:
            return min(amounts) if smallest else max(amounts)
    return None


def _by_price(rows: Iterable[PriceRow], order: str) -> list[PriceRow]:
    return sorted(rows, key=final_price_kop, reverse=order == "dear")
