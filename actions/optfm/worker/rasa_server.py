"""The way to the channels: only they talk to Telegram and to the site's chat."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

import requests
from sqlalchemy import Engine

from common.kept_files import keep
from common.pauses import asked_pause
from optfm.leads.card import Card, card
from optfm.outbox.entries import Entry, Later, Never, Waits
from optfm.settings import Settings
from optfm.worker.order_files import MIME, workbook_of

log = logging.getLogger(__name__)

_TIMEOUT_S = (3, 30)
#: The server is back within a minute, and a manager's words must not wait much longer.
_AWAY_S = 15.0
#: A channel may be away for long, but people talk there as soon as it is back.
_CHANNEL_AWAY_S = 60.0


class RasaServer:
    """The Rasa server's internal endpoint."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        summarised: Callable[[Card], Card] = lambda card: card,
    ) -> None:
        """:param summarised: adds what a language model makes of the dialog, if one does."""
        self._summarised = summarised
        self._url = f"{settings.rasa_server}/webhooks/internal/deliver"
        self._engine = engine
        self._files = settings.optfm_var
        self._zone = ZoneInfo(settings.timezone)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = (
            f"Bearer {settings.internal_token.get_secret_value()}"
        )

    def deliver(self, entry: Entry) -> Mapping[str, Any]:
        """Hand an entry over; what the channel called it.

        :raises Waits: the customer cannot be reached before he writes.
        """
        body = {
            "id": entry.id,
            "key": entry.key,
            "kind": entry.kind,
            "dialog": entry.dialog,
            **entry.payload,
        }
        if entry.request_id and (request := card(self._engine, entry.request_id, self._zone)):
            body["request"] = asdict(self._summarised(request))
            body["order_file"] = self._order_file(entry, request)
        try:
            answer = self._session.post(
                self._url,
                data=_json(body),
                headers={"Content-Type": "application/json"},
                timeout=_TIMEOUT_S,
            )
        except requests.RequestException as exc:
            words = f"сервер Rasa не отвечает: {type(exc).__name__}"
            raise Later(words, longest_s=_AWAY_S) from exc
        return _outcome(answer)

    def _order_file(self, entry: Entry, request: Card) -> dict[str, Any] | None:
        """The order's workbook, kept where the channels find it; None where there is none."""
        added = str(entry.payload.get("added", ""))
        if entry.kind != "request_topic" or request.status == "closed":
            return None
        found = workbook_of(self._engine, request.id, added=added)
        if found is None:
            return None
        name, content = found
        try:
            path = keep(self._files, request.dialog, content, suffix=".xlsx")
        except OSError as exc:  # the card holds the lines, too
            log.error("the workbook of request %s is not kept: %s", request.id, exc)
            return None
        return {"file_name": name, "path": path, "mime": MIME}


def _outcome(answer: requests.Response) -> Mapping[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        said = {}
    if answer.status_code == 200:
        return dict(said.get("result") or {})
    words = str(said.get("reason") or said.get("error") or answer.status_code)
    if answer.status_code == 409:
        raise Waits(words) if said.get("waits") else Never(words)
    if answer.status_code == 400:
        raise Never(words)
    after_s = asked_pause(answer.headers.get("Retry-After"))
    raise Later(words, after_s, longest_s=_CHANNEL_AWAY_S)


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, default=str).encode()
