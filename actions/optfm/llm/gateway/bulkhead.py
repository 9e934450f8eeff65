"""How many calls a provider has at once, and how many wait."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from optfm.llm.gateway.errors import TooManyWait


class Places:
    """Of one provider, in one event loop."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._most = waiting

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place for the block; the first to come is the first to go in.

        :raises TooManyWait: at once, where the queue is full.
        """
        if self._free.locked() and self._waiting >= self._most:
            raise TooManyWait("очередь к модели полна")
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()
