"""What the models have used, added up."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, Text, cast, func, select
from sqlalchemy.sql.elements import ColumnElement

from optfm.db.tables import llm_calls

By = Literal["day", "purpose", "model"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One day, purpose or model."""

    name: str
    calls: int
    answered: int  #: outcome ok or cached
    tokens: int
    cost_rub: Decimal
    mean_s: float  #: of calls that went out


def usage(engine: Engine, *, by: By, zone: ZoneInfo) -> list[Line]:
    """All that the journal still has, in the order of the names."""
    calls = llm_calls.c
    names: dict[By, ColumnElement[str]] = {
        "day": cast(func.date(func.timezone(zone.key, calls.at)), Text),
        "purpose": calls.purpose,
        "model": calls.provider + " " + calls.model,
    }
    name = names[by].label("name")
    question = (
        select(
            name,
            func.count().label("calls"),
            func.count().filter(calls.outcome.in_(("ok", "cached"))).label("answered"),
            func.sum(calls.tokens_in + calls.tokens_out).label("tokens"),
            func.sum(calls.cost_rub).label("cost_rub"),
            (func.coalesce(func.avg(calls.took_ms).filter(calls.took_ms > 0), 0) / 1000).label(
                "mean_s"
            ),
        )
        .group_by(name)
        .order_by(name)
    )
    with engine.connect() as connection:
        return [Line(**row) for row in connection.execute(question).mappings()]
