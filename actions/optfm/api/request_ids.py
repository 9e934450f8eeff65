"""The outermost layer: an id a request, one line of log about it, no error without an answer."""

import json
import logging
import re
import time
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime

from optfm.api.problems import Problem
from optfm.api.wire import App, Message, Receive, Scope, Send, header, send_problem

log = logging.getLogger(__name__)
requests_log = logging.getLogger("optfm.api.requests")

#: Of the request that is being answered, for everything that logs meanwhile.
current: ContextVar[str] = ContextVar("request_id", default="")

_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Said with every answer of this process.
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)


class RequestIds:
    """:param app: everything else."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = header(scope, b"x-request-id")
        request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        current.set(request_id)
        began, status = time.perf_counter(), 0

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message.get("headers", ()))
                there = {name for name, _ in headers}
                headers += [pair for pair in _ALWAYS if pair[0] not in there]
                message["headers"] = [*headers, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, marked)
        except Exception:
            log.exception("request %s failed", request_id)
            if status:
                raise
            await send_problem(scope, marked, Problem("internal"))
        finally:
            _tell(scope, request_id, status, time.perf_counter() - began)


def _tell(scope: Scope, request_id: str, status: int, took_s: float) -> None:
    """One line a request: no query and no body, which may be somebody's own."""
    route = scope.get("route")
    key = scope["state"].get("key")
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": "api",
        "request_id": request_id,
        "client": key.client if key else None,
        "method": scope["method"],
        "route": getattr(route, "path", None),
        "status": status,
        "took_ms": round(took_s * 1000, 1),
    }
    requests_log.info("%s", json.dumps(line, ensure_ascii=False))
