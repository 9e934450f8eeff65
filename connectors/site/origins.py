"""Which pages may talk to the chat: those of `WIDGET_ORIGINS` and our own."""

from typing import Any
from urllib.parse import urlsplit

from sanic.request import Request

from connectors.settings import Settings


def allowed(origin: str | None, environ: dict[str, Any], configured: Settings) -> bool:
    """Whether pages of an origin may.

    :param origin: `https://shop.example`, from the browser; other programs name none.
    :param environ: of the request: its `HTTP_HOST`.
    """
    if origin is None:
        return True
    named = {part.strip().rstrip("/") for part in configured.widget_origins.split(",")}
    if origin.rstrip("/") in named or "*" in named:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:  # no browser says so
        return False
    return bool(host) and host in (
        environ.get("HTTP_HOST"),
        urlsplit(configured.public_url).netloc or None,
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
