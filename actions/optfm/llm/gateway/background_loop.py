"""An event loop of the models' own: their connections and queues outlive any one caller's loop,
and what a vendor's library does badly holds nobody else up."""

import asyncio
import threading
from collections.abc import Coroutine


class OwnThread:
    """Runs coroutines for callers on any thread or loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="models", daemon=True)
        self._thread.start()

    async def run[T](self, work: Coroutine[object, object, T]) -> T:
        """From another loop, which goes on meanwhile; a caller who gives up ends the work."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def wait[T](self, work: Coroutine[object, object, T]) -> T:
        """From a thread without a loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """End what still runs."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
