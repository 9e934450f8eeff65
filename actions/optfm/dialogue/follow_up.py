"""A short question that goes on with the topic just answered: «а новичкам?», «и в какие часы?»."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionReverted, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.facts import SLOT, Facts, State, last_state, say
from optfm.facts import TOPICS, aspect

_TOPICS = ("utter_faq_", "utter_shop_")
_GOODS = "price_question"
_LONGEST = 9
_FEW = 4
#: A topic as sure as this is asked for itself, where nothing ties the message to the one before.
_SURE = 0.8
#: What ties it.
_TIED = re.compile(
    r"^\W*(?:(?:ну|да|так|ок|окей|понятно|ясно|хорошо)\W+)*(?:а|и|но|тогда|то есть|или|еще|тоже)\b"
    r"|\b(?:этого|этом|это|нее|него|ней|нему|них|ним|тогда|тоже|такого|такой|там|туда)\b"
)
#: Goods are asked for by themselves; of a topic one asks with such words after «а».
_OF_A_TOPIC = re.compile(
    r"^\W*(?:ну\W+)?(?:а|и|но|или)\s+(?:на|у|для|по|в|во|за|с|со|до|от|без|если|как\w*|сколько|скольки"
    r"|когда|где|кто|куда|кому|чем|почему|можно|нужн\w+|надо|потом|тогда)\b"
    r"|\bтоже\b"
)
_GOODS_WORDS = 4
_DIGIT = re.compile(r"\d")


class FollowUp(Action):
    """Hears a short message right after a topic (components/order_policy.py)."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def name(self) -> str:
        return "action_follow_up"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text = str(tracker.latest_message.get("text") or "")
        topic = answered_topic(tracker)
        if topic is None or not goes_on_with(text, tracker.latest_message, topic):
            return [ActionReverted()]
        part, details = aspect(topic, text), self._facts.details(text)
        computed = bool(details) and topic in TOPICS  # by the action of the topic itself
        if part is None or computed:
            return [ActionReverted()]
        before = last_state(tracker)
        if before:
            details = details.over(before.details)
        told = part.topic or topic
        said = part.says or self._facts.computed(told, details, text)
        say(dispatcher, tracker, told, said)
        return [SlotSet(SLOT, State(topic=told, details=details, text=text).as_slot())]


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
        return len(words) <= _GOODS_WORDS + 1 and bool(_OF_A_TOPIC.search(plain))
    if name == topic or _TIED.search(plain):
        return True
    return len(words) <= _FEW and (sure < _SURE or not name.startswith(("faq_", "shop_")))


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
