"""A person instead of the bot: called at once in working hours, by a request outside them."""

from datetime import UTC, datetime

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from optfm.dialogue.request_before import FORM
from optfm.dialogue.shop import Shop
from optfm.dialogue.texts import TEXTS
from optfm.leads.hand_off import Call, call_manager

_COMPLAINT = "complaint"
_SORRY, _SORRY_AGAIN = "utter_sorry", "utter_sorry_again"
#: What the customer reads when a manager is called, by why.
_CALLED = {
    "call": "utter_hand_off",
    "calm": "utter_hand_off_calm",
    "failure": "utter_hand_off_failure",
}


class HandOff(Action):
    """Calls a manager, or begins the form that brings one later."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def name(self) -> str:
        return "action_hand_off"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if (events := hand_off(self._shop, dispatcher, tracker)) is not None:
            return events
        if is_angry(tracker):
            _apologise(self._shop, dispatcher, tracker)
            return []
        if managers := self._shop.managers:
            hours = managers.hours_at(datetime.now(UTC))
            dispatcher.utter_message(
                response="utter_hand_off_closed", hours=hours, sorry=sorry(tracker)
            )
        else:
            dispatcher.utter_message(response="utter_call_manager")
        return [FollowupAction(FORM)]


def hand_off(
    shop: Shop, dispatcher: CollectingDispatcher, tracker: Tracker, *, failed: bool = False
) -> list[EventType] | None:
    """Call a manager if somebody answers now, and say so.

    :param failed: because the bot cannot answer, not because the customer wants it.
    :returns: the turn's events, which end a form; None: nobody answers now, nothing was said.
    :raises SQLAlchemyError: nobody was called.
    """
    if shop.managers is None or not shop.managers.open_at(datetime.now(UTC)):
        return None
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    why = "failure" if failed else "calm" if is_angry(tracker) else "call"
    call = Call(
        dialog=tracker.sender_id,
        channel=tracker.get_latest_input_channel() or "rest",
        said=metadata.get("button") or latest.get("text") or "",
        why=why,
        message_id=str(latest.get("message_id") or tracker.events[-1].get("timestamp")),
    )
    call_manager(shop.engine, call, silence_min=shop.managers.silence_min)
    dispatcher.utter_message(response=_CALLED[why])
    if not (tracker.active_loop or {}).get("name"):
        return [FollowupAction("action_listen")]
    # What was filled in stays in its slots: the form can be begun again with it.
    return [ActiveLoop(None), SlotSet("requested_slot", None), FollowupAction("action_listen")]


def is_angry(tracker: Tracker) -> bool:
    """Whether the customer complains or insults: he is not asked for anything."""
    return bool((tracker.latest_message.get("intent") or {}).get("name") == _COMPLAINT)


def sorry(tracker: Tracker) -> str:
    """What a customer who is angry reads before anything else; "" for anybody else."""
    return str(TEXTS["sorry"]) if is_angry(tracker) else ""


def _apologise(shop: Shop, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Where nobody can be called: an apology, the phone and when it is answered."""
    apologised = last_response(tracker) == _SORRY
    phone = shop.facts.phone_closed()
    dispatcher.utter_message(response=_SORRY_AGAIN if apologised else _SORRY, phone=phone)


def last_response(tracker: Tracker) -> str | None:
    """The name of the bot's last text; None for one without a name."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            return (event.get("metadata") or {}).get("utter_action")
    return None
