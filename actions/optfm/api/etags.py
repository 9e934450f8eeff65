"""ETags of what is read: whoever has the same already gets 304 without a body."""

import hashlib

from optfm.api.wire import App, Message, Receive, Scope, Send, header


class ETags:
    """Marks each JSON answer to a GET below `/v1` with the hash of its bytes."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_read = scope["type"] == "http" and scope["method"] == "GET"
        if not is_read or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] != 200 or not _is_json(message):
                    await send(message)
                    return
                start.update(message)
            elif not start:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    await _finish(scope, send, start, b"".join(parts))

        await self._app(scope, receive, held)


def etag(body: bytes) -> str:
    """A strong validator of these bytes, with its quotation marks."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def matches(condition: str, tag: str) -> bool:
    """Whether a condition of `If-Match` or `If-None-Match` names a tag."""
    named = (part.strip().removeprefix("W/") for part in condition.split(","))
    return any(part in ("*", tag) for part in named)


async def _finish(scope: Scope, send: Send, start: Message, body: bytes) -> None:
    tag = etag(body)
    headers = [*start["headers"], (b"etag", tag.encode()), (b"cache-control", b"private, no-cache")]
    condition = header(scope, b"if-none-match")
    if condition and matches(condition, tag):
        kept = [(k, v) for k, v in headers if k not in (b"content-length", b"content-type")]
        await send({**start, "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({**start, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _is_json(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"application/json")
        for name, value in message.get("headers", ())
    )
