"""Vectors that come with the repository stand in for computed ones."""

import numpy as np
import pytest

from components import sentence_vectors, shipped_vectors
from components.sentence_vectors import SentenceVectors

TEXTS = ["сколько стоит доставка", "гарантия", "чехол на 13"]


@pytest.fixture(scope="module")
def vectors() -> SentenceVectors:
    """The real embedder."""
    return SentenceVectors()


def test_a_shipped_vector_points_where_the_computed_one_does(vectors, tmp_path):
    """Within a hundredth, and of unit length."""
    file = tmp_path / "shipped.npz"
    computed = {text: vectors.of(text) for text in TEXTS}
    shipped_vectors.write(computed, file)
    read = shipped_vectors.read([*TEXTS, "чего в нём нет"], file)
    assert read.keys() == computed.keys()
    for text, vector in read.items():
        assert vector @ computed[text] > 0.9995
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_a_fresh_clone_computes_only_what_the_file_lacks(vectors, tmp_path, monkeypatch):
    """The first training asks the model for new examples alone."""
    file = tmp_path / "shipped.npz"
    shipped_vectors.write({text: vectors.of(text) for text in TEXTS}, file)
    asked: list[str] = []
    embed = sentence_vectors._embed
    monkeypatch.setattr(
        sentence_vectors, "_embed", lambda engine, text: asked.append(text) or embed(engine, text)
    )
    vectors.of_all([*TEXTS, "новый пример"], tmp_path / "var" / "cache.npz", file)
    assert asked == ["новый пример"]


def test_a_broken_file_is_no_vectors(tmp_path):
    """Training goes on without it."""
    file = tmp_path / "shipped.npz"
    file.write_bytes(b"PK half")
    assert shipped_vectors.read(TEXTS, file) == {}
    assert shipped_vectors.read(TEXTS, tmp_path / "none.npz") == {}
