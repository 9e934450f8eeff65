"""Frequent questions whose answer depends on the customer's town, sum, day or hour."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.wording import CALL_MANAGER, LEAVE_REQUEST
from optfm.facts import (
    TOPICS,
    Asked,
    Details,
    Known,
    answer,
    asks_how_far,
    aspect,
    points_at_a_sum,
    read_details,
    terms,
)
from optfm.facts.calendar import Calendar
from optfm.facts.delivery import counted_before
from optfm.facts.hours import phone
from optfm.facts.towns import Town
from optfm.text.morphology import readings

SLOT = "facts_state"
_ANSWERED = ("faq_", "shop_", "sorry", "too_dear")
_PRICES = "action_price_search"
#: Of a message alone: a town or a sum without a question is about delivery.
_OF_A_TOWN = "faq_delivery_cost"
#: An hour after a question of costs asks when it comes, a sum after a question of time what it
#: costs; the first that a detail fits.
_TURNS = {
    "hour": {"faq_delivery_cost": "faq_delivery_time", "faq_delivery_regions": "faq_delivery_time"},
    "roubles": {
        "faq_delivery_time": "faq_delivery_cost",
        "faq_delivery_windows": "faq_delivery_cost",
    },
}
_WHEN = frozenset({"faq_delivery_time", "faq_delivery_windows"})
_DELIVERY = _WHEN | {"faq_delivery_cost", "faq_delivery_regions"}
#: What the sum of an order decides.
OF_A_SUM = frozenset({"faq_delivery_cost", "faq_delivery_regions", "faq_minimum_order"})
#: Of these only beside a town.
_OF_PLACES = frozenset({"faq_delivery_regions"})
#: The message itself and two before it: so long what was counted is what is talked about.
_COUNTED_TURNS = 3
_ORDER_OPEN = "order_open"
#: Months after a question of the warranty ask of the warranty, whatever they sound like.
_OF_A_FAULT = frozenset({"faq_returns", "faq_defects", "faq_refund", "shop_returns"})
_WARRANTY = "faq_warranty"
_LONGEST_TEXT = 200
_SAME_AGAIN = "utter_same_again"
#: … to who goes on about an order that does not come: «уже неделю жду!».
_STILL_WAITS = "utter_still_waits"
_OF_AN_ORDER = frozenset({"faq_order_status", "faq_order_change"})
#: A part of a message that has a word of a question, or its mark.
_ASKS = re.compile(
    r"\?|\b(?:как\w*|кто|кому|кем|чем|что|че|чо|где|куда|откуда|когда|сколько|скольк\w*|скок\w*|почему|зачем"
    r"|можно|нужн\w*|надо|ли|есть)\b",
    re.IGNORECASE,
)
#: What a text proposes in these words has a button, by which a yes is understood, too.
_PROPOSES = re.compile(r"\bоставьте заявку", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class State:
    """What the last computed answer was about."""

    topic: str
    details: Details
    text: str

    @classmethod
    def of(cls, slot: object) -> "State | None":
        """Of what the dialog's slot holds; None for anything else."""
        if not isinstance(slot, dict) or not str(slot.get("topic")).startswith(_ANSWERED):
            return None
        said = dict(slot.get("details") or {})
        town = said.pop("town", None)
        day, hour = said.pop("day", None), said.pop("hour", None)
        try:
            details = Details(
                town=Town(**town) if town else None,
                day=date.fromisoformat(day) if day else None,
                hour=time.fromisoformat(hour) if hour else None,
                **said,
            )
        except (TypeError, ValueError):
            return None
        return cls(topic=slot["topic"], details=details, text=str(slot.get("text") or ""))

    def as_slot(self) -> dict[str, Any]:
        """Plain data for the slot."""
        said = asdict(self.details)
        said.pop("towns")
        said["day"] = self.details.day.isoformat() if self.details.day else None
        said["hour"] = self.details.hour.isoformat() if self.details.hour else None
        return {"topic": self.topic, "details": said, "text": self.text[-_LONGEST_TEXT:]}


class Facts:
    """Answers topics for one customer's case.

    :param calendar: of the settings; holidays among the terms go before it.
    :param zone: the shop's.
    :param now: the clock, in UTC.
    """

    def __init__(
        self,
        calendar: Calendar,
        zone: ZoneInfo,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._configured, self._zone, self._now = calendar, zone, now

    def _calendar(self) -> Calendar:
        said = terms().holidays
        return self._configured if said is None else Calendar.read(said)

    def now(self) -> datetime:
        """In the shop's time zone."""
        return self._now().astimezone(self._zone)

    def details(self, text: str) -> Details:
        """What a message says of the case."""
        return read_details(text, self.now())

    def phone_closed(self) -> str:
        """When the phone is answered again; "" where it is answered now."""
        now = self.now()
        if self._calendar().is_open(terms().phone, now):
            return ""
        return f"{phone(Details(now=True), terms(), self._calendar(), now)} "

    def computed(self, topic: str, details: Details, text: str) -> str | None:
        """The answer of a topic to a case, None where its own text is the answer."""
        known = Known(terms=terms(), calendar=self._calendar(), now=self.now())
        return answer(Asked(topic=topic, details=details, text=text), known)


class AnswerFacts(Action):
    """Answers a frequent question, by the customer's own case where he told it.

    :param named: says what is due of goods that the message names, and what to remember of them.
    """

    def __init__(
        self,
        facts: Facts,
        named: Callable[[CollectingDispatcher, Tracker], list[EventType]] = lambda *_: [],
    ) -> None:
        self._facts, self._named = facts, named

    def name(self) -> str:
        return "action_answer_facts"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        events = answer_topic(self._facts, dispatcher, tracker)
        return [*events, *self._named(dispatcher, tracker)]


def answer_topic(
    facts: Facts, dispatcher: CollectingDispatcher, tracker: Tracker, *, topic: str = ""
) -> list[EventType]:
    """Answer the topic of the last message, and what was asked beside it.

    :param topic: what it is about after all, where that is not its intent.
    """
    # What a maintainer corrects in `rasa interactive` has no ranking, which the SDK looks into.
    named = (tracker.latest_message.get("intent") or {}).get("name")
    intent = topic or tracker.get_intent_of_latest_message() or named or ""
    text = tracker.latest_message.get("text") or ""
    before = last_state(tracker)
    details = facts.details(text)
    goes_on_with_a_term = before and before.topic == _WARRANTY and details.months is not None
    if goes_on_with_a_term and intent in _OF_A_FAULT:
        intent = _WARRANTY
    if asked := tracker.latest_message.get("asked"):  # of a story: its own case, else what it tells
        details = facts.details(str(asked)).of_a_story(details)
    fits = intent in OF_A_SUM and (intent not in _OF_PLACES or details.town is not None)
    counted = None
    if details.roubles is None and fits and tracker.get_slot(_ORDER_OPEN):
        details = replace(details, roubles=_total(tracker, text))
    of_before = before is not None and (
        before.topic == intent or (bool(details) and {before.topic, intent} <= _DELIVERY)
    )
    of_a_town = intent in _WHEN or (intent in _DELIVERY and details.roubles is not None)
    if before and of_before:
        details = details.over(before.details)
    elif of_a_town and (town := _told_town(tracker)):
        details = details.over(Details(town=town))
    if details.roubles is None and fits and (counted := _total(tracker, text)):
        details = replace(details, roubles=counted)
    same = before is not None and before.topic == intent
    case = f"{before.text} {text}" if before and same else text
    texts = _texts_of(facts, tracker, intent)
    topics = (intent, *(tracker.latest_message.get("also") or ()))
    answers = [
        _answer(facts, one, texts.get(one) or (text,), details, case, again=same and one == intent)
        for one in [one for one in topics if one in texts] or topics
    ]
    intent = answers[0].topic
    if counted and not answers[0].parts and answers[0].computed:
        answers[0] = replace(
            answers[0], computed=f"{counted_before(counted)} {answers[0].computed}"
        )
    if not any(one.parts or one.computed for one in answers):
        # the generator of responses adds what else was asked
        dispatcher.utter_message(response=f"utter_{intent}")
    else:
        for one in answers:
            _say_answer(dispatcher, tracker, one)
    return [SlotSet(SLOT, State(topic=intent, details=details, text=text).as_slot())]


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What is said of one topic of a message."""

    topic: str
    parts: tuple[str, ...] = ()  #: of its facts, that were asked for by name
    computed: str | None = None
    whole: bool = True  #: something of it was asked that no part answers


def _texts_of(facts: Facts, tracker: Tracker, intent: str) -> dict[str, Sequence[str]]:
    """The parts of a message by the topic that they ask about (components/asked_together.py)."""
    message = tracker.latest_message
    if parts := message.get("parts"):
        return _of_the_one_before(facts, parts)
    return {intent: (str(message["asked"]),)} if message.get("asked") else {}


def _of_the_one_before(
    facts: Facts, parts: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """The parts, without topics all of which is named by the facts of the topic before.

    «как вернуть и кто платит за пересылку» asks nothing of a delivery; «обязательна ли
    регистрация, в Ярославль бесплатно?» does, by its town.
    """
    of: dict[str, Sequence[str]] = {}
    before = ""
    for topic, texts in parts.items():
        apart = any(fitting(topic, facts.details(one)) for one in texts)
        if before and not apart and all(aspect(before, one, first=True) for one in texts):
            of[before] = (*of[before], *texts)
        else:
            of[topic], before = texts, topic
    return of


def _answer(
    facts: Facts,
    topic: str,
    texts: Sequence[str],
    details: Details,
    text: str,
    *,
    again: bool,
) -> _Answer:
    """The parts of a topic that its texts ask for, and what can be computed of their case.

    :param again: the topic has just been answered, so less is needed to ask for a part of it.
    """
    parts = [aspect(topic, one, first=True) for one in texts]
    if len(texts) == 1 and parts[0] and parts[0].topic:
        topic = parts[0].topic
        parts = [aspect(topic, texts[0], first=True)]
    computed = facts.computed(topic, details, text)
    if again and not any(parts) and not computed:
        parts = [aspect(topic, one) for one in texts]
    if any(part and part.instead for part in parts):
        computed = None
    told = [part for part in parts if part and part.says and not (computed and part.uncounted)]
    says = tuple(dict.fromkeys(part.says for part in told))
    # What only tells the case («просил чёрные, положили белые») asks nothing more.
    unanswered = [text for text, part in zip(texts, parts, strict=True) if not part]
    whole = not all(map(_only_tells, unanswered)) if any(parts) else bool(unanswered)
    return _Answer(topic=topic, parts=says, computed=computed, whole=whole)


def _only_tells(text: str) -> bool:
    """Whether a part tells what has happened; «и телефон» is a question without its words."""
    past = any("past" in one.tag for word in re.findall("[а-яё]+", text) for one in readings(word))
    return past and not _ASKS.search(text)


def _say_answer(dispatcher: CollectingDispatcher, tracker: Tracker, told: _Answer) -> None:
    if told.parts or told.computed:
        known = "\n".join(dict.fromkeys(filter(None, (*told.parts, told.computed))))
        say(dispatcher, tracker, told.topic, known)
    if not told.computed and (told.whole or not told.parts):
        say(dispatcher, tracker, told.topic, None, alone=True)


def answer_beside(
    facts: Facts,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    topics: Sequence[str],
    *,
    goods: str,
) -> list[EventType]:
    """Answer what a message about goods asks besides, by the case that it tells.

    :param goods: its words about goods, whose numbers are none of the case.

    «стекло а52 и доставка в Вологду»: the next message may go on with the delivery.
    """
    text = str(tracker.latest_message.get("text") or "")
    for part in filter(None, goods.split(", ")):
        text = text.replace(part, " ")
    details = facts.details(text)
    for topic in topics:
        say(dispatcher, tracker, topic, facts.computed(topic, details, text), alone=True)
    told = [topic for topic in topics if topic in TOPICS]
    return [SlotSet(SLOT, State(topic=t, details=details, text=text).as_slot()) for t in told[-1:]]


def _total(tracker: Tracker, text: str) -> int | None:
    """Roubles of the order that is open, or of what was counted last.

    What was counted longer ago counts where the text points at it. With the sale's discounts: so
    much the customer will pay.
    """
    far = bool(tracker.get_slot(_ORDER_OPEN)) or points_at_a_sum(text) or asks_how_far(text)
    turns = 0
    for event in reversed(tracker.events):
        turns += event.get("event") == "user"
        if turns > _COUNTED_TURNS and not far:
            return None
        custom = (event.get("data") or {}).get("custom") or {}
        order = custom.get("order") or {}
        if total := order.get("final_total") or custom.get("total"):
            return int(total)
    return None


def _told_town(tracker: Tracker) -> Town | None:
    """Where the customer asked to have his last delivery, however long ago."""
    asked = State.of(tracker.get_slot(SLOT))
    return asked.details.town if asked and asked.topic in _DELIVERY else None


class GoOn(Action):
    """Goes on with the last answer by a town, a sum, a day or an hour that is all of a message."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def name(self) -> str:
        return "action_go_on"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = tracker.latest_message.get("text") or ""
        details = self._facts.details(text)
        before = last_state(tracker)
        if before and before.topic not in TOPICS:
            before = None
        if before is None and not (details.town and not tracker.get_slot("price_state")):
            return [FollowupAction(_PRICES)]
        if before is None:
            lasts = details.days is not None or details.months is not None
            of_time = "faq_delivery_time" if lasts else _OF_A_TOWN  # «в Магадан это месяц?»
            before = State(topic=of_time, details=Details(), text="")
        topic = _turned(before.topic, details)
        state = State(
            topic=topic, details=details.over(before.details), text=f"{before.text} {text}"
        )
        computed = self._facts.computed(topic, state.details, state.text)
        say(dispatcher, tracker, topic, computed)
        return [SlotSet(SLOT, state.as_slot())]


#: The details that a topic can be gone on with.
_FITTING = {
    "faq_delivery_cost": ("town", "roubles", "hour", "day"),
    "faq_delivery_regions": ("town", "roubles", "hour", "day"),
    "faq_delivery_time": ("town", "roubles", "hour", "day"),
    "faq_delivery_windows": ("town", "roubles", "hour", "day"),
    "faq_hours": ("town", "hour", "day"),
    "faq_contacts": ("hour", "day"),
    "faq_addresses": ("town",),
    "faq_pickup": ("town", "hour", "day"),
    "faq_view_goods": ("town", "hour", "day"),
    "faq_returns": ("days", "months"),
    "faq_defects": ("days", "months"),
    "faq_warranty": ("days", "months"),
    "faq_minimum_order": ("town", "roubles"),
    "faq_wholesale_retail": ("roubles",),
}
_LONGEST_MORE = 8
#: «на дисплеи?» after the warranty of batteries; «а дисплей а12» asks for goods.
_OF_OTHERS = re.compile(r"\W*(?:(?:ну\s+)?[аи]\s+)?(?:на|у|для|по)\b[^\d]*$", re.IGNORECASE)
_SHORTEST_OF_GOODS = 4


def fitting(topic: str, details: Details) -> list[str]:
    """The details of a message that a topic can be gone on with, by their names."""
    return [name for name in _FITTING.get(topic, ()) if getattr(details, name) is not None]


def goes_on(
    facts: Facts, dispatcher: CollectingDispatcher, tracker: Tracker, *, goods: bool = False
) -> list[EventType] | None:
    """Go on with the last computed answer by what a short message adds to it.

    :param goods: the classifier takes the message for goods: only an hour after a question of
        time («а в 11?») is not.
    :returns: the turn's events; None where it adds nothing, and nothing was said.
    """
    text = tracker.latest_message.get("text") or ""
    before = last_state(tracker)
    words = len(text.split())
    if before is None or words > (_SHORTEST_OF_GOODS if goods else _LONGEST_MORE):
        return None
    details = facts.details(text)
    said = fitting(before.topic, details)
    if goods:
        said = [name for name in said if name == "hour"]
    if not said and not details.now:
        part = aspect(before.topic, text) if not goods or _OF_OTHERS.match(text) else None
        if part is None or not part.says:
            return None
        say(dispatcher, tracker, before.topic, part.says)
        return [SlotSet(SLOT, before.as_slot())]
    topic = _turned(before.topic, details)
    state = State(topic=topic, details=details.over(before.details), text=f"{before.text} {text}")
    computed = facts.computed(topic, state.details, state.text)
    if computed is None:
        return None
    say(dispatcher, tracker, topic, computed)
    return [SlotSet(SLOT, state.as_slot())]


class OnceGoneOn(Action):
    """An action that is run only where the message does not go on with a computed answer."""

    def __init__(self, action: Action, facts: Facts) -> None:
        self._action, self._facts = action, facts

    def name(self) -> str:
        return str(self._action.name())

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        gone_on = goes_on(self._facts, dispatcher, tracker, goods=True)
        if gone_on is not None:
            return gone_on
        events = self._action.run(dispatcher, tracker, domain)
        return list(await events if inspect.isawaitable(events) else events)


def say(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    topic: str,
    computed: str | None,
    *,
    alone: bool = False,
) -> None:
    """Say the computed answer of a topic, or its own text; never the same twice in a row.

    :param alone: without what else the message asked: the caller answers that himself.
    """
    if computed is None:
        dispatcher.utter_message(response=f"utter_{topic}", **({"alone": True} if alone else {}))
    elif computed == last_text(tracker):
        again = _STILL_WAITS if topic in _OF_AN_ORDER else _SAME_AGAIN
        dispatcher.utter_message(response=again)
    elif all(computed != message.get("text") for message in dispatcher.messages):
        # «часы работы и адрес в Ярославле» are one answer
        request = [dict(LEAVE_REQUEST)] if _PROPOSES.search(computed) else []
        dispatcher.utter_message(text=computed, buttons=[dict(CALL_MANAGER), *request])


def last_text(tracker: Tracker) -> str | None:
    """What the bot said last."""
    said = (e.get("text") for e in reversed(tracker.events) if e.get("event") == "bot")
    return next(said, None)


def last_state(tracker: Tracker) -> State | None:
    """What the answer just before this message was about, if it was one of these."""
    state = State.of(tracker.get_slot(SLOT))
    if state is None:
        return None
    asked = 0
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            asked += 1
            if asked > 1:
                return None
        elif asked and event.get("event") == "slot" and event.get("name") == SLOT:
            return state  # written in the turn before this one, by whichever action
    return None


def _turned(topic: str, details: Details) -> str:
    timed = details.hour is not None or details.day is not None or details.now
    if timed and topic in _TURNS["hour"]:
        return _TURNS["hour"][topic]
    if details.roubles is not None and topic in _TURNS["roubles"]:
        return _TURNS["roubles"][topic]
    return topic
