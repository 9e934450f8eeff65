"""Remembers every price question, and lists for the owner what was asked and not found."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from common.masking import mask
from optfm.db.tables import price_searches
from optfm.search.answer import Answer

_LONGEST_QUESTION = 500


@dataclass(frozen=True, kw_only=True)
class Miss:
    """Questions that came to the same words and found nothing."""

    normalised: str  #: the words that were searched for
    example: str  #: the last wording of a customer
    times: int
    last_at: datetime


def record(
    engine: Engine,
    answer: Answer,
    *,
    normalised: str,
    dialog: str,
    list_id: int | None,
    candidates_of: str = "local",
) -> None:
    """Keep one search, with phones and e-mail addresses masked.

    :param normalised: the question's words as they were searched for.
    :param dialog: Rasa's sender id.
    :param list_id: the revision that was searched, None where it is not known.
    :param candidates_of: the engine that gave the candidates, "local" or "weaviate".
    """
    with engine.begin() as connection:
        connection.execute(
            price_searches.insert().values(
                dialog=dialog,
                question=mask(answer.query.text)[:_LONGEST_QUESTION],
                normalised=mask(normalised)[:_LONGEST_QUESTION],
                answer=answer.kind,
                confidence=round(answer.confidence, 3),
                top_code=answer.hits[0].row.code if answer.hits else None,
                list_id=list_id,
                engine=candidates_of,
            )
        )


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
