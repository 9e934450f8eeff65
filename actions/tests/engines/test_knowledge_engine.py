"""The company's passages in a real Weaviate, beside the price list's rows."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from optfm.llm.knowledge import live_knowledge
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.knowledge.weaviate_knowledge import ALIAS, KnowledgeEngine
from optfm.search.index import Document
from optfm.search.vectors.embedding import LocalEmbedder, VectorStore
from optfm.search.weaviate.address import WeaviateAddress
from optfm.search.weaviate.link import WeaviateLink
from optfm.search.weaviate.store import WeaviateStore
from tests.eval.knowledge import DOMAIN, FOLDER, measured
from tests.peers.weaviate import WeaviateServer


@pytest.fixture
def engine(address: WeaviateAddress) -> Iterator[KnowledgeEngine]:
    engine = KnowledgeEngine(address, retry_s=0.1)
    yield engine
    engine.close()


def until(condition: Callable[[], bool], patience_s: float = 30.0) -> None:
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def first(knowledge: LiveKnowledge, question: str) -> str:
    return knowledge.search(question, limit=1)[0].passage.text


def test_facts_are_found_in_weaviate_as_well_as_without(engine: KnowledgeEngine):
    """The same share of questions has its fact given to a model."""
    knowledge = LiveKnowledge(FOLDER, DOMAIN, engine=engine)
    assert engine.wait(30)
    best, any_, given, silent = measured(knowledge)
    assert best > 0.85 and any_ > 0.93 and given > 0.85 and silent > 0.65


def test_words_and_meaning_are_asked_at_once(engine: KnowledgeEngine, tmp_path: Path):
    """With vectors in the collection a question that shares no word finds its passage."""
    (tmp_path / "a.md").write_text(
        "# Возврат\nБракованный товар можно вернуть.\n\n# Офис\nМы в центре города.\n",
        encoding="utf-8",
    )
    knowledge = LiveKnowledge(
        tmp_path,
        tmp_path / "none.yml",
        embedder=LocalEmbedder(),
        store=VectorStore(tmp_path / "v.sqlite"),
        engine=engine,
    )
    assert engine.wait(30)
    until(lambda: "Бракованный" in first(knowledge, "пришло сломанным, сдать обратно"))


def test_an_edited_page_is_swapped_whole(
    engine: KnowledgeEngine, link: WeaviateLink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The alias moves to a fresh collection; the price list's is not touched."""
    monkeypatch.setattr(live_knowledge, "_LOOK_S", 0.0)
    prices = WeaviateStore(link).publish([Document(("дисплей",), ())])
    file = tmp_path / "a.md"
    file.write_text("# Слоны\nСлоны серые.\n", encoding="utf-8")
    knowledge = LiveKnowledge(tmp_path, tmp_path / "none.yml", engine=engine)
    assert engine.wait(30)
    before = link.client.alias.get(alias_name=ALIAS)
    file.write_text("# Слоны\nСлоны бывают розовые.\n", encoding="utf-8")
    os.utime(file, (1, 1))
    assert first(knowledge, "слоны") == "Слоны бывают розовые."
    assert engine.wait(30)
    after = link.client.alias.get(alias_name=ALIAS)
    assert before and after and before.collection != after.collection
    assert first(knowledge, "слоны") == "Слоны бывают розовые."
    assert prices in link.client.collections.list_all()


def test_a_killed_server_costs_no_answer(server: WeaviateServer, engine: KnowledgeEngine):
    """The passages are ordered in the process, and by Weaviate again when it is back."""
    knowledge = LiveKnowledge(FOLDER, DOMAIN, engine=engine)
    assert engine.wait(30)
    asked = "гарантия на аккумуляторы сколько месяцев"
    expected = first(knowledge, asked)
    server.kill()
    try:
        assert all(first(knowledge, asked) == expected for _ in range(5))
    finally:
        server.start()
    until(lambda: engine.wait(0.1))
    assert first(knowledge, asked) == expected
