"""A yes outside the form: to a request, where the bot has just proposed one."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.request_before import FORM
from optfm.dialogue.wording import LEAVE_REQUEST

#: «Если оставите заявку, …» in the text; under a list of prices the button alone proposes nothing.
_PROPOSAL = "заявку"


class Agree(Action):
    """Begins the request that was proposed, or asks what the customer wants."""

    def name(self) -> str:
        return "action_agree"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if _proposed(tracker):
            return [FollowupAction(FORM)]
        dispatcher.utter_message(response="utter_affirm")
        return []


def _proposed(tracker: Tracker) -> bool:
    """Whether the bot's last text proposes a request in words and by its button."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            buttons = (event.get("data") or {}).get("buttons") or ()
            payloads = [button.get("payload") for button in buttons]
            return _PROPOSAL in (event.get("text") or "") and LEAVE_REQUEST["payload"] in payloads
    return False
