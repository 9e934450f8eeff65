"""What a row of the list must have where any row has it: a colour, a pack, a price."""

import re
from dataclasses import dataclass
from itertools import pairwise

from optfm.catalog import PriceRow
from optfm.orders.quantities import plain
from optfm.orders.words import order_words
from optfm.search import Facet, PriceIndex
from optfm.search.colours import Colours
from optfm.text.morphology import stem
from optfm.text.normalise import clean

_ROW_PACK = re.compile(r"(\d{1,4})\s*(?:шт|pcs)")


class RowTest:
    """Something that a row must have where any row has it."""

    def __call__(self, row: PriceRow) -> bool:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Lacks(RowTest):
    stem: str

    def __call__(self, row: PriceRow) -> bool:
        words = re.findall(r"[^\W\d_]+", clean(row.name))
        return not any(
            stem(word).startswith(self.stem) and words[max(0, at - 1)] != "без"
            for at, word in enumerate(words)
        )


@dataclass(frozen=True, slots=True)
class Lacking(RowTest):
    """Of a row that has not all of some qualities: «не ориг фактори»."""

    index: PriceIndex
    facets: tuple[Facet, ...]

    def __call__(self, row: PriceRow) -> bool:
        return not all(self.index.has(row.code, facet) for facet in self.facets)


@dataclass(frozen=True, slots=True)
class Without(RowTest):
    stem: str

    def __call__(self, row: PriceRow) -> bool:
        return says_without(row, self.stem)


@dataclass(frozen=True, slots=True)
class Coloured(RowTest):
    colours: Colours
    asked: frozenset[str]

    def __call__(self, row: PriceRow) -> bool:
        return bool(self.colours.take_out(clean(row.name)).colours & self.asked)


@dataclass(frozen=True, slots=True)
class Numbered(RowTest):
    word: str
    number: int

    def __call__(self, row: PriceRow) -> bool:
        return (self.word, self.number) in numberings(row.name)


@dataclass(frozen=True, slots=True)
class Packed(RowTest):
    pieces: int

    def __call__(self, row: PriceRow) -> bool:
        return any(int(m[1]) == self.pieces for m in _ROW_PACK.finditer(clean(row.name)))


@dataclass(frozen=True, slots=True)
class Priced(RowTest):
    kop: int

    def __call__(self, row: PriceRow) -> bool:
        return row.price_kop == self.kop


def says_without(row: PriceRow, wanted: str) -> bool:
    """Whether a row says that it is without the thing of this stem."""
    words = re.findall(r"[^\W\d_]+", clean(row.name))
    return any(one == "без" and stem(thing) == wanted for one, thing in pairwise(words))


def is_pack(row: PriceRow) -> bool:
    return _ROW_PACK.search(clean(row.name)) is not None


def numberings(text: str) -> list[tuple[str, int]]:
    """«орнамент вид 4»: the words that take a number, with it."""
    found = re.findall(r"([^\W\d_]+)\s*(\d{1,3})(?!\d)", plain(text))
    return [(word, int(n)) for word, n in found if word in order_words().numbering]
