"""What a customer reads of his order: counts, lines, the choice that is next, the sums."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common import published
from optfm.facts import terms
from optfm.orders.edited import Edited
from optfm.orders.notes import money
from optfm.orders.order import Line, Order
from optfm.orders.quantities import MOST
from optfm.text.yaml_text import read_yaml

_TEXTS = Path(__file__).with_name("telling.yml")
#: so many lines of an order a chat shows; the rest by «что в заказе» and in the file
SHOWN = 12
_LONGEST_TEXT = 3_500  #: a message of Telegram holds 4,096 characters
_NAME = 90
#: so many lines of a kind are named when the order goes on with them open
_OPEN_SHOWN = 3

Buttons = list[dict[str, str]]


#: The texts of telling.yml, or what was published in their place.
texts: published.Following[dict[str, Any]] = published.Following(
    lambda: dict(read_yaml(published.read(_TEXTS))), _TEXTS
)


def counted(number: int, one: str = "строка", few: str = "строки", many: str = "строк") -> str:
    """«12 строк», «2 строки», «1 строка»."""
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} {one}"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return f"{number} {few}"
    return f"{number} {many}"


def summary(order: Order) -> str:
    """«12 строк: нашёл 9, выбрать 2, нет 1. Итого по найденным: 12 340 ₽ (прайс-лист от …)»."""
    said = texts()
    parts = [said["parts"][s].format(n=n) for s, n in order.counts.items() if n]
    head = said["counts"].format(lines=counted(len(order.lines)), parts=", ".join(parts))
    return f"{head} {total(order)}"


def total(order: Order) -> str:
    """The sum of what is decided, with the list's date."""
    said = texts()
    day = f"{order.list_date:%d.%m.%Y}" if order.list_date else ""
    if not order.total_kop:
        return str(said["total_none"].format(date=day))
    name = "total" if order.final_kop == order.total_kop else "total_sale"
    return str(
        said[name].format(total=money(order.total_kop), final=money(order.final_kop), date=day)
    )


def lines(order: Order, places: Sequence[int]) -> str:
    """The lines of some places, each with its note."""
    return "\n".join(_line(at + 1, order.lines[at]) for at in places)


def whole(order: Order) -> str:
    """All of an order as far as a message holds it."""
    return _cut(order, list(range(len(order.lines))), most=len(order.lines))


def changed(order: Order, places: Sequence[int]) -> str:
    """The lines that a turn touched, and those that wait for the customer."""
    waiting = [at for at, line in enumerate(order.lines) if line.state != "sure"]
    shown = sorted({*places, *waiting})
    return _cut(order, shown, most=SHOWN)


def refused(edited: Edited) -> list[str]:
    """What an edit asked for and could not get, a sentence each."""
    said, found = texts(), []
    if edited.absent:
        numbers = ", ".join(map(str, edited.absent))
        rows = counted(len(edited.order.lines))
        found.append(said["no_line"].format(n=numbers, lines=rows))
    if edited.missing:
        found.append(said["not_there"].format(what=", ".join(f"«{x}»" for x in edited.missing)))
    if edited.which:
        numbers = " и ".join(str(at + 1) for at in edited.which)
        found.append(said["which_line"].format(numbers=numbers, first=edited.which[0] + 1))
    if edited.unclear:
        at = edited.unclear[0]
        line = edited.order.lines[at]
        found.append(said["unclear"].format(n=at + 1, name=(line.name or line.said)[:_NAME]))
    if edited.absurd:
        found.append(said["too_many"].format(most=money(MOST * 100)))
    return found


def difference(before: Order, after: Order) -> str:
    """What an edit changed, a line a change: «кабель …: было 10 шт, стало 4 шт»."""
    said = texts()
    old = {line.code or line.said: line for line in before.lines}
    new = {line.code or line.said: line for line in after.lines}
    told = []
    for key, line in new.items():
        name, earlier = (line.name or line.said)[:_NAME], old.get(key)
        if earlier is None:
            told.append(said["diff_new"].format(name=name, n=_count(line)))
        elif earlier.quantity != line.quantity:
            told.append(said["diff_count"].format(name=name, old=_count(earlier), n=_count(line)))
    told += [
        said["diff_gone"].format(name=(line.name or line.said)[:_NAME])
        for key, line in old.items()
        if key not in new
    ]
    return "\n".join(told)


def _count(line: Line) -> str:
    return "?" if line.quantity is None else str(line.quantity)


def first(order: Order) -> str:
    """A new order: all lines where they are few, else those that wait for the customer."""
    if len(order.lines) <= SHOWN:
        return whole(order)
    return changed(order, [])


def choice(order: Order, focus: int) -> tuple[str, Buttons]:
    """The question about the line that is to be chosen next, with a button for each option."""
    said = texts()
    at = order.asked_about(focus)
    if at < 0:
        missing = [
            at for at, x in enumerate(order.lines) if x.state == "sure" and x.quantity is None
        ]
        return (said["ask_quantity"].format(n=missing[0] + 1), []) if missing else ("", [])
    line = order.lines[at]
    text = "\n".join(
        [
            said["choose"].format(n=at + 1, said=line.said),
            *(
                said["option"].format(letter=letter, name=o.name, price=money(o.price_kop))
                for letter, o in line.lettered.items()
            ),
        ]
    )
    buttons = [
        {
            "title": said["option_button"].format(letter=letter, price=money(o.price_kop)),
            "payload": f"строка {at + 1}: {o.code}",
        }
        for letter, o in line.lettered.items()
    ]
    return text, buttons


def still_open(order: Order) -> str:
    """What an order that goes to the manager leaves open, by lines; "" where it is decided."""
    said, found = texts(), []
    for name in ("choose", "count", "none", "unread"):
        places = [
            at for at, line in enumerate(order.lines) if _left_open(line) == name
        ]  # fmt: skip
        if places:
            lines = ", ".join(_named(order, at) for at in places[:_OPEN_SHOWN])
            more = len(places) - _OPEN_SHOWN
            lines = said["open_more"].format(lines=lines, n=more) if more > 0 else lines
            found.append(said["open"][name].format(lines=lines))
    return said["checkout_open"].format(what="; ".join(found)) if found else ""


def _left_open(line: Line) -> str:
    if line.state != "sure":
        return line.state
    return "count" if line.quantity is None else ""


def _named(order: Order, at: int) -> str:
    line = order.lines[at]
    quantity = f", {line.quantity} шт" if line.quantity is not None else ""
    said = (line.name or line.said)[:_NAME]
    return str(texts()["open_line"].format(n=at + 1, said=said, quantity=quantity))


def ways_on(order: Order, *, undo: bool) -> Buttons:
    """What else can be said, as buttons."""
    said = texts()["buttons"]
    names = ["cheapest"] if order.open_lines else []
    names += ["checkout", "offer"] if any(x.state == "sure" for x in order.lines) else []
    names += ["undo"] if undo else []
    return [{"title": said[name], "payload": said[name]} for name in names]


def thresholds(order: Order, town: str) -> str:
    """What is missing to the first wholesale order, and to free delivery of a known town."""
    said, facts, found = texts(), terms(), []
    least = facts.minimum_wholesale * 100
    if 0 < order.total_kop < least:
        found.append(
            said["wholesale"].format(least=money(least), missing=money(least - order.total_kop))
        )
    if town and order.total_kop:
        free = facts.free_delivery.get(town, facts.free_delivery_elsewhere) * 100
        name = "free_delivery" if order.total_kop < free else "delivery_free"
        found.append(
            said[name].format(
                town=town, least=money(free), missing=money(max(0, free - order.total_kop))
            )
        )
    return " ".join(found)


def _cut(order: Order, places: Sequence[int], *, most: int) -> str:
    shown: list[str] = []
    size = 0
    for at in places[:most]:
        text = _line(at + 1, order.lines[at])
        size += len(text) + 1
        if size > _LONGEST_TEXT:
            break
        shown.append(text)
    left = len(places) - len(shown)
    if left:
        shown.append(texts()["more_lines"].format(n=counted(left)))
    return "\n".join(shown)


def _line(number: int, line: Line) -> str:
    said = texts()
    quantity = f", {line.quantity} шт" if line.quantity is not None else ""
    if line.state == "sure":
        name = "line_sure" if line.quantity is not None else "line_no_quantity"
        text = said[name].format(
            n=number, name=line.name[:_NAME], code=line.code, quantity=line.quantity,
            price=money(line.price_kop), sum=money(line.sum_kop or 0),
        )  # fmt: skip
    elif line.state == "none" and line.name:  # the list has it without a price
        text = said["line_unpriced"].format(n=number, name=line.name[:_NAME], quantity=quantity)
    else:
        text = said[f"line_{line.state}"].format(
            n=number, said=line.said[:_NAME], quantity=quantity
        )
    if line.note and line.state != "none":
        text += "\n" + said["note"].format(note=line.note)
    if line.state == "none" and line.options:
        names = "; ".join(f"{o.name[:60]} ({money(o.price_kop)} ₽)" for o in line.options[:2])
        text += "\n" + said["near"].format(names=names)
    return str(text)
