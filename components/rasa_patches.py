"""What Rasa 3.6 does again at every turn though nothing changed, done once.

Each patch replaces one function by one that returns the same; tests/components/test_rasa_speed.py
fails when Rasa no longer has that function, or when the two disagree. What each brings:
docs/adr/0008-dialog-store.md. `apply` is called where a server gets its store of dialogs, so
training and the maintainer's other commands run Rasa as it is.
"""

import copy
import functools
import logging
from collections.abc import Sequence
from typing import Any

import jsonschema
import rasa.core.processor
import rasa.shared.utils.common
from jsonschema.exceptions import best_match
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.policy import Policy
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.constants import DOCS_BASE_URL
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT
from rasa.shared.utils.io import read_yaml_file


def apply() -> None:
    """Put the faster functions in place; a second call changes nothing."""
    RemoteAction._validate_action_result = validate_action_result
    Event.resolve_by_type = staticmethod(resolve_by_type)
    RulePolicy._get_possible_keys = get_possible_keys
    RulePolicy._prediction_states = prediction_states
    RulePolicy.format_tracker_states = staticmethod(format_tracker_states)
    Slot.__copy__ = copy_slot
    rasa.core.processor.copy = CopyForTheLog
    DaskGraphRunner.run = run_graph
    DomainProvider.load = classmethod(load_domain)


#: The functions that are replaced, as Rasa has them.
STOCK = {
    "validate_action_result": RemoteAction._validate_action_result,
    "resolve_by_type": Event.resolve_by_type,
    "get_possible_keys": RulePolicy._get_possible_keys,
    "prediction_states": RulePolicy._prediction_states,
    "format_tracker_states": Policy.format_tracker_states,
    "run_graph": DaskGraphRunner.run,
    "load_domain": DomainProvider.load.__func__,
}


# --- RemoteAction._validate_action_result: three quarters of a turn with an action ----------------


@functools.lru_cache(maxsize=1)
def _validator() -> Any:  # noqa: ANN401 - jsonschema makes the class
    schema = RemoteAction.action_response_format_spec()
    made = jsonschema.validators.validator_for(schema)
    made.check_schema(schema)
    return made(schema)


def validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """As Rasa's, which checks the schema itself against its own schema at every action call."""
    if _is_plain(result):
        return True
    error = best_match(_validator().iter_errors(result))
    if error is None:
        return True
    error.message += (
        f". Failed to validate Action server response from API, "
        f"make sure your response from the Action endpoint is valid. "
        f"For more information about the format visit "
        f"{DOCS_BASE_URL}/custom-actions"
    )
    raise error


def _is_plain(result: object) -> bool:
    """Whether an answer only says something and sets slots, as nearly all do: then it is valid."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(_sets_a_slot(event) for event in events)
    )


def _sets_a_slot(event: object) -> bool:
    return (
        isinstance(event, dict)
        and event.get("event") == "slot"
        and isinstance(event.get("name"), str)
        and "value" in event
        and type(event.get("timestamp")) in (int, float, type(None))
        and isinstance(event.get("metadata"), dict | type(None))
    )


# --- Event.resolve_by_type: grows with the dialog -------------------------------------------------


@functools.lru_cache(maxsize=1)
def _event_types() -> dict[str, type[Event]]:
    # The first of a name wins, as in Rasa's search.
    types: dict[str, type[Event]] = {}
    for cls in rasa.shared.utils.common.all_subclasses(Event):
        types.setdefault(cls.type_name, cls)
    return types


def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """As Rasa's, which walks through all classes of events for every event it reads."""
    if found := _event_types().get(type_name):
        return found
    if type_name == "topic":
        return None
    if default is not None:
        return default
    raise ValueError(f"Unknown event name '{type_name}'.")


# --- RulePolicy._get_possible_keys: grows with the rules ------------------------------------------

#: What a rule wants of one state: its part, the key in it, the value; None: must not be set.
_Demand = tuple[str, str, Any]


@functools.cache
def _demands(rule_key: str) -> tuple[tuple[bool, tuple[_Demand, ...]], ...]:
    """A rule's states, newest first: whether it has a previous action, and what it wants."""
    return tuple(
        (bool(state.get(PREVIOUS_ACTION)), tuple(_demands_of(state)))
        for state in reversed(RulePolicy._rule_key_to_state(rule_key))
    )


def _demands_of(rule_state: State) -> list[_Demand]:
    demands: list[_Demand] = []
    # The previous action tells most rules apart: it is looked at first.
    for part in sorted(rule_state, key=lambda part: part != PREVIOUS_ACTION):
        for key, value in rule_state[part].items():
            if isinstance(value, list):
                value = tuple(value)
            if value == SHOULD_NOT_BE_SET:
                demands.append((part, key, None))
            elif value:
                demands.append((part, key, value))
    return demands


@functools.lru_cache(maxsize=16)
def _by_newest(rule_keys: tuple[str, ...]) -> dict[tuple[str | None, str | None], list[str]]:
    """Rules by the previous action and the intent of their newest state; None: any."""
    found: dict[tuple[str | None, str | None], list[str]] = {}
    for rule_key in rule_keys:
        follows_action, demands = _demands(rule_key)[0]
        # A beginning meets any other beginning, whatever else it wants.
        wanted = {(part, key): value for part, key, value in demands if follows_action}
        newest = (wanted.get((PREVIOUS_ACTION, ACTION_NAME)), wanted.get((USER, INTENT)))
        found.setdefault(newest, []).append(rule_key)
    return found


def _candidates(rule_keys: tuple[str, ...], action: str | None, intent: str | None) -> list[str]:
    """The rules whose newest state may be one of this action and intent."""
    rules = _by_newest(rule_keys)
    kinds = {(action, intent), (action, None), (None, intent), (None, None)}
    return [rule_key for newest in kinds for rule_key in rules.get(newest, ())]


def get_possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """As Rasa's, which holds every rule against every state of the dialog."""
    if not states:
        return set(lookup)
    newest_first = states[::-1]
    action = newest_first[0].get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = newest_first[0].get(USER, {}).get(INTENT)
    return {
        rule_key
        for rule_key in _candidates(tuple(lookup), action, intent)
        if all(
            _is_met(rule_state, state)
            for rule_state, state in zip(_demands(rule_key), newest_first, strict=False)
        )
    }


def _is_met(rule_state: tuple[bool, tuple[_Demand, ...]], state: State) -> bool:
    follows_action, demands = rule_state
    if not state.get(PREVIOUS_ACTION):
        return not follows_action  # both begin a conversation
    if not follows_action:
        return False
    for part, key, wanted in demands:
        found = state.get(part, {}).get(key)
        if wanted is None:
            if found and found != SHOULD_NOT_BE_SET:
                return False
        elif found != wanted:
            return False
    return True


# --- RulePolicy._prediction_states: makes states of the whole dialog, rules look at the newest ----


def prediction_states(
    self: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """The newest of Rasa's: as many as the rules look at that fit the very newest."""
    events = tracker.applied_events()
    states = _states(tracker, domain, events, 1)
    if (longest := _longest_rule_for(self, states[-1])) > 1:
        states = _states(tracker, domain, events, longest)
    self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


def _longest_rule_for(policy: RulePolicy, newest: State) -> int:
    """How many states the longest rule has whose newest may be this one; 1 where there is none."""
    action = newest.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    intent = newest.get(USER, {}).get(INTENT)
    longest = policy.__dict__.setdefault("_longest_rules", {})
    if (action, intent) not in longest:
        longest[action, intent] = max(
            (
                len(_demands(rule_key))
                for kind in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)
                for rule_key in _candidates(tuple(policy.lookup[kind]), action, intent)
            ),
            default=1,
        )
    return int(longest[action, intent])


def _states(
    tracker: DialogueStateTracker, domain: Domain, events: list[Event], count: int
) -> list[State]:
    """The last states of a dialog: before each of its last actions, and now."""
    actions = [at for at, event in enumerate(events) if isinstance(event, ActionExecuted)]
    looked_at = set(actions[max(0, len(actions) - count + 1) :])
    replayed = tracker.init_copy()
    states = []
    for at, event in enumerate(events):
        if at in looked_at:
            states.append(domain.get_active_state(replayed))
        event.apply_to(replayed)
    return [*states, domain.get_active_state(replayed)]


# --- Policy.format_tracker_states: words for a log that nobody keeps ------------------------------


def format_tracker_states(states: Sequence[State]) -> str:
    """As Rasa's where the log is that fine."""
    if not logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
        return ""
    return str(STOCK["format_tracker_states"](states))


# --- copy.deepcopy: of all events of an action, for a log that nobody keeps -----------------


class CopyForTheLog:
    """In the place of the module `copy` where nothing is copied but what the log is told."""

    @staticmethod
    def deepcopy(told: object) -> object:
        """A copy where the log is that fine, else the thing itself, which no log will read."""
        return (
            copy.deepcopy(told) if logging.getLogger("rasa").isEnabledFor(logging.DEBUG) else told
        )


# --- copy.copy of a slot: by the way of pickle, for every slot at every replay --------------------


def copy_slot(self: Slot) -> Slot:
    """As `copy.copy` without it: another object with the same attributes."""
    slot = object.__new__(type(self))
    slot.__dict__.update(self.__dict__)
    return slot


# --- DaskGraphRunner.run: plans the same few nodes three times a turn -----------------------------


def run_graph(
    self: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """As Rasa's, without dask, which plans the graph anew for every message and prediction."""
    wanted = tuple(targets or self._graph_schema.target_names)
    plans = self.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        plans[wanted] = _plan(self, wanted)
    results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, node, needs in plans[wanted]:
            if name not in results:
                results[name] = node(*(results.get(need, need) for need in needs))
    except RuntimeError as exc:
        raise GraphRunError("Error running runner.") from exc
    return dict(results[name] for name in wanted)


def _plan(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[tuple[str, Any, list[str]]]:
    """The nodes that `targets` need, each after those that it needs."""
    nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
    plan: dict[str, tuple[str, Any, list[str]]] = {}

    def add(name: str) -> None:
        if name in plan or name not in nodes:
            return
        needs = list(nodes[name].needs.values())
        for need in needs:
            add(need)
        plan[name] = (name, runner._instantiated_nodes[name], needs)

    for name in targets:
        add(name)
    return list(plan.values())


# --- DomainProvider.load: a seventh of a start ----------------------------------------------------


def load_domain(
    cls: type[DomainProvider],
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: ExecutionContext,
    **kwargs: Any,  # noqa: ANN401 - the graph's
) -> DomainProvider:
    """As Rasa's, which reads the domain of a model four times and judges it as if it were new."""
    with model_storage.read_from(resource) as folder:
        domain = Domain.from_dict(read_yaml_file(folder / "domain.yml"))
    return cls(model_storage, resource, domain)
