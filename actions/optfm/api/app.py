"""The application: layers around the routes, and errors as problems."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from common.doors import door
from optfm.api import describing
from optfm.api.audit import Audited
from optfm.api.bodies import Bodies
from optfm.api.etags import ETags
from optfm.api.gate import Gate
from optfm.api.idempotency import Idempotency
from optfm.api.measuring import Measured
from optfm.api.problems import MEDIA_TYPE, Problem, field_errors, of_status
from optfm.api.request_ids import RequestIds
from optfm.api.routes import ROUTERS
from optfm.api.services import Services
from optfm.desk import app as staff_pages
from optfm.desk.attaching import LARGEST_BYTES
from optfm.desk.desk import Desk
from optfm.desk.live import Live
from optfm.desk.sharing import Listings
from optfm.exchange.files import PART_LIMIT

log = logging.getLogger(__name__)

#: The largest bodies below the paths that take files.
FILES = {
    "/v1/price-list": 21 * 2**20,
    "/1c/exchange": PART_LIMIT + 2**20,
    "/desk/answer": LARGEST_BYTES + 2**20,
}


def build(services: Services) -> FastAPI:
    """The application over its services.

    :param services: open for as long as it serves.
    """
    live = Live(services.engine)
    desk = Desk(
        settings=services.settings,
        engine=services.engine,
        goods=services.goods,
        live=live,
        listings=Listings(live),
        assistant=services.assistant,
    )
    app = FastAPI(
        **describing.ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_life(services, live),
        exception_handlers=_HANDLERS,
    )
    app.state.services = services
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/desk", staff_pages.build(desk))
    app.openapi = describing.described  # type: ignore[method-assign]
    # The last one added is the outermost.
    settings = services.settings
    app.add_middleware(ETags)
    app.add_middleware(Idempotency, engine=services.engine)
    app.add_middleware(Bodies, files=FILES)
    app.add_middleware(
        Gate,
        keys=services.keys,
        reads_per_s=settings.api_reads_per_s,
        writes_per_s=settings.api_writes_per_s,
    )
    app.add_middleware(Audited, audit=services.audit)
    if settings.api_origin_list:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.api_origin_list,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "X-API-Key", "Content-Type", "Idempotency-Key"],
            expose_headers=["ETag", "Retry-After", "X-Request-Id"],
        )
    app.add_middleware(RequestIds)
    app.add_middleware(Measured)
    return app


def _life(services: Services, live: Live) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        services.audit.start()
        await live.start()
        door().stand_in(asyncio.get_running_loop())
        yield
        await live.close()
        services.audit.close()

    return life


def _said(request: Request, problem: Problem) -> Response:
    return JSONResponse(
        problem.body(getattr(request.state, "request_id", "")),
        status_code=problem.status_code,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(problem.headers or {})},
    )


async def _problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)
    return _said(request, exc)


async def _of_library(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    return _said(request, of_status(exc.status_code, exc.headers))


async def _invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    errors = field_errors(exc.errors())
    is_json = all(error["type"] != "json_invalid" for error in exc.errors())
    return _said(request, Problem("invalid" if is_json else "bad_request", errors=errors))


async def _away(request: Request, exc: Exception) -> Response:
    log.error("the database does not answer: %s", type(exc).__name__)
    said = Problem("unavailable", "База данных не отвечает.", {"Retry-After": "5"})
    return _said(request, said)


_HANDLERS: dict[Any, Any] = {
    Problem: _problem,
    HTTPException: _of_library,
    RequestValidationError: _invalid,
    OperationalError: _away,
    NoConnection: _away,
}
