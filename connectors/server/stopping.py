"""How a server ends: it takes nothing new, finishes what it has in hand, then lets go."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from sanic import Sanic

from common.doors import door

logger = logging.getLogger(__name__)

#: What callers are told of the next server, in seconds.
RETRY_AFTER_S = 5
#: For answers that are made but still on their way, of connections that stay open for ever.
_ON_ITS_WAY_S = 1.0

#: Takes nothing new from now on, and returns when all is done, or after so many seconds.
Finish = Callable[[float], Awaitable[None]]


class Stopping(Exception):
    """A message came while the server ends: it is not taken, and may come again."""


class Finishers:
    """What has to be finished before a server ends."""

    def __init__(self) -> None:
        self._finishers: list[Finish] = []

    def add(self, finish: Finish) -> None:
        """Let the end wait for something."""
        self._finishers.append(finish)

    async def finish(self, patience_s: float) -> None:
        """Finish everything, all of it at the same time."""
        outcomes = await asyncio.gather(
            *(finish(patience_s) for finish in self._finishers), return_exceptions=True
        )
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                logger.error("not finished: %r", outcome)


def finishers_of(app: Sanic) -> Finishers:
    """Those of a server."""
    finishers: Finishers | None = getattr(app.ctx, "finishers", None)
    if finishers is None:
        finishers = app.ctx.finishers = Finishers()
    return finishers


async def finish(app: Sanic, patience_s: float) -> None:
    """End what the server has in hand; to be awaited before it lets its connections go."""
    door().shut()  # whoever is let go must not come back to this one
    await finishers_of(app).finish(patience_s)
    # Open chats would hold it for the framework's fifteen seconds.
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = _ON_ITS_WAY_S
    await asyncio.sleep(_ON_ITS_WAY_S / 10)


async def all_done(tasks: Iterable["asyncio.Future[Any]"], patience_s: float) -> None:
    """Wait for tasks that go on, for so long at most; what they raise is not ours."""
    going = [task for task in tasks if not task.done()]
    if going:
        _, left = await asyncio.wait(going, timeout=patience_s)
        if left:
            logger.warning("%d not finished in %.0f s: they come again", len(left), patience_s)
