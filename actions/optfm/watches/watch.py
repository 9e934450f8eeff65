"""A watch: what a customer wants to be told of once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["appears", "cheaper"]
#: "off": unsubscribed; "over": its days are.
State = Literal["on", "told", "off", "over"]

#: So many of one dialog, and so long each.
MOST = 20
LASTS = timedelta(days=90)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to be watched."""

    kind: Kind
    asked: str  #: the goods in the customer's words; read anew by each new list
    name: str  #: for people
    code: str = ""  #: of one row; "": any row that `asked` finds
    price_kop: int = 0  #: of a "cheaper": what it cost when he asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """The consent to one watch."""

    version: str
    wording: str  #: as it was shown
    message_id: str | None  #: of the yes


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """A watch as it is kept."""

    id: int
    dialog: str
    channel: str
    wanted: Wanted
    state: State
    created: datetime
    ends: datetime
    list_id: int | None  #: the list that was active when he asked
