"""Vectors from YandexGPT's and GigaChat's clouds, by the vendors' own libraries."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from optfm.llm.gateway.background_loop import OwnThread
from optfm.llm.gateway.errors import ModelError, ProviderBusy
from optfm.llm.providers.wire_embeddings import PATIENCE_S, EmbeddingsAway
from optfm.search.vectors.embedding import Vectors, unit_vectors

_PATIENCE_ROWS_S = 30.0
#: Rows are made aside: a limit by the second is waited out so many times.
_TRIES, _PAUSE_S = 5, 1.0


class VendorEmbedder(ABC):
    """A model in a cloud; its library lives in a loop of its own."""

    name: str

    def __init__(self, patience_s: float) -> None:
        """:param patience_s: how long a question may wait for its vector."""
        self._patience_s = patience_s
        self._thread = OwnThread()

    def question(self, text: str) -> Vectors:
        """As in `Embedder`.

        :raises EmbeddingsAway: the vendor gives none.
        """
        one: Vectors = self._made([text], self._patience_s, tries=1, asked=True)[0]
        return one

    def rows(self, texts: Sequence[str]) -> Vectors:
        """As in `Embedder`.

        :raises EmbeddingsAway: the vendor gives none.
        """
        return self._made(texts, _PATIENCE_ROWS_S, tries=_TRIES, asked=False)

    @abstractmethod
    async def _embed(
        self, texts: Sequence[str], *, asked: bool, timeout_s: float
    ) -> list[Sequence[float]]:
        """A vector a text.

        :param asked: they are questions, not what is to be found.
        :raises ModelError: the vendor gives none.
        """

    def _made(self, texts: Sequence[str], patience_s: float, *, tries: int, asked: bool) -> Vectors:
        try:
            got = self._thread.wait(self._tried(texts, patience_s, tries=tries, asked=asked))
            return unit_vectors(got, len(texts))
        except (ModelError, TimeoutError, ValueError) as exc:
            raise EmbeddingsAway(f"{self.name}: {exc or 'не ответил вовремя'}") from exc

    async def _tried(
        self, texts: Sequence[str], patience_s: float, *, tries: int, asked: bool
    ) -> list[Sequence[float]]:
        for left in reversed(range(tries)):
            try:
                async with asyncio.timeout(patience_s):
                    return await self._embed(texts, asked=asked, timeout_s=patience_s)
            except ProviderBusy as exc:
                if not left:
                    raise
                await asyncio.sleep(exc.retry_after_s or _PAUSE_S)
        raise AssertionError("unreachable")


class YandexEmbedder(VendorEmbedder):
    """Models of one folder: one for questions, one for what is to be found."""

    def __init__(
        self,
        *,
        folder_id: str,
        key: str,
        model: str = "",
        address: str = "",
        ca_file: Path | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """:param model: one for both; empty: `text-search-query` and `text-search-doc`."""
        super().__init__(patience_s)
        from optfm.llm.providers.yandex import elsewhere, yandex_sdk

        self.name = f"yandex-{model or 'text-search'}"
        self._models = (model or "text-search-doc", model or "text-search-query")
        self._sdk = yandex_sdk(folder_id=folder_id, key=key, **elsewhere(address, ca_file))

    async def _embed(
        self, texts: Sequence[str], *, asked: bool, timeout_s: float
    ) -> list[Sequence[float]]:
        from optfm.llm.providers.yandex import translated

        model = self._sdk.models.text_embeddings(self._models[asked])
        with translated():  # one text a call is all that the wire knows
            return [(await model.run(text, timeout=timeout_s)).embedding for text in texts]


class SberEmbedder(VendorEmbedder):
    """One model of one account."""

    def __init__(
        self,
        *,
        key: str,
        scope: str,
        model: str = "",
        base_url: str = "",
        auth_url: str = "",
        ca_file: Path | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """:param model: empty: `Embeddings`."""
        super().__init__(patience_s)
        from optfm.llm.providers.sber import sber_client

        self._model = model or "Embeddings"
        self.name = f"sber-{self._model}"
        given: dict[str, Any] = {"base_url": base_url, "auth_url": auth_url, "ca_file": ca_file}
        self._client = sber_client(key=key, scope=scope, **given)

    async def _embed(
        self, texts: Sequence[str], *, asked: bool, timeout_s: float
    ) -> list[Sequence[float]]:
        from optfm.llm.providers.sber import translated

        with translated():
            answer = await self._client.aembeddings(list(texts), model=self._model)
        return [one.embedding for one in sorted(answer.data, key=lambda one: one.index)]
