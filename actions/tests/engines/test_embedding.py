"""A text costs the model once, whoever asks and however often the list changes."""

import threading

import numpy as np
import pytest

from optfm.search.vectors.embedding import LocalEmbedder, VectorStore, embed, unit_vectors


class Counting(LocalEmbedder):
    """The real model, and what it was asked to compute."""

    def __init__(self, name=LocalEmbedder.name):
        super().__init__()
        self.name = name
        self.asked = []

    def rows(self, texts):
        self.asked += texts
        return super().rows(texts)


@pytest.fixture
def store(tmp_path):
    """An empty store of vectors."""
    return VectorStore(tmp_path / "var" / "vectors.sqlite")


def run(texts, embedder, store, **options):
    return embed(texts, embedder, store, stop=options.pop("stop", threading.Event()), **options)


def test_new_list_costs_only_its_new_rows(store):
    """Of a list that shares rows with the last one only the others are computed."""
    model = Counting()
    run(["дисплей", "чехол"], model, store)
    run(["чехол", "кабель", "дисплей"], model, store)
    assert model.asked == ["дисплей", "чехол", "кабель"]


def test_stored_vectors_are_the_computed_ones(store):
    """Half precision moves a cosine by less than a thousandth."""
    texts = ["дисплей", "чехол", "кабель"]
    first, second = run(texts, Counting(), store), run(texts, Counting(), store)
    assert second.shape == (3, 384)
    assert np.allclose(first @ first.T, second @ second.T, atol=1e-3)


def test_repeated_texts_are_computed_once_and_all_get_a_vector(store):
    """Rows that differ in their code alone share a vector."""
    model = Counting()
    vectors = run(["чехол", "чехол"], model, store)
    assert model.asked == ["чехол"]
    assert np.array_equal(vectors[0], vectors[1])


def test_what_a_stopped_process_computed_is_kept(store):
    """Stopped after the first batch, it goes on with the second one next time."""
    stop = threading.Event()
    model = Counting()
    texts = ["дисплей", "чехол", "кабель"]
    assert run(texts, model, store, stop=stop, batch=2, done=lambda *_: stop.set()) is None
    later = Counting()
    assert run(texts, later, store) is not None
    assert later.asked == ["кабель"]


def test_vectors_of_another_model_are_not_taken(store):
    """A new version of the model computes all anew."""
    run(["дисплей"], Counting(), store)
    other = Counting(name="other")
    run(["дисплей"], other, store)
    assert other.asked == ["дисплей"]


def test_no_texts_no_vectors(store):
    """An empty list is no error."""
    assert len(run([], Counting(), store)) == 0


def test_words_of_one_meaning_are_nearer_than_others(store):
    """What no vocabulary says: a screen is a display and not a case."""
    model = Counting()
    rows = run(["Дисплей для телефона", "Чехол для телефона", "Кабель USB"], model, store)
    assert np.argmax(rows @ model.question("экран на смартфон")) == 0


def test_several_writers_share_a_file(store):
    """Two action servers that embed the same list at once both end with all of it."""
    texts = [f"дисплей {n}" for n in range(12)]
    results = []
    writers = [
        threading.Thread(target=lambda: results.append(run(texts, Counting(), store, batch=3)))
        for _ in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert np.allclose(results[0], results[1], atol=1e-3)


@pytest.mark.parametrize(
    "answer",
    [[], [[]], [[1.0]], [[1.0], [2.0, 3.0]], [[1.0, float("nan")]] * 2, [[float("inf"), 0.0]] * 2,
     [None, None], [["a"], ["b"]], 5, [[10**400], [1]]],
)  # fmt: skip
def test_what_is_no_vector_a_text_is_refused(answer):
    """A foreign server answers anything; numpy would carry it into every cosine."""
    with pytest.raises(ValueError):
        unit_vectors(answer, 2)
