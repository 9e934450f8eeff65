"""What a customer says of his request after it was sent: answered, or added to the same request."""

import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from optfm.db.connection import reason
from optfm.dialogue import request_corrections as corrections
from optfm.dialogue.order_editors import editor_of
from optfm.dialogue.request_fields import SENT
from optfm.dialogue.request_told import told
from optfm.dialogue.shop import Shop
from optfm.leads import Request, list_requests
from optfm.leads.requests import Supplement, supplement
from optfm.leads.sent_words import matter_of
from optfm.leads.ways import beside_phones
from optfm.orders import Order, store, telling
from optfm.search.live import NoPriceList

log = logging.getLogger(__name__)

#: After so long a message is of something new.
_FRESH = timedelta(days=7)
_STATUSES = {
    "new": "ждёт менеджера",
    "taken": "у менеджера в работе",
    "answered": "менеджер ответил",
    "closed": "закрыта",
}


class SentRequest(Action):
    """Hears a message first where the dialog has sent a request (components/order_policy.py)."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_sent_request"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        try:
            said = self._said(tracker)
        except NoPriceList:
            said = None
        except SQLAlchemyError as exc:
            log.error("a request is not told of: %s", reason(exc))
            said = None
        if said is None:
            return [ActionReverted()]
        dispatcher.utter_message(**said)
        return []

    def _said(self, tracker: Tracker) -> dict[str, Any] | None:
        request = self._request(tracker)
        if request is None:
            return None
        text = tracker.latest_message.get("text") or ""
        matter = matter_of(text)
        if matter == "number":
            status = _STATUSES.get(request.status, request.status)
            day = f"{request.created:%d.%m.%Y}"
            return {
                "response": "utter_sent_number",
                "number": request.id,
                "day": day,
                "status": status,
            }
        if matter == "when":
            closed = self._shop.facts.phone_closed()
            return {"response": "utter_sent_when", "number": request.id, "closed": closed}
        if matter == "cancel":
            return self._added(tracker, request, Supplement(lines=("Клиент: " + text,)), "cancel")
        if changed := self._order_changed(tracker, request, text):
            return changed
        if more := _more(text, request, meant=matter == "more"):
            return self._added(tracker, request, more, "added")
        return None

    def _request(self, tracker: Tracker) -> Request | None:
        sent = tracker.get_slot(SENT)
        if not isinstance(sent, dict):
            return None
        fresh = datetime.now(UTC) - datetime.fromisoformat(sent["at"]) < _FRESH
        found = list_requests(self._shop.engine, int(sent["id"])) if fresh else []
        return found[0] if found else None

    def _order_changed(
        self, tracker: Tracker, request: Request, text: str
    ) -> dict[str, Any] | None:
        """«кабелей не 10 а 4» after an order was sent: the same order, the same request."""
        kept = store.last_sent(self._shop.engine, tracker.sender_id)
        if kept is None or kept.request_id != request.id or "?" in text:
            return None
        edited = editor_of(self._shop.prices.current()).edit(text, kept.order, kept.focus)
        if edited is None or edited.act != "edited" or edited.lost or edited.order == kept.order:
            return None
        what = telling.difference(kept.order, edited.order)
        said = self._added(
            tracker, request, Supplement(lines=(f"Заказ изменён: {text}", what)), "order",
            order=edited.order, number=kept.id,
        )  # fmt: skip
        public = {"id": kept.id, "state": "sent", **edited.order.public()}
        return {
            **said,
            "what": what,
            "total": telling.total(edited.order),
            "json_message": {"order": public},
        }

    def _added(
        self,
        tracker: Tracker,
        request: Request,
        what: Supplement,
        how: str,
        *,
        order: Order | None = None,
        number: int = 0,
    ) -> dict[str, Any]:
        keep = partial(_resave, number, order) if order else None
        done = supplement(
            self._shop.engine, request.id, what, dialog=tracker.sender_id,
            channel=tracker.get_latest_input_channel() or "rest", tell=self._shop.notices,
            also=keep,
        )  # fmt: skip
        if not done:
            return {"response": "utter_sent_closed", "number": request.id}
        return {"response": f"utter_sent_{how}", "number": request.id}


def _resave(number: int, order: Order, connection: Connection) -> None:
    store.resave(connection, number, order)


def _more(text: str, request: Request, *, meant: bool) -> Supplement | None:
    """What of a message belongs to the request; None where it is about something else."""
    if "?" in text:
        return None
    if changed := corrections.count_changed(text, request.about):
        return Supplement(lines=(f"Исправлено клиентом: {text}",), fields={"about": changed})
    said = told(text)
    corrected = corrections.corrected(text) is not None
    if said.reaches and (corrected or meant):
        fields = {
            "phone": next((way.phone for way in said.contact.ways if way.phone), None),
            "email": said.contact.email,
            "reach_by": beside_phones(said.contact.ways) or None,
        }
        new = {name: value for name, value in fields.items() if value}
        return Supplement(lines=(f"Исправлено клиентом: {text}",), fields=new)
    added = corrections.addition(text)
    return Supplement(lines=(f"Добавлено клиентом: {added}",)) if added else None
