"""The list's follower goes on whatever happens to the files that it reads."""

import shutil
import time
import weakref
from pathlib import Path

import pytest
from sqlalchemy import Engine

from common import loops
from optfm.catalog import revisions
from optfm.search import live
from optfm.search.live import LiveIndex
from optfm.settings import ROOT
from optfm.text import vocabulary


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The vocabulary in a folder of the test's own."""
    folder = tmp_path / "vocabulary"
    shutil.copytree(Path(vocabulary.__file__).parent, folder)
    load, stamp = vocabulary.load, vocabulary.stamp
    monkeypatch.setattr(live.vocabulary, "load", lambda: load(folder))
    monkeypatch.setattr(live.vocabulary, "stamp", lambda: stamp(folder))
    monkeypatch.setattr(loops, "_LOOK_S", 0.05)
    monkeypatch.setattr(loops, "_AFTER_FAILURE_S", 0.05)
    return folder


def wait(what) -> None:
    """Until it is so; a busy machine may need a while."""
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def age() -> float:
    """Of the follower."""
    return next(one.age_s for one in loops.running() if one.name == "price-index")


def test_a_vocabulary_file_that_is_gone_for_a_moment_ends_nothing(
    engine: Engine, words: Path
) -> None:
    """An editor moves the file away and writes it anew: the old index answers, then a new one."""
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    index = LiveIndex(engine).start()
    try:
        before = index.current()
        (words / "slang.yml").rename(words / "slang.yml~")
        wait(lambda: index._built_from and index._built_from[1] == live.vocabulary.stamp())
        assert index.current() is before
        (words / "slang.yml~").rename(words / "slang.yml")
        (words / "slang.yml").touch()
        wait(lambda: index.current() is not before)
    finally:
        index.close()
    assert "price-index" not in [one.name for one in loops.running()]


def test_an_error_that_nobody_thought_of_ends_nothing(
    engine: Engine, words: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, tried again, and the follower's age stays young meanwhile."""
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    load, rounds = live.vocabulary.load, []

    def broken():
        rounds.append(1)
        raise RecursionError("a slip of ours")

    monkeypatch.setattr(live.vocabulary, "load", broken)
    index = LiveIndex(engine).start()
    try:
        wait(lambda: len(rounds) > 3)
        assert age() < 30
        assert sum("price-index" in record.getMessage() for record in caplog.records) == 1
        monkeypatch.setattr(live.vocabulary, "load", load)
        wait(lambda: index._current is not None)
    finally:
        index.close()


def test_an_index_that_was_replaced_is_let_go(engine: Engine, words: Path) -> None:
    """No cache keeps it alive: two lists in memory are what a small machine has not."""
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    index = LiveIndex(engine)
    index.refresh()
    before = weakref.ref(index.current().index)
    for question in ("дисплей айфон 11", "чехол красный samsung a12", "акб до 500 р"):
        index.current().search_all(question, limit=10)
    (words / "slang.yml").touch()
    index.refresh()
    assert index.current().index is not before()
    assert before() is None
