"""An event loop in a thread of its own, for what must not wait behind the turns of others.

A turn keeps the server's loop busy for tens of milliseconds. Between Telegram's "sent" and the
note of it in the database every millisecond is one in which a kill makes the answer come twice.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Aside:
    """One such loop; it ends with the process."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name=name, daemon=True).start()

    async def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Let it work there; whoever waits here may be cancelled, and the work with him."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))
