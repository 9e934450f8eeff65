"""Remembers every price question, and lists for the owner what was asked and not found."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.exc import SQLAlchemyError

from common.masking import mask
from optfm.db.connection import reason
from optfm.db.tables import price_searches
from optfm.search.answer import Answer

log = logging.getLogger(__name__)

#: Searches are written so much later than they were made, together.
MOMENT_S = 0.25
_LONGEST_QUESTION = 500


@dataclass(frozen=True, kw_only=True)
class Miss:
    """Questions that came to the same words and found nothing."""

    normalised: str  #: the words that were searched for
    example: str  #: the last wording of a customer
    times: int
    last_at: datetime


class QueryLog:
    """Keeps searches aside: an answer does not wait for it, nor fail with it.

    Those of a moment are one statement, since each costs the database a commit.

    :param engine: the shop's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._waiting: list[_Search] = []
        self._closed = threading.Event()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="searches")

    def keep(
        self,
        answer: Answer,
        *,
        normalised: str,
        dialog: str,
        list_id: int | None,
        candidates_of: str,
    ) -> None:
        """Remember one search, with phones and e-mail addresses masked.

        :param normalised: the question's words as they were searched for.
        :param dialog: Rasa's sender id.
        :param list_id: the revision that was searched, None where it is not known.
        :param candidates_of: the engine that gave the candidates, "local" or "weaviate".
        """
        search = _search(answer, normalised, dialog, list_id, candidates_of)
        with self._lock:
            self._waiting.append(search)
            if len(self._waiting) > 1:  # whoever writes the first takes this one, too
                return
        self._writer.submit(self._write)

    def close(self) -> None:
        """Write what waits."""
        self._closed.set()
        self._writer.shutdown(wait=True)

    def _write(self) -> None:
        self._closed.wait(MOMENT_S)
        with self._lock:
            searches, self._waiting = self._waiting, []
        try:
            self._insert(searches)
        except SQLAlchemyError:
            for search in searches:  # one that is refused loses no others
                try:
                    self._insert([search])
                except SQLAlchemyError as exc:
                    log.warning("a search is not recorded: %s", reason(exc))

    def _insert(self, searches: Sequence["_Search"]) -> None:
        with self._engine.begin() as connection:
            connection.execute(price_searches.insert(), [_row(one) for one in searches])


@dataclass(frozen=True, slots=True)
class _Search:
    """What is kept of an answer; the answer itself would hold a swapped index."""

    at: datetime
    dialog: str
    question: str
    normalised: str
    answer: str
    confidence: float
    top_code: str | None
    list_id: int | None
    engine: str


def _search(
    answer: Answer, normalised: str, dialog: str, list_id: int | None, candidates_of: str
) -> _Search:
    return _Search(
        at=datetime.now(UTC),
        dialog=dialog,
        question=answer.query.text,
        normalised=normalised,
        answer=answer.kind,
        confidence=round(answer.confidence, 3),
        top_code=answer.hits[0].row.code if answer.hits else None,
        list_id=list_id,
        engine=candidates_of,
    )


def _row(search: _Search) -> dict[str, object]:
    masked = {
        "question": mask(search.question)[:_LONGEST_QUESTION],
        "normalised": mask(search.normalised)[:_LONGEST_QUESTION],
    }
    return asdict(search) | masked


def misses(engine: Engine, *, since: timedelta) -> list[Miss]:
    """What customers asked in vain, the most frequent first.

    :param since: how far to look back from now.
    """
    found = price_searches.c
    newest_first = aggregate_order_by(found.question, found.at.desc())
    query = (
        select(
            found.normalised,
            func.array_agg(newest_first)[1].label("example"),
            func.count().label("times"),
            func.max(found.at).label("last_at"),
        )
        .where(found.answer == "none", found.at >= func.now() - since)
        .group_by(found.normalised)
        .order_by(func.count().desc(), func.max(found.at).desc())
    )
    with engine.connect() as connection:
        return [Miss(**row) for row in connection.execute(query).mappings()]
