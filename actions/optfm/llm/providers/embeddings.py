"""Which model makes vectors of the knowledge and of the price list."""

import time
from collections.abc import Callable, Sequence

from optfm.llm.privacy.delexicalise import Mask
from optfm.llm.providers.providers import wire_address
from optfm.search.vectors.embedding import Embedder, LocalEmbedder, Vectors
from optfm.settings import Settings

_OLLAMA, _OPENAI = "http://127.0.0.1:11434", "https://api.openai.com"
#: A question's vector only orders facts: nobody waits longer for it.
_PATIENCE_S = 2.0
#: A price question is answered by its words all the same: the second opinion comes at once or not.
_PATIENCE_PRICES_S = 0.3
_REST_S = 10.0


class RestingEmbedder:
    """A model elsewhere that did not answer a question is not asked the next ones for a while."""

    def __init__(self, model: Embedder, clock: Callable[[], float] = time.monotonic) -> None:
        """:param clock: seconds that never go back."""
        self.name = model.name
        self._model, self._clock = model, clock
        self._rests_until = 0.0

    def question(self, text: str) -> Vectors:
        """As in `Embedder`.

        :raises OSError: it gives none, or rests.
        """
        if self._clock() < self._rests_until:
            raise ConnectionError(f"{self.name}: отдыхает после отказа")
        try:
            return self._model.question(text)
        except OSError:
            self._rests_until = self._clock() + _REST_S
            raise

    def rows(self, texts: Sequence[str]) -> Vectors:
        """As in `Embedder`; they are made aside, in their own time."""
        return self._model.rows(texts)


class MaskedEmbedder:
    """A model elsewhere: what a customer wrote about himself is not sent to it."""

    def __init__(self, model: Embedder) -> None:
        self.name = model.name
        self._model = model

    def question(self, text: str) -> Vectors:
        """As in `Embedder`."""
        return self._model.question(Mask().mask(text))

    def rows(self, texts: Sequence[str]) -> Vectors:
        """As in `Embedder`; rows are the company's."""
        return self._model.rows(texts)


def price_embedder(settings: Settings) -> Embedder:
    """What EMBEDDINGS_PROVIDER names, for the rows of the price list.

    :raises ValueError: it names none.
    """
    embedder = embedder_of(settings, patience_s=_PATIENCE_PRICES_S)
    if embedder is None:
        raise ValueError("EMBEDDINGS_PROVIDER=none")
    return embedder


def embedder_of(settings: Settings, *, patience_s: float = _PATIENCE_S) -> Embedder | None:
    """What EMBEDDINGS_PROVIDER names; nothing is sent yet."""
    kind = settings.embeddings_provider
    if kind == "none":
        return None
    if kind == "local":
        return LocalEmbedder()
    return RestingEmbedder(MaskedEmbedder(_elsewhere(settings, patience_s)))


def _elsewhere(settings: Settings, patience_s: float) -> Embedder:
    """A client; each vendor's takes a second to load, so only the chosen one is."""
    kind, model = settings.embeddings_provider, settings.embeddings_model
    key = settings.embeddings_key().get_secret_value()
    if kind == "yandex":
        from optfm.llm.providers.vendor_embeddings import YandexEmbedder

        return YandexEmbedder(
            folder_id=settings.yandex_folder_id,
            key=key,
            model=model,
            address=settings.embeddings_url,
            ca_file=settings.ai_ca_file,
            patience_s=patience_s,
        )
    if kind == "sber":
        from optfm.llm.providers.vendor_embeddings import SberEmbedder

        return SberEmbedder(
            key=key,
            scope=settings.sber_scope,
            model=model,
            base_url=settings.embeddings_url,
            auth_url=settings.sber_auth_url,
            ca_file=settings.ai_ca_file,
            patience_s=patience_s,
        )
    from optfm.llm.providers.wire_embeddings import WireEmbedder

    default = _OLLAMA if kind == "ollama" else _OPENAI
    return WireEmbedder(
        provider=kind,
        base_url=wire_address(settings.embeddings_url or default),
        api_key=key,
        model=model,
        patience_s=patience_s,
    )
