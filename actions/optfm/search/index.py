"""The index over one revision of the price list: built once, asked from any thread."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from optfm.catalog.rows import PriceGroup, PriceRow
from optfm.search import roles
from optfm.search.answer import Answer
from optfm.search.constraints import excluded_rows
from optfm.search.finding import Candidates, Nearness, find
from optfm.search.index_builder import build_index
from optfm.search.query import Device, Facet, Query, Value
from optfm.search.query_parser import QueryParser
from optfm.search.row_facts import RowFacts, facts_of, has_facet
from optfm.search.shelf import Shelf
from optfm.search.whole_names import WholeNames
from optfm.text.units import Quantity
from optfm.text.vocabulary import Vocabulary

__all__ = ["Candidates", "Document", "Nearness", "PriceIndex"]


class Document(NamedTuple):
    """A row in lexemes, for an engine that finds candidates."""

    lexemes: tuple[str, ...]  #: of the name
    path_lexemes: tuple[str, ...]  #: of the groups above


class PriceIndex:
    """What the shop sells, ready for questions. Immutable, safe to share among threads."""

    def __init__(self, shelf: Shelf, parser: QueryParser) -> None:
        self._shelf = shelf
        self._parser = parser

    @property
    def shelf(self) -> Shelf:
        """The rows as arrays, for explaining an answer."""
        return self._shelf

    @property
    def rows(self) -> tuple[PriceRow, ...]:
        """The rows, in the order of their positions."""
        return self._shelf.rows

    @property
    def names(self) -> WholeNames:
        """The names of the rows, to be found in texts."""
        return self._parser.names

    @classmethod
    def build(
        cls,
        rows: Sequence[PriceRow],
        vocabulary: Vocabulary,
        groups: Sequence[PriceGroup] = (),
    ) -> "PriceIndex":
        """An index over `rows`; the parameters are those of `build_index`."""
        return cls(*build_index(rows, vocabulary, groups))

    def parse(self, text: str, *, about: Query | None = None) -> list[Query]:
        """One query for each of the goods that a text asks for, in its order; at least one.

        :param text: as typed; anything at all.
        :param about: what the dialog is about: a bare «12» is a model of its device's line. The
            queries hold only what the text says; `about.refined` puts them together.
        """
        return self._parser.parse(text, about=about)

    def heard(self, text: str) -> str:
        """A text in the right keyboard layout and alphabet, its small words as they are spelt."""
        return self._parser.heard(text)

    def turned(self, text: str) -> str:
        """A text with what was typed in the wrong keyboard layout turned back."""
        return self._parser.turned(text)

    def find(
        self,
        query: Query,
        *,
        limit: int = 10,
        candidates: Candidates | None = None,
        nearness: Nearness | None = None,
    ) -> Answer:
        """What answers a query.

        :param query: of `parse`, of a button, or made of such by its facets.
        :param limit: how many lines at most.
        :param candidates: another engine's rows for the query's lexemes; None: our own.
        :param nearness: a second opinion on the order of the rows of a "none".
        :returns: never raises; an Answer with `kind` "none" where nothing answers.
        """
        return find(self._shelf, query, limit, candidates, nearness)

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        candidates: Candidates | None = None,
        nearness: Nearness | None = None,
    ) -> Answer:
        """What answers a text that is taken for one question."""
        query = self._parser.copied(question) or self._parser.parse_one(question)
        return self.find(query, limit=limit, candidates=candidates, nearness=nearness)

    def search_all(
        self,
        question: str,
        *,
        limit: int = 10,
        candidates: Candidates | None = None,
        nearness: Nearness | None = None,
    ) -> list[Answer]:
        """One answer for each of the goods that a text asks for; usually one."""
        return [
            self.find(query, limit=limit, candidates=candidates, nearness=nearness)
            for query in self.parse(question)
        ]

    def understand(self, text: str) -> Query:
        """What a text says, taken for one question."""
        return self._parser.parse_one(text)

    def general(self, query: Query) -> str:
        """What the goods asked for are called together with their kin: «зарядка»; "" for none."""
        return self._parser.general(query)

    def facts(self, code: str) -> RowFacts | None:
        """What the row of a code says, or None where the list has no such code."""
        position = self._shelf.position_of.get(code)
        return None if position is None else facts_of(self._shelf, position)

    def has(self, code: str, facet: Facet) -> bool | None:
        """Whether the row of a code has a facet, whichever way the facet is meant.

        :returns: None where the row says nothing of that kind, or there is no such row.
        """
        position = self._shelf.position_of.get(code)
        return None if position is None else has_facet(self._shelf, position, facet)

    def fits(self, code: str, device: Device) -> bool | None:
        """Whether the row of a code fits a device, by the devices in its name.

        :returns: None where the row names no device, or there is no such row.
        """
        position = self._shelf.position_of.get(code)
        if position is None or not self._shelf.has_device[position]:
            return None
        return bool(np.isin(position, excluded_rows(self._shelf, device)))

    def spoken(self, value: Value) -> str:
        """A value for people: «3500 mAh», «2 м»."""
        return self._shelf.units.spoken(Quantity(value.name, value.amount))

    def documents(self) -> list[Document]:
        """The lexemes of each row, in the order of its positions, for another engine."""
        return [
            Document(
                tuple(
                    lexeme
                    for lexeme, role in named.items()
                    if role < roles.GROUP or roles.GROUP < role < roles.PATH
                ),
                tuple(
                    lexeme for lexeme, role in named.items() if role in (roles.GROUP, roles.PATH)
                ),
            )
            for named in self._shelf.named()
        ]
