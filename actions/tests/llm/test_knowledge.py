"""The company's pages: cut, found, read anew, with and without vectors."""

import os
from pathlib import Path

import pytest

from optfm.llm.knowledge import live_knowledge
from optfm.llm.knowledge.knowledge import GLOSSARY, page, pages
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.providers.wire_embeddings import WireEmbedder
from optfm.search.vectors.embedding import VectorStore
from tests.eval.knowledge import measured
from tests.llm.conftest import DOMAIN, FOLDER
from tests.peers.models import KEY, ModelServer


@pytest.fixture(scope="module")
def knowledge() -> LiveKnowledge:
    return LiveKnowledge(FOLDER, DOMAIN)


def test_a_page_is_cut_by_its_headings():
    """Each passage carries the headings above it and answers by itself."""
    cut = list(page("# Доставка\n## Кохма\nОт **4 000 ₽**.\n\n## Срок\n- завтра\n", name="d.md"))
    assert [(p.title, p.text) for p in cut] == [
        ("Доставка — Кохма", "От 4 000 ₽."),
        ("Доставка — Срок", "- завтра"),
    ]


def test_long_sections_are_cut_at_empty_lines():
    """No passage is longer than a prompt should carry."""
    text = "# А\n" + "\n\n".join("слово " * 60 for _ in range(6))
    assert (
        all(len(p.text) < 1000 for p in page(text, name="a.md"))
        and len(list(page(text, name="a.md"))) > 2
    )


def test_the_glossary_is_no_fact():
    """General words promise nothing: a model must not cite them as what the company says."""
    assert (FOLDER / GLOSSARY).exists()
    sources = [passage.source for passage in pages(FOLDER)]
    assert sources and not any(source.startswith(GLOSSARY) for source in sources)


def test_the_facts_of_most_questions_are_found(knowledge: LiveKnowledge):
    """On questions written before anything was measured; `make eval` prints the table."""
    first, any_, given, silent = measured(knowledge)
    assert first > 0.85 and any_ > 0.93 and given > 0.85 and silent > 0.65


def test_a_page_hints_at_the_topic_that_says_the_same(knowledge: LiveKnowledge):
    """A word that stands on the page alone: the topic's answer has «бесплатно», no «звонок»."""
    assert knowledge.hinted("звонок в копеечку влетит?") == {"faq_contacts"}
    assert knowledge.hinted("квантовая хромодинамика") == set()


def test_an_edited_page_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Without a restart; the whole index is swapped."""
    monkeypatch.setattr(live_knowledge, "_LOOK_S", 0.0)
    file = tmp_path / "a.md"
    file.write_text("# Слоны\nСлоны серые.\n", encoding="utf-8")
    known = LiveKnowledge(tmp_path, tmp_path / "none.yml")
    assert known.search("слоны", limit=1)[0].passage.text == "Слоны серые."
    file.write_text("# Слоны\nСлоны бывают розовые.\n", encoding="utf-8")
    os.utime(file, (1, 1))
    assert known.search("слоны", limit=1)[0].passage.text == "Слоны бывают розовые."


def test_vectors_over_the_wire_are_made_once_a_text(tmp_path: Path, server: ModelServer):
    """A second start computes nothing; a server that is gone leaves the words."""
    store = VectorStore(tmp_path / "v.sqlite")
    model = WireEmbedder(provider="openai", base_url=server.url, api_key=KEY, model="m")
    known = LiveKnowledge(FOLDER, DOMAIN, embedder=model, store=store)
    assert known.search("доставка в Кохму", limit=3)
    gone = WireEmbedder(provider="openai", base_url="http://127.0.0.1:9/v1", api_key="", model="m")
    again = LiveKnowledge(FOLDER, DOMAIN, embedder=gone, store=store)
    assert again.search("доставка в Кохму", limit=3)
