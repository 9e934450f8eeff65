"""An order after a new price list: prices that changed, goods that are gone, are told once."""

from dataclasses import replace
from datetime import date

from optfm.catalog.discount import discount_percent
from optfm.orders.matching import Matcher
from optfm.orders.notes import money, text_of
from optfm.orders.order import Line, Order
from optfm.orders.outcomes import with_notes
from optfm.orders.telling import texts


def refreshed(order: Order, matcher: Matcher, list_date: date | None) -> tuple[Order, str]:
    """The order by the list that the matcher knows, and what has changed, in words.

    :returns: the same order and "" where nothing has.
    """
    lines: list[Line] = []
    changes: list[str] = []
    for number, line in enumerate(order.lines, 1):
        new, change = _by_the_list(line, matcher)
        lines.append(new)
        if change:
            changes.append(f"{number}. {line.name[:60]}: {change}")
    gone = tuple(_by_the_list(line, matcher)[0] for line in order.gone)  # they may come back
    if not changes:
        return (order if gone == order.gone else replace(order, gone=gone)), ""
    news = texts()["new_list"].format(changes="; ".join(changes))
    listed = list_date or order.list_date
    return replace(order, lines=tuple(lines), gone=gone, list_date=listed), news


def _by_the_list(line: Line, matcher: Matcher) -> tuple[Line, str]:
    if line.state == "choose":
        options = tuple(
            replace(o, price_kop=row.price_kop, name=" ".join(row.name.split()))
            for o in line.options
            if (row := matcher.goods.row(o.code))
        )
        return (replace(line, options=options), "") if options else (_gone(line), text_of("gone"))
    if line.state != "sure":
        return line, ""
    row = matcher.goods.row(line.code)
    if row is None:
        return _gone(line), text_of("gone")
    if row.price_kop == line.price_kop and row.status == line.status:
        return line, ""
    changed = replace(
        line,
        price_kop=row.price_kop,
        status=row.status,
        percent=discount_percent(row.status),
        note="",
    )
    told = text_of("new_price", old=money(line.price_kop), new=money(row.price_kop))
    same = row.price_kop == line.price_kop
    return with_notes(replace(changed, note="" if same else told)), "" if same else told


def _gone(line: Line) -> Line:
    return replace(
        line, state="none", code="", codes=(), price_kop=0, percent=0, status="", options=(),
        note=text_of("gone"),
    )  # fmt: skip
