"""Rasa's way to the action server, which answers in its place when it does not.

Stock Rasa drops an action that failed: the customer sees nothing, a form stands still, and an
action may take five minutes while the dialog's lock lasts one. Here a failed call returns what
an action would: the apology, once a turn, and, inside a form, "this slot is still empty", so
that the form asks again and goes on by itself when the server is back.
"""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

import aiohttp
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from connectors.server.texts import Text

logger = logging.getLogger(__name__)

#: A turn may call several actions and has 25 s for all of them (inbox.TURN_S).
ACTION_S = 12.0
#: Those that may ask a language model, which has at most 20 s (AI_TIMEOUT_S).
_SLOW_S = {"action_answer_other": 22.0}
#: What the further calls of a turn get in which one has failed: the customer waits already.
_ACTION_AFTER_FAILURE_S = 2.0
#: A server that refuses connections is being restarted: nothing was delivered, so it is safe to
#: knock again, for as long as its start may take. All calls wait for the same start: who comes when
#: it has taken longer is told so at once.
_KNOCK_EVERY_S = 0.3
#: A refusal so long after the one before is of another restart.
_ANOTHER_START_S = 60.0
#: An action gets what the knocking has left of its turn (inbox.TURN_S).
_TURN_S = 24.0
#: The action server keeps the domain of an earlier call and asks for it when it has none
#: (rasa-sdk 3.10 and later); it is 60 kB that need not travel with every call.
_DOMAIN_WANTED = 449

#: What actions ask of an earlier answer beside its text and its `custom`: which response it was.
_OF_AN_ANSWER = ("utter_action",)

_apologised: ContextVar[list[bool] | None] = ContextVar("apologised", default=None)


@contextlib.contextmanager
def one_apology() -> Iterator[None]:
    """Inside, however many actions fail, the customer reads the apology once."""
    token = _apologised.set([])
    try:
        yield
    finally:
        _apologised.reset(token)


class ActionServer(EndpointConfig):
    """The endpoint that Rasa calls actions at.

    :param configured: `action_endpoint` of endpoints.yml.
    :param domain: the loaded model's.
    :param apology: what the customer reads when an action fails.
    :param start_s: how long a start of the server may take.
    """

    def __init__(
        self, configured: EndpointConfig, domain: Domain, apology: Text, start_s: float
    ) -> None:
        # Selective: Rasa leaves the domain out, and it is sent only when the server asks.
        super().__init__(
            configured.url,
            configured.params,
            configured.headers,
            configured.basic_auth,
            configured.token,
            configured.token_name,
            configured.cafile,
            **{**configured.kwargs, "enable_selective_domain": True},
        )
        self._domain = domain
        self._domain_digest = domain.fingerprint()
        self._apology = apology
        self._connections: aiohttp.ClientSession | None = None
        self._restart = _Restart(start_s)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> dict[str, Any]:
        """Call an action.

        :param kwargs: Rasa's; `json` is the call.
        :returns: the action's events and responses, or those that stand in for them.
        :raises ClientResponseError: 400: the action rejects its execution, which is an answer.
        """
        call = kwargs["json"]
        try:
            return await self._call(call)
        except ClientResponseError as exc:
            if exc.status == 400:
                raise
            reason = f"{exc.status} {exc.message}"
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, TypeError) as exc:
            reason = f"{type(exc).__name__}: {exc}"
        logger.error(
            "action %s failed: %s",
            call["next_action"],
            reason,
            extra={"dialog": call["sender_id"]},
        )
        return self._instead_of(call)

    async def _call(self, call: dict[str, Any]) -> dict[str, Any]:
        call["domain_digest"] = self._domain_digest
        events = call["tracker"].get("events") or ()
        call["tracker"]["events"] = [_as_actions_read(event) for event in events]
        status, answer = await self._post(call)
        if status == _DOMAIN_WANTED:
            status, answer = await self._post({**call, "domain": self._domain.as_dict()})
        if status >= 400:
            raise ClientResponseError(status, "", answer.decode(errors="replace"))
        return dict(json.loads(answer))

    async def _post(self, call: dict[str, Any]) -> tuple[int, bytes]:
        began = time.monotonic()
        while True:
            left_s = max(0.0, began + _TURN_S - time.monotonic())
            try:
                answer = await asyncio.wait_for(self._send(call), min(_patience_s(call), left_s))
                self._restart.is_over()
                return answer
            except aiohttp.ClientConnectorError:
                # Once a turn met a closed door, its further actions do not wait before it again.
                if not self._restart.may_end_yet() or _apologised.get():
                    raise
                await asyncio.sleep(_KNOCK_EVERY_S)

    async def _send(self, call: dict[str, Any]) -> tuple[int, bytes]:
        async with self._session().post(
            self.url, json=call, params=self.combine_parameters()
        ) as response:
            return response.status, await response.read()

    def _session(self) -> aiohttp.ClientSession:
        """One for the life of the server: connections are kept open between calls."""
        if self._connections is None or self._connections.closed:
            self._connections = self.session()
        return self._connections

    async def close(self) -> None:
        """Close the connections to the server."""
        if self._connections is not None:
            await self._connections.close()

    def _instead_of(self, call: dict[str, Any]) -> dict[str, Any]:
        said = _apologised.get()
        responses = [] if said else [self._apology.as_response()]
        if said is not None:
            said.append(True)
        return {"events": _still_asked(call), "responses": responses}


class _Restart:
    """Since when the server refuses connections."""

    def __init__(self, start_s: float) -> None:
        self._start_s = start_s
        self._first: float | None = None
        self._last = 0.0

    def is_over(self) -> None:
        """It accepted one."""
        self._first = None

    def may_end_yet(self) -> bool:
        """Whether a start that began with the first refusal may still succeed."""
        now = time.monotonic()
        if self._first is None or now - self._last > _ANOTHER_START_S:
            self._first = now
        self._last = now
        return now - self._first < self._start_s


def _as_actions_read(event: dict[str, Any]) -> dict[str, Any]:
    """An earlier answer without what filled its template: it is in its text, and half a call."""
    if event["event"] != "bot":
        return event
    filled = event.get("metadata") or {}
    return {**event, "metadata": {k: filled[k] for k in _OF_AN_ANSWER if k in filled}}


def _patience_s(call: dict[str, Any]) -> float:
    if _apologised.get():
        return _ACTION_AFTER_FAILURE_S
    return _SLOW_S.get(call["next_action"], ACTION_S)


def _still_asked(call: dict[str, Any]) -> list[dict[str, Any]]:
    """For a form's validation: the slot that it asked for stays empty and asked for."""
    tracker = call["tracker"]
    form = (tracker.get("active_loop") or {}).get("name")
    asked = tracker.get("slots", {}).get("requested_slot")
    if not form or not asked or call["next_action"] != f"validate_{form}":
        return []
    return [
        {"event": "slot", "name": asked, "value": None},
        {"event": "slot", "name": "requested_slot", "value": asked},
    ]
