"""Histories that could not be read when their tabs opened: shown as soon as the store is back."""

import asyncio
from collections.abc import Awaitable, Callable

from components.dialog_store import DialogStoreAway

_LOOKS_AGAIN_S = 1.0

#: Shows a connection its dialog's history. Raises DialogStoreAway.
Show = Callable[[str, str], Awaitable[None]]


class LateHistory:
    """The connections of one socket server that wait for their history.

    :param there: whether a connection still is.
    """

    def __init__(self, show: Show, there: Callable[[str], bool]) -> None:
        self._show, self._there = show, there
        self._waiting: dict[str, str] = {}
        self._looking: asyncio.Task[None] | None = None

    def wait(self, sid: str, dialog: str) -> None:
        """Show it later; of two dialogs of a connection the last one's."""
        self._waiting[sid] = dialog
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look())

    async def _look(self) -> None:
        while self._waiting:
            await asyncio.sleep(_LOOKS_AGAIN_S)
            try:
                await self._show_all()
            except DialogStoreAway:
                continue

    async def _show_all(self) -> None:
        # One at a time: hundreds of tabs that come back together must not be the next outage.
        for sid, dialog in list(self._waiting.items()):
            if self._there(sid) and self._waiting[sid] == dialog:
                await self._show(sid, dialog)
            if self._waiting[sid] == dialog:
                del self._waiting[sid]
