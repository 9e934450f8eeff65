"""An answer that takes long is announced, where the channel can speak first."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from connectors.inbox.incoming import Incoming
from connectors.server.texts import Text


@contextlib.asynccontextmanager
async def announced(
    message: Incoming, text: Text, *, after_s: float
) -> AsyncIterator[asyncio.Event]:
    """While the block takes long, say so once; the event tells whether it did.

    :param text: what is said.
    """
    slow = asyncio.Event()
    say = message.meanwhile

    async def announce() -> None:
        await asyncio.sleep(after_s)
        slow.set()
        if say:
            await say({"recipient_id": message.sender, **text.as_response()})

    announcing = asyncio.ensure_future(announce()) if say else None
    try:
        yield slow
    finally:
        if announcing:
            announcing.cancel()
            # It is a courtesy: that it failed changes nothing for the turn.
            await asyncio.gather(announcing, return_exceptions=True)
