"""Vectors from a model behind the OpenAI wire."""

from collections.abc import Sequence

import openai

from optfm.search.vectors.embedding import Vectors, unit_vectors

#: How long a question waits for its vector: it only orders what was found.
PATIENCE_S = 2.0
_PATIENCE_ROWS_S = 30.0


class EmbeddingsAway(OSError):
    """No vectors now: the words alone must do."""


class WireEmbedder:
    """A model at `/v1/embeddings`."""

    def __init__(
        self,
        *,
        provider: str,
        base_url: str,
        api_key: str,
        model: str,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Nothing is sent yet.

        :param patience_s: how long a question may wait for its vector.
        """
        self.name = f"{provider}-{model}"
        self._patience_s = patience_s
        self._model = model
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key or "none", max_retries=0)

    def question(self, text: str) -> Vectors:
        """As in `Embedder`.

        :raises EmbeddingsAway: the server gives none.
        """
        one: Vectors = self._vectors([text], self._patience_s)[0]
        return one

    def rows(self, texts: Sequence[str]) -> Vectors:
        """As in `Embedder`.

        :raises EmbeddingsAway: the server gives none.
        """
        return self._vectors(texts, _PATIENCE_ROWS_S)

    def _vectors(self, texts: Sequence[str], patience_s: float) -> Vectors:
        try:
            answer = self._client.embeddings.create(
                model=self._model,
                input=list(texts),
                encoding_format="float",
                timeout=patience_s,
            )
            return unit_vectors([one.embedding for one in answer.data], len(texts))
        except (openai.OpenAIError, AttributeError, TypeError, ValueError) as exc:
            raise EmbeddingsAway(f"{self.name}: {exc}") from exc
