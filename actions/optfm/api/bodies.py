"""How large, how slow and how deep a request's body may be."""

import asyncio
import re
import time
from collections.abc import Mapping

from optfm.api.problems import Problem
from optfm.api.wire import App, Message, Receive, Scope, Send, header, send_problem

#: Of a body that is no file.
SMALL = 2**20
_DEEPEST_JSON = 32
#: A body may take so long, and a second more for each so many bytes.
_PATIENCE_S = 20.0
_SLOWEST_BYTES_PER_S = 20_000
#: What is left of such a body is not read: the connection cannot be used again.
_LAST = {"Connection": "close"}
_JSON_PARTS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


class Bodies:
    """Refuses a body before it costs memory or time.

    :param files: the largest body below each path that takes files.
    """

    def __init__(self, app: App, files: Mapping[str, int]) -> None:
        self._app = app
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        largest = self._largest(scope["path"])
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            if int(header(scope, b"content-length") or 0) > largest:
                raise _too_large(largest)
            limited = _limited(receive, largest)
            if header(scope, b"content-type").split(";")[0].strip().lower().endswith("json"):
                limited = _replayed(await _shallow(limited), receive)
            await self._app(scope, limited, noted)
        except Problem as problem:
            if started:
                raise
            await send_problem(scope, send, problem)

    def _largest(self, path: str) -> int:
        return next((size for below, size in self._files.items() if path.startswith(below)), SMALL)


def _too_large(largest: int) -> Problem:
    said = f"{largest // 2**20} МБ" if largest >= 2**20 else f"{largest // 1024} КБ"
    return Problem("too_large", f"Тело запроса больше {said}.", _LAST)


def _limited(receive: Receive, largest: int) -> Receive:
    began, got, whole = time.monotonic(), 0, False

    async def limited() -> Message:
        nonlocal got, whole
        if whole:  # only the end of the connection can come
            return await receive()
        left = began + _PATIENCE_S + got / _SLOWEST_BYTES_PER_S - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), max(left, 0.0))
        except TimeoutError:
            raise Problem("timeout", headers=_LAST) from None
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            whole = not message.get("more_body", False)
        if got > largest:
            raise _too_large(largest)
        return message

    return limited


async def _shallow(receive: Receive) -> bytes:
    """The whole of a JSON body that is not nested too deep."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    body = b"".join(parts)
    depth = 0
    for part in _JSON_PARTS.finditer(body):
        match part[0]:
            case b"[" | b"{":
                depth += 1
                if depth > _DEEPEST_JSON:
                    raise Problem("bad_request", f"JSON вложен глубже {_DEEPEST_JSON} уровней.")
            case b"]" | b"}":
                depth -= 1
    return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
