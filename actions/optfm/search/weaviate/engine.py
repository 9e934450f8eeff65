"""Candidates from Weaviate while it can give them, none while it cannot.

One thread keeps the list of the index that is asked in Weaviate. A question that finds the
server gone is answered from the index alone, like every later one until the server is back; the
change is said once in the log, in both directions.
"""

import logging
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from common import loops
from optfm.search.index import Candidates, Document, Nearness
from optfm.search.vectors.embedding import Vectors
from optfm.search.weaviate.address import WeaviateAddress, WeaviateUnusable

if TYPE_CHECKING:
    from optfm.search.weaviate.link import WeaviateLink

log = logging.getLogger(__name__)

#: So many rows change no first row of 926 questions; 200 change three (docs/adr/0006-weaviate.md).
CANDIDATES = 300
#: A round with nothing to do, and one that writes a hundred thousand rows.
_IDLE_S, _PATIENCE_S = 30.0, 600.0


class Indexed(Protocol):
    """What of an index the engine needs."""

    def documents(self) -> Sequence[Document]:
        """Lexemes of each row, in the order of its positions."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    index: Indexed
    vectors: Vectors | None  #: of the rows, where the collection holds them
    collection: str
    link: "WeaviateLink"


class WeaviateEngine:
    """Follows one index at a time; safe to share among threads."""

    def __init__(
        self, address: WeaviateAddress, *, alias: str = "Prices", retry_s: float = 2.0
    ) -> None:
        """Nothing is reached before `follow`.

        :param alias: what of ours it holds, as the server names it.
        :param retry_s: how often a server that is gone is looked for.
        """
        self._address = address
        self._alias = alias
        self._retry_s = retry_s
        self._changed = threading.Condition()
        self._wanted: Indexed | None = None
        self._vectors: Vectors | None = None  #: of the rows of the wanted index
        self._ready: _Ready | None = None
        self._trouble = ""  #: what was last said about the server, "" while it is used
        self._closed = False
        self._link: WeaviateLink | None = None  #: the keeper's
        self._loop = loops.loop(f"weaviate-{alias.lower()}", patience_s=_PATIENCE_S)
        self._keeper = threading.Thread(target=self._keep, name="weaviate", daemon=True)
        self._keeper.start()

    @property
    def using(self) -> Literal["weaviate", "local"]:
        """Where candidates for the index that is followed come from now."""
        return "weaviate" if self._ready is not None else "local"

    @property
    def trouble(self) -> str:
        """Why Weaviate is not used, in one line; "" while it is, or is not tried yet."""
        return self._trouble

    def follow(self, index: Indexed) -> None:
        """Have this index in Weaviate from now on; returns at once, the work is done aside."""
        with self._changed:
            if index is not self._wanted:
                self._wanted, self._vectors, self._ready = index, None, None
            self._changed.notify_all()

    def enrich(self, index: Indexed, vectors: Vectors) -> None:
        """Have vectors beside the lexemes from some time on; until then nothing changes.

        :param index: nothing happens unless it is the one that is followed.
        :param vectors: of its rows, shape (rows, dim).
        """
        with self._changed:
            if index is self._wanted:
                self._vectors = vectors
            self._changed.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the index is in Weaviate or it is known that it cannot be.

        :returns: whether Weaviate is used now.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._ready is not None or self._trouble, timeout_s)
            return self._ready is not None

    def candidates(self, index: Indexed) -> Candidates:
        """A source of candidates for the index.

        :param index: the one that searches; another than the followed one gets none.
        :returns: a function of the question's lexemes that gives positions, best first, or None
            where the index has to find its own. It never raises.
        """

        def find(lexemes: Sequence[str]) -> list[int] | None:
            ready = self._ready
            if ready is None or ready.index is not index or not lexemes:
                return None
            try:
                return ready.link.best(ready.collection, lexemes, limit=CANDIDATES)
            except WeaviateUnusable as exc:
                self._lost(ready, str(exc))
                return None

        return find

    def nearness(
        self, index: Indexed, vector: Callable[[str], Vectors | None], otherwise: Nearness
    ) -> Nearness:
        """A second opinion by words and meaning at once, from a collection that holds vectors.

        :param vector: of a question's text.
        :param otherwise: asked where Weaviate cannot tell (yet).
        """

        def near(text: str, lexemes: Sequence[str]) -> Vectors | None:
            ready = self._ready
            if ready is None or ready.index is not index or ready.vectors is None:
                return otherwise(text, lexemes)
            asked = vector(text)
            if asked is None:
                return None
            try:
                found = ready.link.nearest(ready.collection, lexemes, asked, limit=CANDIDATES)
            except WeaviateUnusable as exc:
                self._lost(ready, str(exc))
                return otherwise(text, lexemes)
            nearness = np.zeros(len(ready.vectors), dtype=np.float32)
            nearness[found] = np.linspace(1, 0.5, len(found), dtype=np.float32)
            return nearness

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
            if self._ready is ready:  # not a late answer of a server that is back already
                self._ready = None
                self._say(why)
                self._changed.notify_all()

    def _say(self, why: str) -> None:
        if why and not self._trouble:
            log.warning("%s; пока ищем без него", why)
        elif self._trouble and not why:
            log.info("Weaviate снова отвечает: ищем через него")
        self._trouble = why

    def _keep(self) -> None:
        while not self._closed:
            with self._loop.round():
                self._publish()
            if self._loop.failing:
                self._pause(self._retry_s)
        if self._link is not None:
            self._link.close()

    def _publish(self) -> None:
        """Wait until another index is wanted, for a while, and have it in Weaviate."""
        with self._changed:
            if not self._changed.wait_for(self._something_to_do, _IDLE_S) or self._closed:
                return
            wanted, vectors = self._wanted, self._vectors
        if wanted is None:
            return
        # Half a second and 40 MB: a bot without Weaviate does not pay for it. A library that it
        # brings announces its own end at the import and sees to it that nobody can ignore that.
        with warnings.catch_warnings(record=True):
            from optfm.search.weaviate.link import WeaviateLink
            from optfm.search.weaviate.store import BeingWritten, WeaviateStore

        try:
            if self._link is None:
                self._link = WeaviateLink(self._address)
            link = self._link
            collection = WeaviateStore(link, self._alias).publish(wanted.documents(), vectors)
        except BeingWritten:
            self._pause(0.2)
        except WeaviateUnusable as exc:
            if self._link is not None:
                self._link.close()
                self._link = None
            with self._changed:
                self._say(str(exc))
                self._changed.notify_all()
            self._pause(self._retry_s)
        else:
            with self._changed:
                if self._wanted is wanted:
                    self._ready = _Ready(
                        index=wanted, vectors=vectors, collection=collection, link=link
                    )
                    self._say("")
                    self._changed.notify_all()

    def _something_to_do(self) -> bool:
        if self._closed or self._wanted is None:
            return self._closed
        return self._ready is None or self._ready.vectors is not self._vectors

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed, seconds)
