"""Posts an event to its receiver, signed; the outbox tries again what was not taken."""

import json
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

import urllib3
from sqlalchemy import Engine

from common.pauses import asked_pause
from optfm.events.addresses import Allowed, NotAllowed, pool
from optfm.events.receivers import secrets_of, switch
from optfm.events.signing import signature
from optfm.outbox.entries import Entry, Later, Never

log = logging.getLogger(__name__)

_PATIENCE = urllib3.Timeout(connect=5.0, read=10.0)
#: Receivers that hang must leave room for what customers and managers wait for.
_AT_ONCE = 2
_BUSY_S = 1.0
_READ_BYTES = 4096
_LONGEST_PAUSE_S = 3600.0
_GONE = 410


class Webhooks:
    """Delivers entries of the kind `webhook`.

    :param engine: the shop's database.
    :param allowed: where receivers may be.
    """

    def __init__(self, engine: Engine, allowed: Allowed) -> None:
        self._engine = engine
        self._allowed = allowed
        self._pool = pool(allowed)
        self._room = threading.BoundedSemaphore(_AT_ONCE)

    def deliver(self, entry: Entry) -> Mapping[str, Any]:
        """Post one event; what the receiver answered, in short.

        :raises Later: it did not take the event.
        :raises Never: there is no such receiver any more, or it may not be called.
        """
        receiver_id = int(entry.payload["receiver"])
        receiver = secrets_of(self._engine, receiver_id)
        if receiver is None:
            raise Never("получателя больше нет")
        if not receiver.active:
            raise Never("получатель выключен")
        event = entry.payload["event"]
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        now = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "OptFM-Webhooks/1",
            "webhook-id": str(event["id"]),
            "webhook-timestamp": str(now),
            "webhook-signature": signature(receiver.secrets, str(event["id"]), now, body),
        }
        if not self._room.acquire(blocking=False):
            raise Later("доставка других событий занимает место", _BUSY_S, longest_s=_BUSY_S)
        try:
            status, after = self._post(receiver.url, body, headers)
        finally:
            self._room.release()
        if status == _GONE:
            switch(self._engine, receiver_id, active=False, why="получатель ответил 410")
            raise Never("получатель ответил 410: больше не присылать")
        if not 200 <= status < 300:
            raise Later(f"получатель ответил {status}", after)
        return {"status": status}

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, float | None]:
        try:
            self._allowed.check(url)
            answer = self._pool.request(
                "POST",
                url,
                body=body,
                headers=headers,
                timeout=_PATIENCE,
                redirect=False,
                retries=False,
                preload_content=False,
            )
        except NotAllowed as exc:
            raise Never(str(exc)) from exc
        except (urllib3.exceptions.HTTPError, OSError) as exc:
            raise Later(f"получатель не отвечает: {type(exc).__name__}") from exc
        try:
            answer.read(_READ_BYTES)
        except (urllib3.exceptions.HTTPError, OSError):
            log.debug("the answer of a receiver broke off after its status")
        finally:
            answer.close()
        pause = asked_pause(answer.headers.get("Retry-After"))
        return answer.status, None if pause is None else min(pause, _LONGEST_PAUSE_S)
