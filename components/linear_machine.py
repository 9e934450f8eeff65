"""A linear support-vector machine: one line a topic, one topic against the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, spmatrix
from sklearn.svm import LinearSVC


@dataclass(frozen=True, kw_only=True)
class LinearMachine:
    """`weights`: shape (features, topics), `bias`: shape (topics,); topics in their own order."""

    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def fit(
        cls,
        rows: spmatrix,
        topics: Sequence[str],
        *,
        regularisation: float,
        class_weight: Mapping[str, float] | None,
    ) -> LinearMachine:
        """Learn from rows of features and the topic of each; scikit-learn's `LinearSVC`.

        :param topics: two different ones at least; the machine has them sorted.
        """
        machine = LinearSVC(C=regularisation, class_weight=class_weight, random_state=0)
        machine.fit(rows, topics)
        weights = np.atleast_2d(machine.coef_).astype(np.float32)
        bias = np.atleast_1d(machine.intercept_).astype(np.float32)
        if len(machine.classes_) == 2:  # scikit-learn keeps one line for two classes
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        # A message has few of the features: theirs are neighbours in memory.
        return cls(weights=np.ascontiguousarray(weights.T), bias=bias)

    def margins(self, wording: csr_matrix, meaning: np.ndarray | None = None) -> np.ndarray:
        """How far one message lies on the right side of each line; shape (topics,).

        :param wording: shape (1, n), the first n features.
        :param meaning: shape (1, features - n), the others; None where there are no others.
        """
        count = wording.shape[1]
        # scipy's product would first copy all weights to float64: 10 MB for a hundred rows of them.
        found: np.ndarray = wording.data.astype(np.float32) @ self.weights[wording.indices]
        if meaning is not None:
            found = found + (meaning @ self.weights[count:])[0]
        return found + self.bias
