"""Vectors of the company's knowledge from a model behind the OpenAI wire, or from the wheel."""

from collections.abc import Sequence

import numpy as np
import openai

from optfm.catalog.embedding import Embedder, LocalEmbedder, Vectors
from optfm.llm.providers import wire_address
from optfm.settings import Settings

_OLLAMA, _OPENAI = "http://127.0.0.1:11434", "https://api.openai.com"
#: A question's vector only orders facts: nobody waits longer for it.
_PATIENCE_S = 2.0
_PATIENCE_ROWS_S = 30.0


class EmbeddingsAway(OSError):
    """No vectors now: the words alone must do."""


class WireEmbedder:
    """A model at `/v1/embeddings`."""

    def __init__(self, *, provider: str, base_url: str, api_key: str, model: str) -> None:
        self.name = f"{provider}-{model}"
        self._model = model
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key or "none", max_retries=0)

    def question(self, text: str) -> Vectors:
        """As in `Embedder`.

        :raises EmbeddingsAway: the server gives none.
        """
        one: Vectors = self._vectors([text], _PATIENCE_S)[0]
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
            made = np.array([one.embedding for one in answer.data], np.float32)
        except (openai.OpenAIError, AttributeError, TypeError, ValueError) as exc:
            raise EmbeddingsAway(f"{self.name}: {exc}") from exc
        if made.ndim != 2 or len(made) != len(texts):
            raise EmbeddingsAway(f"{self.name}: не столько векторов, сколько текстов")
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        unit: Vectors = (made / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit


def embedder_of(settings: Settings) -> Embedder | None:
    """What EMBEDDINGS_PROVIDER names; nothing is sent yet."""
    kind = settings.embeddings_provider
    if kind == "none":
        return None
    if kind == "local":
        return LocalEmbedder()
    default = _OLLAMA if kind == "ollama" else _OPENAI
    return WireEmbedder(
        provider=kind,
        base_url=wire_address(settings.embeddings_url or default),
        api_key=settings.embeddings_api_key.get_secret_value(),
        model=settings.embeddings_model,
    )
