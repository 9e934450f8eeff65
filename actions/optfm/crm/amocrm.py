"""amoCRM by a long-lived token.

Methods and shapes: www.amocrm.ru/developers, leads/complex, notes.
"""

import threading
import time
from typing import Any

from optfm.crm.http import Caller, number_of, understood
from optfm.leads.card import Card
from optfm.leads.words import card_text, headline
from optfm.outbox.entries import Later, Never

#: Seven calls a second are allowed; who asks more is blocked.
_BETWEEN_CALLS_S = 0.16


class AmoCrm:
    """An account.

    :param url: `https://<name>.amocrm.ru`.
    :param token: long-lived.
    """

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._caller = Caller("amoCRM", {"Authorization": f"Bearer {token}"})
        self._lock = threading.Lock()
        self._next_at = 0.0

    @understood("amoCRM")
    def add(self, card: Card, *, key: str) -> str:
        """A lead with its contact and a note; the one of an earlier try is found by its name."""
        mark = f"OptFM-{card.id}"
        lead_id = self._known(mark) or self._new(card, mark, key)
        if not self._noted(lead_id, key):
            self._note(lead_id, card_text(card), key)
        return str(lead_id)

    @understood("amoCRM")
    def comment(self, crm_id: str, text: str, *, key: str) -> None:
        """A note; one with this key is not added again."""
        if not self._noted(int(crm_id), key):
            self._note(int(crm_id), text, key)

    def check(self) -> str:
        """Ask for the account."""
        try:
            self._call("GET", "/api/v4/account")
        except (Later, Never) as exc:
            return str(exc)
        return ""

    def _known(self, mark: str) -> int | None:
        found = self._call("GET", "/api/v4/leads", params={"query": mark})
        for lead in found.get("_embedded", {}).get("leads", ()):
            if lead["name"].startswith(f"{mark} "):
                return number_of(lead["id"], "amoCRM")
        return None

    def _new(self, card: Card, mark: str, key: str) -> int:
        fields = [
            {"field_code": code, "values": [{"value": value, "enum_code": "WORK"}]}
            for code, value in (("PHONE", card.phone), ("EMAIL", card.email))
            if value
        ]
        contact = {"first_name": card.name, "custom_fields_values": fields}
        lead = {
            "name": f"{mark} {headline(card)}",
            "request_id": key,
            "_embedded": {"contacts": [contact]},
        }
        added = self._call("POST", "/api/v4/leads/complex", json=[lead])
        return number_of(added[0]["id"], "amoCRM")

    def _noted(self, lead_id: int, key: str) -> bool:
        found = self._call("GET", f"/api/v4/leads/{lead_id}/notes", params={"limit": 250})
        notes = found.get("_embedded", {}).get("notes", ())
        return any(f"[{key}]" in (note.get("params") or {}).get("text", "") for note in notes)

    def _note(self, lead_id: int, text: str, key: str) -> None:
        note = {"note_type": "common", "params": {"text": f"{text}\n[{key}]"}}
        self._call("POST", f"/api/v4/leads/{lead_id}/notes", json=[note])

    def _call(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401 - any JSON
        with self._lock:
            time.sleep(max(0.0, self._next_at - time.monotonic()))
            self._next_at = time.monotonic() + _BETWEEN_CALLS_S
        answer = self._caller.call(method, f"{self._url}{path}", **more)
        try:
            return answer.json() if answer.content else {}  # nothing found is 204
        except ValueError as exc:
            raise Later(f"amoCRM отвечает не по-своему: {answer.text[:100]}") from exc
