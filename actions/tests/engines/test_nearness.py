"""One contract of whoever holds the vectors: in-process, Weaviate, Chroma."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from optfm.search.chroma.engine import ChromaEngine
from optfm.search.index import Document
from optfm.search.weaviate.engine import WeaviateEngine
from tests.conftest import skip_or_fail
from tests.peers.chroma import ChromaServer, binary

ROWS = 500
DIM = 384


class Index:
    """So much of a price index as an engine needs."""

    def documents(self) -> list[Document]:
        return [Document(lexemes=(f"row{n}",), path_lexemes=()) for n in range(ROWS)]


def vectors(seed: int) -> np.ndarray:
    """Rows as a model might give them."""
    made = np.random.default_rng(seed).normal(size=(ROWS, DIM)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def asked_near(rows: np.ndarray, position: int) -> np.ndarray:
    """A question whose nearest row is known."""
    noise = np.random.default_rng(7).normal(size=DIM).astype(np.float32) * 0.02
    question = rows[position] + noise
    return question / np.linalg.norm(question)


@pytest.fixture(scope="module")
def chroma() -> Iterator[ChromaServer]:
    """A running server."""
    program = binary()
    if program is None:
        skip_or_fail("no Chroma and no way to install it: it is not tested")
        return
    with tempfile.TemporaryDirectory(prefix="optfm-chroma-") as folder:
        server = ChromaServer(program, Path(folder)).start()
        yield server
        server.kill()


@pytest.fixture(params=["in-process", "weaviate", "chroma"])
def holder(request):
    """Holds vectors for an index: `hold(index, rows)` gives the opinion on a question's vector."""
    engines = []

    def hold(index, rows):
        def here(text, lexemes):
            return rows @ hold.question

        if request.param == "in-process":
            return here
        if request.param == "chroma":
            engine = ChromaEngine(request.getfixturevalue("chroma").url)
        else:
            engine = WeaviateEngine(request.getfixturevalue("address"))
            engine.follow(index)
        engines.append(engine)
        engine.enrich(index, rows)
        assert engine.wait(60), engine.trouble
        near = engine.nearness(index, lambda text: hold.question, lambda text, lexemes: None)
        hold.question = rows[0]
        deadline = time.monotonic() + 60
        # Weaviate serves words first and vectors some time later.
        while near("вопрос", ("lexeme",)) is None:
            assert time.monotonic() < deadline, "the server was never asked"
            time.sleep(0.1)
        return near

    yield hold
    for engine in engines:
        engine.close()


def test_the_nearest_rows_are_the_same_whoever_holds_the_vectors(holder):
    """For thirty questions the ten rows that plain numpy puts first are first, in its order."""
    rows = vectors(1)
    near = holder(Index(), rows)
    for position in range(0, 300, 10):
        holder.question = asked_near(rows, position)
        opinion = near("вопрос", ("lexeme",))
        assert opinion.shape == (ROWS,)
        nearest = np.argsort(-(rows @ holder.question), kind="stable")[:10].tolist()
        assert nearest[0] == position
        assert np.argsort(-opinion, kind="stable")[:10].tolist() == nearest


def test_another_index_is_not_asked_for(chroma):
    """An opinion is on the rows of its own index; any other asks elsewhere."""
    engine = ChromaEngine(chroma.url)
    try:
        index, rows = Index(), vectors(2)
        engine.enrich(index, rows)
        assert engine.wait(60)
        otherwise = np.ones(ROWS, dtype=np.float32)
        near = engine.nearness(Index(), lambda text: rows[0], lambda text, lexemes: otherwise)
        assert near("вопрос", ()) is otherwise
    finally:
        engine.close()


def test_two_action_servers_share_a_collection_and_old_ones_go(chroma):
    """The same vectors are uploaded once; of earlier lists one stays for those who still ask it."""
    import chromadb

    first, second = ChromaEngine(chroma.url), ChromaEngine(chroma.url)
    try:
        for seed in (3, 4, 5):
            index = Index()
            for engine in (first, second):
                engine.enrich(index, vectors(seed))
                assert engine.wait(60)
        port = int(chroma.url.rsplit(":", 1)[1])
        kept = chromadb.HttpClient("127.0.0.1", port).list_collections()
        assert len(kept) == 2
    finally:
        first.close()
        second.close()


def test_a_server_that_dies_is_done_without_and_comes_back(tmp_path):
    """Killed, it costs nobody an answer; started again, its collection is found whole."""
    program = binary()
    if program is None:
        skip_or_fail("no Chroma and no way to install it: it is not tested")
        return
    server = ChromaServer(program, tmp_path / "data").start()
    engine = ChromaEngine(server.url, retry_s=0.2)
    try:
        index, rows = Index(), vectors(6)
        engine.enrich(index, rows)
        assert engine.wait(60)
        question = asked_near(rows, 42)
        near = engine.nearness(index, lambda text: question, lambda text, lexemes: rows @ question)
        server.kill()
        assert int(np.argmax(near("вопрос", ()))) == 42
        assert "Chroma не отвечает" in engine.trouble
        server.start()
        deadline = time.monotonic() + 60
        while engine.trouble:
            assert time.monotonic() < deadline, engine.trouble
            time.sleep(0.1)
        assert int(np.argmax(near("вопрос", ()))) == 42
    finally:
        engine.close()
        server.kill()
