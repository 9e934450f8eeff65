"""What no rule knows: goods after all, a model over our facts, or an honest "I do not know"."""

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
        # The topic model does not know every word of the trade («displey»); the search may.
        answered = answer_if_sure(
            self._shop, tracker, asked_back=asked_back, alone=alien and not asked_back
        )
        if answered:
            messages, events = answered
            for message in messages:
                dispatcher.utter_message(**message.for_dispatcher())
            return events
        if by_model := await answered_by_model(self._shop, tracker):
            return by_model.by(dispatcher)
        before = min(_misunderstandings(tracker), len(_NOT_UNDERSTOOD) - 1)
        last_time = before == len(_NOT_UNDERSTOOD) - 1
        if last_time and (handed := hand_off(self._shop, dispatcher, tracker, failed=True)):
            return handed
        response = _NOT_OURS if alien and not last_time else _NOT_UNDERSTOOD[before]
        dispatcher.utter_message(response=response)
        return []


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
