"""Asks for one field of the request form: what is wrong, what was noted, what is left over."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.request_before import FORM, proposed, silence_s, suggestion
from optfm.dialogue.request_cut_number import digits_typed
from optfm.dialogue.request_email import doubt, doubtful
from optfm.dialogue.request_fields import ASKED, BAD, FIELDS, PATIENCE, REMARKS, SKIPPED
from optfm.dialogue.shop import Shop
from optfm.leads import wording

#: Who comes back later than this is reminded of what he left unfinished.
AWAY_S = 3600.0
REMINDER = "utter_request_unfinished"
CONSENT_QUESTION = "utter_request_ask_consent"
CONSENT_AGAIN = "utter_request_consent_again"


class AskField(Action):
    """Asks for one field; where the answer did not fit, says why and how to go on."""

    def __init__(self, field: str, shop: Shop) -> None:
        self._field = field
        self._shop = shop

    def name(self) -> str:
        return f"action_ask_{FORM}_{self._field}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if self._field == "email" and (addresses := doubtful(tracker)):
            typed, meant = addresses
            dispatcher.utter_message(
                response="utter_request_email_sure",
                meant=meant,
                typed=typed,
                json_message=doubt(typed, meant),
            )
            return []
        bad = _bad_just_now(tracker)
        if bad:
            short = digits_typed(_latest(tracker)) if self._field == "phone" else 0
            if short and bad < PATIENCE:
                dispatcher.utter_message(response="utter_request_short_phone", digits=short)
                return []
            response = f"utter_request_bad_{self._field}{'_stuck' * (bad >= PATIENCE)}"
            dispatcher.utter_message(response=response)
            return []
        if self._field == "consent" and _asked_before(tracker):
            dispatcher.utter_message(response=CONSENT_AGAIN)
            return []
        if was_away(tracker) and self._field != "consent":
            dispatcher.utter_message(response=REMINDER)
        elif self._field != "confirm" and (noted := _noted(tracker)):
            dispatcher.utter_message(response="utter_request_noted", noted=", ".join(noted))
        response, said = self._question(tracker)
        dispatcher.utter_message(response=response, **said)
        return []

    def _question(self, tracker: Tracker) -> tuple[str, dict[str, Any]]:
        plain = f"utter_request_ask_{self._field}"
        if self._field == "consent":
            return plain, {"wording": wording(self._shop.consent_address)[1]}
        if self._field == "email" and tracker.get_slot("phone") == SKIPPED:
            return "utter_request_email_instead", {}
        about = self._field == "about"
        if about and (suggested := proposed(tracker) or suggestion(tracker, self._shop)):
            form = {"field": "about", "suggested": suggested}  # what a yes will mean
            return "utter_request_about_this", {
                "suggested": suggested,
                "json_message": {"form": form},
            }
        if self._field == "confirm":
            fields = ("name", "phone", "email", "town")
            said = {f"the_{f}": tracker.get_slot(f) or "не указано" for f in fields}
            subject = (tracker.get_slot("about"), tracker.get_slot(REMARKS))
            return plain, {**said, "the_about": "; ".join(filter(None, subject)) or "не указано"}
        return plain, {}


def _latest(tracker: Tracker) -> str:
    return str((tracker.latest_message or {}).get("text") or "")


def _asked_before(tracker: Tracker) -> bool:
    """Whether the consent was asked for in this form, and something else was said since."""
    for event in reversed(tracker.events):
        if event.get("event") == "active_loop" and event.get("name") == FORM:
            return False
        if (event.get("metadata") or {}).get("utter_action") == CONSENT_QUESTION:
            return True
    return False


def was_away(tracker: Tracker) -> bool:
    """Whether the latest message broke a long silence in the middle of the form."""
    return silence_s(tracker) > AWAY_S


def was_reminded(tracker: Tracker) -> bool:
    """Whether the bot's last words were the reminder and the question after it."""
    said = [
        (event.get("metadata") or {}).get("utter_action")
        for event in tracker.events
        if event.get("event") == "bot"
    ]
    return REMINDER in said[-2:]


def _noted(tracker: Tracker) -> list[str]:
    """What the latest message told beside the answer to its question."""
    asked, taken = None, dict[str, str]()
    for event in reversed(tracker.events):
        kind, name = event.get("event"), event.get("name")
        if kind == "user" and asked is None:
            asked = ""
        elif kind == "slot" and asked is None and name in FIELDS[1:-1] and event.get("value"):
            taken.setdefault(str(name), str(event["value"]))
        elif kind == "slot" and name == ASKED and asked is not None:
            asked = event.get("value")
            break
    return [taken[field] for field in FIELDS if field in taken and field not in (asked, "about")]


def _bad_just_now(tracker: Tracker) -> int:
    """How many answers in a row did not fit, the latest message being one; else 0."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return 0
        if event.get("event") == "slot" and event.get("name") == BAD:
            return int(event.get("value") or 0)
        if event.get("event") == "action" and event.get("name") == "action_answer_in_form":
            return 0
    return 0
