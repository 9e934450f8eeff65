"""An order: lines with what was said, what it means in the list, how many, for how much."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

State = Literal["sure", "choose", "none", "unread"]
STATES: tuple[State, ...] = ("sure", "choose", "none", "unread")

#: so many goods are offered to choose from
MOST_OPTIONS = 5
#: so many lines that were taken out may come back
_KEPT_GONE = 20
#: what they are marked with
_LETTERS = "абвгд"


class OrderFormatError(ValueError):
    """Not an order as `Order.to_json` writes it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A row that a line may mean."""

    code: str
    name: str
    price_kop: int
    codes: tuple[str, ...] = ()  #: the row and its colours


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of an order."""

    said: str  #: the customer's words
    asked: str  #: what was searched for: his words with the header that they lean on
    quantity: int | None  #: None: not said
    state: State
    code: str = ""  #: of the row, where `state` is "sure"
    codes: tuple[str, ...] = ()  #: the row's colours, where none was asked for
    name: str = ""
    price_kop: int = 0  #: as printed in the list
    percent: int = 0  #: of a «Распродажа»: comes off the printed price
    status: str = ""  #: as printed
    options: tuple[Option, ...] = ()  #: to choose from; of a "none": what comes near
    note: str = ""  #: for the customer

    @property
    def lettered(self) -> dict[str, Option]:
        """The options that a question shows, by the letters that it shows them with."""
        return dict(zip(_LETTERS, self.options, strict=False))

    @property
    def sum_kop(self) -> int | None:
        """At the list's price; None where the line is not decided."""
        if self.state != "sure" or self.quantity is None:
            return None
        return self.price_kop * self.quantity

    @property
    def final_kop(self) -> int | None:
        """With the discount of a «Распродажа» taken off."""
        if self.sum_kop is None:
            return None
        share = Decimal(100 - self.percent) / 100
        return int((self.sum_kop * share).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Lines in the customer's order."""

    lines: tuple[Line, ...] = ()
    list_date: date | None = None  #: of the price list that the lines are read by
    gone: tuple[Line, ...] = ()  #: taken out, the last one last: «лампу верните»

    @property
    def counts(self) -> Mapping[State, int]:
        """How many lines are in each state."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in STATES}

    @property
    def total_kop(self) -> int:
        """Of the sure lines, at list prices."""
        return sum(line.sum_kop or 0 for line in self.lines)

    @property
    def final_kop(self) -> int:
        """The same with «Распродажа» taken off."""
        return sum(line.final_kop or 0 for line in self.lines)

    @property
    def open_lines(self) -> tuple[int, ...]:
        """Places of the lines that the customer must choose in."""
        return tuple(at for at, line in enumerate(self.lines) if line.state == "choose")

    def asked_about(self, focus: int) -> int:
        """The place of the line to be chosen in next; -1 where all is chosen.

        :param focus: place of the line that the last turn was about.
        """
        opened = self.open_lines
        if not opened:
            return -1
        return focus if focus in opened else opened[0]

    def with_line(self, at: int, line: Line) -> "Order":
        """With one line replaced."""
        return replace(self, lines=(*self.lines[:at], line, *self.lines[at + 1 :]))

    def without(self, places: Sequence[int]) -> "Order":
        """Without the lines of those places, which may come back."""
        out = set(places)
        return replace(
            self,
            lines=tuple(x for at, x in enumerate(self.lines) if at not in out),
            gone=(*self.gone, *(x for at, x in enumerate(self.lines) if at in out))[-_KEPT_GONE:],
        )

    def public(self) -> dict[str, Any]:
        """As DESIGN section 5 says it, roubles as numbers."""
        return {
            "lines": [_public(n, line) for n, line in enumerate(self.lines, 1)],
            "counts": dict(self.counts),
            "total": _roubles(self.total_kop),
            "final_total": _roubles(self.final_kop),
            "list_date": self.list_date.isoformat() if self.list_date else None,
        }

    def to_json(self) -> dict[str, Any]:
        """All of it, for the database."""
        return {
            "lines": [asdict(line) for line in self.lines],
            "list_date": self.list_date.isoformat() if self.list_date else None,
            "gone": [asdict(line) for line in self.gone],
        }

    @classmethod
    def from_json(cls, raw: object) -> "Order":
        """What `to_json` gave.

        :raises OrderFormatError: it is of another form.
        """
        try:
            assert isinstance(raw, dict)
            lines = tuple(_line(one) for one in raw["lines"])
            day = raw.get("list_date")
            gone = tuple(_line(one) for one in raw.get("gone", ()))
            when = date.fromisoformat(day) if day else None
            return cls(lines=lines, list_date=when, gone=gone)
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            raise OrderFormatError(str(error)) from error


def _line(raw: dict[str, Any]) -> Line:
    options = tuple(Option(**{**one, "codes": tuple(one["codes"])}) for one in raw["options"])
    return Line(**{**raw, "codes": tuple(raw["codes"]), "options": options})


def _public(number: int, line: Line) -> dict[str, Any]:
    sure = line.state == "sure"
    return {
        "n": number,
        "said": line.said,
        "quantity": line.quantity,
        "state": line.state,
        "code": line.code or None,
        "codes": list(line.codes),
        "name": line.name,
        "price": _roubles(line.price_kop) if sure else None,
        "sum": _roubles(line.sum_kop) if line.sum_kop is not None else None,
        "options": [
            {"code": o.code, "codes": list(o.codes), "name": o.name, "price": _roubles(o.price_kop)}
            for o in line.options
        ],
        "note": line.note,
    }


def _roubles(kop: int) -> float | int:
    return kop // 100 if kop % 100 == 0 else kop / 100
