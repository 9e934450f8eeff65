"""What changed, told to every open page: LISTEN in one connection, a queue for each page.

An event only names a dialog; the page then asks for what it shows. What was told while nobody
listened is gone, so whoever begins to listen, or begins again, asks for everything once.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncGenerator

import psycopg
from sqlalchemy import Engine

log = logging.getLogger(__name__)

#: Everything may have changed.
ALL = json.dumps({"dialog": None, "staff": True})
_AGAIN_S = 1.0
#: A page that does not take its events for so long is told once that all may have changed.
_HELD = 200


class Live:
    """:param engine: the shop's database."""

    def __init__(self, engine: Engine) -> None:
        url = engine.url.set(drivername="postgresql")
        self._url = url.render_as_string(hide_password=False)
        self._pages: set[asyncio.Queue[str]] = set()
        self._listening: asyncio.Task[None] | None = None
        self.closed = asyncio.Event()

    async def start(self) -> None:
        """Listen until `close`."""
        self._listening = asyncio.create_task(self._listen(), name="desk-listen")

    async def close(self) -> None:
        """Let the streams end."""
        self.closed.set()
        if self._listening:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def events(self) -> AsyncGenerator[str]:
        """What changes from now on, as JSON; the first says that all may have."""
        queue: asyncio.Queue[str] = asyncio.Queue(_HELD)
        self._pages.add(queue)
        try:
            yield ALL
            while True:
                yield await queue.get()
        finally:
            self._pages.discard(queue)

    def tell(self, event: str) -> None:
        """Tell every page."""
        for queue in self._pages:
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(ALL)

    async def _listen(self) -> None:
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True, connect_timeout=5,
                    keepalives_idle=10, keepalives_interval=5, keepalives_count=3,
                )  # fmt: skip
                async with connection:
                    await connection.execute("LISTEN desk")
                    self.tell(ALL)
                    async for notice in connection.notifies():
                        self.tell(_event(notice.payload))
            except (psycopg.Error, OSError) as exc:
                log.warning("the desk hears nothing from the database: %s", type(exc).__name__)
            await asyncio.sleep(_AGAIN_S)


def _event(payload: str) -> str:
    """A notice of the database's triggers as pages read it: `staff`: it may change who waits."""
    whose, _, dialog = payload.partition(" ")
    return json.dumps({"dialog": dialog, "staff": whose == "staff"})
