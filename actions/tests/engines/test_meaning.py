"""An opinion on meaning comes when it is ready, and nobody waits for it."""

import logging
import time

import numpy as np
import pytest

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.search.vectors.embedding import LocalEmbedder, VectorStore
from optfm.search.vectors.meaning import Meaning, text_of
from optfm.text import load_vocabulary


class Counting(LocalEmbedder):
    """The real model, and what it was asked to compute."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def rows(self, texts):
        self.asked += texts
        return super().rows(texts)


def index_of(*names: str) -> PriceIndex:
    rows = [
        PriceRow(
            code=f"А-{number}",
            name=name,
            price_kop=10_000,
            status="",
            path=("Товары", group),
            row_number=number,
        )
        for number, (group, name) in enumerate((n.split("/") for n in names), start=1)
    ]
    return PriceIndex.build(rows, load_vocabulary())


PARTS = index_of("Дисплеи/Дисплей Honor 8X", "Чехлы/Чехол Honor 8X", "Кабели/Кабель USB 1м")
MORE = index_of("Дисплеи/Дисплей Honor 8X", "Вентиляторы/Вентилятор настольный")


@pytest.fixture
def store(tmp_path):
    """An empty store of vectors."""
    return VectorStore(tmp_path / "vectors.sqlite")


@pytest.fixture
def start(store):
    """Makes opinions and ends them after the test."""
    made = []

    def make(model=LocalEmbedder, **options) -> Meaning:
        made.append(Meaning(model, store, **options))
        return made[-1]

    yield make
    for meaning in made:
        meaning.close()


def test_row_of_the_same_meaning_is_nearest(start):
    """A word the list does not have still points at the right goods."""
    meaning = start()
    meaning.follow(PARTS)
    assert meaning.wait(60)
    cosines = meaning.of(PARTS)("провод для зарядки телефона", [])
    assert cosines.shape == (3,)
    assert np.argmax(cosines) == 2


def test_before_the_vectors_are_there_is_no_opinion(start):
    """A question of the first minute is answered without it."""
    assert start().of(PARTS)("экран", []) is None


def test_index_of_another_list_gets_no_opinion(start):
    """Positions of one list never reach the index of another."""
    meaning = start()
    meaning.follow(PARTS)
    assert meaning.wait(60)
    assert meaning.of(MORE)("экран", []) is None


def test_next_list_costs_its_new_rows(start):
    """Rows that were there before are not computed again, also by the next process."""
    model = Counting()
    meaning = start(lambda: model)
    meaning.follow(PARTS)
    assert meaning.wait(60)
    meaning.follow(MORE)
    assert meaning.wait(60)
    assert model.asked[3:] == ["Вентиляторы: Вентилятор настольный"]
    later = Counting()
    again = start(lambda: later)
    again.follow(MORE)
    assert again.wait(60)
    assert later.asked == []


def test_vectors_are_told_to_who_wants_them(start):
    """Weaviate gets them as soon as they are there."""
    told = []
    meaning = start(ready=lambda index, rows: told.append((index, rows.shape)))
    meaning.follow(PARTS)
    assert meaning.wait(60)
    meaning.close()
    assert told == [(PARTS, (3, 384))]


def test_machine_without_the_model_goes_on_without(start, caplog):
    """One line in the log; no opinion, no failure."""

    def missing():
        raise ImportError("no wheel for this machine")

    with caplog.at_level(logging.WARNING, "optfm.search.vectors.meaning"):
        meaning = start(missing)
        meaning.follow(PARTS)
        assert not meaning.wait(60)
    assert meaning.of(PARTS)("экран", []) is None
    assert len(caplog.records) == 1
    assert "no wheel for this machine" in caplog.text


class Elsewhere(LocalEmbedder):
    """The real model, as if behind a network that is down at times."""

    name = "elsewhere"
    down = False

    def question(self, text):
        if self.down:
            raise OSError("nobody answers")
        return super().question(text)

    def rows(self, texts):
        if self.down:
            raise OSError("nobody answers")
        return super().rows(texts)


def test_a_model_elsewhere_that_is_away_costs_the_opinion_only(start):
    """The search goes on by words; the opinion is back with the model."""
    model = Elsewhere()
    meaning = start(lambda: model)
    meaning.follow(PARTS)
    assert meaning.wait(60)
    cosines = meaning.of(PARTS)
    assert cosines("экран", ["экран"]) is not None
    model.down = True
    assert cosines("экран", ["экран"]) is None
    assert meaning.question("экран") is None
    model.down = False
    assert cosines("экран", ["экран"]) is not None


def test_rows_are_tried_again_when_the_model_is_back(start, monkeypatch):
    """A server that is down at the start is not given up."""
    monkeypatch.setattr("optfm.search.vectors.meaning._AGAIN_S", 0.1)
    model = Elsewhere()
    model.down = True
    meaning = start(lambda: model)
    meaning.follow(PARTS)
    assert not meaning.wait(60)
    model.down = False
    for _ in range(600):
        if meaning.of(PARTS)("экран", ["экран"]) is not None:
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


class Replaced(LocalEmbedder):
    """A server on which another model is put under the same name."""

    name = "replaced"
    dim = 8

    def question(self, text):
        return np.eye(1, self.dim, dtype=np.float32)[0]

    def rows(self, texts):
        return np.tile(self.question(""), (len(texts), 1))


def test_another_model_under_the_same_name_makes_all_anew(start, store, caplog):
    """Vectors of two lengths never meet in a question; what is stored of the old one goes."""
    model = Replaced()
    meaning = start(lambda: model)
    meaning.follow(PARTS)
    assert meaning.wait(60)
    assert meaning.of(PARTS)("экран", []).shape == (3,)
    model.dim = 16
    assert meaning.of(PARTS)("экран", []) is None
    assert "другая модель" in caplog.text
    assert meaning.wait(60)
    assert meaning.of(PARTS)("экран", []).shape == (3,)
    known = store.known("replaced", [text_of(row) for row in PARTS.rows])
    assert {vector.shape for vector in known.values()} == {(16,)}


def test_a_list_that_meets_another_model_under_the_same_name_is_made_anew(start, store):
    """Old rows from the store beside new ones of another length."""
    first = start(Replaced)
    first.follow(index_of("Дисплеи/Дисплей Honor 8X"))
    assert first.wait(60)
    first.close()
    model = Replaced()
    model.dim = 16
    again = start(lambda: model)
    again.follow(PARTS)
    assert again.wait(60)
    assert again.of(PARTS)("экран", []).shape == (3,)
