"""`POST /webhooks/crm`: a CRM says what became of a request.

    {"request": 12, "status": "taken"|"answered"|"closed", "by": "Анна"?} → 200 {"ok": true, …}

Signed as our own webhooks are: `X-OptFM-Signature: sha256=<hex>` is the HMAC-SHA256 with
`CRM_API_KEY` over `<X-OptFM-Timestamp>.<body>`. 403 for a wrong signature or one older than five
minutes, 400 for another body, 404 for no such request. A status only goes forward, so a repeated
call changes nothing. The managers read the change in the request's topic.
"""

import hmac
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from connectors.managers.lifecycle import Step, move_request
from connectors.managers.takeover import note
from connectors.managers.words import ManagerWords
from connectors.server.database import Database, DatabaseFailed, database
from connectors.settings import settings

#: Seconds that a signature is good for, either way: clocks differ.
_GOOD_FOR_S = 300.0
_LONGEST_NAME = 60
_STEPS: tuple[Step, ...] = ("taken", "answered", "closed")


class WrongCall(ValueError):
    """A body that is none of ours; the words are for the CRM's programmer."""


@dataclass(frozen=True)
class Change:
    """What a CRM says."""

    request: int
    status: Step
    by: str | None


class CrmChannel(InputChannel):
    """No channel of customers: Rasa's one way to add a route without a fork."""

    @classmethod
    def name(cls) -> str:
        """Its name in credentials.yml, and its place below /webhooks/."""
        return "crm"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route."""
        routes = Blueprint("optfm_crm")

        @routes.post("/")
        async def receive(request: Request) -> HTTPResponse:
            if not signed(request.headers, request.body, settings().crm_api_key, now=time.time()):
                return _json({"ok": False, "error": "the signature is wrong or too old"}, 403)
            try:
                change = read_change(request.body)
                status = await move(database(), change)
            except WrongCall as exc:
                return _json({"ok": False, "error": str(exc)}, 400)
            except DatabaseFailed:
                return _json({"ok": False, "error": "try again later"}, 503)
            if status is None:
                return _json({"ok": False, "error": f"there is no request {change.request}"}, 404)
            return _json({"ok": True, "request": change.request, "status": status})

        return routes


def signed(headers: Mapping[str, str], body: bytes, key: SecretStr, *, now: float) -> bool:
    """Whether whoever has the key signed this body in the last five minutes.

    :param now: Unix seconds.
    """
    secret, timestamp = key.get_secret_value(), headers.get("x-optfm-timestamp", "")
    if not secret or not timestamp.isdecimal() or not timestamp.isascii() or len(timestamp) > 12:
        return False
    wanted = hmac.new(secret.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()
    shown = headers.get("x-optfm-signature", "")
    right = hmac.compare_digest(f"sha256={wanted}".encode(), shown.encode())
    return right and abs(now - int(timestamp)) <= _GOOD_FOR_S


def read_change(body: bytes) -> Change:
    """The change of a body.

    :raises WrongCall: it is something else.
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise WrongCall("the body is not JSON") from exc
    if not isinstance(content, dict):
        raise WrongCall("the body is not a JSON object")
    number, status, by = content.get("request"), content.get("status"), content.get("by")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**63:
        raise WrongCall("`request` must be the number of a request")
    if status not in _STEPS:
        raise WrongCall(f"`status` must be one of {', '.join(_STEPS)}")
    if by is not None and not isinstance(by, str):
        raise WrongCall("`by` must be a text")
    name = "".join(char for char in by or "" if char.isprintable())[:_LONGEST_NAME].strip()
    return Change(request=number, status=status, by=name or None)


async def move(store: Database, change: Change) -> str | None:
    """Bring a request forward.

    :returns: its status then; None: there is no such request.
    :raises DatabaseAway: it does not answer.
    """

    def work(cursor: Any) -> str | None:  # noqa: ANN401 - of psycopg2
        # Who closes a request in a CRM has answered the customer from there.
        steps = _STEPS[1:] if change.status == "closed" else (change.status,)
        done = [move_request(cursor, change.request, step, by=change.by) for step in steps]
        last = done[-1]
        if last and last.moved:
            _tell_managers(cursor, change)
        return last.status if last else None

    return await store.do(work)


def _tell_managers(cursor: Any, change: Change) -> None:  # noqa: ANN401 - of psycopg2
    """Where the request has a topic, it says there what became of it."""
    cursor.execute("SELECT dialog, id FROM topics WHERE request_id = %s LIMIT 1", (change.request,))
    if row := cursor.fetchone():
        words = ManagerWords.read()
        line = words.say("crm", change.status, name=change.by or words.no_name)
        key = f"crm {change.request} {change.status}"
        note(cursor, row[0], line, key, topic=row[1])


def _json(content: dict[str, object], status: int = 200) -> HTTPResponse:
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return raw(body, status=status, content_type="application/json")
