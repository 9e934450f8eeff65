"""The lines of an order as a customer wrote them."""

from dataclasses import dataclass
from typing import Literal

LONGEST_SAID = 300  #: characters of one line's words
#: own: says all itself; base: the goods are named before; device: «на него же»
Lean = Literal["own", "base", "device"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidLine:
    """A line of an order as the customer wrote it."""

    said: str  #: his words, without the quantity
    quantity: int | None  #: None: not said
    head: str = ""  #: the header above it, or the words that it leans on
    under: str = ""  #: the header above the goods that it leans on
    lean: Lean = "own"
    range: tuple[int, int] | None = None  #: «5-10»
    code: str = ""  #: of a column of codes
    uncounted: bool = False  #: the file has a formula without its value for the quantity
    price: float | None = None  #: roubles, of a column of prices
    told: float | None = None  #: roubles that stand beside the goods in a message
    instead: str = ""  #: of a line to take where there is none of the one before: his condition
    near: str = ""  #: the device that was spoken of just before: «стекло на 11 и чехол»


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A whole text."""

    lines: tuple[SaidLine, ...]
    beside: tuple[str, ...] = ()  #: what else stands in it: questions, greetings, signatures
    each: int | None = None  #: «все по 5» without any line before it
    alone: int | None = None  #: a quantity without goods: «ну давай 5»
