"""Leaves a topic that is not sure to the action that can look at the rest of the dialog.

«литая», «тот что упакован отдельно» after a list of goods sound like no topic, or a little like
one of the frequent questions. NLU sees a message alone; `action_answer_other` sees what the talk
is about, asks the price list first and, where that says nothing, answers the likeliest topic.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
)
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureTopic(GraphComponent):
    """Turns the intent of a message into `nlu_fallback` where it is one of `topics` and not sure.

    The ranking keeps the topic with its confidence, for whoever answers the message.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`sure`: from this confidence (0..1) on a topic stays; `topics`: beginnings of names."""
        return {"sure": 0.5, "topics": ["faq_"]}

    def __init__(self, config: dict[str, Any]) -> None:
        self._sure: float = config["sure"]
        self._topics = tuple(config["topics"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UnsureTopic:
        """The component as configured."""
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages, those with an unsure topic changed."""
        for message in messages:
            intent = message.get(INTENT) or {}
            if message.get("also") or not self._is_unsure(intent):
                continue
            fallback = {
                INTENT_NAME_KEY: DEFAULT_NLU_FALLBACK_INTENT_NAME,
                PREDICTED_CONFIDENCE_KEY: 1.0 - intent[PREDICTED_CONFIDENCE_KEY],
            }
            ranking = message.get(INTENT_RANKING_KEY) or []
            message.set(INTENT, fallback, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [fallback, *ranking], add_to_output=True)
        return messages

    def _is_unsure(self, intent: dict[str, Any]) -> bool:
        named = str(intent.get(INTENT_NAME_KEY) or "")
        return named.startswith(self._topics) and intent[PREDICTED_CONFIDENCE_KEY] < self._sure
