"""What the talk about prices brings into a first order: «возьму 3, и акб к нему», «оформляй»."""

import re
from dataclasses import replace

from optfm.conversation.state import ConversationState
from optfm.dialogue.request_words import orders_it
from optfm.orders import IndexGoods, Line, Matcher, Reading, SaidLine, clauses, read
from optfm.orders.splitting import AND
from optfm.orders.words import order_words


def read_on(
    text: str, goods: IndexGoods, state: ConversationState, *, opened: bool = False
) -> Reading:
    """A message as an order's lines, with the device and the rows that were talked of.

    A count without goods («возьму 3») is of the row in focus, or of the goods whose rows were
    shown, to be chosen among; rows that were counted in the message before go first where the list
    goes on with them («и акб к нему 2»).

    :param opened: an order is open: a count alone is of the goods whose price was told.
    """
    on_device = bool(order_words().same_device.search(" ".join(text.lower().split())))
    base = _device(state) if on_device else _row_in_colours(text, goods, state)
    reading = read(text, goods, base=base)
    if not reading.lines and not (opened and reading.alone):
        return reading
    goes_on = on_device or AND.match(f" {text}")
    counted = dict(state.lines) if state.counted and goes_on else {}
    if reading.alone and len(state.chosen) == 1:
        counted[state.chosen[0]] = reading.alone
    before = [SaidLine(said=code, code=code, quantity=count) for code, count in counted.items()]
    if reading.alone and len(state.chosen) != 1 and state.listed and state.focus:
        before.append(SaidLine(said=state.focus.spoken, quantity=reading.alone))
    return replace(reading, lines=(*before, *reading.lines))


def takes_rows(text: str, state: ConversationState) -> bool:
    """Whether a message orders what was counted, or what is shown: «оформляй», «беру».

    «Это всё» over rows that nobody counted takes none of them.
    """
    if "?" in text or not (state.lines or state.in_focus):
        return False
    counted = state.lines or state.count
    return orders_it(text) or bool(counted and clauses.checks_out(text))


def lines_of(state: ConversationState, matcher: Matcher) -> tuple[Line, ...]:
    """The lines that a talk about prices comes to.

    Rows that were counted; then the row in focus, its count to be asked, or the goods whose rows
    were shown, to be chosen among, with the count that was said of them.
    """
    focus = state.focus.spoken if state.focus else ""
    lines = [
        matcher.line(SaidLine(said=code, code=code, quantity=pieces))
        for code, pieces in state.lines
        if matcher.goods.row(code)
    ]
    if state.counted or state.before:
        return tuple(lines)
    if state.chosen:
        counted = {code for code, _ in state.lines}
        rows = [code for code in state.chosen if code not in counted and matcher.goods.row(code)]
        said = focus if len(rows) == 1 else ""
        lines += [
            matcher.line(SaidLine(said=said or code, code=code, quantity=None)) for code in rows
        ]
    elif state.listed and focus:
        count = state.count if state.asked == "row" else None
        lines.append(matcher.among(SaidLine(said=focus, quantity=count), state.listed))
    return tuple(lines)


def _row_in_colours(text: str, goods: IndexGoods, state: ConversationState) -> str:
    """«чёрных 5, белых 3» after a price: the goods that the colours are of; "" for other words."""
    row = goods.row(state.chosen[0]) if len(state.chosen) == 1 else None
    sense = goods.sense(re.sub(r"\d+", " ", text))
    other = sense.goods or sense.whole or sense.code or sense.strange
    return row.name if row and sense.colour and not other else ""


def _device(state: ConversationState) -> str:
    """The device in focus, as its first reading is called; "" where there is none."""
    devices = state.focus.devices if state.focus else ()
    return devices[0].readings[0].label if devices and devices[0].readings else ""
