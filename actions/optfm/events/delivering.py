"""Posts an event to its receiver, signed; the outbox tries again what was not taken."""

import json
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from optfm.events.addresses import Allowed
from optfm.events.posting import Poster
from optfm.events.receivers import secrets_of, switch
from optfm.events.signing import signature
from optfm.outbox.entries import Entry, Later, Never

_AT_ONCE = 3
_GONE = 410


class Webhooks:
    """Delivers entries of the kind `webhook`.

    :param engine: the shop's database.
    :param allowed: where receivers may be.
    """

    def __init__(self, engine: Engine, allowed: Allowed) -> None:
        self._engine = engine
        self._poster = Poster(allowed, "получатель", _AT_ONCE)

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
        status, after = self._poster.post(receiver.url, body, headers)
        if status == _GONE:
            switch(self._engine, receiver_id, active=False, why="получатель ответил 410")
            raise Never("получатель ответил 410: больше не присылать")
        if not 200 <= status < 300:
            raise Later(f"получатель ответил {status}", after)
        return {"status": status}
