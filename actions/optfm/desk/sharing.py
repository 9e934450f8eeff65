"""What is looked up and drawn for one manager, and shown to all who ask for the same meanwhile.

An event is heard by all pages at once, and all of them ask at once.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from optfm.desk.live import Live
from optfm.desk.queue import Counts, Row

#: What time alone changes, as the minutes of waiting, is no older on a page.
_KEPT_S = 1.0


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page of a tab with what has been drawn of it so far."""

    rows: list[Row]
    counts: Counts
    older: int | None
    _drawn: dict[tuple[int, Row], Markup] = field(default_factory=dict)

    def lines(self, staff_id: int, draw: Callable[[int, Row], Markup]) -> list[Markup]:
        """The rows for one of the staff; a row that two see alike is drawn once.

        :param draw: a row at its place, the first is 1.
        """
        seen = enumerate((row.seen_by(staff_id) for row in self.rows), 1)
        return [self._drawn.get(one) or self._drawn.setdefault(one, draw(*one)) for one in seen]


@dataclass(frozen=True)
class _Kept:
    mark: str
    until: float
    listing: Listing


class Listings:
    """:param live: what tells pages to ask."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._kept: dict[tuple[str, ...], _Kept] = {}
        self._locks: dict[tuple[str, ...], threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, key: tuple[str, ...], heard: str, look: Callable[[], Listing]) -> Listing:
        """What was just looked up, where that will do; else it is looked up now.

        :param key: what the listing depends on; there are few of them.
        :param heard: the mark of the last event of the page that asks.
        """
        with self._lock:
            turn = self._locks.setdefault(key, threading.Lock())
        with turn:  # who asks meanwhile waits for the same
            kept = self._kept.get(key)
            if kept and time.monotonic() < kept.until and self._live.covers(kept.mark, heard):
                return kept.listing
            mark = self._live.mark()
            listing = look()
            self._kept[key] = _Kept(mark, time.monotonic() + _KEPT_S, listing)
            return listing
