"""Who is called when a customer wants a person: by the hour, and by what there is."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import text

from common.work_hours import WorkHours
from optfm.dialogue.hand_off import HandOff
from optfm.dialogue.shop import Shop
from optfm.leads.hand_off import Managers

Events = list[dict[str, object]]


@pytest.fixture
def asks(shop: Shop) -> Callable[..., tuple[list[str], Events]]:
    """A customer who asks for a person; the hours of the managers, None: there are none."""

    def ask(hours: str | None, *, angry: bool = False) -> tuple[list[str], Events]:
        managers = hours and Managers(
            hours=WorkHours.read(hours), zone=ZoneInfo("Europe/Moscow"), silence_min=30
        )
        intent = {"name": "complaint" if angry else "call_manager"}
        latest = {"text": "позовите человека", "message_id": "m1", "intent": intent}
        tracker = Tracker("dialog-1", {}, latest, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        action = HandOff(replace(shop, people=managers or None))
        events = action.run(dispatcher, tracker, {})
        said = [f"{said.get('sorry') or ''}{said['response']}" for said in dispatcher.messages]
        return said, list(events)

    return ask


def _state(shop: Shop) -> tuple[list[str], list[str]]:
    with shop.engine.connect() as connection:
        modes = connection.execute(text("SELECT mode FROM dialogs")).scalars().all()
        kinds = connection.execute(text("SELECT kind FROM outbox")).scalars().all()
    return list(modes), list(kinds)


def test_in_working_hours_the_dialog_is_a_managers_at_once(asks, shop: Shop):
    """The mode and the call are written together, once for the same message."""
    for _ in range(2):
        said, events = asks("24/7")
        assert said == ["utter_hand_off"]
        assert [event.get("name") for event in events] == ["action_listen"]
    assert _state(shop) == (["manager"], ["call_topic"])


def test_outside_them_the_hours_are_told_and_the_form_begins(asks, shop: Shop):
    """Nobody is called into an empty room."""
    said, events = asks("Mon-Sun 00:00-00:01")
    assert said == ["utter_hand_off_closed"]
    assert [event.get("name") for event in events] == ["request_form"]
    assert _state(shop) == ([], [])


@pytest.mark.parametrize("hours", ["Mon-Sun 00:00-00:01", None])
def test_an_angry_customer_gets_an_apology_and_is_asked_for_nothing(asks, hours):
    """The phone and who answers it; no consent, no form."""
    said, events = asks(hours, angry=True)
    assert said == ["utter_sorry"]
    assert events == []


def test_without_a_group_the_phone_and_the_form(asks, shop: Shop):
    """As before there were managers."""
    said, events = asks(None)
    assert said == ["utter_call_manager"]
    assert [event.get("name") for event in events] == ["request_form"]
