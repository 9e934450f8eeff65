"""One turn of a dialog at a time, over several Rasa servers.

Those of one machine agree by the kernel, those of several by Redis. Rasa's own lock in Redis is
written in two steps, so that two servers can both have it; it looks once a second whose turn it
is, and a server that dies keeps its dialogs shut for a minute.
"""

import asyncio
import contextlib
import fcntl
import hashlib
import logging
import os
from collections.abc import AsyncIterator
from pathlib import Path

from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: How often a server looks whether the other one of the machine has done with a dialog.
_LOOKS_AT_FILE_EVERY_S = 0.02
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
        over = asyncio.get_running_loop().create_future()
        alive = asyncio.ensure_future(_keep(lock, over))
        try:
            yield
        finally:
            over.set_result(None)
            await asyncio.gather(alive, return_exceptions=True)
            # What was done is done; a lock that cannot be given back ends by itself.
            with contextlib.suppress(RedisError):
                await lock.release()


async def _keep(lock: Lock, over: "asyncio.Future[None]") -> None:
    """Hold the lock until `over`.

    It is told, not cancelled: redis-py takes a cancellation that comes while it looks at an idle
    connection for the end of its own time-out of 0 s. On a busy loop four turns of ten that lasted
    three seconds and more went on for ever so, each with its dialog's lock.
    """
    while not (await asyncio.wait({over}, timeout=_SAYS_SO_EVERY_S))[0]:
        await lock.extend(_LASTS_S, replace_ttl=True)


class MachineLocks:
    """Locks of the servers that share a folder: a byte of a file stands for each dialog.

    Two servers overlap while one takes over from the other. The kernel gives a dead server's
    bytes back at once, and a file of no length holds as many as there are dialogs.

    :param folder: `OPTFM_VAR`.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # Never closed: the end of any descriptor of it would end all of the process' locks.
        self._file = os.open(folder / "dialogs.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextlib.asynccontextmanager
    async def message(self, dialog: str) -> AsyncIterator[None]:
        """As `SharedLocks.message`; where the folder knows no locks, nobody waits."""
        digest = hashlib.blake2b(dialog.encode("utf-8", "replace"), digest_size=8).digest()
        place = int.from_bytes(digest, "big") >> 2  # a file's offset has a sign, and one to spare
        try:
            while not self._taken(place):
                await asyncio.sleep(_LOOKS_AT_FILE_EVERY_S)
        except OSError as exc:
            logger.warning("no locks in OPTFM_VAR: %s", exc)
            yield
            return
        try:
            yield
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def _taken(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):
            return False
        return True
