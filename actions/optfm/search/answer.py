"""What a search answers: the rows, how sure it is of them, and what to say beside them."""

from dataclasses import dataclass, field
from typing import Literal

from optfm.catalog.rows import PriceRow

Kind = Literal["found", "ask", "none"]
What = Literal["kind", "model", "brand", "colour", "quality", "value"]
Missing = Literal[
    "goods", "kind", "model", "brand", "capacity", "power", "memory", "length", "size",
    "voltage", "current", "connector", "colour", "price", "code", "word",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One line of the answer: a row, or the colours of one thing merged."""

    row: PriceRow  #: the best row of the line
    rows: tuple[PriceRow, ...]  #: all rows of the line, the best first
    colours: tuple[str, ...]  #: what tells the rows apart, as printed; () where nothing does
    score: float  #: higher is better; comparable within one answer only


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A button under a question asked back."""

    label: str  #: what the button says, e.g. "Чехол-книжка"
    query: str  #: the full text to search when it is pressed


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What to ask back: the values that split the rows best."""

    what: What
    options: tuple[Option, ...]  #: 2..6, the most frequent first


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """The goods are sold, but not as asked: what is missing and what comes nearest."""

    missing: Missing
    asked: str  #: the value asked for, in words: "iPhone 27", "3500 mAh"
    nearest: tuple[str, ...]  #: nearest values that are there, best first; may be empty


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the bot would do with a question, and the rows to do it with."""

    query: str  #: as asked
    kind: Kind  #: found: show the rows; ask: ask `choice` back; none: say it is not sold
    confidence: float  #: calibrated: the share of answers this sure whose first row is right
    hits: tuple[Hit, ...]  #: best first, up to the limit; also when `kind` is "none"
    total: int  #: merged lines that answer the question, all of them counted
    choice: Choice | None = None  #: only when `kind` is "ask"
    gap: Gap | None = None  #: only when `kind` is "none" although the goods exist
    section: str = ""  #: the group whose code was asked for: the rows are what lies in it
    understood: object = field(default=None, repr=False)  #: the parsed question, for explain
