"""An order while a message changes it: its lines and what the talk is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from optfm.orders.order import Line, Order
from optfm.orders.outcomes import with_notes

_OF_QUANTITY = re.compile(r"кратно|^От \d+ шт|Распродажа|сколько именно|: сколько нужно")


@dataclass
class Draft:
    """A message's work on an order."""

    order: Order
    focus: int
    understood: bool = False
    mode: str = ""  #: a verb that goes on over commas: «убери кабель и мышь»
    before: Order | None = None  #: as the order was before its last change
    keep: list[int] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    removals: list[frozenset[int]] = field(default_factory=list)  #: places, as they were then
    gone: list[str] = field(default_factory=list)
    removed: list[Line] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    which: list[int] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)  #: named, and nothing known is told of them
    absurd: bool = False
    told: list[str] = field(default_factory=list)  #: answers to what was asked of the lines
    counted: dict[int, int | None] = field(default_factory=dict)  #: before «все по 5»
    beside: list[str] = field(default_factory=list)
    asked_of: str = ""  #: «а зелёные есть?»: what may be added by «добавь две»
    unlike: str = ""  #: «…, а не прозрачный»: what it is now, and should not be
    adding: bool = False
    again: bool = False  #: «ещё» stands before
    goes_on: bool = False  #: «и» stands before
    added: list[str] = field(default_factory=list)  #: clauses of one sentence that name new goods
    assumed: str = ""  #: of the last of them: as many as of the line that it is like
    checkout: bool = False

    def focused(self) -> Line | None:
        """The line that a clause goes on about; the last one where none was spoken of."""
        lines = self.order.lines
        at = self.touched[-1] if self.touched else self.focus
        return lines[at] if 0 <= at < len(lines) else lines[-1] if lines else None

    def target(self) -> int:
        """The line that is talked about: the last touched, the one in focus, the only open one."""
        if self.touched:
            return self.touched[-1]
        opened = self.order.open_lines
        if self.focus in opened or (self.focus >= 0 and not opened):
            return self.focus
        if opened:
            return opened[0]
        return len(self.order.lines) - 1

    def remove(self, places: Sequence[int]) -> None:
        """Take lines away by their places."""
        if not places:
            return
        lines, places = self.order.lines, sorted(set(places))
        self.removed += [lines[at] for at in places]
        self.gone += [lines[at].name or lines[at].said for at in places]
        self.order = self.order.without(places)
        self.removals.append(frozenset(places))
        self.touched = [_shifted(at, places) for at in self.touched if at not in places]
        self.keep = [_shifted(at, places) for at in self.keep if at not in places]
        self.focus = _shifted(self.focus, places) if self.focus not in places else -1

    def put_back_removed(self) -> None:
        """Lines that the message has removed so far at once, where they stood."""
        lines, out = list(self.order.lines), self.removed
        for at, line in zip(sorted(self.removals.pop()), out, strict=True):
            lines.insert(at, line)
        kept = self.order.gone[: -len(out)]
        self.order = replace(self.order, lines=tuple(lines), gone=kept)
        self.removed, self.gone = [], []

    def set(self, at: int, quantity: int | None) -> None:
        """Give a line another quantity, None for one that nobody has said."""
        line = self.order.lines[at]
        if line.state == "sure":
            line = with_notes(replace(line, quantity=quantity, note=_not_of_quantity(line.note)))
        else:
            line = replace(line, quantity=quantity)
        self.order = self.order.with_line(at, line)
        self.touched.append(at)

    def append(self, line: Line) -> None:
        """Put another line under the others."""
        self.order = replace(self.order, lines=(*self.order.lines, line))
        self.touched.append(len(self.order.lines) - 1)

    def put(self, at: int, line: Line) -> None:
        """Put another line in the place of one."""
        self.order = self.order.with_line(at, line)
        self.touched.append(at)


def _shifted(at: int, gone: Sequence[int]) -> int:
    return at - sum(place < at for place in gone)


def _not_of_quantity(note: str) -> str:
    """The sentences of a note that another quantity leaves true."""
    kept = [s for s in re.split(r"(?<=[.?])\s+(?=[А-Я«])", note) if not _OF_QUANTITY.search(s)]
    return " ".join(kept)
