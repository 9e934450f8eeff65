"""What no rule knows: goods after all, a model over our facts, or an honest "I do not know"."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.hand_off import hand_off
from optfm.dialogue.model_answers import answered_by_model
from optfm.dialogue.prices import answer_if_sure
from optfm.dialogue.request_before import FORM, leaves_contacts
from optfm.dialogue.shop import Shop

#: What is said at the first, second and every later misunderstanding in a row.
_NOT_UNDERSTOOD = ("utter_other_unknown", "utter_other_unknown_again", "utter_other_give_up")
#: What is not the shop's business, and what is said to it.
_ALIEN = "out_of_scope"
_NOT_OURS = "utter_out_of_scope"
_FALLBACK = "nlu_fallback"
#: A frequent question is answered from this confidence on, and so far before the next one:
#: the numbers of FallbackClassifier in config.yml.
_LIKELY = 0.3
_APART = 0.02


class AnswerOther(Action):
    """Answers where the topic is not clear."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_answer_other"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if leaves_contacts(tracker.latest_message.get("text") or ""):
            return [FollowupAction(FORM)]
        alien = tracker.get_intent_of_latest_message() == _ALIEN
        asked_back = _last_said(tracker) == "utter_price_ask"
        # The topic model does not know every word of the trade («displey»), nor what the talk is
        # about («литая» after a list of covers); the search may.
        answered = answer_if_sure(self._shop, tracker, asked_back=asked_back)
        if answered:
            messages, events = answered
            for message in messages:
                dispatcher.utter_message(**message.for_dispatcher())
            return events
        if topic := likely_topic(tracker.latest_message):
            dispatcher.utter_message(response=f"utter_{topic}")
            return []
        if by_model := await answered_by_model(self._shop, tracker):
            return by_model.by(dispatcher)
        before = min(_misunderstandings(tracker), len(_NOT_UNDERSTOOD) - 1)
        last_time = before == len(_NOT_UNDERSTOOD) - 1
        if last_time and (handed := hand_off(self._shop, dispatcher, tracker, failed=True)):
            return handed
        response = _NOT_OURS if alien and not last_time else _NOT_UNDERSTOOD[before]
        dispatcher.utter_message(response=response)
        return []


def likely_topic(message: Mapping[str, Any]) -> str:
    """The frequent question that NLU thinks of without being sure; "" where it thinks of none.

    :param message: as Rasa parsed it, with its `intent_ranking`.
    """
    if (message.get("intent") or {}).get("name") != _FALLBACK:
        return ""
    ranking = [r for r in message.get("intent_ranking") or () if r.get("name") != _FALLBACK]
    if not ranking or not str(ranking[0].get("name")).startswith("faq_"):
        return ""
    first = float(ranking[0].get("confidence") or 0.0)
    second = float(ranking[1].get("confidence") or 0.0) if len(ranking) > 1 else 0.0
    return str(ranking[0]["name"]) if first >= _LIKELY and first - second >= _APART else ""


def _last_said(tracker: Tracker) -> str | None:
    """The name of the bot's last text."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            return (event.get("metadata") or {}).get("utter_action")
    return None


def _misunderstandings(tracker: Tracker) -> int:
    """How many times in a row the bot has just said that it cannot answer."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") != "bot":
            continue
        if (event.get("metadata") or {}).get("utter_action") not in (_NOT_OURS, *_NOT_UNDERSTOOD):
            break
        count += 1
    return count
