"""Vectors of texts and the file that keeps them."""

import numpy as np
import pytest

from components import sentence_vectors
from components.sentence_vectors import SentenceVectors

TEXTS = ["сколько стоит доставка", "гарантия", "сколько стоит доставка", "чехол на 13"]


@pytest.fixture(scope="module")
def vectors() -> SentenceVectors:
    """The real embedder."""
    return SentenceVectors()


def test_a_text_alone_and_among_others_has_the_same_vector(vectors):
    """Training and answering see the same numbers, to the last bit."""
    together = vectors.of_all(TEXTS)
    assert together.shape == (4, 384)
    assert np.array_equal(together, np.stack([vectors.of(text) for text in TEXTS]))


def test_nearer_in_meaning_is_nearer_in_space(vectors):
    """«во сколько обойдётся привезти» is nearer to delivery than to a warranty."""
    asked = vectors.of("во сколько обойдётся привезти заказ")
    assert asked @ vectors.of("стоимость доставки") > asked @ vectors.of("гарантия на батарею")


def test_kept_vectors_are_not_computed_again(vectors, tmp_path, monkeypatch):
    """A second training with the same examples asks the model nothing."""
    cache = tmp_path / "var" / "vectors.npz"
    first = vectors.of_all(TEXTS, cache)
    monkeypatch.setattr(sentence_vectors, "E5", None)  # would fail if it were needed
    assert np.array_equal(vectors.of_all(TEXTS, cache), first)


def test_the_file_forgets_examples_that_are_gone(vectors, tmp_path):
    """The file holds the vectors of the last training and no more."""
    cache = tmp_path / "vectors.npz"
    vectors.of_all(["гарантия", "возврат"], cache)
    vectors.of_all(["гарантия", "оплата"], cache)
    with np.load(cache) as stored:
        assert sorted(stored["texts"]) == ["гарантия", "оплата"]


def test_a_broken_file_costs_time_only(vectors, tmp_path):
    """Half a file of vectors is computed anew and replaced."""
    cache = tmp_path / "vectors.npz"
    cache.write_bytes(b"PK\x03\x04 half a file")
    assert np.array_equal(vectors.of_all(["гарантия"], cache)[0], vectors.of("гарантия"))
    assert np.array_equal(vectors.of_all(["гарантия"], cache)[0], vectors.of("гарантия"))


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "а" * 100_000, "😀"])
def test_anything_that_can_be_typed_has_a_vector(vectors, text):
    """Neither a NUL nor half an emoji nor a novel stops the embedder."""
    assert np.isfinite(vectors.of(text)).all()
