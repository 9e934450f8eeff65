"""Whether this process lives, and whether it can serve."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from optfm.api.fields import Out
from optfm.api.measuring import REGISTRY
from optfm.api.services import Given
from optfm.monitoring import may_read

router = APIRouter(tags=["health"])


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


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, given: Given) -> Response:
    """Requests, memory and processor time, for Prometheus."""
    peer = request.client.host if request.client else ""
    token = given.settings.metrics_token.get_secret_value()
    if not may_read(peer, request.headers.get("authorization", ""), token):
        return Response("METRICS_TOKEN is needed: Authorization: Bearer ...\n", status_code=401)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
