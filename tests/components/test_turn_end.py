"""Turns whose last action another one chose."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    FollowupAction,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from components.turn_end import TurnEnd

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [detail]
    slots: {state: {type: any, influence_conversation: false, mappings: [{type: custom}]}}
    forms: {request_form: {required_slots: [state]}}
    actions: [action_go_on, action_price_search]
    """
)
ASKED = UserUttered("два", {"name": "detail", "confidence": 1.0})
CHOSEN = [ActionExecuted("action_go_on"), FollowupAction("action_price_search")]
DONE = [ActionExecuted("action_price_search"), BotUttered("790 ₽"), SlotSet("state", "x")]


def predicted(*events):
    """The policy's choice after these events, None where it has none."""
    tracker = DialogueStateTracker.from_events("a", list(events), DOMAIN.slots)
    policy = TurnEnd(TurnEnd.get_default_config(), None, None, _Context())
    found = policy.predict_action_probabilities(tracker, DOMAIN).probabilities
    return DOMAIN.action_names_or_texts[found.index(1.0)] if 1.0 in found else None


class _Context:
    is_finetuning = False


def test_a_followed_up_action_ends_the_turn():
    """No rule foresees it, and nobody says the same twice."""
    assert predicted(ActionExecuted("action_listen"), ASKED, *CHOSEN, *DONE) == "action_listen"


@pytest.mark.parametrize(
    "events",
    [
        [ASKED],
        [ASKED, *CHOSEN],
        [ASKED, ActionExecuted("action_price_search"), BotUttered("790 ₽")],
        [ASKED, *CHOSEN, *DONE, ActionExecuted("action_listen"), ASKED],
        [ASKED, *CHOSEN, *DONE, ActiveLoop("request_form")],
    ],
    ids=["a message", "not done yet", "a rule's own", "the next message", "a form"],
)
def test_all_else_is_the_rules_business(events):
    """The policy is silent."""
    assert predicted(ActionExecuted("action_listen"), *events) is None
