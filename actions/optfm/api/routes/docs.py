"""`/docs`: the description of the API, to read and to try, without a script from elsewhere."""

import html
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from optfm.api.problems import KINDS, Problem

router = APIRouter(include_in_schema=False)

_SWAGGER = Path(str(files("fastapi_offline"))) / "static"
_OWN = Path(__file__).parents[1] / "static"
_ASSETS = {
    "swagger-ui.css": _SWAGGER / "swagger-ui.css",
    "swagger-ui-bundle.js": _SWAGGER / "swagger-ui-bundle.js",
    "docs.js": _OWN / "docs.js",
}
_PAGE = (_OWN / "docs.html").read_text(encoding="utf-8")
#: Scripts of ours alone; Swagger UI draws with inline styles and pictures.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


@router.get("/docs")
async def docs() -> HTMLResponse:
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/{name}")
async def asset(name: str) -> FileResponse:
    if name not in _ASSETS:
        raise Problem("not_found")
    return FileResponse(_ASSETS[name], headers={"Cache-Control": "public, max-age=3600"})


@router.get("/openapi.json")
async def openapi(request: Request) -> JSONResponse:
    described: dict[str, Any] = request.app.openapi()
    return JSONResponse(described)


@router.get("/problems/{code}")
async def problem(code: str) -> HTMLResponse:
    """What a problem's `type` leads to."""
    if code not in KINDS:
        raise Problem("not_found")
    status, title, advice = KINDS[code]
    said = f"<h1>{status} · {html.escape(title)}</h1><p>{html.escape(advice)}</p>"
    return HTMLResponse(
        f'<!doctype html><html lang="ru"><meta charset="utf-8"><title>{code}</title>{said}</html>',
        headers={"Content-Security-Policy": "default-src 'none'"},
    )
