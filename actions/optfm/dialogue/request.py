"""The request form: what each message answers, and what is asked next.

Rasa's form asks for the first of its slots that is None; here every message of the form is read
at once (a name, two phones and the goods may come together), and the slots it fills are set.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue import request_words as words
from optfm.dialogue.request_before import (
    FORM,
    SHORTEST_ABOUT,
    given,
    leaves_contacts,
    suggestion,
)
from optfm.leads import is_first_name, person_name, read_contact, wording

#: In the order in which they are asked.
FIELDS = ("consent", "name", "phone", "email", "about", "town", "confirm")
#: What Rasa sets for the slot that is being asked for.
_ASKED = "requested_slot"
#: Answers in a row that did not fit.
_BAD = "bad_answers"
#: After so many of them ways out are offered; at the next one we take them.
_PATIENCE = 3
_LONGEST_NAME = 60
_LONGEST_ABOUT = 1_000
_MOST_PHONES = 3
#: A field that the customer passed over.
_SKIPPED = ""
_ABOUT_NOTHING = "Клиент просит связаться с ним"
_NAMELESS = "Не представился"
#: So many digits are meant as a phone, right or wrong.
_AN_ATTEMPT = 5
#: Words in «я ошибся в телефоне».
_FEW = 4
#: What is said beside a phone is a wish about the call rather than the subject.
_REMARK = re.compile(
    r"звон|пиш|после \w+|до \w+|вечер|утр|днем|днём|what|вотсап|ватсап|телегр|тг\b"
)
#: Emoji and what joins them: «Олег 😀» is a name.
_PICTURES = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]")
#: Intents that ask something: inside the form they are answered, and the form goes on.
_QUESTIONS = (
    *("price_question", "show_more", "help", "who_are_you", "are_you_robot"),
    *("greet", "thanks", "bye", "leave_request", "call_manager"),
)
_SURE = 0.5

Events = list[EventType]


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of a customer inside the form."""

    text: str
    intent: str
    sure: bool  #: whether the intent is
    button: bool  #: whether it is a button that means an intent

    @classmethod
    def of(cls, tracker: Tracker) -> "Said":
        message = tracker.latest_message
        intent = message.get("intent") or {}
        text = _PICTURES.sub("", message.get("text") or "").strip()
        return cls(
            text=text,
            intent=intent.get("name") or "",
            sure=(intent.get("confidence") or 0.0) >= _SURE,
            button=text.startswith("/"),
        )

    @property
    def asks(self) -> bool:
        """Whether it is a question to the bot rather than an answer to it."""
        topic = self.intent.startswith("faq_") or self.intent in _QUESTIONS
        return self.button or (topic and (self.sure or "?" in self.text))


class ValidateRequestForm(Action):
    """Reads a message of the form; sets nothing where it is a question to be answered first."""

    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = tracker.get_slot(_ASKED)
        if asked is None or _was_answered(tracker):
            return []
        said = Said.of(tracker)
        if asked == "consent":
            return _consent(tracker, said)
        if words.is_stop(said.text) and not (asked in ("email", "town") and _skips(said)):
            return _ended("stop")
        if words.is_back(said.text):
            before = FIELDS[max(FIELDS.index(asked) - 1, 1)]
            return [SlotSet(before, None), SlotSet(_ASKED, before), SlotSet(_BAD, 0)]
        if said.button:
            return []
        return (
            _changed(said, asked) or _contacts(tracker, asked, said) or _read(tracker, asked, said)
        )


def _was_answered(tracker: Tracker) -> bool:
    """Whether the message was a question and has its answer: then Rasa calls once more."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") != FORM:
            return True
    return False


def _consent(tracker: Tracker, said: Said) -> Events:
    """Until there is a yes nothing personal is kept, whatever the message says."""
    if words.is_consent(said.text):
        version, text = wording()
        consent = {
            "version": version,
            "wording": text,
            "given_at": datetime.now(UTC).isoformat(),
            "message_id": tracker.latest_message.get("message_id"),
        }
        # A draft that was broken off is kept; what is said now replaces it.
        return [*_taken("consent", consent), *(SlotSet(k, v) for k, v in given(tracker).items())]
    if said.asks and not words.is_stop(said.text) and not leaves_contacts(said.text):
        return []
    if words.is_no(said.text):
        return [SlotSet("consent", "refused"), SlotSet(_ASKED, None)]
    if words.is_stop(said.text):
        return _ended("stop")
    refused = [SlotSet("consent", "refused"), SlotSet(_ASKED, None)]
    return _misfit(tracker, "consent", last_resort=refused)


def _changed(said: Said, asked: str) -> Events:
    """«телефон другой: 8 …», «изменить имя»: the field anew, and then the form goes on."""
    wanted = words.change(said.text, at_summary=asked == "confirm")
    if wanted is None:
        return []
    field, value = wanted
    # «вернуть неверный товар» may well be the subject; there only a new value or another field,
    # named in a few words, is a correction.
    if asked == "about" and not value and (field == "about" or len(said.text.split()) > _FEW):
        return []
    changed = _taken(field, value)
    return changed if value else [*changed, SlotSet(_ASKED, field)]


def _contacts(tracker: Tracker, asked: str, said: Said) -> Events:
    """All that a message with a phone or an address in it tells; nothing without one."""
    contact = read_contact(said.text)
    if not contact.phones and not contact.email:
        return []
    events: Events = [SlotSet(_BAD, 0)]
    known = [] if asked in ("phone", "confirm") else _phones(tracker)
    every = list(dict.fromkeys([*known, *contact.phones]))[:_MOST_PHONES]
    if contact.phones:
        events.append(SlotSet("phone", ", ".join(every)))
    if contact.email:
        events.append(SlotSet("email", contact.email))
        if asked == "phone" and not every:
            events.append(SlotSet("phone", _SKIPPED))
    rest = contact.rest
    if contact.name and not tracker.get_slot("name"):
        events.append(SlotSet("name", contact.name))
    elif contact.name and contact.name != tracker.get_slot("name"):
        rest = ", ".join(filter(None, (contact.name, rest)))
    if asked == "town" and (town := words.town(rest)):
        events.append(SlotSet("town", town))
    elif asked == "about" and rest:
        events.append(SlotSet("about", rest[:_LONGEST_ABOUT]))
    elif len(rest) >= SHORTEST_ABOUT and not tracker.get_slot("about"):
        subject = suggestion(tracker) if _REMARK.search(rest.lower()) else ""
        about = "; ".join(filter(None, (subject, rest)))
        events.append(SlotSet("about", about[:_LONGEST_ABOUT]))
    return events


def _phones(tracker: Tracker) -> list[str]:
    return [number for number in (tracker.get_slot("phone") or "").split(", ") if number]


def _name(tracker: Tracker, said: Said) -> Events:
    topical = said.asks and said.intent.startswith(("faq_", "price_", "leave_", "call_"))
    name = person_name(said.text)
    # «Макс» is also a part of many models' names, and «Лада» a car.
    fits = name and (not topical or is_first_name(said.text))
    if fits and not words.is_send(said.text):
        return _taken("name", name)
    if said.asks:
        return []
    if words.is_skip(said.text) and tracker.get_slot(_BAD):
        return _taken("name", _NAMELESS)
    spoken = any(char.isalpha() for char in said.text)
    own_words = said.text[:_LONGEST_NAME] if spoken else _NAMELESS
    return _misfit(tracker, "name", last_resort=_taken("name", own_words))


def _phone(tracker: Tracker, said: Said) -> Events:
    to_email: Events = [*_taken("phone", _SKIPPED)]
    if not tracker.get_slot("email"):
        to_email += [SlotSet("email", None), SlotSet(_ASKED, "email")]
    if _skips(said):
        return to_email
    if said.asks and sum(char.isdigit() for char in said.text) < _AN_ATTEMPT:
        return []
    return _misfit(tracker, "phone", last_resort=to_email)


def _email(tracker: Tracker, said: Said) -> Events:
    passed = _taken("email", _SKIPPED) if tracker.get_slot("phone") else _ended("no_contact")
    if _skips(said) or (words.is_send(said.text) and tracker.get_slot("phone")):
        return passed
    if said.asks and "@" not in said.text:
        return []
    return _misfit(tracker, "email", last_resort=passed)


def _about(tracker: Tracker, said: Said) -> Events:
    suggested = suggestion(tracker)
    proposed = _taken("about", suggested or _ABOUT_NOTHING)
    if (suggested and words.is_yes(said.text)) or _skips(said):
        return proposed
    if said.sure and "?" in said.text and said.intent.startswith("faq_"):
        return []
    a_word = words.is_yes(said.text) or words.is_send(said.text) or words.is_no(said.text)
    if any(char.isalnum() for char in said.text) and not a_word:
        return _taken("about", said.text[:_LONGEST_ABOUT])
    return _misfit(tracker, "about", last_resort=proposed)


def _town(tracker: Tracker, said: Said) -> Events:
    if _skips(said) or words.is_send(said.text):
        return _taken("town", _SKIPPED)
    if town := words.town(said.text):
        return _taken("town", town)
    return [] if said.asks else _misfit(tracker, "town", last_resort=_taken("town", _SKIPPED))


def _confirm(tracker: Tracker, said: Said) -> Events:
    if words.is_send(said.text):
        return _taken("confirm", "send")
    return [] if said.asks else _misfit(tracker, "confirm", last_resort=_ended("unclear"))


def _read(tracker: Tracker, asked: str, said: Said) -> Events:
    return _FIELDS[asked](tracker, said)


_FIELDS = {
    "name": _name,
    "phone": _phone,
    "email": _email,
    "about": _about,
    "town": _town,
    "confirm": _confirm,
}


def _skips(said: Said) -> bool:
    return words.is_skip(said.text)


def _taken(field: str, value: object) -> Events:
    return [SlotSet(field, value), SlotSet(_BAD, 0)]


def _ended(why: str) -> Events:
    """The form is over without a request."""
    return [SlotSet("confirm", why), SlotSet(_ASKED, None)]


def _misfit(tracker: Tracker, field: str, *, last_resort: Events) -> Events:
    """Ask again, saying what is wrong; after the third time take a way out."""
    count = int(tracker.get_slot(_BAD) or 0) + 1
    if count > _PATIENCE:
        return [*last_resort, SlotSet(_BAD, 0)]
    return [SlotSet(field, None), SlotSet(_BAD, count)]


class AskField(Action):
    """Asks for one field; where the answer did not fit, says why and how to go on."""

    def __init__(self, field: str) -> None:
        self._field = field

    def name(self) -> str:
        return f"action_ask_{FORM}_{self._field}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        response, said = self._question(tracker)
        bad = _bad_just_now(tracker)
        if bad:
            response = f"utter_request_bad_{self._field}{'_stuck' * (bad >= _PATIENCE)}"
        dispatcher.utter_message(response=response, **said)
        return []

    def _question(self, tracker: Tracker) -> tuple[str, dict[str, Any]]:
        plain = f"utter_request_ask_{self._field}"
        if self._field == "consent":
            return plain, {"wording": wording()[1]}
        if self._field == "email" and tracker.get_slot("phone") == _SKIPPED:
            return "utter_request_email_instead", {}
        if self._field == "about" and (suggested := suggestion(tracker)):
            return "utter_request_about_this", {"suggested": suggested}
        if self._field == "confirm":
            fields = ("name", "phone", "email", "about", "town")
            return plain, {f"the_{f}": tracker.get_slot(f) or "не указано" for f in fields}
        return plain, {}


def _bad_just_now(tracker: Tracker) -> int:
    """How many answers in a row did not fit, the latest message being one; else 0."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return 0
        if event.get("event") == "slot" and event.get("name") == _BAD:
            return int(event.get("value") or 0)
        if event.get("event") == "action" and event.get("name") == "action_answer_in_form":
            return 0
    return 0
