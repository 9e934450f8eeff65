"""One turn of a dialog at a time, over several Rasa servers.

Rasa's own lock in Redis is written in two steps, so that two servers can both have it; it looks
once a second whose turn it is, and a server that dies keeps its dialogs shut for a minute.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

#: After so long without a word of its holder a lock is free: he died.
_LASTS_S = 10.0
_SAYS_SO_EVERY_S = 3.0
_LOOKS_EVERY_S = 0.05


class SharedLocks(LockStore):
    """Locks in Redis; within a process connectors.inbox.keyed_queue keeps the order before.

    :param url: `redis://host:port/0`.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis = Redis.from_url(url, socket_timeout=5)

    @contextlib.asynccontextmanager
    async def lock(  # Rasa's gives its ticket, which nobody reads
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Wait until no other server has a turn of the dialog; it has none within the block.

        :raises redis.RedisError: Redis does not answer.
        """
        async with self._held(f"optfm:turn:{conversation_id}"):
            yield

    @contextlib.asynccontextmanager
    async def message(self, dialog: str) -> AsyncIterator[None]:
        """Wait until no other server takes a message of the dialog, from its look at those
        received before to its answers kept.

        Without Redis nobody waits: the turn inside fails by itself, and the customer is told.
        """
        async with contextlib.AsyncExitStack() as held:
            with contextlib.suppress(RedisError):
                await held.enter_async_context(self._held(f"optfm:message:{dialog}"))
            yield

    @contextlib.asynccontextmanager
    async def _held(self, name: str) -> AsyncIterator[None]:
        lock = self._redis.lock(name, timeout=_LASTS_S, sleep=_LOOKS_EVERY_S)
        await lock.acquire()
        alive = asyncio.ensure_future(_keep(lock))
        try:
            yield
        finally:
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)
            # What was done is done; a lock that cannot be given back ends by itself.
            with contextlib.suppress(RedisError):
                await lock.release()


async def _keep(lock: Lock) -> None:
    while True:
        await asyncio.sleep(_SAYS_SO_EVERY_S)
        await lock.extend(_LASTS_S, replace_ttl=True)
