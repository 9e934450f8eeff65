"""The library's websocket, whose end leaves nothing behind.

A page's last words often come when nobody reads any more. Sanic keeps a task waiting for each
such message until it is collected as garbage, tens of kilobytes with it, and then logs an error.
"""

import asyncio
from typing import Any

from engineio.async_drivers.sanic import WebSocket
from socketio import AsyncServer

#: More messages than a page sends at its end; what comes behind them waits for the garbage.
_LAST_WORDS = 100


class TidyWebSocket(WebSocket):
    """engineio's adapter for Sanic."""

    async def __call__(self, environ: dict[str, Any]) -> Any:  # noqa: ANN401
        """Talk until the connection ends, then let go of what was not read."""
        try:
            return await super().__call__(environ)
        finally:
            if self._sock is not None:
                await _let_go(self._sock.assembler)


def use_tidy_websockets(server: AsyncServer) -> None:
    """Let a server talk through these."""
    server.eio._async = {**server.eio._async, "websocket": TidyWebSocket}


async def _let_go(assembler: Any) -> None:  # noqa: ANN401
    for _ in range(_LAST_WORDS):
        await asyncio.sleep(0)
        if not assembler.message_complete.is_set():
            return
        # As its own `get` does for a message that somebody fetches.
        assembler.message_complete.clear()
        assembler.chunks = []
        assembler.message_fetched.set()
