"""Whether this process lives, and whether it can serve."""

from typing import Literal

from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from optfm.api.fields import Out
from optfm.api.services import Given

router = APIRouter(tags=["Состояние"])


class Health(Out):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Out):
    """What is there to serve from."""

    ready: bool
    database: bool
    price_list: bool


@router.get("/health", operation_id="health", summary="Процесс жив")
async def health() -> Health:
    """Отвечает всегда, пока процесс работает."""
    return Health(status="ok")


@router.get(
    "/ready",
    operation_id="ready",
    summary="Можно обслуживать",
    responses={503: {"model": Readiness, "description": "Чего-то не хватает"}},
)
def ready(given: Given, response: Response) -> Readiness:
    """Отвечает ли база и есть ли действующий прайс-лист."""
    try:
        with given.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        database = True
    except SQLAlchemyError:
        database = False
    price_list = given.goods.list_id is not None
    if not (database and price_list):
        response.status_code = 503
    return Readiness(ready=database and price_list, database=database, price_list=price_list)
