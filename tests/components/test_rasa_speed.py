"""The patches of Rasa do what Rasa's own functions do (components/rasa_patches.py)."""

import ast
import copy
import json
import random
from pathlib import Path

import jsonschema
import pytest
import rasa
import rasa.core.processor
from conftest import ROOT
from rasa.core.actions.action import RemoteAction
from rasa.core.featurizers.tracker_featurizers import MaxHistoryTrackerFeaturizer
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from components import rasa_patches
from components.rasa_patches import STOCK


def test_they_are_for_this_rasa():
    """Another version is looked at by a person before it is patched."""
    assert rasa.__version__ == "3.6.21"


def test_apply_puts_them_in_place():
    """The names that Rasa calls lead to ours."""
    rasa_patches.apply()
    rasa_patches.apply()
    assert RemoteAction._validate_action_result is rasa_patches.validate_action_result
    assert Event.resolve_by_type is rasa_patches.resolve_by_type
    assert RulePolicy._get_possible_keys is rasa_patches.get_possible_keys
    assert RulePolicy._prediction_states is rasa_patches.prediction_states
    assert RulePolicy.format_tracker_states is rasa_patches.format_tracker_states
    assert rasa.core.processor.copy is rasa_patches.CopyForTheLog
    assert Slot.__copy__ is rasa_patches.copy_slot
    assert DaskGraphRunner.run is rasa_patches.run_graph
    assert DomainProvider.load.__func__ is rasa_patches.load_domain


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "timestamp": None, "name": "a", "value": {"b": 1}}]},
        {"events": [{"event": "slot"}], "responses": [{"text": "да"}]},
        {"events": [{"event": "no such"}]},
        {"events": [{"event": "slot", "name": "a", "value": None, "timestamp": 1.5}, {"event": 1}]},
        {"events": [{"event": "slot", "name": None, "value": 1}]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": True}]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": "now"}]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "metadata": []}]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "metadata": {"b": 1}}]},
        {"events": [{"event": "followup", "name": "action_x"}]},
        {"events": None},
        {"events": {}},
        {"responses": ["text"]},
        [],
        None,
    ],
)
def test_an_actions_answer_is_judged_alike(answer):
    """The same answers pass, and the same are refused with the same words."""
    action = RemoteAction("action_x", None)

    def verdict(function):
        try:
            return function(action, answer)
        except jsonschema.ValidationError as exc:
            return exc.message

    ours = verdict(rasa_patches.validate_action_result)
    assert ours == verdict(STOCK["validate_action_result"])


def test_every_kind_of_event_is_found_alike():
    """By its name, with the same defaults and the same error."""
    names = {cls.type_name for cls in rasa.shared.utils.common.all_subclasses(Event)}
    for name in [*names, "topic"]:
        ours, stock = rasa_patches.resolve_by_type(name), STOCK["resolve_by_type"](name)
        assert ours is stock
    assert rasa_patches.resolve_by_type("nothing", Event) is Event
    with pytest.raises(ValueError, match="Unknown event name 'nothing'"):
        rasa_patches.resolve_by_type("nothing")


def _state(dice, *, of_a_rule):
    """A state as RulePolicy's: parts are there or not, values match often."""
    state = {}
    if dice.random() < 0.85:
        state["prev_action"] = {"action_name": dice.choice(["action_listen", "a", "b", "..."])}
    if dice.random() < 0.7:
        state["user"] = {"intent": dice.choice(["x", "y"])}
        if dice.random() < 0.2:
            state["user"] = {"text": "слова"}
    if dice.random() < 0.3:
        state["active_loop"] = {"name": dice.choice(["form", "should_not_be_set"])}
    if dice.random() < 0.3:
        values = [[1.0], [0.0, 1.0], "should_not_be_set"] if of_a_rule else [(1.0,), (0.0, 1.0)]
        state["slots"] = {"slot": dice.choice(values)}
    return state


@pytest.mark.parametrize("seed", range(20))
def test_the_same_rules_are_found_for_any_dialog(seed):
    """Over random rules and dialogs of every length, also of none."""
    dice = random.Random(seed)
    lookup = {
        json.dumps([_state(dice, of_a_rule=True) for _ in range(dice.randint(1, 4))]): "a"
        for _ in range(300)
    }
    policy = RulePolicy.__new__(RulePolicy)
    found = 0
    for length in [0, 1, 2, 3, 4, 8] * 10:
        states = [_state(dice, of_a_rule=False) for _ in range(length)]
        ours = rasa_patches.get_possible_keys(policy, lookup, states)
        assert ours == STOCK["get_possible_keys"](policy, lookup, states)
        found += 0 < len(ours) < len(lookup)
    assert found


def _happened(dice, domain):
    """One thing in a dialog, also what takes others back."""
    form = dice.choice(domain.form_names)
    return dice.choice(
        [
            ActionExecuted("action_listen"),
            ActionExecuted("action_listen"),
            ActionExecuted(dice.choice(domain.action_names_or_texts)),
            ActionExecuted(form),
            UserUttered("слова", {"name": dice.choice(domain.intents), "confidence": 1.0}),
            UserUttered("слова", {"name": dice.choice(domain.intents), "confidence": 1.0}),
            DefinePrevUserUtteredFeaturization(dice.random() < 0.5),
            BotUttered("ответ"),
            SlotSet(
                dice.choice(["kept", dice.choice(domain.slots).name]),
                dice.choice([None, "значение"]),
            ),
            ActiveLoop(dice.choice([form, None])),
            ActionExecutionRejected(form),
            LoopInterrupted(dice.random() < 0.5),
            UserUtteranceReverted(),
            ActionReverted(),
            *([SessionStarted(), Restarted()] if dice.random() < 0.1 else []),
        ]
    )


@pytest.fixture(scope="module")
def shop():
    """What the bot's own rules speak of; with a slot that tells them apart."""
    ours = Domain.from_path(ROOT / "domain.yml").as_dict()
    ours["slots"]["kept"] = {"type": "text", "mappings": [{"type": "custom"}]}
    return Domain.from_dict(ours)


def _rules(dice, domain):
    """Rules of one state to four, whose newest states come in dialogs."""

    def newest():
        state = {"prev_action": {"action_name": "action_listen"}}
        if dice.random() < 0.8:
            state["user"] = {"intent": dice.choice(domain.intents)}
        if dice.random() < 0.3:
            state["prev_action"]["action_name"] = dice.choice(domain.action_names_or_texts)
        return state

    return {json.dumps([{}] * dice.randint(0, 3) + [newest()]): "a" for _ in range(200)}


@pytest.mark.parametrize("seed", range(40))
def test_rules_see_the_same_newest_states(seed, shop):
    """As many as they look at, of dialogs with loops and with things taken back."""
    dice = random.Random(seed)
    policy = RulePolicy.__new__(RulePolicy)
    policy._Policy__featurizer = MaxHistoryTrackerFeaturizer()
    policy.lookup = {
        "rules": _rules(dice, shop),
        "rules_for_loop_unhappy_path": _rules(dice, shop),
    }
    tracker = DialogueStateTracker("кто-то", shop.slots)
    for _ in range(60):
        tracker.update(_happened(dice, shop))
        by_text = dice.random() < 0.5
        ours = rasa_patches.prediction_states(policy, tracker, shop, by_text)
        stock = STOCK["prediction_states"](policy, tracker, shop, by_text)
        assert ours == stock[-len(ours) :]
        for rules in policy.lookup.values():
            found = rasa_patches.get_possible_keys(policy, rules, ours)
            assert found == STOCK["get_possible_keys"](policy, rules, stock)


def test_what_is_copied_for_the_log_is_copied_for_nothing_else():
    """Each `copy` in the processor stands in what is told to the fine log, and is `deepcopy`."""
    source = ast.parse(Path(rasa.core.processor.__file__).read_text())
    told = {
        id(part)
        for call in ast.walk(source)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for part in ast.walk(call)
    }
    copies = [
        node
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "copy"
    ]
    assert copies
    assert {node.attr for node in copies} == {"deepcopy"}
    assert all(id(node) in told for node in copies)


def test_a_fine_log_is_told_a_copy(caplog):
    """Any other gets the thing itself."""
    told = [{"a": 1}]
    with caplog.at_level("INFO", logger="rasa"):
        assert rasa_patches.CopyForTheLog.deepcopy(told) is told
    with caplog.at_level("DEBUG", logger="rasa"):
        copied = rasa_patches.CopyForTheLog.deepcopy(told)
    assert copied == told
    assert copied[0] is not told[0]


def test_a_copied_slot_is_another_with_the_same(shop):
    """Of every kind of slot that the bot has."""
    for slot in shop.slots:
        stock = copy.copy(slot)
        ours = rasa_patches.copy_slot(slot)
        assert type(ours) is type(stock) is type(slot)
        assert vars(ours) == vars(stock)
        ours.value = "другое"
        assert slot.value != "другое"


def test_states_are_told_to_a_fine_log_only(caplog):
    """In Rasa's words there."""
    states = [{"user": {"intent": "x"}, "prev_action": {"action_name": "a"}}, {}]
    with caplog.at_level("INFO", logger="rasa"):
        assert rasa_patches.format_tracker_states(states) == ""
    with caplog.at_level("DEBUG", logger="rasa"):
        told = rasa_patches.format_tracker_states(states)
    assert "user intent: x" in told
    assert told == STOCK["format_tracker_states"](states)


class _Runner(DaskGraphRunner):
    """A graph of plain functions: d needs b and c, both need a, all need the message."""

    def __init__(self, *, broken=False):
        from rasa.engine.graph import GraphSchema, SchemaNode

        def node(name, **needs):
            return SchemaNode(
                needs=needs, uses=object, constructor_name="", fn="", config={}, is_target=False
            )

        self._graph_schema = GraphSchema(
            {
                "a": node("a", message="__message__"),
                "b": node("b", before="a", message="__message__"),
                "c": node("c", before="a"),
                "d": node("d", left="b", right="c"),
                "aside": node("aside", message="__message__"),
            }
        )
        self.ran = []

        def call(name):
            def run(*inputs):
                self.ran.append(name)
                if broken and name == "c":
                    raise RuntimeError("broken")
                return name, [name, *inputs]

            return run

        self._instantiated_nodes = {name: call(name) for name in self._graph_schema.nodes}
        self._execution_context = None


def test_a_graph_gives_the_same_results():
    """Each needed node runs once, after what it needs; the others do not run."""
    ours, stock = _Runner(), _Runner()
    inputs = {"__message__": ["привет"]}
    for _ in range(2):  # the second time from the remembered plan
        result = rasa_patches.run_graph(ours, inputs, ["d"])
        assert result == STOCK["run_graph"](stock, inputs, ["d"])
    assert sorted(ours.ran) == sorted(stock.ran) == sorted("abcd" * 2)


def test_an_error_in_a_graph_is_rasas_own():
    """Whoever catches GraphRunError still does."""
    for run in (rasa_patches.run_graph, STOCK["run_graph"]):
        with pytest.raises(GraphRunError):
            run(_Runner(broken=True), {"__message__": []}, ["d"])


def test_the_domain_of_a_model_is_the_same(tmp_path):
    """Ours has the same intents, slots, forms, answers and session."""
    storage, resource = LocalModelStorage(tmp_path), Resource("domain")
    with storage.write_to(resource) as folder:
        Domain.from_path(ROOT / "domain.yml").persist(folder / "domain.yml")
    ours, stock = (
        load(DomainProvider, {}, storage, resource, None).provide_inference()
        for load in (rasa_patches.load_domain, STOCK["load_domain"])
    )
    assert ours.as_dict() == stock.as_dict()
    assert ours.fingerprint() == stock.fingerprint()
