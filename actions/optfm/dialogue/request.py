"""The request form: what each message answers, and what is asked next.

Rasa's form asks for the first of its slots that is None; here every message of the form is read
at once (a name, two phones and the goods may come together), and the slots it fills are set.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue import request_corrections as corrections
from optfm.dialogue import request_words as words
from optfm.dialogue.request_answers import (
    ANSWERS,
    Events,
    FormAnswer,
    about_answer,
    ended,
    misfit,
    taken,
)
from optfm.dialogue.request_ask import was_away, was_reminded
from optfm.dialogue.request_before import (
    FORM,
    MOST_WAYS,
    SHORTEST_ABOUT,
    leaves_a_broken_number,
    leaves_contacts,
    row_of_a_code,
    wished_row,
)
from optfm.dialogue.request_consent import agreed
from optfm.dialogue.request_cut_number import beside_number, digits_typed
from optfm.dialogue.request_email import doubtful, email_meant, email_told
from optfm.dialogue.request_fields import ASKED, BAD, FIELDS, SKIPPED
from optfm.dialogue.request_subject import LONGEST_ABOUT, answered, subject, with_more
from optfm.dialogue.request_told import Told, told
from optfm.dialogue.shop import Shop
from optfm.leads import is_first_name, person_name
from optfm.leads.contact import introduced
from optfm.leads.ways import HERE, Way, wants_here, ways_of, written
from optfm.search.live import NoPriceList

#: «город Шуя», whatever is asked for.
_LABELLED = re.compile(r"^\W*(?:город|г\.)\s*\S", re.IGNORECASE)
#: Fields that a request does without.
_MAY_BE_SKIPPED = frozenset(["email", "town"])
#: Words in «я ошибся в телефоне».
_FEW = 4
#: More words than these ask for something, though the shop may not know it.
_NONSENSE_WORDS = 2
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
            return self._consent(dispatcher, tracker, said)
        if words.withdraws(said.text):
            return ended("withdrawn")
        skips = asked in ("email", "town") and words.is_skip(said.text)
        if (words.is_stop(said.text) or words.lets_go(said.text)) and not skips:
            return ended("stop")
        if words.is_back(said.text):
            before = FIELDS[max(FIELDS.index(asked) - 1, 1)]
            return [SlotSet(before, None), SlotSet(ASKED, before), SlotSet(BAD, 0)]
        if said.button or words.is_why(said.text) or words.is_impatient(said.text):
            return []
        if row := wished_row(said.text, self._shop):
            dispatcher.utter_message(response="utter_request_noted", noted=row)
            return self._with_row(tracker, row)
        if asked == "name" and (kept := self._beside_cut_number(tracker, said)):
            return kept
        if changed := (
            _changed(said, asked)
            or self._corrected(tracker, asked, said.text)
            or email_meant(tracker, asked, said.text)
            or self._told(tracker, asked, said.text)
        ):
            return changed
        if asked in _FREE and was_away(tracker):  # not what he was asked yesterday
            return []
        if asked != "confirm" and was_reminded(tracker) and words.goes_on(said.text):
            return [SlotSet(asked, None), SlotSet(BAD, 0)]
        if asked == "about":
            return about_answer(tracker, said, subject(tracker, self._shop))
        if asked == "name" and said.intent == "price_question" and self._is_nonsense(said.text):
            said = replace(said, intent="")
        return ANSWERS[asked](tracker, said, subject(tracker, self._shop))

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

    def _consent(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, said: FormAnswer
    ) -> Events:
        """Until there is a yes nothing personal is kept, whatever the message says."""
        if words.is_consent(said.text):
            proof, contacts = agreed(tracker, self._shop)
            # A draft that was broken off is kept; what is said now replaces it.
            doubtful_now = email_told(contacts.pop("email")) if doubtful(tracker) else []
            if about := contacts.get("about"):
                contacts["about"] = with_more(subject(tracker, self._shop), about)
            told_before = [SlotSet(k, v) for k, v in contacts.items()]
            return [*taken("consent", proof), *told_before, *doubtful_now]
        if words.is_why(said.text) or words.is_document(said.text):
            return []
        if words.is_impatient(said.text):
            return []
        if leaves_a_broken_number(said.text):
            dispatcher.utter_message(response="utter_request_cut_number")
            return [SlotSet("consent", None)]
        leaves = words.is_stop(said.text) or words.lets_go(said.text)
        if not leaves and not leaves_contacts(said.text) and _is_aside(said):
            return []
        refused = [SlotSet("consent", "refused"), SlotSet(ASKED, None)]
        if leaves and not words.is_no(said.text):
            return ended("stop")
        if words.is_no(said.text):
            return refused
        return misfit(tracker, "consent", last_resort=refused)

    def _told(self, tracker: Tracker, asked: str, text: str) -> Events:
        """All that a message tells with contacts in it, or with several fields at once."""
        said = told(text, asked=asked)
        if asked == "phone" and not said.reaches and wants_here(text) and _in_telegram(tracker):
            return taken("phone", written([Way(messenger="Telegram", nick=HERE)]))
        labelled = bool(said.town and not said.subject and _LABELLED.match(text))
        if not (said.reaches or labelled or _several(said, asked)):
            return []
        contact, events = said.contact, [SlotSet(BAD, 0)]
        corrects = corrections.corrected(text) is not None
        known = [] if asked in ("phone", "confirm") or corrects else _ways(tracker)
        every = list(dict.fromkeys([*known, *contact.ways]))[:MOST_WAYS]
        if contact.ways:
            events.append(SlotSet("phone", written(every)))
        if contact.email:
            events += email_told(contact.email)
            if asked == "phone" and not every:
                events.append(SlotSet("phone", SKIPPED))
        skipped = sorted(said.refused & _MAY_BE_SKIPPED)
        events += [SlotSet(f, SKIPPED) for f in skipped if not tracker.get_slot(f)]
        more = said.subject
        if contact.name and (not tracker.get_slot("name") or corrects or asked == "name"):
            events.append(SlotSet("name", contact.name))
        elif contact.name and contact.name != tracker.get_slot("name"):
            more = ", ".join(filter(None, (contact.name, more)))
        if said.town:
            events.append(SlotSet("town", said.town))
        if said.remarks:
            events.append(SlotSet("remarks", _joined(tracker.get_slot("remarks"), said.remarks)))
        return [*events, *self._more_about(tracker, asked, more)]

    def _beside_cut_number(self, tracker: Tracker, said: FormAnswer) -> Events:
        """«Вася 8910123»: the name is taken, and what is wrong with the number is said."""
        if tracker.get_slot("phone") or not digits_typed(said.text):
            return []
        beside = replace(said, text=beside_number(said.text))
        events = self._told(tracker, "name", beside.text) or ANSWERS["name"](
            tracker, beside, subject(tracker, self._shop)
        )
        named = any(e.get("name") == "name" and e.get("value") for e in events)
        return [*events, SlotSet("phone", None), SlotSet(BAD, 1)] if named else []

    def _with_row(self, tracker: Tracker, row: str) -> Events:
        """Goods that the customer adds to what he asks for already."""
        return taken("about", with_more(subject(tracker, self._shop), row))

    def _more_about(self, tracker: Tracker, asked: str, said: str) -> Events:
        """What is told beside the contacts belongs to the subject, and never replaces it."""
        if len(said) < SHORTEST_ABOUT:
            return []
        about = subject(tracker, self._shop)
        told_now = answered(about, said, tracker) if asked == "about" else with_more(about, said)
        return [SlotSet("about", told_now)]

    def _corrected(self, tracker: Tracker, asked: str, text: str) -> Events:
        """A field that was filled in before, said anew: «не 100 а 10», «ой, Александр»."""
        about = tracker.get_slot("about") or ""
        if changed := corrections.count_changed(text, about):
            return taken("about", changed)
        if asked == "name":
            return []
        named = corrections.corrected(text)
        name = person_name(named) if named and is_first_name(named.split()[0]) else None
        name = name or introduced(text)
        if name and tracker.get_slot("name"):
            return taken("name", name)
        more = corrections.addition(text) if about else None
        if more and asked in ("town", "confirm"):
            row = row_of_a_code(more, self._shop)
            return taken("about", with_more(about, row or more))
        return []


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


def _ways(tracker: Tracker) -> list[Way]:
    return list(ways_of(tracker.get_slot("phone") or ""))


def _in_telegram(tracker: Tracker) -> bool:
    """Whether a manager can answer in the dialog itself whenever he likes."""
    return bool(tracker.get_latest_input_channel() == "telegram")


def _several(said: Told, asked: str) -> bool:
    """Whether a message without contacts fills in more, or else, than what it was asked for."""
    if asked == "about":
        return False
    if said.remarks and not (said.subject or said.town or said.contact.name):
        return True  # «звонить после 18» is no town
    fields = [said.town, said.refused, said.remarks, said.contact.name if asked == "name" else None]
    others = bool(said.subject) and asked in ("name", "email")
    return sum(map(bool, fields)) + others > 1


def _is_aside(said: FormAnswer) -> bool:
    """Whether a message at the consent is about something else rather than a bad answer."""
    words_said = [word for word in said.text.split() if any(map(str.isalpha, word))]
    return said.asks or len(words_said) > _NONSENSE_WORDS


def _joined(before: str | None, more: Sequence[str]) -> str:
    parts = [before, *(one for one in more if one not in (before or ""))]
    return "; ".join(filter(None, parts))[:LONGEST_ABOUT]
