"""What a message does in a conversation about goods."""

from dataclasses import dataclass
from typing import Literal

from optfm.search import Device, FacetName, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Other goods, or the same asked anew: nothing of the talk before is kept."""

    queries: tuple[Query, ...]  #: one for each of the goods


@dataclass(frozen=True, kw_only=True, slots=True)
class Refine:
    """More said of the goods in focus: «а на 13?», «кроме HG», «до 500», «который матовый»."""

    said: Query  #: only what the message says
    lifted: tuple[FacetName, ...] = ()  #: limits that it takes back
    count: int = 0  #: pieces of what is so described
    superlative: Literal["", "cheap", "dear"] = ""
    left: tuple[str, ...] = ()  #: its words that belong to no act, lower case, ё as е


@dataclass(frozen=True, kw_only=True, slots=True)
class More:
    """Go on with the rows of the last list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """The rows in focus once more: «сколько стоит»."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """The last list again in order of price."""

    order: Literal["cheap", "dear"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Extreme:
    """The cheapest or the dearest of what is shown, and pieces of it where they are named."""

    order: Literal["cheap", "dear"]
    of: tuple[str, ...] = ()  #: codes among which; () for the whole last list
    count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class TooDear:
    """A complaint about the price of what is shown: «дороговато», «чего так дорого»."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistaken:
    """What is shown is not what was meant, and no word of what was: «не то показал»."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Superlative:
    """What has the most or the least of a property: «какая самая мощная?»."""

    name: str  #: as attributes.yml calls it
    order: Literal["most", "least"]
    said: Query  #: what else the message says


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherThan:
    """Anything but the brand or the colour that is shown: «а другой фирмы?»."""

    name: Literal["brand", "colour"]
    said: Query  #: what else the message says


@dataclass(frozen=True, kw_only=True, slots=True)
class Choose:
    """Rows that were shown."""

    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Take:
    """The one row that the talk is about, without a number: «беру, только завтра»."""

    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """What so many pieces of rows cost."""

    lines: tuple[tuple[str, int], ...]  #: code and pieces


@dataclass(frozen=True, kw_only=True, slots=True)
class SumUp:
    """Everything that was counted so far, together: «итого за всё»."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CountOpen:
    """A number of pieces, and not clear of which of the rows."""

    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AskAttribute:
    """A property of rows that were shown: «какая ёмкость?»."""

    name: str  #: as attributes.yml calls it
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AskWhether:
    """Whether rows that were shown have something: «он с рамкой?», «мышка в комплекте?»."""

    said: Query
    codes: tuple[str, ...]
    left: tuple[str, ...] = ()  #: its words that belong to no act


@dataclass(frozen=True, kw_only=True, slots=True)
class Compare:
    """What tells rows apart."""

    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckFit:
    """Whether rows fit a device or a size: «на A105 подойдёт?»."""

    said: Query  #: names the devices, or values such as 44 mm
    codes: tuple[str, ...]
    plain: Device | None = None  #: the device read without what the talk is about


@dataclass(frozen=True, kw_only=True, slots=True)
class Unclear:
    """About rows that the dialog does not have."""


Act = (
    Ask
    | Refine
    | More
    | Again
    | Sort
    | Extreme
    | TooDear
    | Mistaken
    | Superlative
    | OtherThan
    | Choose
    | Take
    | Count
    | SumUp
    | CountOpen
    | AskAttribute
    | AskWhether
    | Compare
    | CheckFit
    | Unclear
)
