"""What changed, told to every open page: LISTEN in one connection, a queue for each page.

An event only names dialogs; the page then asks for what it shows. What was told while nobody
listened is gone, so whoever begins to listen, or begins again, asks for everything once.

While customers talk, hundreds of things change a second: what changes within a moment is one event.
Each has a mark, which a page shows when it asks: whatever was looked up since will do for it.
"""

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections.abc import AsyncGenerator

import psycopg
from sqlalchemy import Engine

log = logging.getLogger(__name__)

_AGAIN_S = 1.0
#: Events follow each other no sooner; the first after a silence is told at once.
_APART_S = 0.1
#: A page that does not take its events for so long is told once that all may have changed.
_HELD = 200


class Live:
    """:param engine: the shop's database."""

    def __init__(self, engine: Engine) -> None:
        url = engine.url.set(drivername="postgresql")
        self._url = url.render_as_string(hide_password=False)
        self._pages: set[asyncio.Queue[str]] = set()
        self._listening: asyncio.Task[None] | None = None
        self._process = secrets.token_hex(4)
        self._told = 0
        self._told_at = 0.0
        self._changed: dict[str, bool] = {}  # dialog → whether it may change who waits
        self._telling: asyncio.TimerHandle | None = None
        self.closed = asyncio.Event()

    def mark(self) -> str:
        """Of the last event that was told; what is looked up from now on knows of it."""
        return f"{self._process}-{self._told}"

    def covers(self, mark: str, asked: str) -> bool:
        """Whether what was looked up at a mark will do for a page that has heard of another one.

        :param asked: anything at all; a mark of another process is covered by none of ours.
        """
        process, _, number = asked.partition("-")
        known = process == self._process and number.isascii() and number.isdigit()
        return known and int(mark.partition("-")[2]) >= int(number)

    async def start(self) -> None:
        """Listen until `close`."""
        self._listening = asyncio.create_task(self._listen(), name="desk-listen")

    async def close(self) -> None:
        """Let the streams end."""
        self.closed.set()
        if self._telling:
            self._telling.cancel()
        if self._listening:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def events(self) -> AsyncGenerator[str]:
        """What changes from now on, as JSON; the first says that all may have."""
        queue: asyncio.Queue[str] = asyncio.Queue(_HELD)
        self._pages.add(queue)
        try:
            yield self._event(None, staff=True)
            while True:
                yield await queue.get()
        finally:
            self._pages.discard(queue)

    def hear(self, payload: str) -> None:
        """A notice of the database's triggers, `staff <dialog>` or `bot <dialog>`."""
        whose, _, dialog = payload.partition(" ")
        self._changed[dialog] = self._changed.get(dialog, False) or whose == "staff"
        if self._telling is None:
            wait_s = self._told_at + _APART_S - time.monotonic()
            self._telling = asyncio.get_running_loop().call_later(max(wait_s, 0.0), self._tell)

    def _tell(self) -> None:
        self._telling = None
        changed, self._changed = self._changed, {}
        self._told_at = time.monotonic()
        self._told += 1
        self._tell_pages(self._event(list(changed), staff=any(changed.values())))

    def _tell_of_all(self) -> None:
        self._told += 1
        self._tell_pages(self._event(None, staff=True))

    def _tell_pages(self, event: str) -> None:
        for queue in self._pages:
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(self._event(None, staff=True))

    def _event(self, dialogs: list[str] | None, *, staff: bool) -> str:
        """As pages read it.

        :param dialogs: None: everything may have changed.
        :param staff: it may change who waits.
        """
        return json.dumps({"at": self.mark(), "dialogs": dialogs, "staff": staff})

    async def _listen(self) -> None:
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True, connect_timeout=5,
                    keepalives_idle=10, keepalives_interval=5, keepalives_count=3,
                )  # fmt: skip
                async with connection:
                    await connection.execute("LISTEN desk")
                    self._tell_of_all()
                    async for notice in connection.notifies():
                        self.hear(notice.payload)
            except (psycopg.Error, OSError) as exc:
                log.warning("the desk hears nothing from the database: %s", type(exc).__name__)
            await asyncio.sleep(_AGAIN_S)
