"""The REST channel: Rasa's `POST /webhooks/rest/webhook`, for callers we trust.

    {"sender": "me", "message": "дисплей а12"}
    → 200 [{"recipient_id": "me", "text": …, "buttons": [{"title", "payload"}…], "custom": …}…]

400 with `{"error": …}` for a body that is not such an object; whatever a person could have typed
gets 200; 503 with Retry-After while the server ends. A caller outside this machine must show
`REST_TOKEN`.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from connectors.inbox.incoming import Incoming
from connectors.server.agent import inbox_of
from connectors.server.callers import bears_token, is_local
from connectors.server.stopping import RETRY_AFTER_S, Stopping
from connectors.settings import settings


class BadRequest(ValueError):
    """A body that is not a message; the words are for the caller's programmer."""


class RestChannel(InputChannel):
    """`rest` of credentials.yml."""

    @classmethod
    def name(cls) -> str:
        """Rasa's name for it, and its place below /webhooks/."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; `on_new_message` is not used: the inbox has the agent itself."""
        routes = Blueprint("optfm_rest")

        @routes.listener("after_server_start")
        async def prepare(app: Sanic, loop: object) -> None:
            await inbox_of(app)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return _json({"status": "ok"})

        @routes.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            if not (is_local(request) or bears_token(request, settings().rest_token)):
                return _json({"error": "REST_TOKEN is needed: Authorization: Bearer …"}, 401)
            try:
                message = read_message(request.body)
            except BadRequest as exc:
                return _json({"error": str(exc)}, 400)
            try:
                said = await (await inbox_of(request.app)).receive(message)
            except Stopping:
                again = {"Retry-After": str(RETRY_AFTER_S)}
                return _json({"error": "the server is restarting"}, 503, again)
            if request.args.get("stream", "").lower() == "true":
                return raw(
                    "".join(json.dumps(part, ensure_ascii=False) + "\n" for part in said).encode(),
                    content_type="text/event-stream; charset=utf-8",
                )
            return _json(said)

        return routes


def read_message(body: bytes) -> Incoming:
    """The message of a request's body.

    :param body: JSON: `sender` (a text or a whole number), `message` (a text).
    :raises BadRequest: it is something else.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise BadRequest("the body is not JSON") from exc
    if not isinstance(content, dict):
        raise BadRequest("the body is not a JSON object")
    sender, text = content.get("sender"), content.get("message")
    if isinstance(sender, int) and not isinstance(sender, bool):
        sender = str(sender)  # the ids of many channels are numbers
    if not isinstance(sender, str) or not sender:
        raise BadRequest("`sender` must be a text that is not empty")
    if not isinstance(text, str):
        raise BadRequest("`message` must be a text")
    return Incoming(channel=RestChannel.name(), sender=sender, text=text)


def _json(
    content: object, status: int = 200, headers: dict[str, str] | None = None
) -> HTTPResponse:
    # Halves of surrogate pairs, which a caller may send as his id, are no UTF-8.
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return raw(body, status=status, headers=headers, content_type="application/json")
