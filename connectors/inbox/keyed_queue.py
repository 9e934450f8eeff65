"""One line a dialog: its messages one after the other, other dialogs beside it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0


class KeyedQueue:
    """The lines of this process. Rasa's own lock looks only once a second whose turn it is."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    @contextlib.asynccontextmanager
    async def in_line(self, dialog: str) -> AsyncIterator[None]:
        """Wait for those who came earlier; the next one waits for the end of the block."""
        line = self._lines.setdefault(dialog, _Line())
        line.length += 1
        try:
            async with line.lock:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[dialog]

    def somebody_waits(self, dialog: str) -> bool:
        """Whether another message has come while one is being answered."""
        line = self._lines.get(dialog)
        return line is not None and line.length > 1
