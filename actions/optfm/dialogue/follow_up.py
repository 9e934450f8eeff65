"""A short question that goes on with the topic just answered: «а новичкам?», «и в какие часы?»."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from common.phrases import START, alternatives, any_of
from optfm.dialogue.facts import OF_A_SUM, SLOT, Facts, State, goes_on, last_state, say
from optfm.facts import TOPICS, aspect, in_cyrillic, of_the_same_measure
from optfm.text.morphology import readings

_TOPICS = ("utter_faq_", "utter_shop_")
_GOODS = "price_question"
_HAVE_ANSWERS = ("faq_", "shop_", "complaint", "call_manager", "leave_request", "detail")
_LONGEST = 9
_FEW = 4
#: A topic as sure as this is asked for itself, where nothing ties the message to the one before.
_SURE = 0.8
_GOODS_WORDS = 4
_DIGIT = re.compile(r"\d")
_FILE = Path(__file__).with_suffix(".yml")
#: In what way something is done: «а частями?», «а картой можно?», «а физлицу?».
_OF_MANNER = {"ablt", "datv"}
_MANNERS = 2


@dataclass(frozen=True, kw_only=True)
class _Words:
    """Patterns over lower-case text, ё as е."""

    ties: re.Pattern[str]
    of_a_topic: re.Pattern[str]
    asks: re.Pattern[str]
    little: frozenset[str]
    names: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    said = {name: alternatives(words) for name, words in read.items()}
    before, joins = rf"^\W*(?:{said['before']}\W+)*", said["joins"]
    return _Words(
        ties=re.compile(rf"{before}{joins}|{START}{said['points']}"),
        of_a_topic=re.compile(rf"{before}{joins}\s+{said['of_a_topic']}|{START}{said['also']}"),
        asks=re.compile(rf"^\W*{said['asks']}"),
        little=frozenset(read["little"]),
        names=any_of(read["names"]),
    )


class FollowUp(Action):
    """Hears a short message right after a topic (components/order_policy.py)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def name(self) -> str:
        return "action_follow_up"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = in_cyrillic(str(tracker.latest_message.get("text") or ""))
        topic = answered_topic(tracker)
        if gone_on := self._by_a_sum(dispatcher, tracker, text):
            return gone_on
        if topic is None or not goes_on_with(text, tracker.latest_message, topic):
            return [ActionReverted()]
        part, details = aspect(topic, text), self._facts.details(text)
        if details and topic in TOPICS:  # by the action of the topic itself, where it is one
            on = None if _is_asked(tracker) else goes_on(self._facts, dispatcher, tracker)
            return [ActionReverted()] if on is None else on
        if part is None:
            return [ActionReverted()]
        before = last_state(tracker)
        if before:
            details = details.over(before.details)
        told = part.topic or topic
        said = part.says or self._facts.computed(told, details, text)
        say(dispatcher, tracker, told, said)
        return [SlotSet(SLOT, State(topic=told, details=details, text=text).as_slot())]

    def _by_a_sum(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, text: str
    ) -> list[EventType]:
        """«а на 26?» after an answer to «на 7 тысяч»; nothing where it is anything else."""
        before = last_state(tracker)
        if before is None:
            return []
        asked = before.topic in OF_A_SUM and before.details.roubles is None
        more = of_the_same_measure(text, before.details, asked=asked)
        if more is None:
            return []
        details = more.over(before.details)
        computed = self._facts.computed(before.topic, details, before.text)
        if computed is None:
            return []
        say(dispatcher, tracker, before.topic, computed)
        return [SlotSet(SLOT, State(topic=before.topic, details=details, text=text).as_slot())]


def _is_asked(tracker: Tracker) -> bool:
    """Whether the message has a topic or goods of its own; «брал неделю назад» sounds like a no."""
    intent = str(tracker.get_intent_of_latest_message() or "")
    return intent == _GOODS or intent.startswith(_HAVE_ANSWERS)


def goes_on_with(text: str, message: dict[str, Any], topic: str) -> bool:
    """Whether a message is short, ties in with the topic before it and asks for no goods.

    :param message: as Rasa parsed it.
    """
    plain = " ".join(text.lower().replace("ё", "е").split())
    words = plain.split()
    if not words or len(words) > _LONGEST or _DIGIT.search(plain):
        return False
    intent = message.get("intent") or {}
    name, sure = str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)
    if name == _GOODS:
        known = _words()
        of_a_topic = bool(known.of_a_topic.search(plain) or known.asks.search(plain))
        of_a_topic = of_a_topic or _in_what_way(plain)
        return len(words) <= _GOODS_WORDS + 1 and of_a_topic
    if name == topic or _words().ties.search(plain):
        return True
    if len(words) > _FEW:
        return False
    unsure = sure < _SURE or not name.startswith(("faq_", "shop_"))
    return unsure or not _words().names.search(plain)


def _in_what_way(plain: str) -> bool:
    """«а частями можно?», «а картой курьеру?»: only cases that goods are not asked for in."""
    said = [word for word in re.findall(r"\w+", plain) if word not in _words().little]
    if not 1 <= len(said) <= _MANNERS or not _words().ties.search(plain):
        return False
    return all(map(_is_of_manner, said))


@lru_cache(maxsize=1_000)
def _is_of_manner(word: str) -> bool:
    """Whether it may be in such a case; a word without cases («акб») tells nothing."""
    tags = [set(reading.tag.grammemes) for reading in readings(word)]
    return any(_OF_MANNER & tag for tag in tags) and not any("Fixd" in tag for tag in tags)


def answered_topic(tracker: Tracker) -> str | None:
    """The topic that the turn before this message answered; None where it answered none."""
    if before := last_state(tracker):
        return before.topic
    asked = False
    for event in reversed(tracker.events):
        kind = event.get("event")
        if kind == "user":
            if asked:
                return None
            asked = True
        elif kind == "bot" and asked:
            said = str((event.get("metadata") or {}).get("utter_action") or "")
            if said.startswith(_TOPICS):
                return said.removeprefix("utter_")
    return None
