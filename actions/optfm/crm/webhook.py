"""Any system with a receiver of its own: signed JSON (docs/guides/crm.md has one in ten lines)."""

import hmac
import json
import time
from dataclasses import asdict
from typing import Any

from optfm.crm.http import Caller, understood
from optfm.leads.card import Card
from optfm.outbox.entries import Later, Never


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Hex HMAC-SHA256 over `timestamp.body`."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()


class Webhook:
    """A receiver of events.

    :param url: where they are posted.
    :param secret: signs them.
    """

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._caller = Caller("Вебхук CRM")

    @understood("Вебхук CRM")
    def add(self, card: Card, *, key: str) -> str:
        """Post `request.created`; the receiver's id for it, else our number."""
        request: dict[str, Any] = json.loads(json.dumps(asdict(card), default=str))
        answer = self._post("request.created", {"request": request}, key)
        made = answer.get("id")
        own = isinstance(made, int | str) and not isinstance(made, bool) and str(made).strip()
        return str(made).strip() if own else str(card.id)

    @understood("Вебхук CRM")
    def comment(self, crm_id: str, text: str, *, key: str) -> None:
        """Post `request.comment`."""
        self._post("request.comment", {"id": crm_id, "text": text}, key)

    def check(self) -> str:
        """Post `ping`."""
        try:
            self._post("ping", {}, "ping")
        except (Later, Never) as exc:
            return str(exc)
        return ""

    def _post(self, event: str, content: dict[str, Any], key: str) -> dict[str, Any]:
        body = json.dumps({"event": event, "key": key, **content}, ensure_ascii=False).encode()
        timestamp = str(int(time.time()))
        answer = self._caller.call(
            "POST",
            self._url,
            data=body,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": key,
                "X-OptFM-Timestamp": timestamp,
                "X-OptFM-Signature": f"sha256={signature(self._secret, timestamp, body)}",
            },
        )
        try:
            said = answer.json()
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}
