"""A yes outside the form: to a request that was just proposed, or to rows that were shown."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.request_before import FORM
from optfm.dialogue.texts import TEXTS
from optfm.dialogue.wording import LEAVE_REQUEST

#: «Если оставите заявку, …» in the text; under a list of prices the button alone proposes nothing.
_PROPOSAL = "заявку"


class Agree(Action):
    """Begins the request that was proposed, or asks how many of the rows, or what is wanted."""

    def name(self) -> str:
        return "action_agree"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if _proposed(tracker):
            return [FollowupAction(FORM)]
        if rows := _rows_shown(tracker):
            dispatcher.utter_message(text=TEXTS["agreed"]["one" if rows == 1 else "many"])
            return []
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


def _rows_shown(tracker: Tracker) -> int:
    """How many rows of the list the bot's last message shows."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            return len(custom.get("rows") or ())
    return 0
