"""The request form: what each message answers, and what becomes of the answers.

Rasa's form asks for the first of its slots that is None; here every message of the form is read
at once (a name, two phones and the goods may come together), and the slots it fills are set.
"""

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.exc import SQLAlchemyError

from optfm.catalog.followup import LastQuestion
from optfm.db.connection import reason
from optfm.dialogue.prices import answer_prices
from optfm.dialogue.shop import Shop
from optfm.leads import Consent, Draft, person_name, read_contact, submit, wording

log = logging.getLogger(__name__)

FORM = "request_form"
#: In the order in which they are asked.
FIELDS = ("consent", "name", "phone", "email", "about", "town", "confirm")
#: What Rasa sets for the slot that is being asked for.
_ASKED = "requested_slot"
#: After so many answers that do not fit, ways out are offered; at the next one we take them.
_PATIENCE = 3
_LONGEST_ABOUT = 1_000
_LONGEST_TOWN = 80
_SKIPPED = ""
_ABOUT_NOTHING = "Клиент просит связаться с ним"

_YES = re.compile(
    r"^(?:да|ага|угу|ок|окей|верно|правильно|согласен|согласна|конечно|хорошо|\+|yes)\b"
)
_NO = re.compile(r"^(?:нет|не согласен|не согласна|не хочу|не надо|против|no)\b")
_STOP = re.compile(
    r"^(?:стоп|отмена|отмени(?:ть|те)?|хватит|передумал\w*|не надо|не нужно|выход|прекрати\w*|"
    r"(?:я )?не хочу(?: оставлять)?(?: заявку)?)\W*$"
)
_BACK = re.compile(r"^(?:назад|вернись|вернуться|обратно)\W*$")
_SKIP = re.compile(
    r"^(?:пропусти\w*|дальше|далее|нет|не хочу|не надо|нету|без (?:почты|города|имейла|email)"
    r"|-|–|—|skip)\W*$"
)
_SEND = re.compile(r"^(?:отправ\w+|да|верно|вс[её] верно|ок|окей|ага|подтвержда\w+|\+)\W*$")
_CHANGE = re.compile(
    r"\b(?:измени\w*|поменя\w*|исправ\w*|друг(?:ой|ая|ое|ую)|не тот|неверн\w*|ошиб\w*)\b"
)
_NAMES = {
    "name": re.compile(r"\bим(?:я|ени)\b|\bзовут\b"),
    "phone": re.compile(r"\bтелефон\w*|\bномер\w*"),
    "email": re.compile(r"\bпочт\w*|\be-?mail\b|\bимейл\w*"),
    "about": re.compile(r"\bвопрос\w*|\bтовар\w*|\bзаявк\w*"),
    "town": re.compile(r"\bгород\w*"),
}
#: Intents that ask something: inside the form they are answered, and the form goes on.
_QUESTIONS = (
    *("price_question", "show_more", "help", "who_are_you", "are_you_robot"),
    *("greet", "thanks", "bye"),
)
_SURE = 0.5


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of a customer inside the form."""

    text: str
    intent: str
    sure: bool  #: whether the intent is

    @classmethod
    def of(cls, tracker: Tracker) -> "Said":
        message = tracker.latest_message
        intent = message.get("intent") or {}
        return cls(
            text=(message.get("text") or "").strip(),
            intent=intent.get("name") or "",
            sure=(intent.get("confidence") or 0.0) >= _SURE,
        )

    @property
    def low(self) -> str:
        return " ".join(self.text.lower().split())

    @property
    def asks(self) -> bool:
        """Whether it is a question to the bot rather than an answer to it."""
        topic = self.intent.startswith("faq_") or self.intent in _QUESTIONS
        return topic and (self.sure or "?" in self.text)


class ValidateRequestForm(Action):
    """Reads a message of the form; sets nothing where it is a question to be answered first."""

    def name(self) -> str:
        return f"validate_{FORM}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        asked = tracker.get_slot(_ASKED)
        if asked is None or _was_answered(tracker):
            return []
        said = Said.of(tracker)
        if _STOP.match(said.low) and not (asked == "consent" and _NO.match(said.low)):
            return [SlotSet("confirm", "stop"), SlotSet(_ASKED, None)]
        if _BACK.match(said.low):
            before = FIELDS[max(FIELDS.index(asked) - 1, 1 if asked != "consent" else 0)]
            return [SlotSet(before, None), SlotSet(_ASKED, before)]
        read = _consent if asked == "consent" else _field
        return read(dispatcher, tracker, asked, said)


def _was_answered(tracker: Tracker) -> bool:
    """Whether the message was a question and has its answer: then Rasa calls once more."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") != FORM:
            return True
    return False


def _consent(
    dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, said: Said
) -> list[EventType]:
    """Until there is a yes nothing personal is kept, whatever the message says."""
    if _NO.match(said.low):
        return [SlotSet("consent", "refused"), SlotSet(_ASKED, None)]
    if _YES.match(said.low):
        version, text = wording()
        consent = {
            "version": version,
            "wording": text,
            "given_at": datetime.now(UTC).isoformat(),
            "message_id": tracker.latest_message.get("message_id"),
        }
        return [SlotSet("consent", consent), *_from_before(tracker)]
    if said.asks:
        return []
    return _misfit(dispatcher, tracker, "consent", last_resort=[
        SlotSet("consent", "refused"), SlotSet(_ASKED, None)
    ])  # fmt: skip


def _field(
    dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, said: Said
) -> list[EventType]:
    if _CHANGE.search(said.low) and (changed := _changed(said, asked)):
        return changed
    contact = read_contact(said.text)
    events: list[EventType] = []
    if contact.phones:
        events.append(SlotSet("phone", contact.phones[0]))
    if contact.email:
        events.append(SlotSet("email", contact.email))
    if asked in ("name", "phone", "email") and contact.rest and (contact.phones or contact.email):
        if contact.name and not tracker.get_slot("name"):
            events.append(SlotSet("name", contact.name))
        if len(contact.rest) > 3 and not tracker.get_slot("about"):
            events.append(SlotSet("about", contact.rest[:_LONGEST_ABOUT]))
    elif contact.name and (contact.phones or contact.email) and not tracker.get_slot("name"):
        events.append(SlotSet("name", contact.name))
    if events and asked != "about":
        if len(contact.phones) > 1:
            extra = ", ".join(contact.phones[1:])
            events.append(
                SlotSet("about", f"{tracker.get_slot('about') or ''} Ещё телефон: {extra}".strip())
            )
        return [*events, SlotSet("bad_answers", 0)]
    return [*events, *_ANSWERS[asked](dispatcher, tracker, said)]


def _name(dispatcher: CollectingDispatcher, tracker: Tracker, said: Said) -> list[EventType]:
    name = person_name(said.text)
    if name and not (said.asks and said.intent.startswith(("faq_", "price_"))):
        return _taken("name", name)
    if said.asks:
        return []
    own_words = said.text[:60] if any(c.isalpha() for c in said.text) else "Клиент"
    return _misfit(dispatcher, tracker, "name", last_resort=_taken("name", own_words))


def _phone(dispatcher: CollectingDispatcher, tracker: Tracker, said: Said) -> list[EventType]:
    if _SKIP.match(said.low):
        if tracker.get_slot("email"):
            return _taken("phone", _SKIPPED)
        dispatcher.utter_message(response="utter_request_email_instead")
        return [*_taken("phone", _SKIPPED), SlotSet(_ASKED, "email")]
    if said.asks and not any(c.isdigit() for c in said.text):
        return []
    return _misfit(
        dispatcher,
        tracker,
        "phone",
        last_resort=[*_taken("phone", _SKIPPED), SlotSet(_ASKED, "email")],
    )


def _email(dispatcher: CollectingDispatcher, tracker: Tracker, said: Said) -> list[EventType]:
    give_up = [SlotSet("confirm", "no_contact"), SlotSet(_ASKED, None)]
    if _SKIP.match(said.low):
        return _taken("email", _SKIPPED) if tracker.get_slot("phone") else give_up
    if said.asks and "@" not in said.text:
        return []
    resort = _taken("email", _SKIPPED) if tracker.get_slot("phone") else give_up
    return _misfit(dispatcher, tracker, "email", last_resort=resort)


def _about(dispatcher: CollectingDispatcher, tracker: Tracker, said: Said) -> list[EventType]:
    suggested = suggestion(tracker)
    if (_YES.match(said.low) and suggested) or _SKIP.match(said.low):
        return _taken("about", suggested or _ABOUT_NOTHING)
    if said.sure and said.intent.startswith("faq_") and "?" in said.text:
        return []
    if any(c.isalnum() for c in said.text) and not _YES.match(said.low):
        return _taken("about", said.text[:_LONGEST_ABOUT])
    return _misfit(
        dispatcher,
        tracker,
        "about",
        last_resort=_taken("about", suggested or _ABOUT_NOTHING),
    )


def _town(dispatcher: CollectingDispatcher, tracker: Tracker, said: Said) -> list[EventType]:
    if _SKIP.match(said.low):
        return _taken("town", _SKIPPED)
    if said.asks and ("?" in said.text or len(said.low.split()) > 3):
        return []
    if any(c.isalpha() for c in said.text) and len(said.text) <= _LONGEST_TOWN:
        return _taken("town", said.text)
    return _misfit(dispatcher, tracker, "town", last_resort=_taken("town", _SKIPPED))


def _confirm(dispatcher: CollectingDispatcher, tracker: Tracker, said: Said) -> list[EventType]:
    if _SEND.match(said.low):
        return _taken("confirm", "send")
    if said.asks:
        return []
    return _misfit(
        dispatcher,
        tracker,
        "confirm",
        last_resort=[SlotSet("confirm", "unclear"), SlotSet(_ASKED, None)],
    )


_ANSWERS = {
    "name": _name,
    "phone": _phone,
    "email": _email,
    "about": _about,
    "town": _town,
    "confirm": _confirm,
}


def _taken(field: str, value: object) -> list[EventType]:
    return [SlotSet(field, value), SlotSet("bad_answers", 0)]


def _misfit(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    field: str,
    *,
    last_resort: list[EventType],
) -> list[EventType]:
    """Say what is wrong; the third time also the ways out; after that take one of them."""
    count = int(tracker.get_slot("bad_answers") or 0) + 1
    if count > _PATIENCE:
        return [*last_resort, SlotSet("bad_answers", 0)]
    stuck = "_stuck" if count == _PATIENCE else ""
    dispatcher.utter_message(response=f"utter_request_bad_{field}{stuck}")
    return [SlotSet(field, None), SlotSet("bad_answers", count)]


def _changed(said: Said, asked: str) -> list[EventType]:
    """«телефон другой: 8 …», «изменить имя»: the field anew, and the summary after it."""
    field = next((field for field, named in _NAMES.items() if named.search(said.low)), None)
    if field is None or (field == asked and ":" not in said.text):
        return []
    contact = read_contact(said.text)
    after_colon = said.text.partition(":")[2].strip()
    value: str | None = {
        "phone": contact.phones[0] if contact.phones else None,
        "email": contact.email,
        "name": person_name(after_colon) if after_colon else None,
        "about": after_colon[:_LONGEST_ABOUT] or None,
        "town": after_colon[:_LONGEST_TOWN] or None,
    }[field]
    events: list[EventType] = [SlotSet(field, value), SlotSet("bad_answers", 0)]
    return events if value else [*events, SlotSet(_ASKED, field)]


def _from_before(tracker: Tracker) -> list[EventType]:
    """What the message that began the form gave already: «перезвоните мне 8 910 …»."""
    for event in reversed(tracker.events):
        if event.get("event") != "user":
            continue
        parsed = event.get("parse_data") or {}
        if (parsed.get("intent") or {}).get("name") in ("leave_request", "call_manager"):
            contact = read_contact(event.get("text") or "")
            given = (("phone", contact.phones[0] if contact.phones else None),)
            return [SlotSet(k, v) for k, v in (*given, ("email", contact.email)) if v]
    return []


def suggestion(tracker: Tracker) -> str:
    """What the request is about, as far as the dialog tells; "" where it does not."""
    last = LastQuestion.from_slot(tracker.get_slot("price_state"))
    if last is None:
        return ""
    codes = f" (код {last.shown[0]})" if len(last.shown) == 1 else ""
    return f"{last.text}{codes}"


class AskConsent(Action):
    """Asks for the consent in the words of its newest version."""

    def name(self) -> str:
        return f"action_ask_{FORM}_consent"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_request_consent", wording=wording()[1])
        return []


class AskAbout(Action):
    """Asks what the request is about, with what the dialog was about as a proposal."""

    def name(self) -> str:
        return f"action_ask_{FORM}_about"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        suggested = suggestion(tracker)
        if suggested:
            dispatcher.utter_message(response="utter_request_about_this", suggested=suggested)
        else:
            dispatcher.utter_message(response="utter_request_about")
        return []


class AskConfirm(Action):
    """Shows the whole request before it is sent."""

    def name(self) -> str:
        return f"action_ask_{FORM}_confirm"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        fields = ("name", "phone", "email", "about", "town")
        dispatcher.utter_message(
            response="utter_request_confirm",
            **{f"the_{field}": tracker.get_slot(field) or "не указано" for field in fields},
        )
        return []


class AnswerInForm(Action):
    """Answers a question in the middle of the form, as outside of it."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_answer_in_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        intent = (tracker.latest_message.get("intent") or {}).get("name") or ""
        text = tracker.latest_message.get("text") or ""
        if intent in ("price_question", "show_more"):
            messages, events = answer_prices(
                self._shop, tracker, "ещё" if intent == "show_more" else text
            )
            for message in messages:
                dispatcher.utter_message(**message.for_dispatcher())
            return events
        response = f"utter_{intent}"
        if response in domain.get("responses", {}) and intent != "call_manager":
            dispatcher.utter_message(response=response)
        else:
            dispatcher.utter_message(response="utter_request_go_on")
        return []


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
            return _cleared()
        draft = _draft(tracker, consent)
        try:
            number = await asyncio.to_thread(
                submit, self._shop.engine, draft, now=datetime.now(UTC)
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
        return _cleared()


class StopRequest(Action):
    """Ends the form at the customer's word."""

    def name(self) -> str:
        return "action_stop_request"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        dispatcher.utter_message(response="utter_request_stopped")
        return _cleared()


def _unsent(tracker: Tracker) -> str:
    if tracker.get_slot("consent") == "refused":
        return "utter_request_refused"
    if tracker.get_slot("confirm") in ("no_contact", "unclear"):
        return "utter_request_no_contact"
    return "utter_request_stopped"


def _draft(tracker: Tracker, consent: dict[str, Any]) -> Draft:
    channel = tracker.get_latest_input_channel() or "unknown"
    return Draft(
        dialog=tracker.sender_id,
        channel=channel,
        name=tracker.get_slot("name"),
        phone=tracker.get_slot("phone") or None,
        email=tracker.get_slot("email") or None,
        about=tracker.get_slot("about"),
        town=tracker.get_slot("town") or None,
        consent=Consent(
            version=consent["version"],
            wording=consent["wording"],
            given_at=datetime.fromisoformat(consent["given_at"]),
            channel=channel,
            message_id=consent["message_id"],
        ),
    )


def _cleared() -> list[EventType]:
    return [SlotSet(field, None) for field in (*FIELDS, "bad_answers")]
