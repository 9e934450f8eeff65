"""The desk's application: the guard around the pages, errors as pages."""

import logging
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from optfm.desk.desk import Desk
from optfm.desk.door import NotSignedIn
from optfm.desk.guard import Guard
from optfm.desk.pages import ROUTERS
from optfm.desk.rendering import STATIC, is_partial, page

log = logging.getLogger(__name__)

_WORDS = {
    400: "Запрос не разобран",
    403: "Сюда нельзя",
    404: "Такой страницы нет",
    405: "Так эту страницу не открыть",
    413: "Слишком большой файл",
    422: "Форма заполнена не так",
    503: "База данных не отвечает",
}
_DATABASE = "Подождите несколько секунд и обновите страницу: ничего не потеряно."


def build(desk: Desk) -> FastAPI:
    """The application, to be mounted at `/desk`.

    :param desk: open for as long as it serves.
    """
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        exception_handlers=_HANDLERS,
    )
    app.state.desk = desk
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", _Files(directory=STATIC), name="static")
    app.add_middleware(Guard)
    return app


class _Files(StaticFiles):
    """Files whose addresses change with their contents."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _not_signed_in(request: Request, exc: Exception) -> Response:
    if request.method == "GET" and not is_partial(request) and _is_page(request):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/desk/sign-in?next={quote(asked)}", 303)
    return page(request, "part_error.html", status=401, title="Вы вышли", text=str(_words(exc)))


def _is_page(request: Request) -> bool:
    """Whether a browser goes there, rather than a script."""
    mode = request.headers.get("sec-fetch-mode")
    return mode == "navigate" if mode else "text/html" in request.headers.get("accept", "")


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    title = _WORDS.get(exc.status_code, "Не получилось")
    return _said(request, exc.status_code, title, _words(exc))


async def _invalid(request: Request, exc: Exception) -> Response:
    return _said(request, 422, _WORDS[422], "Вернитесь назад и проверьте поля.")


async def _away(request: Request, exc: Exception) -> Response:
    log.error("the database does not answer the desk: %s", type(exc).__name__)
    return _said(request, 503, _WORDS[503], _DATABASE)


def _words(exc: Exception) -> str:
    said = exc.detail if isinstance(exc, HTTPException) else ""
    return said if not said.isascii() else ""  # a library's own are English


def _said(request: Request, status: int, title: str, text: str) -> Response:
    template = "part_error.html" if is_partial(request) else "error.html"
    return page(request, template, status=status, title=title, text=text)


_HANDLERS: dict[Any, Any] = {
    NotSignedIn: _not_signed_in,
    HTTPException: _http,
    RequestValidationError: _invalid,
    OperationalError: _away,
    NoConnection: _away,
}
