"""What a turn makes of an order, and what is said to it."""

from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from optfm.dialogue.request_subject import BETWEEN, LONGEST_ABOUT
from optfm.orders import Order, telling
from optfm.orders.notes import money


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What a message makes of the order, and what is said to it."""

    order: Order
    text: str
    focus: int = -1
    before: Order | None = None
    terms: bool = True  #: what is missing to the thresholds is said, too
    form: bool = False  #: the request's form follows
    buttons: tuple[dict[str, str], ...] = ()
    data: dict[str, Any] | None = None


def shown(order: Order, told: str, focus: int, before: Order | None) -> Turn:
    """A turn that shows an order.

    :param told: what is said before it.
    """
    question, buttons = telling.choice(order, focus)
    text = "\n".join(filter(None, (told, telling.first(order), question)))
    ways = telling.ways_on(order, undo=before is not None)
    return Turn(order=order, text=text, focus=focus, before=before, buttons=(*buttons, *ways))


def checkout(order: Order, focus: int, before: Order | None) -> Turn:
    """A turn that takes an order to its request."""
    said = telling.texts()
    text = said["checkout"].format(lines=telling.counted(len(order.lines)), total=_total(order))
    text = " ".join(filter(None, (text, telling.still_open(order))))
    return Turn(order=order, text=text, focus=focus, before=before, form=True)


def with_total(turn: Turn, order: Order, town: str) -> str:
    """The words of a turn with the counts and sums of its order."""
    if not order.lines:
        return turn.text
    parts = [telling.summary(order), telling.thresholds(order, town) if turn.terms else ""]
    head = " ".join(filter(None, parts))
    return f"{turn.text}\n\n{head}" if turn.text else head


def about(order: Order, before: str | None) -> EventType:
    """The request's subject: the order in a few words; its lines go with the request.

    :param before: the subject so far; what is not of the order in it stays.
    """
    said = telling.texts()["about"]
    text = said.format(lines=telling.counted(len(order.lines)), total=_total(order))
    ours = said.partition("{")[0]
    others = (part for part in (before or "").split(BETWEEN) if not part.startswith(ours))
    return SlotSet("about", BETWEEN.join(filter(None, (text, *others)))[:LONGEST_ABOUT])


def _total(order: Order) -> str:
    """The sum; never «0 ₽» where nothing is chosen yet."""
    said = telling.texts()
    if not order.total_kop:
        return str(said["no_sum"])
    return str(said["sum"].format(total=money(order.total_kop)))
