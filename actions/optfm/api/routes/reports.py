"""What was asked in vain, and what the language model cost."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from optfm.api.fields import Out
from optfm.api.scopes import Scope
from optfm.api.services import Given, needs
from optfm.llm.gateway.usage import usage
from optfm.search.query_log import misses

router = APIRouter(prefix="/v1", tags=["reports"], dependencies=[needs(Scope.REPORTS_READ)])


class MissOut(Out):
    """Questions of one meaning that found nothing."""

    normalised: str
    example: str
    times: int
    last_at: datetime


class Misses(Out):
    """The most frequent first."""

    items: list[MissOut]


class UsageLine(Out):
    """One day, purpose or model."""

    name: str
    calls: int
    answered: int
    tokens: int
    cost_rub: float
    mean_s: float


class Usage(Out):
    """In the order of the names."""

    items: list[UsageLine]


@router.get("/misses", operation_id="list_misses", summary="Что спрашивали и не нашли")
def list_misses(
    given: Given,
    days: Annotated[int, Query(ge=1, le=365, description="За сколько дней")] = 7,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Misses:
    """Частое сверху; телефоны и почта скрыты."""
    found = misses(given.engine, since=timedelta(days=days))[:limit]
    return Misses(items=[MissOut.model_validate(miss) for miss in found])


@router.get("/usage", operation_id="llm_usage", summary="Расход языковой модели")
def llm_usage(
    given: Given,
    by: Annotated[Literal["day", "purpose", "model"], Query(description="Чем разбить")] = "day",
) -> Usage:
    """Вызовы, токены и рубли."""
    lines = usage(given.engine, by=by, zone=given.zone)
    return Usage(items=[UsageLine.model_validate(line) for line in lines])
