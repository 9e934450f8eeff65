"""Vectors of the committed examples, kept with the repository so that no clone computes them again.

`python -m components.shipped_vectors` writes the file from those of the last training. A text is
known by a digest; its vector is 384 signed bytes, a share of the largest component. An example that
is not in the file is computed, so that a file a little older than the examples costs time only.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

logger = logging.getLogger(__name__)

FILE = Path(__file__).resolve().parents[1] / "models" / "nlu-vectors.npz"
_MOST = 127


def read(texts: Iterable[str], file: Path) -> dict[str, np.ndarray]:
    """Vectors of those of the texts that the file has.

    :returns: float32, shape (dimensions,), unit length, within 0.01 of the computed ones by angle;
        nothing where there is no file or a broken one.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            place = {int(key): at for at, key in enumerate(stored["digests"])}
            shares = stored["shares"]
    except FileNotFoundError:
        return {}
    except Exception as broken:  # numpy raises a dozen kinds, and all mean "compute"
        logger.warning("The vectors of %s cannot be read (%s): computing.", file, broken)
        return {}
    found = {text: place[digest] for text in texts if (digest := _digest(text)) in place}
    if not found:
        return {}
    vectors = shares[list(found.values())].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(found, vectors, strict=True))


def write(vectors: Mapping[str, np.ndarray], file: Path) -> None:
    """Keep the vectors, in the order of their digests: the same ones give the same file."""
    keyed = sorted((_digest(text), vector) for text, vector in vectors.items())
    stacked = np.stack([vector for _, vector in keyed])
    shares = np.rint(stacked / np.abs(stacked).max(axis=1, keepdims=True) * _MOST)
    np.savez_compressed(
        file,
        digests=np.array([digest for digest, _ in keyed], dtype=np.uint64),
        shares=shares.astype(np.int8),
    )


def _digest(text: str) -> int:
    data = text.encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


if __name__ == "__main__":
    kept = Path(os.environ.get("OPTFM_VAR") or FILE.parents[1] / "var") / "nlu-vectors.npz"
    if not kept.is_file():
        sys.exit(f"{kept} нет: сначала make train")
    with np.load(kept, allow_pickle=False) as trained:
        write(dict(zip(map(str, trained["texts"]), trained["vectors"], strict=True)), FILE)
