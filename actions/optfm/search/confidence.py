"""How sure an answer is: the share of answers like it whose first row is right."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

#: fitted by actions/tests/eval/fit_confidence.py on the dev split
FILE = Path(__file__).with_name("confidence.json")
FEATURES = (
    "bias", "uncovered", "beside", "covered", "mended", "mended_much", "closeness", "part",
    "no_kind", "governed", "one_word", "soft_device", "weak_role", "body_role", "wished", "unmet",
    "unmet_no_kind", "idle", "idle_no_kind", "talk",
)  # fmt: skip


class Confidence:
    """A logistic curve over what is known of an answer."""

    def __init__(
        self, weights: Mapping[str, float], threshold: float, threshold_told: float
    ) -> None:
        self.weights = dict(weights)
        self.threshold = threshold  #: an answer below it is not given
        self.threshold_told = threshold_told  #: the same where it says which words it lacks

    @classmethod
    def load(cls) -> "Confidence":
        """The committed curve."""
        data = json.loads(FILE.read_text(encoding="utf-8"))
        return cls(data["weights"], data["threshold"], data["threshold_told"])

    def least(self, *, told: bool) -> float:
        """The confidence from which on an answer is given.

        :param told: whether the answer says that words of the question are missing.
        """
        return self.threshold_told if told else self.threshold

    def of(self, features: Mapping[str, float]) -> float:
        """The confidence in [0, 1]."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


CURVE = Confidence.load()
