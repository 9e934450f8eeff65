"""An order edited line by line in a form, merged into what it has become since the form was made.

A line is known by the customer's words: its quantity and its goods may change under a form, and a
line that the form does not know is left as it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from optfm.orders.matching import Matcher
from optfm.orders.order import Line, Order
from optfm.orders.outcomes import joined, with_notes
from optfm.orders.reading import MOST_LINES
from optfm.orders.telling import texts

#: Before the code of a row that the form adds.
NEW = "+"
_MOST_PIECES = 99_999
_NAME = 90


class EditRefused(ValueError):
    """Its message says in one sentence what is wrong with a form."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A line as somebody saw it."""

    name: str
    quantity: int | None
    code: str  #: "" where it is not decided


@dataclass(frozen=True, kw_only=True, slots=True)
class LineEdit:
    """A line of a form."""

    key: str  #: of `keyed`, or `NEW` and a code
    seen: Seen  #: as the form was made
    quantity: str  #: as it was typed
    code: str  #: of the goods chosen; "" while nobody has
    dropped: bool

    @property
    def is_new(self) -> bool:
        """Whether the form adds it."""
        return self.key.startswith(NEW)


def keyed(order: Order) -> dict[str, Line]:
    """The lines by what each is known by, in the customer's order."""
    often: Counter[str] = Counter()
    found: dict[str, Line] = {}
    for line in order.lines:
        words = sha256(line.said.encode()).hexdigest()[:12]
        often[words] += 1
        found[f"{words}-{often[words]}"] = line
    return found


def seen(line: Line) -> Seen:
    """What a form shows of a line."""
    return Seen(name=(line.name or line.said)[:_NAME], quantity=line.quantity, code=line.code)


def edited(order: Order, edits: Sequence[LineEdit], matcher: Matcher) -> Order:
    """The order with what the form changes.

    :param order: as it is now.
    :raises EditRefused: a quantity is none, or goods are gone.
    """
    by_key = {edit.key: edit for edit in edits}
    lines: list[Line] = []
    for key, line in keyed(order).items():
        edit = by_key.get(key)
        if edit is None or not edit.dropped:
            lines.append(line if edit is None else _changed(line, edit, matcher))
    lines += [_added(edit, matcher) for edit in edits if edit.is_new and not edit.dropped]
    if len(lines) > MOST_LINES:
        raise EditRefused(f"В заказе больше {MOST_LINES} строк: уберите лишние.")
    return joined(
        replace(order, lines=tuple(lines), list_date=matcher.list_date or order.list_date)
    )


def changes(before: Mapping[str, Seen], after: Order) -> list[str]:
    """What is other in an order, a line a change; for the customer and for the staff."""
    said, told = texts(), []
    now = keyed(after)
    for key, line in now.items():
        is_now, was = seen(line), before.get(key)
        count = "?" if is_now.quantity is None else str(is_now.quantity)
        if was is None:
            told.append(said["diff_new"].format(name=is_now.name, n=count))
        elif was.code != is_now.code:
            told.append(said["diff_goods"].format(said=was.name, name=is_now.name, n=count))
        elif was.quantity != is_now.quantity:
            old = "?" if was.quantity is None else str(was.quantity)
            told.append(said["diff_count"].format(name=is_now.name, old=old, n=count))
    gone = [was.name for key, was in before.items() if key not in now]
    return told + [said["diff_gone"].format(name=name) for name in gone]


def rebased(edit: LineEdit, line: Line) -> LineEdit:
    """A line of a form, made anew over what the line has become: what was typed stays typed."""
    now = seen(line)
    typed = edit.quantity.strip() != _shown(edit.seen.quantity)
    chosen = edit.code != edit.seen.code
    return replace(
        edit,
        seen=now,
        quantity=edit.quantity if typed else _shown(now.quantity),
        code=edit.code if chosen else now.code,
    )


def untouched(key: str, line: Line) -> LineEdit:
    """A line of a form that nobody has changed yet."""
    return LineEdit(
        key=key, seen=seen(line), quantity=_shown(line.quantity), code=line.code, dropped=False
    )


def _shown(quantity: int | None) -> str:
    return "" if quantity is None else str(quantity)


def _changed(line: Line, edit: LineEdit, matcher: Matcher) -> Line:
    quantity = _quantity(edit)
    if quantity != edit.seen.quantity:
        note = "" if line.state == "sure" else line.note
        line = with_notes(replace(line, quantity=quantity, note=note))
    if edit.code and edit.code not in (edit.seen.code, line.code):
        line = _taken(line, edit.code, matcher)
    return line


def _added(edit: LineEdit, matcher: Matcher) -> Line:
    name = edit.seen.name
    bare = Line(said=name, asked=name, quantity=_quantity(edit), state="none")
    return _taken(bare, edit.code, matcher)


def _taken(line: Line, code: str, matcher: Matcher) -> Line:
    if matcher.goods.row(code) is None:
        raise EditRefused(f"Товара с кодом {code} больше нет в прайс-листе: выберите другой.")
    return matcher.taken(line, code)


def _quantity(edit: LineEdit) -> int | None:
    typed = edit.quantity.strip()
    if typed == _shown(edit.seen.quantity) and not edit.is_new:
        return edit.seen.quantity
    if not typed.isdecimal() or not 0 < int(typed) <= _MOST_PIECES:
        raise EditRefused(
            f"«{edit.seen.name}»: сколько штук? Число от 1 до {_MOST_PIECES};"
            " чтобы убрать строку, отметьте «Убрать»."
        )
    return int(typed)
