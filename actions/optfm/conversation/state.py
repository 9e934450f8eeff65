"""What a conversation about goods is about now, kept between two messages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from optfm.search import Query, QueryFormatError

#: what the bot has just asked, which a bare number or a short word may answer
Asked = Literal["", "row", "count"]
_ASKED: tuple[Asked, ...] = ("", "row", "count")
#: «и те и те» reaches back so far
_TAKEN = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationState:
    """Only what succeeded: a message that found nothing leaves no trace but the goods it named."""

    focus: Query | None = None  #: what is asked for now
    base: Query | None = None  #: whose answer the last list of several rows was
    groups: tuple[Query, ...] = ()  #: all goods of the last message, where it named several
    listed: tuple[str, ...] = ()  #: codes of the last list of several rows, in the order shown
    chosen: tuple[str, ...] = ()  #: codes of the rows that the talk is about; () while it is open
    variants: tuple[str, ...] = ()  #: codes of all colours of the one line in focus
    taken: tuple[
        str, ...
    ] = ()  #: rows that were alone in an answer, chosen or counted; the latest last
    lines: tuple[tuple[str, int], ...] = ()  #: codes and pieces counted so far, each code once
    shown: int = 0  #: how many lines of the base's answer were shown
    count: int = 0  #: pieces named without a row, or the last ones counted
    counted: bool = False  #: the last message was about a number of pieces
    asked: Asked = ""
    missed: Query | None = None  #: what the last message asked for and the list has not
    before: bool = False  #: the rows were shown before that: only their number or name means them
    unseen: bool = False  #: the focus was named beside something else, and no row of it is shown

    def choosing(self, *codes: str) -> "ConversationState":
        """The same about these rows."""
        kept = tuple(code for code in self.taken if code not in codes)
        return replace(self, chosen=codes, variants=(), taken=(*kept, *codes)[-_TAKEN:], asked="")

    @property
    def in_focus(self) -> tuple[str, ...]:
        """The rows that «он», «какая ёмкость» are about."""
        return () if self.before else self.chosen or self.listed

    def as_slot(self) -> dict[str, Any]:
        """As JSON, to be kept in the dialog; what is empty is left out."""
        found: dict[str, Any] = {
            "focus": self.focus.to_json() if self.focus else None,
            "base": self.base.to_json() if self.base else None,
            "groups": [query.to_json() for query in self.groups],
            "listed": list(self.listed),
            "chosen": list(self.chosen),
            "variants": list(self.variants),
            "taken": list(self.taken),
            "lines": [list(line) for line in self.lines],
            "shown": self.shown,
            "count": self.count,
            "counted": self.counted,
            "asked": self.asked,
            "missed": self.missed.to_json() if self.missed else None,
            "before": self.before,
            "unseen": self.unseen,
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_slot(cls, slot: object) -> "ConversationState":
        """What `as_slot` gave; a new state for what is not of this form (an older version's)."""
        if not isinstance(slot, Mapping):
            return cls()
        try:
            return cls(
                focus=_query(slot.get("focus")),
                base=_query(slot.get("base")),
                groups=tuple(Query.from_json(one) for one in _items(slot, "groups")),
                listed=_codes(slot, "listed"),
                chosen=_codes(slot, "chosen"),
                variants=_codes(slot, "variants"),
                taken=_codes(slot, "taken"),
                lines=_lines(slot),
                shown=_whole(slot, "shown"),
                count=_whole(slot, "count"),
                counted=slot.get("counted") is True,
                asked=next((a for a in _ASKED if a == slot.get("asked")), ""),
                missed=_query(slot.get("missed")),
                before=slot.get("before") is True,
                unseen=slot.get("unseen") is True,
            )
        except QueryFormatError:
            return cls()


def _query(found: object) -> Query | None:
    return None if found is None else Query.from_json(found)


def _items(slot: Mapping[str, object], name: str) -> list[object]:
    found = slot.get(name, [])
    return found if isinstance(found, list) else []


def _codes(slot: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(code for code in _items(slot, name) if isinstance(code, str))


def _whole(slot: Mapping[str, object], name: str) -> int:
    found = slot.get(name, 0)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def _lines(slot: Mapping[str, object]) -> tuple[tuple[str, int], ...]:
    found = []
    for line in _items(slot, "lines"):
        match line:
            case [str(code), int(pieces)]:
                found.append((code, pieces))
    return tuple(found)
