"""The price list as the API asks it: the one place that calls the search.

While somebody types, the last word is not whole: it is completed by the words of the list's names,
the frequent ones first.
"""

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Literal

from optfm.catalog import PriceRow
from optfm.orders import IndexGoods, Matcher
from optfm.search import Answer, Hit, Query
from optfm.search.explaining import explained
from optfm.search.index import PriceIndex
from optfm.search.live import Current, LiveIndex, NoPriceList

Kind = Literal["found", "ask", "none"]

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
#: A word may be completed in so many ways; each is a search.
_COMPLETIONS = 3
_SHORTEST_BEGINNING = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a question finds, over all the goods that it names."""

    query: str
    completed: str  #: the question that was searched: with its last word whole
    kind: Kind
    confidence: float
    answers: tuple[Answer, ...]  #: one of each of the goods named
    rows: tuple[Hit, ...]  #: that fulfil what was asked
    nearest: tuple[Hit, ...]  #: where there is nothing: what comes near
    unmet: tuple[str, ...]  #: words of the question that stand in no row shown
    total: int
    list_id: int
    list_date: date


class Goods:
    """Follows the active list and answers questions about it.

    :param live: the index; it follows the active list by itself.
    """

    def __init__(self, live: LiveIndex) -> None:
        self._live = live
        self._words: tuple[PriceIndex, _Words] | None = None
        self._matcher: tuple[PriceIndex, Matcher] | None = None
        self._by_code: tuple[PriceIndex, dict[str, PriceRow]] | None = None

    @property
    def list_id(self) -> int | None:
        """The revision that is asked; None: there is none yet."""
        try:
            return self._live.current().list_id
        except NoPriceList:
            return None

    @property
    def list_date(self) -> date:
        """Of the revision that is asked.

        :raises NoPriceList: there is none.
        """
        return self._live.current().list_date

    def search(self, question: str, *, limit: int) -> Found:
        """What answers a question.

        :raises NoPriceList: there is no list yet.
        """
        current = self._live.current()
        return _found(question, question, current, limit)

    def find(self, query: Query, *, limit: int) -> Found:
        """What answers a question that an answer offered.

        :raises NoPriceList: there is no list yet.
        """
        current = self._live.current()
        answers = [current.index.find(query, limit=limit)]
        return _told(query.spoken, query.spoken, answers, current, limit)

    def search_typed(self, typed: str, *, limit: int) -> Found:
        """What answers a question whose last word may be still being typed.

        :raises NoPriceList: there is no list yet.
        """
        current = self._live.current()
        best: Found | None = None
        for completed in self._completions(typed, current.index):
            found = _found(typed, completed, current, limit)
            if found.kind == "found":
                return found
            if best is None or _RANK[found.kind] < _RANK[best.kind]:
                best = found
        assert best is not None  # the question itself is the last completion
        return best

    def matcher(self) -> Matcher:
        """What finds the lines of orders.

        :raises NoPriceList: there is no list yet.
        """
        current = self._live.current()
        known = self._matcher
        if known is None or known[0] is not current.index:
            made = Matcher(IndexGoods(current.index), list_date=current.list_date)
            known = self._matcher = (current.index, made)
        return known[1]

    def explained(self, question: str, rows: int = 3) -> list[str]:
        """Why a question gets the answer that it gets, line by line.

        :raises NoPriceList: there is no list yet.
        """
        current = self._live.current()
        answers = current.search_all(question, limit=rows)
        return [line for answer in answers for line in explained(current.index, answer, rows)]

    def row(self, code: str) -> PriceRow | None:
        """The row of a code, exactly as it is printed.

        :raises NoPriceList: there is no list yet.
        """
        index = self._live.current().index
        known = self._by_code
        if known is None or known[0] is not index:
            known = self._by_code = (index, {row.code: row for row in index.rows})
        return known[1].get(code)

    def _completions(self, typed: str, index: PriceIndex) -> Sequence[str]:
        last = next(reversed(list(_WORD.finditer(typed))), None)
        if last is None or last.end() != len(typed) or len(last[0]) < _SHORTEST_BEGINNING:
            return (typed,)
        known = self._words
        if known is None or known[0] is not index:
            known = self._words = (index, _Words(index.rows))
        begun = last[0].lower()
        if known[1].has(begun):
            return (typed,)
        whole = known[1].beginning_with(begun, _COMPLETIONS)
        return (*(typed[: last.start()] + word for word in whole), typed)


_RANK: dict[str, int] = {"found": 0, "ask": 1, "none": 2}


class _Words:
    """The words of all names, sorted, with how many rows have them."""

    def __init__(self, rows: Sequence[PriceRow]) -> None:
        self._often = Counter(word for row in rows for word in _WORD.findall(row.name.lower()))
        self._sorted = sorted(self._often)

    def has(self, word: str) -> bool:
        return word in self._often

    def beginning_with(self, begun: str, limit: int) -> list[str]:
        first = bisect.bisect_left(self._sorted, begun)
        last = bisect.bisect_right(self._sorted, begun + "\U0010ffff")
        words = self._sorted[first:last]
        return sorted(words, key=lambda word: -self._often[word])[:limit]


def _found(typed: str, question: str, current: Current, limit: int) -> Found:
    return _told(typed, question, current.search_all(question, limit=limit), current, limit)


def _told(
    typed: str, question: str, answers: Sequence[Answer], current: Current, limit: int
) -> Found:
    kinds = [answer.kind for answer in answers]
    kind: Kind = "found" if "found" in kinds else "ask" if "ask" in kinds else "none"
    told = [answer for answer in answers if answer.kind != "none"]
    return Found(
        query=typed,
        completed=question,
        kind=kind,
        confidence=max((answer.confidence for answer in told or answers), default=0.0),
        answers=tuple(answers),
        rows=_in_turns([answer.rows for answer in told], limit),
        nearest=() if told else _in_turns([answer.nearest for answer in answers], limit),
        unmet=tuple(word for answer in told for word in answer.unmet),
        total=sum(answer.total for answer in told),
        list_id=current.list_id,
        list_date=current.list_date,
    )


def _in_turns(lists: Sequence[Sequence[Hit]], limit: int) -> tuple[Hit, ...]:
    """The best of each, then the second of each."""
    turns = zip_longest(*lists)
    return tuple(hit for turn in turns for hit in turn if hit is not None)[:limit]
