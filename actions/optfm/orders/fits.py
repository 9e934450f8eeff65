"""Rows that are one thing but for colour or packing, and those that a question means."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from optfm.catalog import PriceRow
from optfm.orders.asking import lacking, says_pack
from optfm.orders.goods import IndexGoods
from optfm.orders.notes import text_of
from optfm.orders.quantities import plain
from optfm.orders.row_tests import (
    Coloured,
    Numbered,
    Packed,
    Priced,
    RowTest,
    Without,
    is_pack,
    numberings,
)
from optfm.orders.words import order_words
from optfm.search import Facet
from optfm.search.colours import Colours
from optfm.text.normalise import clean

_MAKERS_NUMBER = re.compile(r"\((?=[^)]*\d)[A-Z0-9-]{6,}\)")


@dataclass(frozen=True, slots=True)
class Fit:
    """Rows that are one thing but for colour or packing, the cheapest first."""

    rows: tuple[PriceRow, ...]  #: of the asked colour, where one was asked for

    @property
    def best(self) -> PriceRow:
        """The row to take."""
        return self.rows[0]


class Fitting:
    """Puts rows of one revision of the list together."""

    def __init__(self, goods: IndexGoods) -> None:
        self.goods = goods
        self._colours = Colours(goods.index.shelf.vocabulary.colours)

    def in_colour(self, code: str, words: str) -> str:
        """The code of the same goods in the colour that the words name; "" where there are none."""
        row = self.goods.row(code)
        asked = self._colours.take_out(clean(words)).colours
        if row is None or not asked:
            return ""
        fits, begins, packed = Coloured(self._colours, asked), row.name.split()[0], _packing(row)
        others = [o for o in self.goods.index.rows if o.name.startswith(begins) and fits(o)]
        found = [other for other in others if self._key(other) == self._key(row)]
        if not found:  # each colour may have a maker's number of its own: «(SB32GBGS-K)»
            key = self._named(_MAKERS_NUMBER.sub(" ", row.name))
            found = [o for o in others if self._named(_MAKERS_NUMBER.sub(" ", o.name)) == key]
            found = found if len(found) == 1 else []
        # «зелено-черную» is not the blue and black one
        found.sort(key=lambda other: (-self._shared(other, asked), _packing(other) != packed))
        return found[0].code if found else ""

    def _shared(self, row: PriceRow, asked: Collection[str]) -> int:
        """How many of the colours asked for a row has."""
        return len(self._colours.take_out(clean(row.name)).colours.intersection(asked))

    def narrowed(
        self,
        rows: Sequence[PriceRow],
        question: str,
        banned: Sequence[RowTest],
        price: float | None,
        pack: int,
    ) -> list[PriceRow]:
        """The rows that also have the colour, the pack, the price, and nothing banned."""
        kept = list(rows)
        for keep in self._tests(question, banned, price, pack):
            kept = [row for row in kept if keep(row)] or kept
        return kept

    def _tests(
        self, question: str, banned: Sequence[RowTest], price: float | None, pack: int
    ) -> Iterable[Callable[[PriceRow], bool]]:
        yield from banned
        for word in lacking(question):
            yield Without(word)
        asked = self._colours.take_out(clean(question)).colours
        if asked:
            yield Coloured(self._colours, asked)
        for facet in self.goods.query(question).facets:
            if facet.name == "quality" and not facet.exclude:
                yield functools.partial(self._has, facet)
        for word, number in numberings(question):
            yield Numbered(word, number)
        if pack:
            yield Packed(pack)
        elif says_pack(question):
            yield is_pack
        if price:
            yield Priced(round(price * 100))

    def _has(self, facet: Facet, row: PriceRow) -> bool:
        return self.goods.index.has(row.code, facet) is True

    def of(self, rows: Sequence[PriceRow]) -> list[Fit]:
        """Rows that differ in more than colour or packing, apart; in the search's order."""
        groups: dict[str, list[PriceRow]] = {}
        for row in rows:
            groups.setdefault(self._key(row), []).append(row)
        return [Fit(tuple(sorted(rows, key=lambda row: row.price_kop))) for rows in groups.values()]

    def _key(self, row: PriceRow) -> str:
        return self._named(row.name)

    def _named(self, name: str) -> str:
        """A name without its colour and its packing."""
        name = self._colours.take_out(clean(name)).rest
        return " ".join(re.sub(r"[^\w+]+", " ", order_words().packing.sub(" ", name)).split())

    def why(self, fit: Fit, question: str) -> str:
        """What the customer must know of a row that was taken for him."""
        first = fit.best
        others = [row for row in fit.rows[1:] if row.code != first.code]
        if not others:
            return ""
        packings = {order_words().packing.search(clean(row.name)) is not None for row in fit.rows}
        prices = {row.price_kop for row in fit.rows}
        colours = [self._colours.take_out(clean(row.name)).printed for row in fit.rows]
        named = ", ".join(dict.fromkeys(filter(None, colours)))
        if len(prices) > 1:
            return text_of("cheapest_packing" if len(packings) > 1 else "cheapest_colour")
        return text_of("any_colour", colours=named) if len(set(colours)) > 1 and named else ""


def plainest(fits: list[Fit], question: str) -> list[Fit]:
    """«обычный»: the goods that the others have all words of, where there are such."""
    if len(fits) < 2 or not order_words().plainest.search(plain(question)):
        return fits
    named = [set(re.findall(r"[^\W\d_]+", clean(fit.best.name))) - {"mah"} for fit in fits]
    for fit, words in zip(fits, named, strict=True):
        if all(words <= other for other in named):
            return [fit]
    return fits


def _packing(row: PriceRow) -> str:
    found = order_words().packing.search(clean(row.name))
    return found[0] if found else ""
