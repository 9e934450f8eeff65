"""What is said to a message about goods, as data; dialogue/wording.py puts it into words."""

from dataclasses import dataclass
from typing import Literal

from optfm.catalog import PriceRow
from optfm.search import Answer, Hit, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Rows that fulfil what is asked."""

    answer: Answer
    hits: tuple[Hit, ...]
    query: Query  #: that finds them, for the button that goes on
    first: int = 1  #: number of the first row
    offset: int = 0  #: lines of the answer before these
    order: Literal["", "cheap", "dear"] = ""
    extreme: bool = False  #: only the cheapest or the dearest
    lost: tuple[str, ...] = ()  #: limits of the talk before that none of these rows meets
    choosing: bool = False  #: the answer's choice is asked under the rows


@dataclass(frozen=True, kw_only=True, slots=True)
class NotThere:
    """An honest no, with what comes near."""

    answer: Answer
    query: Query


@dataclass(frozen=True, kw_only=True, slots=True)
class Cheaper:
    """What of the same goods costs less than what was found dear; no rows where nothing does."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """What pieces of rows cost."""

    lines: tuple[tuple[PriceRow, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WhichRow:
    """Which of the rows is to be counted."""

    count: int
    rows: tuple[PriceRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute:
    """A property of rows, by what their names say."""

    name: str  #: as people call it: «ёмкость»
    told: tuple[tuple[PriceRow, str], ...]  #: "" where a name says nothing of it


@dataclass(frozen=True, kw_only=True, slots=True)
class Whether:
    """Whether a row has what was asked."""

    row: PriceRow
    asked: str  #: as said
    has: tuple[str, ...]  #: of what was asked, what the name says
    lacks: tuple[str, ...]  #: what it says nothing of
    denied: tuple[str, ...] = ()  #: what it says it is without


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What the names of rows tell differently, and their prices."""

    rows: tuple[tuple[PriceRow, str], ...]  #: the words that only this row has


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Whether rows fit a device or a size, by their names."""

    asked: str  #: the device or the size
    fitting: tuple[PriceRow, ...]
    others: tuple[PriceRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoMore:
    """All rows were shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NothingCounted:
    """A sum was asked for, and no pieces were named so far."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotMeant:
    """The rows that are shown are not what was meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HowMany:
    """A row is taken, and nobody has said how many pieces."""

    row: PriceRow


@dataclass(frozen=True, kw_only=True, slots=True)
class WhichGoods:
    """It is not clear what goods are meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TooMany:
    """Goods of one message beyond those that are answered at once."""

    said: tuple[str, ...]


Reply = (
    Rows
    | NotThere
    | Cheaper
    | Total
    | WhichRow
    | HowMany
    | Attribute
    | Whether
    | Comparison
    | Fit
    | NoMore
    | NothingCounted
    | NotMeant
    | WhichGoods
    | TooMany
)
