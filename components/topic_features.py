"""What the topic classifier sees in a message: words, letters, its shape and its meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

from components import shipped_vectors
from components.sentence_vectors import SentenceVectors
from components.trade_words import TradeWords
from components.wording import Wording

#: How much the meaning counts beside each of the three views of the wording.
_MEANING_WEIGHT = 2.0
_VIEWS: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2), "min_df": 2, "token_pattern": r"\S+"},
    "letters": {"ngram_range": (2, 4), "min_df": 3, "analyzer": "char_wb"},
    "shape": {"ngram_range": (1, 3), "min_df": 2, "token_pattern": r"\S+"},
}


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What the features need to know of the training messages; plain data, for storing."""

    word_counts: dict[str, int]  #: word → times it stands in the training messages
    lemma_counts: dict[str, int]  #: lemma → number of messages with it
    trade_words: dict[str, str]  #: word → its class
    terms: dict[str, list[str]]  #: view → its terms, in order of their columns
    weights: dict[str, list[float]]  #: view → inverse document frequency of each term
    mean_vector: list[float]  #: of the training messages


class TopicFeatures:
    """Turns messages into rows of numbers: of their wording, and of their meaning.

    Each view has unit length, so that a long message does not outweigh a short one; the mean
    of the training vectors is taken off first, since the embedder gives all texts much in common.
    """

    def __init__(self, learnt: Learnt) -> None:
        self.learnt = learnt
        self._wording = Wording(learnt.word_counts)
        self._trade = TradeWords(learnt.trade_words)
        self._meaning = SentenceVectors()
        self._mean = np.array(learnt.mean_vector, dtype=np.float32)
        self._views = {
            view: (_counter(view, learnt.terms[view]), np.array(learnt.weights[view]))
            for view in _VIEWS
        }

    @classmethod
    def learn(
        cls, messages: Sequence[str], vocabulary: Path, cache: Path | None = None
    ) -> TopicFeatures:
        """Learn the words, terms and mean vector of the training messages.

        :param vocabulary: folder of the price search's vocabulary (see :class:`TradeWords`).
        :param cache: file that keeps the vectors between trainings.
        """
        counts = Wording.count(messages)
        wording = Wording(counts)
        trade = TradeWords.from_vocabulary(vocabulary, lambda word: wording.lemmas([word])[0])
        words = [wording.words(message) for message in messages]
        lemma_counts = Counter(lemma for each in words for lemma in set(wording.lemmas(each)))
        terms, weights = {}, {}
        texts = _texts(messages, words, wording, trade, lemma_counts)
        for view in _VIEWS:
            vectorizer = _vectorizer(view).fit(texts[view])
            terms[view] = [str(term) for term in vectorizer.get_feature_names_out()]
            weights[view] = [float(weight) for weight in vectorizer.idf_]
        mean = SentenceVectors().of_all(texts["meaning"], cache, shipped_vectors.FILE).mean(axis=0)
        return cls(
            Learnt(
                word_counts=dict(counts),
                lemma_counts=dict(lemma_counts),
                trade_words=trade.classes,
                terms=terms,
                weights=weights,
                mean_vector=[float(number) for number in mean],
            )
        )

    def read(self, messages: Sequence[str]) -> dict[str, list[str]]:
        """What each view looks at: the text of each message, by view."""
        words = [self._wording.words(message) for message in messages]
        return _texts(messages, words, self._wording, self._trade, self.learnt.lemma_counts)

    def wordings(self, texts: dict[str, list[str]]) -> csr_matrix:
        """Features of the wording of messages that were read, a row each."""
        return hstack(
            [
                _weighted(counter.transform(texts[view]), weights)
                for view, (counter, weights) in self._views.items()
            ],
            format="csr",
        )

    def meanings(self, texts: dict[str, list[str]], cache: Path | None = None) -> np.ndarray:
        """Features of their meaning; shape (messages, 384). Takes ten times as long.

        :param cache: as in :meth:`learn`; only for the training messages.
        """
        if cache:
            meaning = self._meaning.of_all(texts["meaning"], cache, shipped_vectors.FILE)
        else:
            meaning = np.stack([self._meaning.of(text) for text in texts["meaning"]])
        meaning = meaning - self._mean
        meaning *= _MEANING_WEIGHT / np.linalg.norm(meaning, axis=1, keepdims=True)
        return meaning


def _vectorizer(view: str) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, **_VIEWS[view])


def _counter(view: str, terms: Sequence[str]) -> CountVectorizer:
    vocabulary = {term: i for i, term in enumerate(terms)}
    return CountVectorizer(lowercase=False, **{**_VIEWS[view], "vocabulary": vocabulary})


def _weighted(counts: csr_matrix, weights: np.ndarray) -> csr_matrix:
    """Counts of terms as `TfidfVectorizer` weighs them, which takes half of a reading for it."""
    numbers = (np.log(counts.data) + 1.0) * weights[counts.indices]
    return normalize(csr_matrix((numbers, counts.indices, counts.indptr), shape=counts.shape))


def _texts(
    messages: Sequence[str],
    words: Sequence[list[str]],
    wording: Wording,
    trade: TradeWords,
    seen: dict[str, int],
) -> dict[str, list[str]]:
    lemmas = [wording.lemmas(each) for each in words]
    # A message without a word (emoji, dots, a plus) is seen as it was typed.
    plain = [" ".join(each) or typed.strip() for each, typed in zip(words, messages, strict=True)]
    without_towns = [trade.without_towns(w, lem) for w, lem in zip(words, lemmas, strict=True)]
    return {
        "words": [" ".join(each) for each in lemmas],
        "letters": plain,
        "shape": [trade.shape(w, lem, seen) for w, lem in zip(words, lemmas, strict=True)],
        "meaning": [
            " ".join(w) or as_typed for w, as_typed in zip(without_towns, plain, strict=True)
        ],
    }
