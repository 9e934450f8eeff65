"""The language models of this process, put together from the settings."""

import asyncio
import contextlib
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from optfm.llm.gateway.background_loop import OwnThread
from optfm.llm.gateway.breaker import Breaker
from optfm.llm.gateway.budget import Budget, Limits
from optfm.llm.gateway.bulkhead import Places
from optfm.llm.gateway.cache import Cache
from optfm.llm.gateway.cost import price_of
from optfm.llm.gateway.gateway import Gateway
from optfm.llm.gateway.journal import Journal
from optfm.llm.gateway.model import Provider
from optfm.llm.gateway.retry import Clock, Sleep, Tried
from optfm.llm.providers.providers import providers
from optfm.settings import Settings

#: What `optfm llm ask` uses the gateway for; nobody switches it off.
BY_HAND: Literal["ask"] = "ask"


@dataclass(frozen=True, kw_only=True)
class Models:
    """The gateway and the thread it lives in."""

    gateway: Gateway
    thread: OwnThread

    def uses(self, purpose: str) -> bool:
        """Whether a model may be asked for this at all."""
        return purpose in self.gateway.purposes

    async def run[T](self, work: Coroutine[object, object, T]) -> T:
        """Let a coroutine over the gateway run; the caller's loop goes on meanwhile."""
        return await self.thread.run(work)


@contextlib.contextmanager
def open_models(settings: Settings, engine: Engine) -> Iterator[Models | None]:
    """The configured models for as long as the block runs; None where there are none.

    :raises Refused: no price is known for a model.
    """
    if not settings.models():
        yield None
        return
    thread = OwnThread()
    try:
        gateway = thread.wait(_made(settings, engine))
        yield Models(gateway=gateway, thread=thread)
        for tried in gateway.tried:
            thread.wait(tried.provider.close())
    finally:
        thread.close()


async def _made(settings: Settings, engine: Engine) -> Gateway:
    return gateway_of(settings, engine, providers(settings))


def gateway_of(
    settings: Settings,
    engine: Engine,
    chosen: Sequence[Provider],
    *,
    clock: Clock = time.monotonic,
    sleep: Sleep = asyncio.sleep,
) -> Gateway:
    """A gateway to these providers; in the loop that will use it.

    :raises Refused: no price is known for a model.
    """
    journal = Journal(engine, ZoneInfo(settings.timezone))
    return Gateway(
        tried=[
            Tried(
                provider=provider,
                places=Places(at_once=settings.ai_at_once, waiting=settings.ai_queue),
                breaker=Breaker(clock),
                clock=clock,
                sleep=sleep,
            )
            for provider in chosen
        ],
        prices={(p.name, p.model): price_of(p.name, p.model) for p in chosen},
        purposes=frozenset([*settings.ai_use.split(","), BY_HAND]),
        budget=Budget(
            limits=Limits(
                dialog_tokens=settings.ai_dialog_tokens,
                day_tokens=settings.ai_daily_tokens,
                month_rub=settings.ai_monthly_rub,
            ),
            journal=journal,
        ),
        cache=Cache(engine),
        journal=journal,
        timeout_s=settings.ai_timeout_s,
        keep_text=settings.ai_keep_text,
        clock=clock,
    )
