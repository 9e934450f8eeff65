"""Weaviate may come and go: questions are answered all the time."""

import logging
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from pydantic import SecretStr

from optfm.search.index import Document
from optfm.search.weaviate.engine import WeaviateEngine

LOGGER = "optfm.search.weaviate.engine"


class Names:
    """The least an index is to the engine: the lexemes of its rows."""

    def __init__(self, *names: str) -> None:
        self._documents = [Document(lexemes=n.split(), path_lexemes=()) for n in names]

    def documents(self):
        return self._documents


PARTS = Names("диспле samsung a12", "диспле samsung a13", "чехл iphone 13")
CABLES = Names("кабел lightning", "кабел type-c")


@pytest.fixture
def start():
    """Makes engines and ends them after the test."""
    engines = []

    def make(address, **options) -> WeaviateEngine:
        engines.append(WeaviateEngine(address, retry_s=0.1, **options))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


VECTORS = np.eye(3, 8, dtype=np.float32)


def nobody(text, lexemes):
    """An opinion that is never asked in vain."""
    return np.full(3, -1, dtype=np.float32)


def until(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def test_followed_index_gets_candidates(start, address):
    """What was published answers with positions of the index."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    assert engine.candidates(PARTS)(["диспле", "a13"]) == [1, 0]


def test_nothing_followed_means_no_candidates(start, address):
    """Before the first list the index is on its own."""
    assert start(address).candidates(PARTS)(["диспле"]) is None


def test_no_words_means_no_candidates(start, address):
    """An empty question is not sent anywhere."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    assert engine.candidates(PARTS)([]) is None


def test_index_of_the_list_before_gets_no_candidates(start, address):
    """Positions of the new list never reach the old index."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    old = engine.candidates(PARTS)
    engine.follow(CABLES)
    assert engine.wait(30)
    assert old(["диспле"]) is None
    assert engine.candidates(CABLES)(["type-c"]) == [1]


def test_vectors_come_into_use_when_they_are_there(start, address):
    """Before them another opinion is asked; after them words and meaning count together."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    near = engine.nearness(PARTS, lambda text: VECTORS[2], nobody)
    assert near("", ["a12"])[0] == -1
    engine.enrich(PARTS, VECTORS)
    until(lambda: near("", ["a12"])[0] != -1)
    assert set(np.argsort(-near("", ["a12"]))[:2]) == {0, 2}
    assert engine.candidates(PARTS)(["a12"]) == [0]


def test_vectors_of_another_list_are_not_taken(start, address):
    """What was computed for the list before does not reach the new one."""
    engine = start(address)
    engine.follow(CABLES)
    assert engine.wait(30)
    engine.enrich(PARTS, VECTORS)
    assert engine.nearness(CABLES, lambda text: VECTORS[0], nobody)("", [])[0] == -1


def test_opinion_goes_on_when_the_server_goes(start, server, address):
    """The index's own vectors answer in place of the server's."""
    engine = start(address)
    engine.follow(PARTS)
    engine.enrich(PARTS, VECTORS)
    near = engine.nearness(PARTS, lambda text: VECTORS[0], nobody)
    until(lambda: near("", ["a12"])[0] != -1)
    server.kill()
    assert near("", ["a12"])[0] == -1
    assert engine.using == "local"
    server.start()
    until(lambda: near("", ["a12"])[0] != -1)


def test_two_processes_with_different_lists_both_go_on(start, address):
    """Each asks its own collection, whoever moved the alias last."""
    one, two = start(address), start(address)
    one.follow(PARTS)
    assert one.wait(30)
    two.follow(CABLES)
    assert two.wait(30)
    assert one.candidates(PARTS)(["a13"]) == [1]
    assert two.candidates(CABLES)(["lightning"]) == [0]


def test_wrong_key_is_said_once_and_the_index_goes_on(start, address, caplog):
    """One line in the log however often it is tried again."""
    with caplog.at_level(logging.INFO, LOGGER):
        engine = start(replace(address, api_key=SecretStr("wrong")))
        engine.follow(PARTS)
        assert not engine.wait(30)
        time.sleep(0.5)
    assert "WEAVIATE_API_KEY" in engine.trouble
    assert engine.using == "local"
    assert engine.candidates(PARTS)(["диспле"]) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_server_killed_under_load_is_missed_by_nobody(start, server, address, caplog):
    """Every question ends with candidates or without, none fails, and Weaviate comes back."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    find = engine.candidates(PARTS)
    answers, failures, asking = [], [], threading.Event()
    asking.set()

    def ask() -> None:
        while asking.is_set():
            try:
                answers.append(find(["диспле", "a13"]))
            except BaseException as exc:
                failures.append(exc)
                raise
            time.sleep(0.002)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    with caplog.at_level(logging.INFO, LOGGER):
        for asker in askers:
            asker.start()
        server.kill()
        until(lambda: engine.using == "local")
        server.start()
        until(lambda: engine.using == "weaviate")
        asking.clear()
        for asker in askers:
            asker.join()
    assert not failures
    assert {tuple(answer) if answer is not None else None for answer in answers} == {(1, 0), None}
    assert find(["диспле", "a13"]) == [1, 0]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


def test_server_that_hangs_costs_one_short_wait(start, server, address):
    """After the first question that waited the others do not ask it any more."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    find = engine.candidates(PARTS)
    server.pause()
    try:
        until(lambda: find(["диспле"]) is None)  # its threads stop one after the other
        assert engine.using == "local"
        assert engine.trouble
        assert find(["диспле"]) is None
    finally:
        server.resume()
    until(lambda: engine.using == "weaviate")
    assert find(["a13"]) == [1]


def test_server_that_starts_later_is_used_when_it_comes(start, server, address):
    """The bot may be up before Weaviate."""
    server.kill()
    engine = start(address)
    engine.follow(PARTS)
    assert not engine.wait(30)
    server.start()
    until(lambda: engine.using == "weaviate")


def test_deleted_collection_is_made_anew(start, link, address):
    """An operator deletes it by mistake: a moment without, then all is as before."""
    engine = start(address)
    engine.follow(PARTS)
    assert engine.wait(30)
    link.client.collections.delete_all()
    assert engine.candidates(PARTS)(["a13"]) is None
    until(lambda: engine.using == "weaviate")
    assert engine.candidates(PARTS)(["a13"]) == [1]
