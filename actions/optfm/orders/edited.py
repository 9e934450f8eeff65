"""What a message did to an order."""

from dataclasses import dataclass
from typing import Literal

from optfm.orders.order import Order

Act = Literal[
    "edited",
    "show",
    "total",
    "clear",
    "undo",
    "repeat",
    "checkout",
    "offer",
    "choose",
    "choices",
    "forget",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited:
    """What a message did to an order."""

    act: Act
    order: Order
    focus: int = -1  #: place of the line that the talk is about, -1 for none
    beside: str = ""  #: what else the message says: «самовывоз завтра»
    lost: tuple[str, ...] = ()  #: pieces that were not understood
    gone: tuple[str, ...] = ()  #: names of the lines that were removed
    absent: tuple[int, ...] = ()  #: numbers of lines that the order does not have
    missing: tuple[str, ...] = ()  #: goods to remove that the order does not have
    which: tuple[int, ...] = ()  #: places that the words may all mean
    unclear: tuple[int, ...] = ()  #: places of lines of which nothing known is told
    absurd: bool = False  #: a quantity that nobody orders
    told: tuple[str, ...] = ()  #: answers to what was asked of the lines

    @property
    def refused(self) -> bool:
        """Whether something was asked that the order cannot do."""
        return bool(self.absent or self.missing or self.which or self.unclear or self.absurd)
