"""What the actions work with: the database and the price index of this process."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from common.work_hours import WorkHours
from optfm.bootstrap import database
from optfm.content.live import LiveContent
from optfm.db.connection import connect
from optfm.dialogue.facts import Facts
from optfm.facts.calendar import Calendar
from optfm.leads.hand_off import Managers, Staffed
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.knowledge.weaviate_knowledge import KnowledgeEngine
from optfm.llm.providers.embeddings import embedder_of, price_embedder
from optfm.llm.providers.models import Models, open_models
from optfm.search import Answer, PriceIndex
from optfm.search.live import Current, LiveIndex
from optfm.search.query_log import QueryLog
from optfm.search.vectors.embedding import Vectors, VectorStore
from optfm.search.vectors.meaning import Meaning
from optfm.search.weaviate.address import WeaviateAddress
from optfm.search.weaviate.engine import WeaviateEngine
from optfm.settings import ROOT, Settings

if TYPE_CHECKING:
    from optfm.search.chroma.engine import ChromaEngine

#: How long a customer's turn waits for the database; the price list is read in its own time.
_PATIENCE_S = 4.0
_PATIENCE_LIST_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Shop:
    """Handed to every action when it is made."""

    engine: Engine
    prices: LiveIndex
    searches: QueryLog
    notices: tuple[str, ...] = ()  #: whom a new request is told to: kinds of outbox entries
    people: Managers | None = None  #: who may take over from the bot
    #: Where a customer reads what he is asked to agree to.
    consent_address: str = "http://127.0.0.1:5005/consent"
    #: What is answered for a customer's own town, sum and hour.
    facts: Facts = field(default_factory=lambda: Facts(Calendar(), ZoneInfo("Europe/Moscow")))
    #: Where files for customers are kept (OPTFM_VAR); None: none are made.
    files: Path | None = None
    models: Models | None = None  #: language models; None: the bot answers without
    knowledge: LiveKnowledge | None = None  #: what they may answer from

    @property
    def managers(self) -> Managers | None:
        """Who takes over from the bot now; None: nobody can."""
        return self.people if self.people and self.people.there() else None

    @classmethod
    @contextlib.contextmanager
    def over(
        cls, engine: Engine, prices: LiveIndex, notices: tuple[str, ...] = ()
    ) -> Iterator["Shop"]:
        """A shop that records searches aside."""
        with contextlib.closing(QueryLog(engine)) as searches:
            yield cls(engine=engine, prices=prices, searches=searches, notices=notices)

    def remember(self, answer: Answer, prices: Current, *, dialog: str) -> None:
        """Keep a search for the owner."""
        self.searches.keep(
            answer,
            normalised=answer.query.normalised,
            dialog=dialog,
            list_id=prices.list_id,
            candidates_of=prices.engine,
        )


@contextlib.contextmanager
def open_shop(settings: Settings) -> Iterator[Shop]:
    """Everything the actions need, for as long as the block runs.

    :raises Refused: no database.
    """
    with database(settings, patience_s=_PATIENCE_S) as engine, contextlib.ExitStack() as stack:
        content = LiveContent(engine).start()
        stack.callback(content.close)
        weaviate = _weaviate(settings)
        if weaviate:
            stack.callback(weaviate.close)
        chroma = _chroma(settings)
        if chroma:
            stack.callback(chroma.close)
        holder = weaviate or chroma
        meaning = Meaning.of_settings(
            settings,
            model=lambda: price_embedder(settings),
            ready=holder.enrich if holder else _nobody,
        )
        if meaning:
            stack.callback(meaning.close)
        reading = connect(
            engine.url.render_as_string(hide_password=False), patience_s=_PATIENCE_LIST_S
        )
        stack.callback(reading.dispose)
        prices = LiveIndex(reading, weaviate, meaning, chroma).start()
        stack.callback(prices.close)
        shop = stack.enter_context(Shop.over(engine, prices, settings.notices))
        public = settings.public_url or f"http://127.0.0.1:{settings.rasa_port}"
        yield replace(
            shop,
            consent_address=f"{public}/consent",
            files=settings.optfm_var,
            people=_managers(settings, engine),
            facts=Facts(Calendar.read(settings.holidays), ZoneInfo(settings.timezone)),
            models=stack.enter_context(open_models(settings, engine)),
            knowledge=_knowledge(settings, stack) if settings.models() else None,
        )


def _managers(settings: Settings, engine: Engine) -> Managers:
    has_group = "request_topic" in settings.notices
    return Managers(
        there=(lambda: True) if has_group else Staffed(engine),
        hours=WorkHours.read(settings.work_hours),
        zone=ZoneInfo(settings.timezone),
        silence_min=settings.manager_silence_min,
    )


def _knowledge(settings: Settings, stack: contextlib.ExitStack) -> LiveKnowledge:
    embedder = embedder_of(settings)
    address = WeaviateAddress.of(settings)
    engine = KnowledgeEngine(address) if address else None
    if engine:
        stack.callback(engine.close)
    return LiveKnowledge(
        ROOT / "docs" / "knowledge",
        ROOT / "domain.yml",
        embedder=embedder,
        store=VectorStore(settings.optfm_var / "vectors.sqlite") if embedder else None,
        engine=engine,
    )


def _nobody(index: PriceIndex, rows: Vectors) -> None:
    """Without Weaviate and Chroma nobody else needs the vectors."""


def _chroma(settings: Settings) -> "ChromaEngine | None":
    if not settings.chroma_url:
        return None
    from optfm.search.chroma.engine import ChromaEngine  # its client is 10 MB

    return ChromaEngine(settings.chroma_url)


def _weaviate(settings: Settings) -> WeaviateEngine | None:
    address = WeaviateAddress.of(settings)
    return WeaviateEngine(address) if address else None
