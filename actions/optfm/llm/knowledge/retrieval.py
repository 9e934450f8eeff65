"""Finding the passages that may answer a question.

BM25 over the lexemes of the price search, with how much of the question a passage covers as the
measure of whether it answers at all: an answer to «у вас есть вакансии» stands nowhere.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from optfm.llm.grounding.word_lists import stems
from optfm.llm.knowledge.knowledge import Passage
from optfm.search.index import Document
from optfm.search.vectors.embedding import Vectors

#: Source of the formula and of usual values: Robertson & Zaragoza 2009.
_K1, _B = 1.2, 0.6
#: A word of the title counts so many times.
_TITLE = 2
#: The rank where both orders weigh half, as in reciprocal rank fusion (Cormack et al. 2009).
_FUSION = 20

_ASKING = stems("asking")

Lexemes = Callable[[str], Sequence[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A passage and how well it fits."""

    passage: Passage
    score: float  #: BM25; comparable within one question
    coverage: float  #: 0..1: of the question's words, the rare ones weighing more


class Retrieval:
    """An index over passages; never changed, a new one takes its place whole."""

    def __init__(
        self, passages: Sequence[Passage], lexemes: Lexemes, vectors: Vectors | None = None
    ) -> None:
        """:param lexemes: the words of a text as the price search knows them.

        :param vectors: of the passages, shape (len(passages), dim), unit length; or None.
        """
        self.passages = tuple(passages)
        self.vectors = vectors
        self._lexemes = lexemes
        self._documents = [
            Document(tuple(lexemes(p.text)), tuple(lexemes(p.title))) for p in passages
        ]
        self._counts = [Counter([*text, *(_TITLE * title)]) for text, title in self._documents]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(1, len(self._lengths))
        self._with = Counter(word for counts in self._counts for word in counts)

    def documents(self) -> Sequence[Document]:
        """The lexemes of the passages, for an engine elsewhere."""
        return self._documents

    def asked(self, question: str) -> list[str]:
        """The words of a question that are looked for."""
        return list(self._weights(question))

    def search(
        self,
        question: str,
        *,
        limit: int,
        vector: Vectors | None = None,
        order: Sequence[int] | None = None,
    ) -> list[Found]:
        """The passages that share words with the question, best first.

        :param vector: of the question; joins the order where the passages have vectors.
        :param order: positions, best first, as another engine found them.
        """
        weight = self._weights(question)
        words = weight.keys()
        whole = sum(weight.values()) or 1.0
        found = [
            Found(
                passage=passage,
                score=sum(
                    weight[w] * counts[w] * (_K1 + 1) / (counts[w] + self._norm(length))
                    for w in words
                    if counts[w]
                ),
                coverage=sum(weight[w] for w in words if counts[w]) / whole,
            )
            for passage, counts, length in zip(
                self.passages, self._counts, self._lengths, strict=True
            )
        ]
        if order is not None:
            return [found[at] for at in order[:limit]]
        order = sorted(range(len(found)), key=lambda at: -found[at].score)
        if vector is not None and self.vectors is not None and len(found):
            order = _fused(order, list(np.argsort(-(self.vectors @ vector))))
            return [found[at] for at in order[:limit]]
        return [found[at] for at in order[:limit] if found[at].score > 0]

    def coverage(self, question: str, text: str) -> float:
        """How much of a question a text covers, 0..1; a question of no words is covered."""
        weight = self._weights(question)
        said = set(self._lexemes(text))
        whole = sum(weight.values())
        return sum(weight[word] for word in weight if word in said) / whole if whole else 1.0

    def _weights(self, question: str) -> dict[str, float]:
        words = dict.fromkeys(self._lexemes(question))
        return {word: self._idf(word) for word in words if word not in _ASKING}

    def _idf(self, word: str) -> float:
        count = self._with[word]
        return math.log(1 + (len(self.passages) - count + 0.5) / (count + 0.5))

    def _norm(self, length: int) -> float:
        return _K1 * (1 - _B + _B * length / self._mean)


def _fused(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Two orders of the same things as one."""
    score: Counter[int] = Counter()
    for order in (one, other):
        for rank, at in enumerate(order):
            score[at] += 1 / (_FUSION + rank)  # type: ignore[assignment]
    return sorted(score, key=lambda at: -score[at])
