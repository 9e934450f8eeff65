"""How near rows are in meaning, from a Chroma server while it can tell, in-process while it cannot.

A collection is one revision under one model, named by what is in it: several action servers share
it, and it is asked only when it is whole. Vectors are ours, so the order is that of the plain
numpy comparison; what the server saves is computing and holding them in every action server.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import httpx
import numpy as np

from common import loops
from optfm.search.index import Nearness
from optfm.search.vectors.embedding import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

log = logging.getLogger(__name__)

#: As many as Weaviate is asked for (docs/adr/0006-weaviate.md).
NEAREST = 300
_PREFIX = "prices-"
#: Besides the newest: the one that other action servers may still ask.
_KEPT = 2
_BATCH = 1_000
#: A customer waits for a question's answer, nobody for an upload.
_QUESTION_S = 0.7
_UPLOAD_S = 30.0
_IDLE_S, _PATIENCE_S = 30.0, 600.0


class Indexed(Protocol):
    """What of an index the engine needs: that it is the same one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    index: Indexed
    rows: int
    collection: "Collection"


class ChromaEngine:
    """Follows the vectors of one index at a time; safe to share among threads.

    :param url: CHROMA_URL.
    :param retry_s: how often a server that is gone is looked for.
    """

    def __init__(self, url: str, *, retry_s: float = 2.0) -> None:
        self._url = url
        self._retry_s = retry_s
        self._changed = threading.Condition()
        self._wanted: tuple[Indexed, Vectors] | None = None
        self._ready: _Ready | None = None
        self._trouble = ""
        self._closed = False
        self._loop = loops.loop("chroma", patience_s=_PATIENCE_S)
        self._keeper = threading.Thread(target=self._keep, name="chroma", daemon=True)
        self._keeper.start()

    @property
    def trouble(self) -> str:
        """Why Chroma is not used, in one line; "" while it is, or is not tried yet."""
        return self._trouble

    def enrich(self, index: Indexed, vectors: Vectors) -> None:
        """Have these vectors there from some time on; returns at once.

        :param vectors: of the rows of the index, unit length, shape (rows, dim).
        """
        with self._changed:
            self._wanted, self._ready = (index, vectors), None
            self._changed.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the vectors are there or it is known that they cannot be.

        :returns: whether Chroma is used now.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._ready is not None or self._trouble, timeout_s)
            return self._ready is not None

    def nearness(
        self, index: Indexed, vector: Callable[[str], Vectors | None], otherwise: Nearness
    ) -> Nearness:
        """A second opinion by meaning: a cosine a row; rows that are far share the least one.

        :param vector: of a question's text.
        :param otherwise: asked where Chroma cannot tell (yet).
        """

        def near(text: str, lexemes: Sequence[str]) -> Vectors | None:
            ready = self._ready
            if ready is None or ready.index is not index:
                return otherwise(text, lexemes)
            asked = vector(text)
            if asked is None:
                return None
            try:
                return _cosines(ready, asked)
            except Exception as exc:  # its library raises whatever its transport does
                self._lost(ready, f"Chroma не отвечает ({type(exc).__name__}): {self._url}")
                return otherwise(text, lexemes)

        return near

    def close(self) -> None:
        """Let the server go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        loops.ended(self._loop)
        self._keeper.join(timeout=5)

    def _lost(self, ready: _Ready, why: str) -> None:
        with self._changed:
            if self._ready is ready:
                self._ready = None
                self._say(why)
                self._changed.notify_all()

    def _say(self, why: str) -> None:
        if why and not self._trouble:
            log.warning("%s; пока ищем без него", why)
        elif self._trouble and not why:
            log.info("Chroma снова отвечает")
        self._trouble = why

    def _keep(self) -> None:
        while not self._closed:
            with self._loop.round():
                self._follow()

    def _follow(self) -> None:
        """Wait until other vectors are wanted, for a while, and have them in Chroma."""
        with self._changed:
            if not self._changed.wait_for(self._something_to_do, _IDLE_S) or self._closed:
                return
            wanted = self._wanted
        assert wanted is not None
        index, vectors = wanted
        try:
            name = _publish(_client(self._url, _UPLOAD_S), vectors)
            collection = _client(self._url, _QUESTION_S).get_collection(
                name, embedding_function=None
            )
        except Exception as exc:  # its library raises whatever its transport does
            with self._changed:
                self._say(f"Chroma не отвечает ({type(exc).__name__}): {self._url}")
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closed, self._retry_s)
            return
        with self._changed:
            if self._wanted is wanted:
                self._ready = _Ready(index=index, rows=len(vectors), collection=collection)
                self._say("")
                self._changed.notify_all()

    def _something_to_do(self) -> bool:
        return self._closed or (self._wanted is not None and self._ready is None)


def answers(url: str) -> bool:
    """Whether a Chroma server is at the address."""
    try:
        _client(url, _QUESTION_S).heartbeat()
    except Exception:  # its library raises whatever its transport does
        return False
    return True


def _client(url: str, timeout_s: float) -> "ClientAPI":
    # Half a second and 40 MB: a bot without Chroma does not pay for them.
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or (443 if secure else 80),
        ssl=secure,
        settings=Settings(anonymized_telemetry=False),
    )
    # Its own session waits for ever, and has no setting for that.
    client._server._session.timeout = httpx.Timeout(timeout_s)  # type: ignore[attr-defined]
    return client


def _publish(client: "ClientAPI", vectors: Vectors) -> str:
    """Have a whole collection of these vectors; an unfinished one of the same name is made anew.

    :returns: its name.
    """
    digest = hashlib.sha256(np.ascontiguousarray(vectors, dtype=np.float32).tobytes()).hexdigest()
    name = f"{_PREFIX}{digest[:32]}"
    there = {found.name for found in client.list_collections()}
    if name in there:
        if client.get_collection(name, embedding_function=None).count() == len(vectors):
            return name
        client.delete_collection(name)
    collection = client.create_collection(
        name,
        configuration={"hnsw": {"space": "cosine", "ef_search": NEAREST}},
        embedding_function=None,
    )
    for start in range(0, len(vectors), _BATCH):
        part = vectors[start : start + _BATCH]
        collection.add(
            ids=[str(position) for position in range(start, start + len(part))],
            embeddings=part.tolist(),
        )
    if collection.count() != len(vectors):
        raise OSError("the collection is not whole")
    _forget(client, name)
    return name


def _forget(client: "ClientAPI", newest: str) -> None:
    """Delete collections of ours that nobody asks any longer."""
    ours = [c for c in client.list_collections() if c.name.startswith(_PREFIX)]
    for old in [c for c in ours if c.name != newest][: -(_KEPT - 1) or None]:
        client.delete_collection(old.name)


def _cosines(ready: _Ready, asked: Vectors) -> Vectors:
    found = ready.collection.query(
        query_embeddings=[asked.tolist()],
        n_results=min(NEAREST, ready.rows),
        include=["distances"],
    )
    positions = np.array([int(name) for name in found["ids"][0]], dtype=np.int64)
    distances = found["distances"]
    assert distances is not None
    cosines = 1 - np.asarray(distances[0], dtype=np.float32)
    nearness = np.full(ready.rows, cosines.min() if len(cosines) else 0, dtype=np.float32)
    nearness[positions] = cosines
    return nearness
