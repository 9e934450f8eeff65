"""The ASGI types of our middlewares, and the one way in which they refuse a request."""

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from optfm.api.problems import MEDIA_TYPE, Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str:
    """The first value of a header, "" where it is not there.

    :param name: in lower case.
    """
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for key, value in headers if key == name), "")


def request_id(scope: Scope) -> str:
    """The id that joins this request's lines in all logs."""
    return str(scope.get("state", {}).get("request_id", ""))


async def send_problem(scope: Scope, send: Send, problem: Problem) -> None:
    """Answer with a problem instead of asking the application."""
    body = json.dumps(problem.body(request_id(scope)), ensure_ascii=False).encode()
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((key.lower().encode(), value.encode()) for key, value in (problem.headers or {}).items()),
    ]
    await send({"type": "http.response.start", "status": problem.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
