"""An address whose domain looks like a slip: asked about before it is taken."""

from difflib import SequenceMatcher

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from optfm.dialogue import request_words as words
from optfm.dialogue.request_fields import ASKED, BAD
from optfm.leads import email
from optfm.leads.contact_words import contact_words

_NEAR = 0.8
_TYPED, _MEANT = "typed", "meant"


def meant_address(address: str) -> str | None:
    """The address that a customer may have meant: «gmail.com» for «gmial.com»; None: his own."""
    local, _, domain = address.rpartition("@")
    known = contact_words().domains
    if domain in known:
        return None
    near = max(known, key=lambda one: SequenceMatcher(None, domain, one).ratio())
    likely = SequenceMatcher(None, domain, near).ratio() >= _NEAR
    return f"{local}@{near}" if likely and abs(len(domain) - len(near)) <= 1 else None


def email_told(address: str) -> list[EventType]:
    """The slot of an address; of a doubtful one the question about it."""
    if meant_address(address):
        return [SlotSet("email", None), SlotSet(ASKED, "email")]
    return [SlotSet("email", address)]


def doubtful(tracker: Tracker) -> tuple[str, str] | None:
    """The latest message's address and the one that may be meant; None where all is well."""
    address = email(tracker.latest_message.get("text") or "")
    meant = meant_address(address) if address else None
    return (address, meant) if address and meant else None


def doubt(typed: str, meant: str) -> dict[str, object]:
    """What the question keeps for its answer."""
    return {"form": {"field": "email", _TYPED: typed, _MEANT: meant}}


def email_meant(tracker: Tracker, asked: str, text: str) -> list[EventType]:
    """The answer to the question about a doubtful address; [] where there was none."""
    if asked != "email" or (asked_about := _asked_about(tracker)) is None:
        return []
    typed, meant = asked_about
    again = email(text)
    if again:
        return [SlotSet("email", again), SlotSet(BAD, 0)]
    if meant.rpartition("@")[2] in text.lower() or words.is_yes(text):
        return [SlotSet("email", meant), SlotSet(BAD, 0)]
    if words.is_no(text) or words.is_send(text):
        return [SlotSet("email", typed), SlotSet(BAD, 0)]
    return []


def _asked_about(tracker: Tracker) -> tuple[str, str] | None:
    for event in reversed(tracker.events):
        if event.get("event") != "bot":
            continue
        form = ((event.get("data") or {}).get("custom") or {}).get("form") or {}
        if "field" in form:
            return (form[_TYPED], form[_MEANT]) if _TYPED in form else None
    return None
