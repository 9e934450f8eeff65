"""Answers about rows that are shown: a property, whether it has one, differences, what fits."""

from collections.abc import Sequence
from dataclasses import replace

from optfm.catalog import PriceRow
from optfm.conversation.acts import (
    Ask,
    AskAttribute,
    AskWhether,
    CheckFit,
    Compare,
)
from optfm.conversation.asking import ask
from optfm.conversation.attributes import properties, told
from optfm.conversation.comparison import differences
from optfm.conversation.goods import Goods
from optfm.conversation.replies import (
    Attribute,
    Comparison,
    Fit,
    Whether,
    WhichGoods,
)
from optfm.conversation.row_words import denied, named_all
from optfm.conversation.showing import ROWS
from optfm.conversation.state import ConversationState
from optfm.conversation.strictness import find_strictly
from optfm.conversation.turn import Turn
from optfm.search import Device, Value, Words


def tell_attribute(act: AskAttribute, state: ConversationState, goods: Goods) -> Turn:
    """A property of rows as their names print it."""
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


def tell_whether(act: AskWhether, state: ConversationState, goods: Goods) -> Turn:
    """Whether rows have what is asked."""
    rows = [row for row in map(goods.row, act.codes[:ROWS]) if row]
    if not rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    told = [_whether(row, act, goods) for row in rows]
    sure = not act.said.unknown
    if len(told) == 1:
        new = state.choosing(rows[0].code)
        return Turn(act=act, replies=(told[0],), state=new, sure=sure)
    asked = ", ".join(f.said for f in act.said.facets) or " ".join(act.left)
    reply = Attribute(name=f"«{asked}»", told=tuple((one.row, _answer(one)) for one in told))
    return Turn(act=act, replies=(reply,), state=state, sure=sure)


def _answer(told: Whether) -> str:
    """In a word or two, as a table of several rows has it."""
    if told.denied:
        return "нет, по названию без этого"
    return "есть" if told.has and not told.lacks else ", ".join(told.has)


def _whether(row: PriceRow, act: AskWhether, goods: Goods) -> Whether:
    """What a row's name says of what is asked."""
    has: list[str] = []
    lacks: list[str] = []
    without: list[str] = []
    for facet in act.said.facets:
        said = facet.said or facet.name
        words = said.lower().replace("ё", "е").split()
        as_said = replace(facet, name="property") if isinstance(facet, Words) else facet
        states = goods.has(row.code, facet)
        if states is None:
            states = goods.has(row.code, as_said)
        roots = [stem for o in getattr(facet, "options", ()) if len(o) == 1 for stem in o]
        if any(denied(word, row.name) for word in (*words, *roots)) or states is False:
            without.append(said)
        else:
            states = states or (bool(words) and named_all(words, row.name))
            (has if states else lacks).append(said)
    if not act.said.facets:
        lacks += [" ".join(act.left)]  # «крутится он?»: no word that a name could have
    return Whether(
        row=row,
        asked=act.said.spoken,
        has=tuple(has),
        lacks=tuple(lacks),
        denied=tuple(without),
    )


def compare(act: Compare, state: ConversationState, goods: Goods) -> Turn:
    """What tells rows apart."""
    rows = [row for row in map(goods.row, act.codes[:ROWS]) if row]
    if not rows:
        return Turn(act=act, replies=(WhichGoods(),), state=state)
    if len(rows) < len(state.listed) or len(rows) == 2:  # «оба» are then these
        codes = tuple(row.code for row in rows)
        earlier = tuple(code for code in state.taken if code not in codes)
        state = replace(state, taken=(*earlier, *codes))
    return Turn(act=act, replies=(Comparison(rows=differences(rows)),), state=state, sure=True)


def tell_fit(act: CheckFit, state: ConversationState, goods: Goods) -> Turn:
    """Which of the rows fit a device, or have a value."""
    devices = [d for d in act.said.devices if not d.exclude]
    codes, found = list(act.codes[:ROWS]), None
    if len(devices) > 1 and not any(goods.fits(code, devices[0]) for code in codes):
        about = act.said
        if state.focus and not act.said.names_goods:
            about = state.focus.without("quantity", "sort")
        answer = goods.find(about.for_device(devices[0]).without("quantity"), limit=ROWS)
        codes, found = [hit.row.code for hit in answer.rows], about.for_device(devices[0])
        if not codes:
            return ask(Ask(queries=(found,)), state, goods)
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
    if found and fitting and state.focus:  # what is said next is of the rows that are told now
        new = replace(
            state, focus=found, base=found, listed=tuple(rows), chosen=(), shown=len(rows)
        )
    new = new.choosing(*fitting) if len(fitting) == 1 else new
    return Turn(act=act, replies=(reply,), state=new, sure=True)


def _called(device: Device) -> str:
    """A device as it was said, where its reading is a guess."""
    return device.label if device.sure else device.said or device.label


def _fits(code: str, device: Device | None, values: Sequence[Value], goods: Goods) -> bool:
    if device is not None:
        return bool(goods.fits(code, device))
    return all(goods.has(code, value) for value in values)
