"""Where each lexeme of the list stands, and in what role: the arrays that the search runs over."""

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optfm.search import roles
from optfm.text.cache import Cache

Ids = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

_WEIGHTS = np.array(roles.WEIGHTS, dtype=np.float32)
_NOWHERE = 9
NONE: Ids = np.empty(0, dtype=np.int32)


class Matches(NamedTuple):
    """Rows that have a term."""

    ids: Ids  #: ascending
    weight: Floats  #: (0, 1], by the role of the term in the row
    role: npt.NDArray[np.uint8]  #: the best role of the term in the row
    idf: float  #: how rare it is


class Postings:
    """Lexeme → rows, built once."""

    def __init__(self, rows: Iterable[Mapping[str, int]]) -> None:
        """Takes the roles of the lexemes of each row, in the order of the rows."""
        ids: dict[str, array[int]] = {}
        kinds: dict[str, bytearray] = {}
        self.rows = 0
        for number, named in enumerate(rows):
            self.rows += 1
            for lexeme, role in named.items():
                place = ids.get(lexeme)
                if place is None:
                    place = ids[lexeme] = array("i")
                    kinds[lexeme] = bytearray()
                place.append(number)
                kinds[lexeme].append(role)
        self._ids = {lexeme: np.frombuffer(p, dtype=np.int32) for lexeme, p in ids.items()}
        self._roles = {lexeme: np.frombuffer(k, dtype=np.uint8) for lexeme, k in kinds.items()}
        self._matched: Cache[tuple[tuple[str, ...], ...], Matches] = Cache(4096)
        self._found_called: Cache[tuple[tuple[str, ...], ...], Ids] = Cache(4096)

    def __contains__(self, lexeme: str) -> bool:
        return lexeme in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def count(self, lexeme: str) -> int:
        """How many rows have the lexeme."""
        found = self._ids.get(lexeme)
        return 0 if found is None else len(found)

    def ids(self, lexeme: str) -> Ids:
        """Rows that have the lexeme, ascending."""
        return self._ids.get(lexeme, NONE)

    def roles(self, lexeme: str) -> npt.NDArray[np.uint8]:
        """Roles of the lexeme in those rows."""
        return self._roles[lexeme]

    def _one(self, lexemes: tuple[str, ...]) -> Matches:
        """Rows that have all of the lexemes."""
        ids = self._ids.get(lexemes[0], NONE)
        if not len(ids):
            return Matches(NONE, np.empty(0, np.float32), np.empty(0, np.uint8), 0.0)
        role = self._roles[lexemes[0]]
        weight = _WEIGHTS[role]
        for lexeme in lexemes[1:]:
            other = self._ids.get(lexeme, NONE)
            common, mine, theirs = np.intersect1d(
                ids, other, assume_unique=True, return_indices=True
            )
            ids = common.astype(np.int32)
            if not len(ids):
                return Matches(NONE, np.empty(0, np.float32), np.empty(0, np.uint8), 0.0)
            its_role = self._roles[lexeme][theirs]
            role = np.minimum(role[mine], its_role)
            weight = np.minimum(weight[mine], _WEIGHTS[its_role])
        return Matches(ids, weight, role, 0.0)

    def matches(self, options: tuple[tuple[str, ...], ...]) -> Matches:
        """Rows that have any of the options; an option is lexemes that all must be there."""
        return self._matched.get(options, self._matches)

    def called(self, options: tuple[tuple[str, ...], ...]) -> Ids:
        """Rows that are called any of the options, by their own name or by their group's."""
        return self._found_called.get(options, self._called)

    def _matches(self, options: tuple[tuple[str, ...], ...]) -> Matches:
        if len(options) == 1:
            one = self._one(options[0])
            return one._replace(idf=self.idf(len(one.ids)))
        weight = np.zeros(self.rows, dtype=np.float32)
        role = np.full(self.rows, _NOWHERE, dtype=np.uint8)
        for rank, option in enumerate(options):
            one = self._one(option)
            if len(one.ids):
                # what is likelier meant comes first
                its_weight = one.weight * np.float32(1 - 0.07 * min(rank, 4))
                weight[one.ids] = np.maximum(weight[one.ids], its_weight)
                role[one.ids] = np.minimum(role[one.ids], one.role)
        ids = np.flatnonzero(weight).astype(np.int32)
        return Matches(ids, weight[ids], role[ids], self.idf(len(ids)))

    def _called(self, options: tuple[tuple[str, ...], ...]) -> Ids:
        found = self.matches(options)
        called: Ids = found.ids[(found.role <= roles.GROUP) | (found.role == roles.SECTION)]
        return called

    def idf(self, count: int) -> float:
        """How much a term of so many rows tells, about 0.3 to 10."""
        return max(0.3, math.log(1 + (self.rows - count + 0.5) / (count + 0.5)))


#: from so many rows on a table of places is quicker than a search for each
_MANY = 1500


def within(ids: Ids, some: Ids) -> npt.NDArray[np.intp]:
    """For each of `ids`, its place in ascending `some`, or -1."""
    if not len(some):
        return np.full(len(ids), -1, dtype=np.intp)
    if len(ids) > _MANY:
        table = np.full(max(int(ids.max()), int(some[-1])) + 1, -1, dtype=np.intp)
        table[some] = np.arange(len(some))
        return table[ids]
    places = some.searchsorted(ids)
    places[places == len(some)] = 0
    return np.where(some[places] == ids, places, -1)


def union(found: Sequence[Ids]) -> Ids:
    """The rows of any of the sorted lists, ascending, each once."""
    lists = [ids for ids in found if len(ids)]
    if not lists:
        return NONE
    there = np.zeros(max(int(ids[-1]) for ids in lists) + 1, dtype=bool)
    for ids in lists:
        there[ids] = True
    return np.flatnonzero(there).astype(np.int32)
