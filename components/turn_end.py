"""Policy: after an action that no rule foresees, the bot listens."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, FollowupAction, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, True)
class TurnEnd(Policy):
    """Ends a turn whose last action another one has asked for (`FollowupAction`).

    Rules are written by intent: none begins with «this intent, that action, the action which that
    one chose». Without this the RulePolicy falls back after it, and again after each fallback:
    the customer reads the same answer until Rasa's limit of actions breaks the turn off.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`priority`: above the rules'."""
        return {"priority": 7}

    def train(self, training_trackers: Any, domain: Domain, **kwargs: Any) -> Resource:  # noqa: ANN401
        """Nothing is learnt."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> PolicyPrediction:
        """To listen, or nothing."""
        probabilities = self._default_predictions(domain)
        if tracker.active_loop_name is None and _was_asked_for(tracker):
            probabilities[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0
            return self._prediction(probabilities, is_no_user_prediction=True)
        return self._prediction(probabilities)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401
    ) -> TurnEnd:
        """As it was configured: there is nothing to read."""
        return cls(config, model_storage, resource, execution_context)


def _was_asked_for(tracker: DialogueStateTracker) -> bool:
    """Whether the last action of this turn was a follow-up of the one before."""
    done: str | None = None
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, FollowupAction):
            return event.action_name == done
        if isinstance(event, ActionExecuted):
            if done is not None:
                return False
            done = event.action_name
    return False
