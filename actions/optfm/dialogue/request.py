"""The request form: what each message answers, and what is asked next.

Rasa's form asks for the first of its slots that is None; here every message of the form is read
at once (a name, two phones and the goods may come together), and the slots it fills are set.
"""

import re
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue import request_corrections as corrections
from optfm.dialogue import request_words as words
from optfm.dialogue.request_answers import (
    ANSWERS,
    LONGEST_ABOUT,
    Events,
    FormAnswer,
    about_answer,
    ended,
    misfit,
    taken,
)
from optfm.dialogue.request_ask import (
    ASKED,
    BAD,
    FIELDS,
    SKIPPED,
    was_away,
    was_reminded,
)
from optfm.dialogue.request_before import (
    FORM,
    SHORTEST_ABOUT,
    leaves_contacts,
    proposed,
    suggestion,
    wished_row,
)
from optfm.dialogue.request_consent import agreed
from optfm.dialogue.shop import Shop
from optfm.leads import read_contact
from optfm.search.live import NoPriceList

_MOST_PHONES = 3
#: Words in «я ошибся в телефоне».
_FEW = 4
#: More words than these ask for something, though the shop may not know it.
_NONSENSE_WORDS = 2
#: What is said beside a phone is a wish about the call rather than the subject.
_REMARK = re.compile(
    r"звон|пиш|после \w+|до \w+|вечер|утр|днем|днём|what|вотсап|ватсап|телегр|тг\b"
)
#: Any words may be an answer to these.
_FREE = ("name", "about", "town")


class ValidateRequestForm(Action):
    """Reads a message of the form; sets nothing where it is a question to be answered first."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = tracker.get_slot(ASKED)
        if asked is None or _was_answered(tracker):
            return []
        said = FormAnswer.of(tracker)
        if asked == "consent" and (row := wished_row(said.text, self._shop)):
            dispatcher.utter_message(response="utter_request_noted", noted=row)
            # The subject is made of the dialog once he agrees.
            return [SlotSet("consent", None), SlotSet(BAD, 0)]
        if asked == "consent":
            return self._consent(tracker, said)
        if words.withdraws(said.text):
            return ended("withdrawn")
        if words.is_stop(said.text) and not (
            asked in ("email", "town") and words.is_skip(said.text)
        ):
            return ended("stop")
        if words.is_back(said.text):
            before = FIELDS[max(FIELDS.index(asked) - 1, 1)]
            return [SlotSet(before, None), SlotSet(ASKED, before), SlotSet(BAD, 0)]
        if said.button or words.is_why(said.text):
            return []
        if row := wished_row(said.text, self._shop):
            dispatcher.utter_message(response="utter_request_noted", noted=row)
            return self._with_row(tracker, row)
        if changed := _changed(said, asked) or self._contacts(tracker, asked, said):
            return changed
        if asked in _FREE and was_away(tracker):  # not what he was asked yesterday
            return []
        if asked != "confirm" and was_reminded(tracker) and words.goes_on(said.text):
            return [SlotSet(asked, None), SlotSet(BAD, 0)]
        if asked == "about":
            suggested = proposed(tracker) or suggestion(tracker, self._shop)
            return about_answer(tracker, said, suggested)
        if asked == "name" and said.intent == "price_question" and self._is_nonsense(said.text):
            said = replace(said, intent="")
        return ANSWERS[asked](tracker, said)

    def _is_nonsense(self, text: str) -> bool:
        """Whether «asdf 12», which looks like a model, has no word that the shop knows."""
        if "?" in text or len(text.split()) > _NONSENSE_WORDS:
            return False
        try:
            answers = self._shop.prices.current().search_all(text, limit=1)
        except NoPriceList:
            return False
        return all(
            answer.kind == "none" and (answer.gap is None or answer.gap.missing == "brand")
            for answer in answers
        )

    def _consent(self, tracker: Tracker, said: FormAnswer) -> Events:
        """Until there is a yes nothing personal is kept, whatever the message says."""
        if words.is_consent(said.text):
            proof, contacts = agreed(tracker, self._shop)
            # A draft that was broken off is kept; what is said now replaces it.
            return [*taken("consent", proof), *(SlotSet(k, v) for k, v in contacts.items())]
        if words.is_why(said.text) or words.is_document(said.text):
            return []
        if said.asks and not words.is_stop(said.text) and not leaves_contacts(said.text):
            return []
        refused = [SlotSet("consent", "refused"), SlotSet(ASKED, None)]
        if words.is_no(said.text):
            return refused
        if words.is_stop(said.text):
            return ended("stop")
        return misfit(tracker, "consent", last_resort=refused)

    def _contacts(self, tracker: Tracker, asked: str, said: FormAnswer) -> Events:
        """All that a message with a phone or an address in it tells; nothing without one."""
        contact = read_contact(said.text)
        if not contact.phones and not contact.email:
            return []
        events: Events = [SlotSet(BAD, 0)]
        known = [] if asked in ("phone", "confirm") else _phones(tracker)
        every = list(dict.fromkeys([*known, *contact.phones]))[:_MOST_PHONES]
        if contact.phones:
            events.append(SlotSet("phone", ", ".join(every)))
        if contact.email:
            events.append(SlotSet("email", contact.email))
            if asked == "phone" and not every:
                events.append(SlotSet("phone", SKIPPED))
        rest = words.beside_contacts(contact.rest)
        if contact.name and not tracker.get_slot("name"):
            events.append(SlotSet("name", contact.name))
        elif contact.name and contact.name != tracker.get_slot("name"):
            rest = ", ".join(filter(None, (contact.name, rest)))
        if town := contact.town or (asked == "town" and corrections.town(rest)):
            events.append(SlotSet("town", corrections.town(town)))
        elif asked == "about" and rest:
            events.append(SlotSet("about", rest[:LONGEST_ABOUT]))
        if len(rest) >= SHORTEST_ABOUT and asked not in ("about", "town"):
            events += self._more_about(tracker, rest)
        return events

    def _with_row(self, tracker: Tracker, row: str) -> Events:
        """Goods that the customer adds to what he asks for already."""
        about = tracker.get_slot("about") or suggestion(tracker, self._shop)
        if row not in about:
            about = "; ".join(filter(None, (about, row)))
        return taken("about", about[:LONGEST_ABOUT])

    def _more_about(self, tracker: Tracker, rest: str) -> Events:
        if tracker.get_slot("about"):
            return []
        subject = suggestion(tracker, self._shop) if _REMARK.search(rest.lower()) else ""
        return [SlotSet("about", "; ".join(filter(None, (subject, rest)))[:LONGEST_ABOUT])]


def _was_answered(tracker: Tracker) -> bool:
    """Whether the message was a question and has its answer: then Rasa calls once more."""
    undone = False
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "undo":  # the order has looked at the message and gave it back
            undone = True
        elif event.get("event") == "action" and event.get("name") != FORM:
            if not undone:
                return True
            undone = False
    return False


def _changed(said: FormAnswer, asked: str) -> Events:
    """«телефон другой: 8 …», «изменить имя»: the field anew, and then the form goes on."""
    wanted = corrections.change(said.text, asked=asked)
    if wanted is None:
        return []
    field, value = wanted
    # «вернуть неверный товар» may well be the subject; there only a new value or another field,
    # named in a few words, is a correction.
    unclear = field == "about" or len(said.text.split()) > _FEW
    if asked == "about" and not value and unclear and not corrections.only_changes(said.text):
        return []
    changed = taken(field, value)
    return changed if value else [*changed, SlotSet(ASKED, field)]


def _phones(tracker: Tracker) -> list[str]:
    return [number for number in (tracker.get_slot("phone") or "").split(", ") if number]
