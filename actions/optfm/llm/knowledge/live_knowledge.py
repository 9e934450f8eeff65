"""The company's knowledge as a running bot asks it: read anew when a page was edited.

A changed page is cut and indexed again with the others (0.2 s) and swapped whole; vectors are kept
by the text they were made of, so an edit costs the new passages only.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from common import published
from optfm.llm.knowledge.fact import Fact
from optfm.llm.knowledge.knowledge import Passage, faq, faq_texts, pages
from optfm.llm.knowledge.retrieval import Found, Retrieval
from optfm.llm.knowledge.weaviate_knowledge import KnowledgeEngine
from optfm.search.vectors.embedding import Embedder, Vectors, VectorStore, embed
from optfm.text import vocabulary
from optfm.text.lexicon import Lexicon

log = logging.getLogger(__name__)

_LOOK_S = 2.0
#: Facts of a question: more are paid for at each call and seldom hold the answer (make eval).
FACTS = 5
#: A passage that covers less of the question does not answer it.
ENOUGH = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class _Now:
    stamp: tuple[object, ...]
    retrieval: Retrieval
    topics: dict[str, str]
    about: dict[str, str]  #: by the digest of a passage, the topic whose answer says the most of it


class LiveKnowledge:
    """Follows a folder of pages and the file of the FAQ's answers; safe among threads."""

    def __init__(
        self,
        folder: Path,
        domain: Path,
        *,
        embedder: Embedder | None = None,
        store: VectorStore | None = None,
        engine: KnowledgeEngine | None = None,
    ) -> None:
        """:param embedder: joins its opinion to the order; needs a store for its vectors.

        :param engine: finds in place of this process while it can.
        """
        self._engine = engine
        self._folder, self._domain = folder, domain
        self._embedder, self._store = embedder, store
        self._lexicon = Lexicon(vocabulary.load())
        self._lock = threading.Lock()
        self._looked = 0.0
        self._now = self._read()

    def lexemes(self, text: str) -> set[str]:
        """The words of a text as the index knows them."""
        return set(self._lexicon.lexemes(text))

    @property
    def topics(self) -> dict[str, str]:
        """The FAQ: name of the topic → the beginning of its answer."""
        return self._now.topics

    def facts(self, question: str) -> list[Fact]:
        """What a model may answer the question from; empty where nothing answers it."""
        found = [one for one in self.search(question, limit=FACTS) if one.coverage > 0]
        if not found or max(one.coverage for one in found) < ENOUGH:
            return []
        return [
            Fact(id=f"F{number}", title=one.passage.title, text=one.passage.text)
            for number, one in enumerate(found, 1)
        ]

    def hinted(self, question: str) -> set[str]:
        """The topics whose answers, or pages about the same, share words with a question."""
        about = self._now.about
        found = self.search(question, limit=FACTS)
        return {about[one.passage.digest] for one in found if one.passage.digest in about}

    def fits(self, question: str, text: str) -> bool:
        """Whether a text has enough of the question's words to be an answer to it."""
        return self._now.retrieval.coverage(question, text) >= ENOUGH

    def search(self, question: str, *, limit: int) -> list[Found]:
        """Passages, best first."""
        self._look()
        retrieval, vector = self._now.retrieval, self._vector(question)
        order = (
            self._engine.order(retrieval, retrieval.asked(question), vector)
            if self._engine
            else None
        )
        return retrieval.search(question, limit=limit, vector=vector, order=order)

    def _vector(self, question: str) -> Vectors | None:
        if self._embedder is None:
            return None
        try:
            vector = self._embedder.question(question[:400])
            rows = self._now.retrieval.vectors
            if rows is None or vector.shape == rows.shape[1:]:
                return vector
            log.warning("%s is another model now: its vectors are made anew", self._embedder.name)
            if self._store:
                self._store.forget(self._embedder.name)
            self._now = replace(self._now, stamp=())
        except (OSError, sqlite3.Error) as exc:
            log.warning("no vector of a question: %s", exc)
        return None

    def _look(self) -> None:
        if time.monotonic() - self._looked < _LOOK_S or not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = time.monotonic()
            if self._stamp() != self._now.stamp:
                self._now = self._read()
                log.info("knowledge read anew: %d passages", len(self._now.retrieval.passages))
        # A page that is being saved, or a slip in it: what was read before answers meanwhile.
        except Exception:
            log.exception("the knowledge is not read anew")
        finally:
            self._lock.release()

    def _read(self) -> _Now:
        stamp = self._stamp()
        texts = faq_texts(self._domain)
        answers = faq(texts)
        passages: Sequence[Passage] = [*pages(self._folder), *answers]
        vectors = None
        if self._embedder and self._store:
            said = [f"{p.title}: {p.text}" for p in passages]
            try:
                vectors = embed(said, self._embedder, self._store, stop=threading.Event())
            except OSError as exc:
                log.warning("the knowledge has no vectors: %s", exc)
        retrieval = Retrieval(passages, self._lexicon.lexemes, vectors)
        if self._engine:
            self._engine.follow(retrieval)
        return _Now(
            stamp=stamp,
            retrieval=retrieval,
            topics={_topic(p): " ".join(p.text.split())[:90] for p in answers},
            about=self._about(passages, answers),
        )

    def _about(self, passages: Sequence[Passage], answers: Sequence[Passage]) -> dict[str, str]:
        of_answers = Retrieval(answers, self._lexicon.lexemes)
        about = {}
        for passage in passages:
            if passage in answers:
                about[passage.digest] = _topic(passage)
            elif found := of_answers.search(f"{passage.title} {passage.text}", limit=len(answers)):
                most = max(found, key=lambda one: one.coverage)
                about[passage.digest] = _topic(most.passage)
        return about

    def _stamp(self) -> tuple[object, ...]:
        found: list[object] = [published.version()]
        for file in [*sorted(self._folder.glob("*.md")), self._domain]:
            try:
                seen = file.stat()
                found.append((file.name, seen.st_mtime_ns, seen.st_size))
            except OSError:
                continue
        return tuple(found)


def _topic(answer: Passage) -> str:
    return answer.source.removeprefix("utter_")
