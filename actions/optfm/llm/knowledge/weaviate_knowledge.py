"""The company's passages in Weaviate, in a collection of their own behind the alias `Knowledge`.

The same engine as the price list's: a page that was edited is written into a fresh collection and
swapped whole; while the server is away the passages are ordered in this process.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from optfm.search.vectors.embedding import Vectors
from optfm.search.weaviate.address import WeaviateAddress
from optfm.search.weaviate.engine import Indexed, WeaviateEngine

ALIAS = "Knowledge"


class Passages(Indexed, Protocol):
    """What is followed: the lexemes and, where there are, the vectors of passages."""

    @property
    def vectors(self) -> Vectors | None:
        """Shape (passages, dim)."""


class KnowledgeEngine:
    """Follows one set of passages at a time; safe to share among threads."""

    def __init__(self, address: WeaviateAddress, *, retry_s: float = 2.0) -> None:
        """:param retry_s: how often a server that is gone is looked for."""
        self._engine = WeaviateEngine(address, alias=ALIAS, retry_s=retry_s)

    def follow(self, passages: Passages) -> None:
        """Have these passages in Weaviate from some time on; returns at once."""
        self._engine.follow(passages)
        if passages.vectors is not None:
            self._engine.enrich(passages, passages.vectors)

    def wait(self, timeout_s: float) -> bool:
        """Wait until the passages are in Weaviate or it is known that they cannot be.

        :returns: whether Weaviate is used now.
        """
        return self._engine.wait(timeout_s)

    def order(
        self, passages: Passages, lexemes: Sequence[str], vector: Vectors | None
    ) -> Sequence[int] | None:
        """Positions of the passages that fit a question, best first.

        :param vector: of the question: by words and meaning at once where there is one.
        :returns: None where Weaviate cannot tell now.
        """
        if vector is not None:
            near = self._engine.nearness(passages, lambda text: vector, lambda text, words: None)
            if (nearness := near("", lexemes)) is not None:
                best = np.argsort(-nearness, kind="stable")
                return [int(at) for at in best if nearness[at] > 0]
        return self._engine.candidates(passages)(lexemes)

    def close(self) -> None:
        """Let the server go."""
        self._engine.close()
