"""The index that a running bot asks: always over the active list, never in the way."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from common import loops
from optfm.catalog import PriceRow, UnpricedRow, revisions
from optfm.db.connection import reason
from optfm.errors import Refused
from optfm.search.answer import Answer
from optfm.search.index import PriceIndex
from optfm.search.query import Device, Facet, Query, Value
from optfm.search.row_facts import RowFacts
from optfm.search.vectors.meaning import Meaning
from optfm.search.weaviate.engine import WeaviateEngine
from optfm.text import vocabulary

if TYPE_CHECKING:
    from optfm.search.chroma.engine import ChromaEngine

log = logging.getLogger(__name__)

#: A round may build the index of a hundred thousand rows.
_PATIENCE_S = 120.0
_NAMED = 3


class NoPriceList(Exception):
    """Nothing to answer from: no list was ever loaded, or the first one is being read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Current:
    """One revision, ready for questions; it stays whole while a newer one takes its place."""

    index: PriceIndex
    list_id: int
    list_date: date
    weaviate: WeaviateEngine | None
    meaning: Meaning | None
    unpriced: PriceIndex | None = None  #: goods that the list puts no price on
    chroma: "ChromaEngine | None" = None

    @property
    def engine(self) -> Literal["weaviate", "local"]:
        """Where the candidates of the last questions came from."""
        return self.weaviate.using if self.weaviate else "local"

    def parse(self, text: str, *, about: Query | None = None) -> list[Query]:
        """As `PriceIndex.parse`."""
        return self.index.parse(text, about=about)

    def heard(self, text: str) -> str:
        """As `PriceIndex.heard`."""
        return self.index.heard(text)

    def find(self, query: Query, *, limit: int = 10) -> Answer:
        """As `PriceIndex.find`, with the other engine's candidates and the second opinion."""
        candidates = self.weaviate.candidates(self.index) if self.weaviate else None
        nearness = self.meaning.of(self.index) if self.meaning else None
        holder = self.weaviate or self.chroma
        if nearness and self.meaning and holder:
            nearness = holder.nearness(self.index, self.meaning.question, nearness)
        answer = self.index.find(query, limit=limit, candidates=candidates, nearness=nearness)
        if answer.kind == "none" and self.unpriced and query.text:
            return replace(answer, unpriced=_named(self.unpriced, query.text))
        return answer

    def search_all(self, question: str, *, limit: int) -> Sequence[Answer]:
        """One answer for each of the goods that a text names."""
        return [self.find(query, limit=limit) for query in self.parse(question)]

    def general(self, query: Query) -> str:
        """As `PriceIndex.general`."""
        return self.index.general(query)

    def row(self, code: str) -> PriceRow | None:
        """The row of a code."""
        facts = self.index.facts(code)
        return facts.row if facts else None

    def facts(self, code: str) -> RowFacts | None:
        """As `PriceIndex.facts`."""
        return self.index.facts(code)

    def has(self, code: str, facet: Facet) -> bool | None:
        """As `PriceIndex.has`."""
        return self.index.has(code, facet)

    def fits(self, code: str, device: Device) -> bool | None:
        """As `PriceIndex.fits`."""
        return self.index.fits(code, device)

    def spoken(self, value: Value) -> str:
        """As `PriceIndex.spoken`."""
        return self.index.spoken(value)


def _named(index: PriceIndex, text: str) -> tuple[str, ...]:
    """What the text names among goods without a price; an honest «нет» is not said of these."""
    answers = [index.find(query, limit=_NAMED) for query in index.parse(text)]
    return tuple(
        hit.row.name for answer in answers if answer.kind != "none" for hit in answer.rows
    )[:_NAMED]


def without_price(rows: Sequence[UnpricedRow]) -> tuple[PriceRow, ...]:
    """The rows as the index takes them; nobody is shown their price."""
    return tuple(
        PriceRow(
            code=row.code,
            name=row.name,
            price_kop=1,
            status=row.status,
            path=row.path,
            row_number=row.row_number,
        )
        for row in rows
    )


class LiveIndex:
    """Follows the active revision and the vocabulary, and answers on while it builds anew.

    A database that is away changes nothing: the last index stays.

    :param engine: the shop's database.
    :param weaviate: another source of candidates, or None.
    :param meaning: a second opinion where words are unknown, or None.
    :param chroma: where its vectors are held, or None: here.
    """

    def __init__(
        self,
        engine: Engine,
        weaviate: WeaviateEngine | None = None,
        meaning: Meaning | None = None,
        chroma: "ChromaEngine | None" = None,
    ) -> None:
        self._engine = engine
        self._weaviate = weaviate
        self._meaning = meaning
        self._chroma = chroma
        self._looked_at = time.monotonic()
        self._current: Current | None = None
        self._built_from: tuple[object, ...] = ()
        self._follower = loops.Follower("price-index", self.refresh, patience_s=_PATIENCE_S)

    def start(self) -> "LiveIndex":
        """Look once now, then every second, aside."""
        self._follower.start()
        return self

    def close(self) -> None:
        """Stop following."""
        self._follower.close()

    def current(self) -> Current:
        """What to ask now.

        :raises NoPriceList: there is no list yet.
        """
        if self._current is None:
            raise NoPriceList
        return self._current

    def age_s(self) -> float:
        """Seconds since it was last seen which list is active; they grow while nobody can say."""
        return time.monotonic() - self._looked_at

    def refresh(self) -> None:
        """Build anew if another list was activated or the vocabulary was edited."""
        try:
            active = revisions.active(self._engine)
            self._looked_at = time.monotonic()
            words = vocabulary.stamp()
            if active is None or (active.id, words) == self._built_from:
                return
            self._built_from = (active.id, words)
            loaded = revisions.load_active(self._engine)
            if loaded is None:
                return
            words_known = vocabulary.load()
            index = PriceIndex.build(loaded.rows, words_known, loaded.groups)
            rest = without_price(loaded.unpriced)
            unpriced = PriceIndex.build(rest, words_known) if rest else None
        except SQLAlchemyError as exc:
            self._built_from = ()
            log.warning("the active price list cannot be looked up: %s", reason(exc))
            return
        except Refused as exc:  # a slip in the vocabulary: said once, until it is edited again
            log.error("%s", exc.message)
            return
        except Exception:
            self._built_from = ()  # nothing was built: the next round tries again
            raise
        if self._weaviate:
            self._weaviate.follow(index)
        if self._meaning:
            self._meaning.follow(index)
        self._current = Current(
            index=index,
            list_id=loaded.revision.id,
            list_date=loaded.revision.list_date,
            weaviate=self._weaviate,
            meaning=self._meaning,
            unpriced=unpriced,
            chroma=self._chroma,
        )
        log.info("price list %s: %s rows", loaded.revision.id, len(loaded.rows))
