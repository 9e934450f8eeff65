"""The request form: what each message answers, and what is asked next.

Rasa's form asks for the first of its slots that is None; here every message of the form is read
at once (a name, two phones and the goods may come together), and the slots it fills are set.
"""

import re
from dataclasses import dataclass, replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.catalog.live import NoPriceList
from optfm.dialogue import request_words as words
from optfm.dialogue.request_ask import (
    ASKED,
    BAD,
    FIELDS,
    PATIENCE,
    SKIPPED,
    was_away,
    was_reminded,
)
from optfm.dialogue.request_before import (
    FORM,
    SHORTEST_ABOUT,
    STARTERS,
    beside_the_wish,
    leaves_contacts,
    proposed,
    suggestion,
    wished_row,
)
from optfm.dialogue.request_consent import agreed
from optfm.dialogue.shop import Shop
from optfm.leads import Contact, is_first_name, person_name, read_contact
from optfm.leads.towns import names_a_town

_LONGEST_NAME = 60
_LONGEST_ABOUT = 1_000
_MOST_PHONES = 3
_ABOUT_NOTHING = "Клиент просит связаться с ним"
_NAMELESS = "Не представился"
#: So many digits are meant as a phone, right or wrong.
_AN_ATTEMPT = 5
#: Words in «я ошибся в телефоне».
_FEW = 4
#: More words than these ask for something, though the shop may not know it.
_NONSENSE_WORDS = 2
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
#: Of them those that no town's name looks like.
_WISHES = ("leave_request", "call_manager", "help", "who_are_you", "are_you_robot")
#: «дисплей на а12» has so many words, or a digit.
_GOODS_WORDS = 3
_SURE = 0.5
#: Any words may be an answer to these.
_FREE = ("name", "about", "town")

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
        if not any(char.isalpha() for char in self.text):
            return False
        topic = self.intent.startswith("faq_") or self.intent in _QUESTIONS
        return self.button or (topic and (self.sure or "?" in self.text))


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
        said = Said.of(tracker)
        if asked == "consent" and (row := wished_row(said.text, self._shop)):
            dispatcher.utter_message(response="utter_request_noted", noted=row)
            # The subject is made of the dialog once he agrees.
            return [SlotSet("consent", None), SlotSet(BAD, 0)]
        if asked == "consent":
            return self._consent(tracker, said)
        if words.withdraws(said.text):
            return _ended("withdrawn")
        if words.is_stop(said.text) and not (asked in ("email", "town") and _skips(said)):
            return _ended("stop")
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
            return _about(tracker, said, suggested)
        if asked == "name" and said.intent == "price_question" and self._is_nonsense(said.text):
            said = replace(said, intent="")
        return _FIELDS[asked](tracker, said)

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

    def _consent(self, tracker: Tracker, said: Said) -> Events:
        """Until there is a yes nothing personal is kept, whatever the message says."""
        if words.is_consent(said.text):
            proof, contacts = agreed(tracker, self._shop)
            # A draft that was broken off is kept; what is said now replaces it.
            return [*_taken("consent", proof), *(SlotSet(k, v) for k, v in contacts.items())]
        if words.is_why(said.text) or words.is_document(said.text):
            return []
        if said.asks and not words.is_stop(said.text) and not leaves_contacts(said.text):
            return []
        refused = [SlotSet("consent", "refused"), SlotSet(ASKED, None)]
        if words.is_no(said.text):
            return refused
        if words.is_stop(said.text):
            return _ended("stop")
        return _misfit(tracker, "consent", last_resort=refused)

    def _contacts(self, tracker: Tracker, asked: str, said: Said) -> Events:
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
        if town := contact.town or (asked == "town" and words.town(rest)):
            events.append(SlotSet("town", words.town(town)))
        elif asked == "about" and rest:
            events.append(SlotSet("about", rest[:_LONGEST_ABOUT]))
        if len(rest) >= SHORTEST_ABOUT and asked not in ("about", "town"):
            events += self._more_about(tracker, rest)
        return events

    def _with_row(self, tracker: Tracker, row: str) -> Events:
        """Goods that the customer adds to what he asks for already."""
        about = tracker.get_slot("about") or suggestion(tracker, self._shop)
        if row not in about:
            about = "; ".join(filter(None, (about, row)))
        return _taken("about", about[:_LONGEST_ABOUT])

    def _more_about(self, tracker: Tracker, rest: str) -> Events:
        if tracker.get_slot("about"):
            return []
        subject = suggestion(tracker, self._shop) if _REMARK.search(rest.lower()) else ""
        return [SlotSet("about", "; ".join(filter(None, (subject, rest)))[:_LONGEST_ABOUT])]


def _was_answered(tracker: Tracker) -> bool:
    """Whether the message was a question and has its answer: then Rasa calls once more."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") != FORM:
            return True
    return False


def _changed(said: Said, asked: str) -> Events:
    """«телефон другой: 8 …», «изменить имя»: the field anew, and then the form goes on."""
    wanted = words.change(said.text, asked=asked)
    if wanted is None:
        return []
    field, value = wanted
    # «вернуть неверный товар» may well be the subject; there only a new value or another field,
    # named in a few words, is a correction.
    unclear = field == "about" or len(said.text.split()) > _FEW
    if asked == "about" and not value and unclear and not words.only_changes(said.text):
        return []
    changed = _taken(field, value)
    return changed if value else [*changed, SlotSet(ASKED, field)]


def _phones(tracker: Tracker) -> list[str]:
    return [number for number in (tracker.get_slot("phone") or "").split(", ") if number]


def _name(tracker: Tracker, said: Said) -> Events:
    topical = said.asks and said.intent.startswith(("faq_", "price_", "leave_", "call_"))
    contact = read_contact(said.text)
    more = contact.name and (contact.rest or contact.town) and "?" not in said.text
    if more and is_first_name((contact.name or "").split()[0]):
        return _introduced(contact)
    name = person_name(said.text)
    # «Макс» is also a part of many models' names, and «Лада» a car.
    fits = name and (not topical or is_first_name(said.text))
    if fits and not words.is_send(said.text):
        return _taken("name", name)
    if said.asks:
        return []
    if words.is_skip(said.text) and (tracker.get_slot(BAD) or words.refuses(said.text)):
        return _taken("name", _NAMELESS)
    spoken = any(char.isalpha() for char in said.text)
    own_words = said.text[:_LONGEST_NAME] if spoken else _NAMELESS
    return _misfit(tracker, "name", last_resort=_taken("name", own_words))


def _introduced(contact: Contact) -> Events:
    """«Пётр из Вологды, диспл на а12»: more than the name that was asked for."""
    events = _taken("name", contact.name)
    if contact.town and (town := words.town(contact.town)):
        events.append(SlotSet("town", town))
    if len(contact.rest) >= SHORTEST_ABOUT:
        events.append(SlotSet("about", contact.rest[:_LONGEST_ABOUT]))
    return events


def _phone(tracker: Tracker, said: Said) -> Events:
    to_email: Events = [*_taken("phone", SKIPPED)]
    if not tracker.get_slot("email"):
        to_email += [SlotSet("email", None), SlotSet(ASKED, "email")]
    if _skips(said):
        return to_email
    if said.asks and sum(char.isdigit() for char in said.text) < _AN_ATTEMPT:
        return []
    return _misfit(tracker, "phone", last_resort=to_email)


def _email(tracker: Tracker, said: Said) -> Events:
    passed = _taken("email", SKIPPED) if tracker.get_slot("phone") else _ended("no_contact")
    if _skips(said) or (words.is_send(said.text) and tracker.get_slot("phone")):
        return passed
    if said.asks and "@" not in said.text:
        return []
    return _misfit(tracker, "email", last_resort=passed)


def _about(tracker: Tracker, said: Said, suggested: str) -> Events:
    proposed = _taken("about", suggested or _ABOUT_NOTHING)
    agrees = words.is_yes(said.text) or words.is_send(said.text)
    if (suggested and agrees) or _skips(said):
        return proposed
    if said.sure and "?" in said.text and said.intent.startswith("faq_"):
        return []
    if said.intent in STARTERS and said.sure and not beside_the_wish(said.text):
        return []
    a_word = agrees or words.is_no(said.text)
    if any(char.isalnum() for char in said.text) and not a_word:
        return _taken("about", said.text[:_LONGEST_ABOUT])
    return _misfit(tracker, "about", last_resort=proposed)


def _town(tracker: Tracker, said: Said) -> Events:
    if _skips(said) or words.is_send(said.text):
        return _taken("town", SKIPPED)
    town = words.town(said.text)
    if town and (names_a_town(town) or not _wishes(said)):
        return _taken("town", town)
    return [] if said.asks else _misfit(tracker, "town", last_resort=_taken("town", SKIPPED))


def _wishes(said: Said) -> bool:
    """Whether it asks for something; a town the model never saw may look like a question to it."""
    goods = any(char.isdigit() for char in said.text) or len(said.text.split()) >= _GOODS_WORDS
    return said.asks and (said.intent in _WISHES or (said.intent == "price_question" and goods))


def _confirm(tracker: Tracker, said: Said) -> Events:
    if words.is_send(said.text):
        return _taken("confirm", "send")
    return [] if said.asks else _misfit(tracker, "confirm", last_resort=_ended("unclear"))


_FIELDS = {
    "name": _name,
    "phone": _phone,
    "email": _email,
    "town": _town,
    "confirm": _confirm,
}


def _skips(said: Said) -> bool:
    return words.is_skip(said.text)


def _taken(field: str, value: object) -> Events:
    return [SlotSet(field, value), SlotSet(BAD, 0)]


def _ended(why: str) -> Events:
    """The form is over without a request."""
    return [SlotSet("confirm", why), SlotSet(ASKED, None)]


def _misfit(tracker: Tracker, field: str, *, last_resort: Events) -> Events:
    """Ask again, saying what is wrong; after the third time take a way out."""
    count = int(tracker.get_slot(BAD) or 0) + 1
    if count > PATIENCE:
        return [*last_resort, SlotSet(BAD, 0)]
    return [SlotSet(field, None), SlotSet(BAD, count)]
