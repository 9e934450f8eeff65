"""What a message of the request form means to the field that was asked for."""

import re
from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from optfm.dialogue import request_corrections as corrections
from optfm.dialogue import request_words as words
from optfm.dialogue.fallback import likely_topic
from optfm.dialogue.request_before import SHORTEST_ABOUT, STARTERS, beside_the_wish
from optfm.dialogue.request_fields import ASKED, BAD, PATIENCE, SKIPPED
from optfm.dialogue.request_subject import answered, with_more
from optfm.leads import Contact, is_first_name, person_name, read_contact
from optfm.leads.towns import names_a_town

_LONGEST_NAME = 60
_ABOUT_NOTHING = "Клиент просит связаться с ним"
_NAMELESS = "Не представился"
#: So many digits are meant as a phone, right or wrong.
_AN_ATTEMPT = 5
#: Emoji and what joins them: «Олег 😀» is a name.
_PICTURES = re.compile("[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]")
#: Intents that ask something: inside the form they are answered, and the form goes on.
_QUESTIONS = (
    *("price_question", "show_more", "help", "who_are_you", "are_you_robot"),
    *("greet", "thanks", "bye", "leave_request", "call_manager", "complaint"),
)
#: Of them those that no town's name looks like.
_WISHES = ("leave_request", "call_manager", "help", "who_are_you", "are_you_robot")
#: «дисплей на а12» has so many words, or a digit.
_GOODS_WORDS = 3
_SURE = 0.5

Events = list[EventType]


@dataclass(frozen=True, kw_only=True)
class FormAnswer:
    """One message of a customer inside the form."""

    text: str
    intent: str
    sure: bool  #: whether the intent is
    button: bool  #: whether it is a button that means an intent

    @classmethod
    def of(cls, tracker: Tracker) -> "FormAnswer":
        message = tracker.latest_message
        intent = message.get("intent") or {}
        text = _PICTURES.sub("", message.get("text") or "").strip()
        return cls(
            text=text,
            intent=likely_topic(message) or intent.get("name") or "",
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


def _name(tracker: Tracker, said: FormAnswer, about: str) -> Events:
    topical = said.asks and said.intent.startswith(("faq_", "price_", "leave_", "call_"))
    contact = read_contact(said.text)
    more = contact.name and (contact.rest or contact.town) and "?" not in said.text
    if more and is_first_name((contact.name or "").split()[0]):
        return _introduced(contact, about)
    name = person_name(said.text)
    # «Макс» is also a part of many models' names, and «Лада» a car.
    fits = name and (not topical or is_first_name(said.text))
    if fits and not words.is_send(said.text):
        return taken("name", name)
    if said.asks:
        return []
    if words.is_skip(said.text) and (tracker.get_slot(BAD) or words.refuses(said.text)):
        return taken("name", _NAMELESS)
    spoken = any(char.isalpha() for char in said.text)
    own_words = said.text[:_LONGEST_NAME] if spoken else _NAMELESS
    return misfit(tracker, "name", last_resort=taken("name", own_words))


def _introduced(contact: Contact, about: str) -> Events:
    """«Пётр из Вологды, диспл на а12»: more than the name that was asked for."""
    events = taken("name", contact.name)
    if contact.town and (town := corrections.town(contact.town)):
        events.append(SlotSet("town", town))
    if len(contact.rest) >= SHORTEST_ABOUT:
        events.append(SlotSet("about", with_more(about, contact.rest)))
    return events


def _phone(tracker: Tracker, said: FormAnswer, about: str) -> Events:
    to_email: Events = [*taken("phone", SKIPPED)]
    if not tracker.get_slot("email"):
        to_email += [SlotSet("email", None), SlotSet(ASKED, "email")]
    if words.is_skip(said.text):
        return to_email
    if said.asks and sum(char.isdigit() for char in said.text) < _AN_ATTEMPT:
        return []
    return misfit(tracker, "phone", last_resort=to_email)


def _email(tracker: Tracker, said: FormAnswer, about: str) -> Events:
    passed = taken("email", SKIPPED) if tracker.get_slot("phone") else ended("no_contact")
    if words.is_skip(said.text) or (words.is_send(said.text) and tracker.get_slot("phone")):
        return passed
    if said.asks and "@" not in said.text:
        return []
    return misfit(tracker, "email", last_resort=passed)


def about_answer(tracker: Tracker, said: FormAnswer, suggested: str) -> Events:
    """What the request is about.

    :param suggested: what the bot proposed; "" where it did not.
    """
    proposed = taken("about", suggested or _ABOUT_NOTHING)
    agrees = words.is_yes(said.text) or words.is_send(said.text)
    if (suggested and agrees) or words.is_skip(said.text):
        return proposed
    if said.sure and "?" in said.text and said.intent.startswith("faq_"):
        return []
    if said.intent in STARTERS and said.sure and not beside_the_wish(said.text):
        return []
    a_word = agrees or (words.is_no(said.text) and not words.puts_in_place(said.text))
    if any(char.isalnum() for char in said.text) and not a_word:
        return taken("about", answered(suggested, said.text, tracker))
    return misfit(tracker, "about", last_resort=proposed)


def _town(tracker: Tracker, said: FormAnswer, about: str) -> Events:
    if words.is_skip(said.text) or words.is_send(said.text):
        return taken("town", SKIPPED)
    town = corrections.town(said.text)
    if town and (names_a_town(town) or not _wishes(said)):
        return taken("town", town)
    return [] if said.asks else misfit(tracker, "town", last_resort=taken("town", SKIPPED))


def _wishes(said: FormAnswer) -> bool:
    """Whether it asks for something; a town the model never saw may look like a question to it."""
    goods = any(char.isdigit() for char in said.text) or len(said.text.split()) >= _GOODS_WORDS
    return said.asks and (said.intent in _WISHES or (said.intent == "price_question" and goods))


def _confirm(tracker: Tracker, said: FormAnswer, about: str) -> Events:
    if words.is_send(said.text):
        return taken("confirm", "send")
    return [] if said.asks else misfit(tracker, "confirm", last_resort=ended("unclear"))


#: By field; each is told the subject so far, and returns the slots it sets, or nothing where the
#: message is a question.
ANSWERS = {
    "name": _name,
    "phone": _phone,
    "email": _email,
    "town": _town,
    "confirm": _confirm,
}


def taken(field: str, value: object) -> Events:
    """The field has its value, and the count of bad answers begins anew."""
    return [SlotSet(field, value), SlotSet(BAD, 0)]


def ended(why: str) -> Events:
    """The form is over without a request."""
    return [SlotSet("confirm", why), SlotSet(ASKED, None)]


def misfit(tracker: Tracker, field: str, *, last_resort: Events) -> Events:
    """Ask again, saying what is wrong; after the third time take a way out."""
    count = int(tracker.get_slot(BAD) or 0) + 1
    if count > PATIENCE:
        return [*last_resort, SlotSet(BAD, 0)]
    return [SlotSet(field, None), SlotSet(BAD, count)]
