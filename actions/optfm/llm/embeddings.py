"""Which model makes vectors of the knowledge and of the price list."""

from optfm.catalog.embedding import Embedder, LocalEmbedder
from optfm.llm.providers import wire_address
from optfm.settings import Settings

_OLLAMA, _OPENAI = "http://127.0.0.1:11434", "https://api.openai.com"
#: A question's vector only orders facts: nobody waits longer for it.
_PATIENCE_S = 2.0
#: A price question is answered by its words all the same: the second opinion comes at once or not.
_PATIENCE_PRICES_S = 0.3


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
    from optfm.llm.wire_embeddings import WireEmbedder  # its client takes a second to load

    default = _OLLAMA if kind == "ollama" else _OPENAI
    return WireEmbedder(
        provider=kind,
        base_url=wire_address(settings.embeddings_url or default),
        api_key=settings.embeddings_api_key.get_secret_value(),
        model=settings.embeddings_model,
        patience_s=patience_s,
    )
