"""Hands a notification to a browser's push service, sealed so that only the browser reads it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Engine

from common.base64url import encoded
from optfm.events.addresses import Allowed
from optfm.events.posting import Poster
from optfm.outbox.entries import Entry, Later, Never
from optfm.push.calling import still_waits, words
from optfm.push.keys import Identity
from optfm.push.subscriptions import Subscription, find, remove

_AT_ONCE = 2
#: A notification is worth nothing after so long, whether the service or the browser is away.
_WORTH = timedelta(minutes=10)
_GONE, _BUSY = (404, 410), (408, 425, 429)


class Pushes:
    """Delivers entries of the kind `push`.

    :param engine: the shop's database.
    :param identity: of the shop.
    :param allowed: where push services may be.
    :param is_open: whether managers answer at a moment.
    """

    def __init__(
        self,
        engine: Engine,
        identity: Identity,
        allowed: Allowed,
        is_open: Callable[[datetime], bool],
    ) -> None:
        self._engine = engine
        self._identity = identity
        self._is_open = is_open
        self._poster = Poster(allowed, "сервис уведомлений", _AT_ONCE)

    def deliver(self, entry: Entry) -> Mapping[str, Any]:
        """Notify a browser, if there is still what it should be notified of.

        :raises Later: its push service did not take it.
        :raises Never: the service refuses this shop.
        """
        now = datetime.now(UTC)
        left = _WORTH - (now - entry.created_at)
        if left <= timedelta() or not self._is_open(now):
            return {"skipped": "late"}
        with self._engine.connect() as connection:
            subscription = find(connection, int(entry.payload["subscription"]))
            if subscription is None:
                return {"skipped": "signed out"}
            if not still_waits(connection, entry.dialog or "", subscription):
                return {"skipped": "nobody waits"}
            said = words(connection, int(entry.payload["asked"]))
        return self._post(subscription, entry.dialog or "", said, left)

    def _post(
        self, subscription: Subscription, dialog: str, said: str, left: timedelta
    ) -> Mapping[str, Any]:
        status, after = self._poster.post(
            subscription.endpoint,
            sealed(subscription, {"dialog": dialog, "text": said}),
            {
                "Content-Type": "application/octet-stream",
                "Content-Encoding": "aes128gcm",
                "TTL": str(max(1, int(left.total_seconds()))),
                "Urgency": "high",
                "Topic": _topic(dialog),
                **self._identity.headers(subscription.endpoint),
            },
        )
        if 200 <= status < 300:
            return {"status": status}
        if status in _GONE:
            with self._engine.begin() as connection:
                remove(connection, subscription.id, subscription.endpoint)
            return {"status": status, "skipped": "the browser no longer listens"}
        if status in _BUSY or status >= 500:
            raise Later(f"сервис уведомлений ответил {status}", after)
        raise Never(f"сервис уведомлений отказал: {status}")


def sealed(subscription: Subscription, notification: Mapping[str, str]) -> bytes:
    """The body of a push message (RFC 8291); a browser's worker reads the JSON in it.

    :param notification: `dialog` and `text`; 4,096 bytes at most with what is added.
    """
    path = f"/desk/dialogs/{quote(notification['dialog'], safe='')}"
    told = {"title": "Клиент ждёт ответа", "path": path, **notification}
    body: bytes = http_ece.encrypt(
        json.dumps(told, ensure_ascii=False).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=subscription.p256dh,
        auth_secret=subscription.auth,
        version="aes128gcm",
    )
    return body


def _topic(dialog: str) -> str:
    """A service keeps one message of a topic, the last; it learns nothing of the dialog by it."""
    return encoded(hashlib.sha256(dialog.encode()).digest()[:24])
