"""What a search answers: the rows, how sure it is of them, and what to say beside them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from optfm.catalog.rows import PriceRow
from optfm.search.query import Query

if TYPE_CHECKING:
    from optfm.search.finding import Found

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
class Choosable:
    """A button: what it says, and the question that is asked when it is pressed."""

    label: str  #: e.g. "Чехол-книжка"
    query: Query
    count: int = 0  #: rows that it is about; 0 where they were not counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What to ask back: the values that split the rows best."""

    what: What
    options: tuple[Choosable, ...]  #: 2..6, the most frequent first


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """The goods are sold, but not as asked: what is missing and what comes nearest."""

    missing: Missing
    asked: str  #: the value asked for, in words: "iPhone 27", "3500 mAh"
    nearest: tuple[Choosable, ...]  #: nearest values that are there, best first; may be empty
    excluded: bool = False  #: all there is has what was not wanted


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the bot would do with a question, and the rows to do it with."""

    query: Query  #: as asked
    kind: Kind  #: found: show the rows; ask: ask `choice` back; none: say it is not sold
    confidence: float  #: calibrated: the share of answers this sure whose first row is right
    rows: tuple[Hit, ...] = ()  #: fulfil everything asked but `unmet`, best first, up to the limit
    nearest: tuple[Hit, ...] = ()  #: when `kind` is "none": what comes near
    total: int = 0  #: merged lines that answer the question, all of them counted
    unmet: tuple[str, ...] = ()  #: words of the question that stand in no row shown, as typed
    choice: Choice | None = None  #: only when `kind` is "ask"
    gap: Gap | None = None  #: only when `kind` is "none" although the goods exist
    unpriced: tuple[str, ...] = ()  #: only when `kind` is "none": goods that have no price yet
    section: str = ""  #: the group whose code was asked for: the rows are what lies in it
    found: "Found | None" = field(default=None, repr=False, compare=False)  #: how it came about

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The best lines, whether they answer or only come near."""
        return self.rows or self.nearest
