"""One provider's tries: a place in its queue, its breaker, and again where that helps."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from optfm.llm.gateway.breaker import Breaker
from optfm.llm.gateway.bulkhead import Places
from optfm.llm.gateway.errors import (
    BadAnswer,
    ModelError,
    ProviderAway,
    ProviderBusy,
    ProviderTimeout,
)
from optfm.llm.gateway.model import Prompt, Provider, Reply

log = logging.getLogger(__name__)

#: At most so many calls of one provider for one question.
_TRIES = 3
_FIRST_PAUSE_S = 0.5
#: With less than this left nobody begins a call.
_TOO_LATE_S = 0.3

Sleep = Callable[[float], Awaitable[None]]
Clock = Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A provider with what guards it."""

    provider: Provider
    places: Places
    breaker: Breaker
    clock: Clock
    sleep: Sleep

    async def complete(self, prompt: Prompt, *, timeout_s: float) -> Reply:
        """An answer within the time, from up to three calls.

        :raises ModelError: the last one's, or why there was none.
        """
        ends = self.clock() + timeout_s
        try:
            async with asyncio.timeout(timeout_s), self.places.place():
                for number in range(_TRIES):
                    try:
                        return await self._once(prompt, ends - self.clock())
                    except (ProviderAway, ProviderBusy) as exc:
                        pause = _pause(exc, number)
                        left = ends - self.clock()
                        if number == _TRIES - 1 or left < pause + _TOO_LATE_S:
                            raise
                    await self.sleep(pause)
        except TimeoutError as exc:
            raise ProviderTimeout("не ответил вовремя") from exc
        raise AssertionError("unreachable")

    async def _once(self, prompt: Prompt, left_s: float) -> Reply:
        self.breaker.enter()
        try:
            reply = await self.provider.complete(prompt, timeout_s=max(left_s, _TOO_LATE_S))
        except ModelError as exc:
            self.breaker.failed(exc)
            raise
        except asyncio.CancelledError:  # our own patience ended: that is its silence
            self.breaker.failed(ProviderTimeout("не ответил вовремя"))
            raise
        except Exception as exc:  # a vendor's library may raise anything
            log.exception("Ответ модели %s не понят", self.provider.name)
            unknown = BadAnswer(f"непонятный ответ: {type(exc).__name__}")
            self.breaker.failed(unknown)
            raise unknown from exc
        self.breaker.succeeded()
        return reply


def _pause(error: ModelError, number: int) -> float:
    """Seconds before the next call; by chance, so that many callers do not come back at once."""
    asked = error.retry_after_s if isinstance(error, ProviderBusy) else None
    pause = _FIRST_PAUSE_S * 2.0**number
    return (asked or 0.0) + random.uniform(0.0 if asked else pause / 2, pause)
