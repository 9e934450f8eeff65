"""How near each row of an index is to a question in meaning, for words that nobody knows.

The vectors are made aside, at the lowest priority, and kept in a file: a new list costs its new
rows only. Until all rows of a list have one there is no opinion, and nobody waits for it. Plain
numpy: 0.7 ms for 6,600 rows, 15 ms for 100,000 (docs/adr/0007-dense-vectors.md).
"""

import logging
import os
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from common import loops
from optfm.catalog.rows import PriceRow
from optfm.search.index import Nearness, PriceIndex
from optfm.search.vectors.embedding import Embedder, LocalEmbedder, Vectors, VectorStore, embed
from optfm.settings import Settings

log = logging.getLogger(__name__)

#: of a question, in characters: the model reads 512 tokens and answers must not wait
_LONGEST = 400
#: a background thread's place in the queue for the processor (`nice`)
_LOWEST = 19
#: seconds between tries of a model that did not answer
_AGAIN_S = 60.0
#: of a round: with nothing to do, and with a whole list at the lowest priority
_IDLE_S, _PATIENCE_S = 30.0, 7200.0
_COMPATIBLE = re.compile(r"\bсовместим\w* с(о)? ", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    index: PriceIndex
    embedder: Embedder
    rows: Vectors  #: shape (rows, dim)


class Meaning:
    """Follows one index at a time; safe to share among threads."""

    @classmethod
    def of_settings(
        cls,
        settings: Settings,
        *,
        model: Callable[[], Embedder] = LocalEmbedder,
        ready: Callable[[PriceIndex, Vectors], None] = lambda index, rows: None,
    ) -> "Meaning | None":
        """What EMBEDDINGS_PROVIDER asks for; None where it is `none`.

        :param model: loads the model that it names (`optfm.llm` talks to those elsewhere).
        """
        if settings.embeddings_provider == "none":
            return None
        store = VectorStore(settings.optfm_var / "vectors.sqlite")
        return cls(model, store, ready=ready)

    def __init__(
        self,
        model: Callable[[], Embedder],
        store: VectorStore,
        *,
        ready: Callable[[PriceIndex, Vectors], None] = lambda index, rows: None,
    ) -> None:
        """Nothing is loaded before `follow`.

        :param model: loads the model; called once, aside.
        :param store: where vectors are kept.
        :param ready: told aside when the rows of an index have their vectors.
        """
        self._model = model
        self._store = store
        self._tell = ready
        self._changed = threading.Condition()
        self._wanted: PriceIndex | None = None
        self._ready: _Ready | None = None
        self._failed = False
        self._outdated = False  #: what is stored was made by another model of this name
        self._stop = threading.Event()  #: set when the list changes or all ends
        self._closed = False
        self._embedder: Embedder | None = None  #: the maker's
        self._loop = loops.loop("meaning", patience_s=_PATIENCE_S)
        self._maker = threading.Thread(target=self._make, name="meaning", daemon=True)
        self._maker.start()

    def follow(self, index: PriceIndex) -> None:
        """Have vectors for the rows of this index from some time on; returns at once."""
        with self._changed:
            self._wanted = index
            self._stop.set()
            self._changed.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the rows of the index have vectors, or it is known that they will not.

        :returns: whether there is an opinion now.
        """
        with self._changed:
            self._changed.wait_for(self._settled, timeout_s)
            return self._ready is not None and self._ready.index is self._wanted

    def _settled(self) -> bool:
        return self._failed or (self._ready is not None and self._ready.index is self._wanted)

    def of(self, index: PriceIndex) -> Nearness:
        """The opinion on questions to the index.

        :returns: a function of the question's text that gives a cosine a row, in the order of
            their positions, or None where there is no opinion (yet). It takes 10-20 ms.
        """

        def cosines(question: str, lexemes: Sequence[str]) -> Vectors | None:
            ready = self._ready
            if ready is None or ready.index is not index:
                return None
            vector = self._asked(ready, question)
            return None if vector is None else ready.rows @ vector

        return cosines

    def question(self, text: str) -> Vectors | None:
        """The vector of a question, or None while no model is loaded; takes 10-20 ms."""
        ready = self._ready
        return None if ready is None else self._asked(ready, text)

    def _asked(self, ready: _Ready, question: str) -> Vectors | None:
        """The vector of a question; None where a model elsewhere gives none now."""
        try:
            vector = ready.embedder.question(question[:_LONGEST])
        except OSError as exc:
            log.warning("вектора вопроса нет: %s", exc)
            return None
        if len(ready.rows) and vector.shape != ready.rows.shape[1:]:
            log.warning(
                "%s: теперь это другая модель, строки считаются заново", ready.embedder.name
            )
            self._make_anew(ready)
            return None
        return vector

    def _make_anew(self, ready: _Ready) -> None:
        with self._changed:
            if self._ready is ready:
                self._ready = None
                self._outdated = True
                self._changed.notify_all()

    def close(self) -> None:
        """End the work; what is computed is kept."""
        with self._changed:
            self._closed = True
            self._stop.set()
            self._changed.notify_all()
        loops.ended(self._loop)
        self._maker.join(timeout=5)

    def _make(self) -> None:
        _step_back()
        while not self._closed:
            with self._loop.round():
                self._follow_wanted()
            if self._loop.failing:
                self._fail()

    def _follow_wanted(self) -> None:
        """Wait until another index is wanted, for a while, and make its vectors."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._closed or self._to_do(), _IDLE_S):
                return
            if self._closed:
                return
            wanted = self._wanted
            self._stop.clear()
        assert wanted is not None
        try:
            embedder = self._embedder = self._embedder or self._model()
            if self._outdated:
                self._store.forget(embedder.name)
                self._outdated = False
            texts = [text_of(row) for row in wanted.rows]
            rows = embed(texts, embedder, self._store, stop=self._stop)
        except (ImportError, OSError, sqlite3.Error) as exc:
            log.warning("вектора строк прайса не считаются: %s", exc)
            self._fail()
            return
        if rows is not None:
            with self._changed:
                self._failed = False
                self._ready = _Ready(index=wanted, embedder=embedder, rows=rows)
                self._changed.notify_all()
            log.info("вектора %d строк прайса готовы", len(rows))
            self._tell(wanted, rows)

    def _fail(self) -> None:
        """Let nobody wait for an opinion; try again later: a model elsewhere may come back."""
        with self._changed:
            self._failed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed, _AGAIN_S)

    def _to_do(self) -> bool:
        return self._wanted is not None and (
            self._ready is None or self._ready.index is not self._wanted
        )


def text_of(row: PriceRow) -> str:
    """What of a row the model reads: its group says what the name takes for granted.

    Words that say only «for» cost two points of hit@1: half of the names have them.
    """
    name = _COMPATIBLE.sub("", row.name)
    return f"{row.path[-1]}: {name}" if row.path else name


def _step_back() -> None:
    """Let every other thread go first, where threads have priorities of their own (Linux)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWEST)
