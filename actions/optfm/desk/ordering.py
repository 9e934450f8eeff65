"""A customer's order in a manager's hands: a form over it, and its way back to the customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, text

from optfm.desk import audit
from optfm.desk.accounts import Staff
from optfm.leads.requests import Supplement, supplemented
from optfm.orders import Line, Matcher, Order, refreshed, store, telling
from optfm.orders.hand_edits import (
    EditRefused,
    LineEdit,
    Seen,
    changes,
    edited,
    keyed,
    rebased,
    seen,
    untouched,
)
from optfm.orders.store import Kept

_MOST_CHANGES = 20
_CLOSED = """
SELECT EXISTS (SELECT FROM requests WHERE id = :id AND status = 'closed')
"""


class OrderMoved(Exception):
    """The order has changed since the form was made: nothing of it was written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormLine:
    """A line of the form with what is printed beside it."""

    edit: LineEdit
    line: Line  #: as it is in the order, or would be
    variants: tuple[tuple[str, str, int], ...]  #: code, name, kopecks; to choose from


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderForm:
    """The form, recounted."""

    kept: Kept
    lines: tuple[FormLine, ...]
    order: Order  #: with all that the form changes
    changes: tuple[str, ...]  #: what that is
    meanwhile: tuple[str, ...]  #: what somebody else changed since the form was made
    news: str  #: what a new price list has changed in it, "" for nothing
    wrong: str  #: why it cannot be kept; then `order` is as it is without the form


def form(
    kept: Kept, matcher: Matcher, edits: Sequence[LineEdit], made_over: datetime | None
) -> OrderForm:
    """The form over an order as it is now.

    :param made_over: `updated` of the order that the form was made over; None: it is made now.
    """
    base, news = refreshed(kept.order, matcher, matcher.list_date)
    meanwhile: list[str] = []
    if made_over is not None and made_over != kept.updated:
        before = {edit.key: edit.seen for edit in edits if not edit.is_new}
        meanwhile = changes(before, base)
    known = {edit.key: edit for edit in edits}
    lines = keyed(base)
    now = [
        rebased(known[key], line) if key in known else untouched(key, line)
        for key, line in lines.items()
    ] + [edit for edit in edits if edit.is_new]
    wrong, after = "", base
    try:
        after = edited(base, now, matcher)
    except EditRefused as exc:
        wrong = str(exc)
    shown = [
        FormLine(edit=edit, line=line, variants=_variants(line, matcher))
        for edit in now
        if (line := lines.get(edit.key) or _new(edit, matcher))
    ]
    return OrderForm(
        kept=kept, lines=tuple(shown), order=after, wrong=wrong, news=news,
        meanwhile=tuple(meanwhile), changes=tuple(changes(_seen(kept.order), after)),
    )  # fmt: skip


def words(done: OrderForm) -> str:
    """What the customer reads of his order."""
    said = telling.texts()
    told = list(done.changes[:_MOST_CHANGES])
    if len(done.changes) > _MOST_CHANGES:
        told.append(f"…и ещё {telling.counted(len(done.changes) - _MOST_CHANGES)}")
    head = said["by_manager"].format(number=done.kept.id)
    whole = telling.whole(done.order) if len(done.order.lines) <= telling.SHOWN else ""
    after = "\n".join(filter(None, (whole, telling.summary(done.order))))
    return "\n\n".join(filter(None, ("\n".join([head, *told]), done.news, after)))


def public(done: OrderForm) -> dict[str, object]:
    """The order as channels show it."""
    return {"id": done.kept.id, "state": done.kept.state, **done.order.public()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """Writes an edited order in the transaction of the answer that shows it."""

    done: OrderForm
    made_over: datetime
    list_id: int | None
    who: Staff
    address: str
    tell: tuple[str, ...]  #: kinds of notices about the order's request

    def __call__(self, connection: Connection) -> None:
        """:raises OrderMoved: somebody has changed it meanwhile, or its request is closed."""
        kept = replace(self.done.kept, updated=self.made_over)
        if not store.change(connection, kept, self.done.order, list_id=self.list_id):
            raise OrderMoved
        if kept.request_id is not None:
            lines = (f"Заказ изменил(а) {self.who.name}:", *self.done.changes)
            if not supplemented(
                connection, kept.request_id, Supplement(lines=lines), dialog=kept.dialog,
                channel="desk", tell=self.tell,
            ):  # fmt: skip
                raise OrderMoved
        audit.note(connection, self.who.id, "order", str(kept.id), address=self.address)


def may_change(connection: Connection, kept: Kept) -> bool:
    """Whether an order is still in work: that of a closed request is history."""
    if kept.request_id is None:
        return True
    closed: bool = connection.execute(text(_CLOSED), {"id": kept.request_id}).scalar_one()
    return not closed


def _seen(order: Order) -> Mapping[str, Seen]:
    return {key: seen(line) for key, line in keyed(order).items()}


def _new(edit: LineEdit, matcher: Matcher) -> Line | None:
    """The row that a form adds; None: it is no more in the list."""
    if matcher.goods.row(edit.code) is None:
        return None
    bare = Line(said=edit.seen.name, asked=edit.seen.name, quantity=None, state="none")
    return matcher.taken(bare, edit.code)


def _variants(line: Line, matcher: Matcher) -> tuple[tuple[str, str, int], ...]:
    """What a line may be instead: the goods to choose from, the colours of the goods chosen."""
    codes = line.codes if line.state == "sure" else tuple(o.code for o in line.options)
    rows = [row for code in codes if (row := matcher.goods.row(code))]
    if line.state == "sure" and len(rows) < 2:
        return ()
    return tuple((row.code, " ".join(row.name.split()), row.price_kop) for row in rows)
