"""Which pages may talk to the chat: those of `WIDGET_ORIGINS` and our own."""

import logging
from typing import Any
from urllib.parse import urlsplit

from sanic.request import Request

from connectors.settings import Settings
from connectors.site.origin_list import Origin, origin_of, read_origins

logger = logging.getLogger(__name__)

_TOLD: set[Origin] = set()
#: Of origins that are told of: a visitor may name any.
_MOST_TOLD = 100


def allowed(origin: str | None, environ: dict[str, Any], configured: Settings) -> bool:
    """Whether pages of an origin may.

    :param origin: `https://shop.example`, from the browser; other programs name none.
    :param environ: of the request: its `HTTP_HOST`.
    """
    if origin is None:
        return True
    named = read_origins(configured.widget_origins)
    if named is None:
        return True
    page = origin_of(origin)
    if page is None:
        return False
    if any(one.covers(page) for one in named) or _is_ours(origin, environ, configured):
        return True
    _tell(page)
    return False


def _is_ours(origin: str, environ: dict[str, Any], configured: Settings) -> bool:
    host = urlsplit(origin).netloc
    return host in (environ.get("HTTP_HOST"), urlsplit(configured.public_url).netloc or None)


def _tell(page: Origin) -> None:
    """Once, whose page was turned away: its owner looks for the reason here."""
    if page not in _TOLD and len(_TOLD) < _MOST_TOLD:
        _TOLD.add(page)
        logger.warning(
            "the chat is refused to pages of %s://%s:%d: not in WIDGET_ORIGINS",
            *(page.scheme, page.host, page.port),
        )


def cross_origin(request: Request, configured: Settings) -> dict[str, str]:
    """The headers that let such a page read the answer; none for other pages."""
    origin = request.headers.get("origin")
    if not origin or not allowed(origin, {"HTTP_HOST": request.host}, configured):
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Headers": "Content-Type, X-Session, X-Message-Id",
        "Access-Control-Allow-Methods": "POST",
        "Vary": "Origin",
    }
