"""The layer around every page: no word from another origin gets in, no foreign script runs."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_READS = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'"
)
_REFUSAL = "Запрос пришёл с чужой страницы: откройте рабочее место заново."


class Guard:
    """:param app: the pages."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", _POLICY)
                headers.setdefault("Cache-Control", "no-store")
                headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
                # With "no-referrer" a form of ours would come from the origin "null".
                headers.setdefault("Referrer-Policy", "same-origin")
            await send(message)

        if scope["method"] not in _READS and not _is_own(scope):
            await _refuse(guarded)
            return
        await self._app(scope, receive, guarded)


def _is_own(scope: Scope) -> bool:
    """Whether a change was asked for by a page of ours.

    Browsers say so by Fetch Metadata, older ones by the origin alone; who says neither is none.
    Source: OWASP, Cross-Site Request Forgery Prevention (2026-08-17).
    """
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return headers.get("origin") == f"{scope['scheme']}://{headers.get('host', '')}"


async def _refuse(send: Send) -> None:
    body = _REFUSAL.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})
