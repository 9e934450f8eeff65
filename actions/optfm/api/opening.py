"""Opens what the API works with, and closes it."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from optfm.api.assisting import ModelAssistant
from optfm.api.audit import Audit
from optfm.api.gate import KeyRing
from optfm.api.goods import Goods
from optfm.api.services import Services
from optfm.bootstrap import database
from optfm.content.live import LiveContent
from optfm.exchange.exchange import Exchanges
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.providers.models import Models, open_models
from optfm.search.live import LiveIndex
from optfm.settings import ROOT, Settings


@contextlib.contextmanager
def open_services(settings: Settings) -> Iterator[Services]:
    """The parts of an API process, over the shop's database.

    :raises Refused: the database cannot be reached.
    """
    with database(settings) as engine, services_over(engine, settings, wait=False) as services:
        yield services


@contextlib.contextmanager
def services_over(engine: Engine, settings: Settings, *, wait: bool = True) -> Iterator[Services]:
    """The parts over a database that is open.

    :param wait: for the first index; else searches are told to come again until it is there.
    """
    content = LiveContent(engine).start()
    live = LiveIndex(engine)
    if wait:
        live.start()
    else:
        threading.Thread(target=live.start, name="first-index", daemon=True).start()
    zone = ZoneInfo(settings.timezone)
    exchanges = Exchanges(
        engine,
        settings.optfm_var / "exchange",
        price_type=settings.exchange_price_type,
        today=lambda: datetime.now(zone).date(),
    )
    goods = Goods(live)
    try:
        with open_models(settings, engine) as models:
            yield Services(
                settings=settings,
                engine=engine,
                goods=goods,
                keys=KeyRing(engine),
                audit=Audit(engine),
                exchanges=exchanges,
                assistant=_assistant(models, goods) if models else None,
            )
    finally:
        exchanges.close()
        live.close()
        content.close()


def _assistant(models: Models, goods: Goods) -> ModelAssistant:
    knowledge = LiveKnowledge(ROOT / "docs" / "knowledge", ROOT / "domain.yml")
    return ModelAssistant(models=models, knowledge=knowledge, goods=goods)
