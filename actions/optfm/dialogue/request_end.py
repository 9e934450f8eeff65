"""How the request form goes on after a question, and how it ends: sent, stopped, refused."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from optfm.conversation import ConversationState
from optfm.db.connection import reason
from optfm.dialogue import request_words as words
from optfm.dialogue.facts import answer_topic
from optfm.dialogue.fallback import MISSES, AnswerOther, likely_topic
from optfm.dialogue.hand_off import hand_off, last_response, sorry
from optfm.dialogue.orders import OPEN
from optfm.dialogue.prices import SLOT as PRICES
from optfm.dialogue.prices import answer_prices
from optfm.dialogue.request_ask import CONSENT_AGAIN
from optfm.dialogue.request_before import FORM
from optfm.dialogue.request_consent import has_told
from optfm.dialogue.request_fields import ASKED, BAD, CONTACTS, FIELDS, REMARKS, SENT
from optfm.dialogue.shop import Shop
from optfm.facts import TOPICS
from optfm.leads import Consent, Draft, document, submit
from optfm.leads.requests import ANOTHER
from optfm.leads.transcript import forget_contacts
from optfm.leads.ways import beside_phones, ways_of
from optfm.orders import Order, store

log = logging.getLogger(__name__)

#: Who has begun a request needs no button to begin one.
_NOT_OFFERED = ("/leave_request", "/call_manager")
_LISTEN = "action_listen"


class AnswerInForm(Action):
    """Answers a question in the middle of the form, as outside of it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_answer_in_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        answered = await self._answered(dispatcher, tracker, domain)
        if self._wants_no_request(tracker):
            return [*answered, ActiveLoop(None), SlotSet(ASKED, None), FollowupAction(_LISTEN)]
        return answered

    def _wants_no_request(self, tracker: Tracker) -> bool:
        """Who talks of other things twice in a row, and has left nothing to be answered at."""
        asked_again = last_response(tracker) == CONSENT_AGAIN
        at_consent = tracker.get_slot(ASKED) == "consent"
        return at_consent and asked_again and not has_told(tracker, self._shop)

    async def _answered(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said_as = (tracker.latest_message.get("intent") or {}).get("name") or ""
        intent = likely_topic(tracker.latest_message) or said_as
        text = tracker.latest_message.get("text") or ""
        wants_person = intent in ("call_manager", "complaint")
        if wants_person and (events := hand_off(self._shop, dispatcher, tracker)):
            return events
        if said := _about_the_form(tracker.get_slot(ASKED), text, self._shop):
            dispatcher.utter_message(**said)
            return []
        if intent in ("price_question", "show_more"):
            messages, events = answer_prices(
                self._shop, tracker, "ещё" if intent == "show_more" else text
            )
            for message in messages:
                said = message.for_dispatcher()
                kept = [b for b in said.get("buttons") or () if _is_offered(b["payload"])]
                dispatcher.utter_message(**{**said, "buttons": kept})
            return events
        if intent in TOPICS:
            return answer_topic(self._shop.facts, dispatcher, tracker)
        response = f"utter_{intent}"
        if response in domain.get("responses", {}) and intent != "call_manager":
            dispatcher.utter_message(response=response)
            return []
        return await self._as_outside(dispatcher, tracker, domain)

    async def _as_outside(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """What is said to a message without a topic; where nobody knows it, how to go on."""
        aside = CollectingDispatcher()
        events = await AnswerOther(self._shop).run(aside, tracker, domain)
        if aside.messages and not any(said.get("response") in MISSES for said in aside.messages):
            dispatcher.messages.extend(aside.messages)
            return [event for event in events if event.get("event") != "followup"]
        dispatcher.utter_message(response="utter_request_go_on", sorry=sorry(tracker))
        return []


def _is_offered(payload: str) -> bool:
    """Words that a button says, «Сообщите, когда …», would be an answer to the form."""
    return payload.startswith("/") and payload not in _NOT_OFFERED


def _about_the_form(asked: str | None, text: str, shop: Shop) -> dict[str, Any] | None:
    """The answer to «зачем?», «текст согласия» and «чё так долго»; None to anything else."""
    if asked == "consent" and words.is_document(text):
        return {"text": document()}
    if asked == "consent" and words.is_why(text):
        return {"response": "utter_request_why_consent", "address": shop.consent_address}
    if words.is_impatient(text):
        return {"response": "utter_request_long"}
    return {"response": "utter_request_why_field"} if words.is_why(text) else None


class SubmitRequest(Action):
    """Ends the form: writes the request, or says why there is none."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_submit_request"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        consent = tracker.get_slot("consent")
        if tracker.get_slot("confirm") != "send" or not isinstance(consent, dict):
            dispatcher.utter_message(response=_unsent(tracker))
            if not isinstance(consent, dict) or tracker.get_slot("confirm") == "withdrawn":
                await asyncio.to_thread(self._forget, tracker.sender_id)
                return _cleared()
            return _stopped(tracker)
        draft = _draft(tracker, consent)
        try:
            number = await asyncio.to_thread(
                submit,
                self._shop.engine,
                draft,
                now=datetime.now(UTC),
                tell=self._shop.notices,
                also=partial(_send_order, tracker.sender_id),
            )
        except SQLAlchemyError as exc:
            log.error("a request is not written: %s", reason(exc))
            dispatcher.utter_message(response="utter_request_not_saved")
            return [SlotSet("confirm", None), FollowupAction(FORM)]
        dispatcher.utter_message(
            response="utter_request_accepted",
            number=number,
            json_message={"request": {"id": number, "status": "new"}},
        )
        sent = {"id": number, "at": datetime.now(UTC).isoformat()}
        return [*_cleared(), SlotSet(OPEN, None), SlotSet(SENT, sent), *_uncounted(tracker)]

    def _forget(self, dialog: str) -> None:
        """Without a consent the contacts that were typed unasked are not kept either."""
        try:
            forget_contacts(self._shop.engine, dialog, FORM)
        except SQLAlchemyError as exc:
            log.error("contacts without a consent are not masked: %s", reason(exc))


class StopRequest(Action):
    """Ends the form at the customer's word."""

    def name(self) -> str:
        return "action_stop_request"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_request_stopped")
        return _stopped(tracker)


def _send_order(dialog: str, connection: Connection, request_id: int) -> Order | None:
    """The order goes with its request, in one transaction."""
    return store.send(connection, dialog, request_id)


def _unsent(tracker: Tracker) -> str:
    if tracker.get_slot("consent") == "refused":
        return "utter_request_refused"
    if tracker.get_slot("confirm") in ("no_contact", "unclear", "withdrawn"):
        return f"utter_request_{tracker.get_slot('confirm')}"
    return "utter_request_stopped"


def _draft(tracker: Tracker, consent: dict[str, Any]) -> Draft:
    channel = tracker.get_latest_input_channel() or "unknown"
    asked_at = consent.get("asked_at")
    ways = ways_of(tracker.get_slot("phone") or "")
    phone, *more = [way.phone for way in ways if way.phone] or [""]
    about = [
        "; ".join(filter(None, (tracker.get_slot("about"), tracker.get_slot(REMARKS)))),
        *(f"{ANOTHER['phone']}{number}" for number in more),
    ]
    return Draft(
        dialog=tracker.sender_id,
        channel=channel,
        name=tracker.get_slot("name"),
        phone=phone or None,
        email=tracker.get_slot("email") or None,
        about="\n".join(about),
        town=tracker.get_slot("town") or None,
        reach_by=beside_phones(ways) or None,
        consent=Consent(
            version=consent["version"],
            wording=consent["wording"],
            given_at=datetime.fromisoformat(consent["given_at"]),
            channel=channel,
            message_id=consent["message_id"],
            asked_at=datetime.fromisoformat(asked_at) if asked_at else None,
            question_id=consent.get("question_id"),
        ),
    )


def _stopped(tracker: Tracker) -> list[EventType]:
    """The contacts told with a consent stay in the dialog: the next form does not ask for them."""
    agreed = isinstance(tracker.get_slot("consent"), dict)
    kept = {name for name in CONTACTS if agreed and tracker.get_slot(name)}
    return [event for event in _cleared() if event["name"] not in kept]


def _uncounted(tracker: Tracker) -> list[EventType]:
    """What was counted went with the request: the next «оформляй» must not order it again."""
    state = ConversationState.from_slot(tracker.get_slot(PRICES))
    if not (state.lines or state.count):
        return []
    return [SlotSet(PRICES, replace(state, lines=(), count=0, counted=False, asked="").as_slot())]


def _cleared() -> list[EventType]:
    return [SlotSet(field, None) for field in (*FIELDS, REMARKS, BAD)]
