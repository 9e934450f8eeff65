"""Asking Telegram for updates: one asker a token, however many servers run.

An update is confirmed when everything about it is said: what a killed server had in hand comes
again. While some are in hand Telegram gives them again and again, so it is asked in short steps;
otherwise it holds the question until something happens.
"""

import asyncio
import contextlib
import hashlib
import logging
import random
from collections.abc import Iterator

import psycopg2
from psycopg2.extensions import connection as Connection

from common import loops
from connectors.telegram.api import (
    TelegramApi,
    TelegramAway,
    TelegramBusy,
    TelegramError,
    TelegramRefused,
)
from connectors.telegram.dispatcher import Dispatcher
from connectors.telegram.updates import KINDS

logger = logging.getLogger(__name__)

_HOLD_S = 25
#: How long an answer may take on its way; a connection that is dead says nothing for ever.
_ON_ITS_WAY_S = 15.0
#: Updates in one answer; where so many did not come through in time fewer, then slowly more.
_MOST = 100
_STEP_S = 0.25
_AGAIN_S = (1.0, 2.0, 5.0, 15.0)
_LOCK_AGAIN_S = 3.0
#: Of a round: Telegram may ask for some minutes of silence.
_PATIENCE_S = 300.0


class Polling:
    """The loop.

    :param database_url: where the lock is.
    """

    def __init__(
        self, api: TelegramApi, dispatcher: Dispatcher, token: str, database_url: str
    ) -> None:
        self._api, self._dispatcher = api, dispatcher
        self._lock = _Lock(database_url, token)
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._seen: set[int] = set()
        self._offset = 0
        self._most = _MOST

    async def run(self) -> None:
        """Ask until cancelled."""
        failures, loop = 0, loops.loop("telegram-updates", patience_s=_PATIENCE_S)
        while True:
            loop.beat()
            try:
                if not await self._lock.held():
                    await asyncio.sleep(_LOCK_AGAIN_S)
                    continue
                await self._ask()
                failures = 0
            except TelegramBusy as exc:
                await asyncio.sleep(exc.retry_after_s)
            except TelegramError as exc:
                if isinstance(exc, TelegramAway):
                    self._most = max(1, self._most // 4)
                pause = _AGAIN_S[min(failures, len(_AGAIN_S) - 1)]
                failures += 1
                logger.warning("no updates of Telegram: %s", exc)
                await self._mend(exc)
                await asyncio.sleep(pause * random.uniform(1, 1.5))
            # An answer that nobody thought of must not be the last that was asked for.
            except Exception:
                logger.exception("no updates of Telegram")
                await asyncio.sleep(_AGAIN_S[-1])

    def stop(self) -> None:
        """Let another server ask."""
        self._lock.release()

    async def _ask(self) -> None:
        hold = 0 if self._in_hand else _HOLD_S
        updates = await self._api.call(
            "getUpdates",
            offset=self._offset,
            limit=self._most,
            timeout=hold,
            allowed_updates=list(KINDS),
            wait_s=hold + _ON_ITS_WAY_S,
            tries=1,
        )
        self._most = min(_MOST, self._most + 1)
        for update in updates if isinstance(updates, list) else ():
            self._begin(update)
        if self._in_hand:
            await asyncio.wait(
                self._in_hand.values(), timeout=_STEP_S, return_when=asyncio.FIRST_COMPLETED
            )
        for update_id in [key for key, task in self._in_hand.items() if task.done()]:
            del self._in_hand[update_id]
        if self._seen:
            self._offset = min(self._in_hand, default=max(self._seen) + 1)
            self._seen = {update_id for update_id in self._seen if update_id >= self._offset}
        # Telegram gives no more than a hundred from the first that is not confirmed: one chat
        # that cannot be written to must not keep all the others from being heard.
        self._dispatcher.hurry(on=len(self._seen) >= self._most // 2)

    def _begin(self, update: object) -> None:
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            # It cannot be confirmed by itself; the next one that has a number confirms it.
            logger.warning("an update of Telegram's without a number was left out")
            return
        update_id: int = update["update_id"]
        if update_id not in self._seen:
            self._seen.add(update_id)
            self._in_hand[update_id] = self._dispatcher.take(update)

    async def _mend(self, exc: TelegramError) -> None:
        """A webhook of an earlier life stands in the way: take it down, keep what waits."""
        if isinstance(exc, TelegramRefused) and "webhook" in exc.description:
            with contextlib.suppress(TelegramError):
                await self._api.call("deleteWebhook")


class _Lock:
    """Held by a connection of its own, so that it ends with the process, whatever ends that."""

    def __init__(self, database_url: str, token: str) -> None:
        self._url = database_url
        digest = hashlib.sha256(f"telegram {token}".encode()).digest()
        self._key = int.from_bytes(digest[:8], "big", signed=True)
        self._connection: Connection | None = None

    async def held(self) -> bool:
        """Whether we hold it, after trying to."""
        return await asyncio.get_running_loop().run_in_executor(None, self._try)

    def release(self) -> None:
        """Let others have it."""
        if self._connection is not None:
            with contextlib.suppress(psycopg2.Error):
                self._connection.close()
            self._connection = None

    def _try(self) -> bool:
        with self._failures():
            if self._connection is not None:
                with self._connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                return True
            connection = psycopg2.connect(
                self._url, connect_timeout=3, options="-c statement_timeout=5000"
            )
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", (self._key,))
                if (cursor.fetchone() or (False,))[0]:
                    self._connection = connection
                    return True
            connection.close()
        return False

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except psycopg2.Error as exc:
            logger.warning("no lock for Telegram's updates: %s", " ".join(str(exc).split()))
            self.release()
