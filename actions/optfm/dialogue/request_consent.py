"""The form's first question: the consent, and what is kept of a yes to prove it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Tracker
from sqlalchemy.exc import SQLAlchemyError

from optfm.dialogue.request_before import form_events, given, messages_of
from optfm.dialogue.request_fields import CONTACTS, SKIPPED
from optfm.dialogue.shop import Shop
from optfm.leads import wording
from optfm.leads.requests import known_contacts
from optfm.leads.ways import ways_kept, written

_QUESTION = "utter_request_ask_consent"

Event = dict[str, Any]


def agreed(tracker: Tracker, shop: Shop) -> tuple[dict[str, Any], dict[str, str]]:
    """The proof of a yes, and the contacts that were given before it.

    Where the database is away only what the turn itself sees is taken: the rest is asked anew.
    """
    events = _events(tracker, shop)
    version, text = wording(shop.consent_address)
    proof = {
        "version": version,
        "wording": text,
        "given_at": datetime.now(UTC).isoformat(),
        "message_id": tracker.latest_message.get("message_id"),
        **_asked(events),
    }
    known = {**_known(tracker.sender_id, shop), **_of_a_stopped_form(tracker)}
    return proof, {**known, **given(messages_of(events))}


def _of_a_stopped_form(tracker: Tracker) -> dict[str, str]:
    """The contacts of a form that he agreed to and left; to be typed once."""
    told = {field: tracker.get_slot(field) for field in CONTACTS}
    return {field: str(value) for field, value in told.items() if value}


def _known(dialog: str, shop: Shop) -> dict[str, str]:
    """The contacts of his last request, so that nobody types them twice; the summary shows them.

    What he left out then is not asked for again.
    """
    try:
        known = known_contacts(shop.engine, dialog)
    except SQLAlchemyError:
        return {}
    if known is None:
        return {}
    phone = written(ways_kept(known.phone, known.reach_by))
    return {
        **({"name": known.name} if known.name else {}),
        "phone": phone or SKIPPED,
        "email": known.email or SKIPPED,
        "town": known.town or SKIPPED,
    }


def has_told(tracker: Tracker, shop: Shop) -> bool:
    """Whether this form was told a contact: whoever leaves one waits for an answer to it."""
    return not given(messages_of(_events(tracker, shop))).keys().isdisjoint({"phone", "email"})


def _events(tracker: Tracker, shop: Shop) -> list[Event]:
    try:
        return form_events(tracker, shop.engine)
    except SQLAlchemyError:
        return list(tracker.events)


def _asked(events: Sequence[Event]) -> dict[str, Any]:
    """When, with which words and after which message the question was shown, if that is known."""
    for position in range(len(events) - 1, -1, -1):
        event = events[position]
        if (event.get("metadata") or {}).get("utter_action") != _QUESTION:
            continue
        before = [e for e in events[:position] if e.get("event") == "user"]
        shown: dict[str, Any] = {"wording": event["text"]} if event.get("text") else {}
        if event.get("timestamp"):
            shown["asked_at"] = datetime.fromtimestamp(event["timestamp"], UTC).isoformat()
        return {**shown, "question_id": before[-1].get("message_id") if before else None}
    return {}
