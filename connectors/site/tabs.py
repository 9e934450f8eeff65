"""The open tabs of the site's dialogs: what is shown in them, and whether one has it.

A room of the socket server is a dialog. With Redis its tabs may be at any server.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from engineio.packet import NOOP, Packet
from socketio import AsyncServer

from connectors.inbox.keyed_queue import KeyedQueue
from connectors.server.answers import Answer

Payload = dict[str, Any]

#: A page that is open says that it has a message within this time.
_PATIENCE_S = 3.0
#: Pages that go to another server: so many at once, so often.
_LET_GO_AT_ONCE = 10
_LET_GO_EVERY_S = 0.1


@dataclass(frozen=True)
class Tab:
    """What is known of one."""

    dialog: str = ""  #: "": it has asked for none yet
    acknowledges: bool = False  #: it promised to say that it has what it was shown


class Tabs:
    """The tabs of one socket server.

    :param alone: no other server has tabs.
    """

    def __init__(self, server: AsyncServer, *, alone: bool) -> None:
        self._server = server
        self._alone = alone
        self._lines = KeyedQueue()
        self._in_hand: Counter[str] = Counter()

    async def of(self, sid: str) -> Tab:
        """The tab of a connection."""
        session: dict[str, Tab] = await self._server.get_session(sid)
        return session.get("tab") or Tab()

    @contextlib.contextmanager
    def in_hand(self, sid: str | None) -> Iterator[None]:
        """Inside the block a connection waits for what is done with its message."""
        if sid is None:
            yield
            return
        self._in_hand[sid] += 1
        try:
            yield
        finally:
            self._in_hand[sid] -= 1
            if not self._in_hand[sid]:
                del self._in_hand[sid]

    async def let_go(self, patience_s: float) -> None:
        """End every connection, in which nothing is in hand, as a network does: pages come back.

        Socket.io's own word for it would keep them away. A few at a time: each asks for its
        history when it is back.
        """
        left = dict.fromkeys(self._server.eio.sockets)
        deadline = time.monotonic() + patience_s
        while left and time.monotonic() < deadline:
            idle = [sid for sid in left if not self._waits(sid)][:_LET_GO_AT_ONCE]
            for sid in idle:
                del left[sid]
                await self._end(sid)
            await asyncio.sleep(_LET_GO_EVERY_S)

    async def end(self, sid: str) -> None:
        """End one, as a network does."""
        await self._end(self._server.manager.eio_sid_from_sid(sid, "/"))

    async def _end(self, connection: str) -> None:
        if socket := self._server.eio.sockets.get(connection):
            # What was said before is sent before; to one that polls: ask anew.
            await socket.queue.put(None if socket.upgraded else Packet(NOOP))

    def _waits(self, connection: str) -> bool:
        sid = self._server.manager.sid_from_eio_sid(connection, "/")
        return sid in self._in_hand

    async def enter(self, sid: str, tab: Tab) -> None:
        """Show a connection what is said in a dialog, and in no other."""
        before = await self.of(sid)
        if before.dialog not in ("", tab.dialog):
            await self._server.leave_room(sid, before.dialog)
        await self._server.save_session(sid, {"tab": tab})
        # A coroutine since python-socketio 5.10: without the await nothing is ever delivered.
        await self._server.enter_room(sid, tab.dialog)

    async def echo(
        self, dialog: str, text: str, message_id: str, at: str, *, but: str | None = None
    ) -> None:
        """Show what the visitor said.

        :param but: the connection that shows it already.
        """
        echo = {"text": text, "message_id": message_id, "at": at}
        await self._server.emit("user_uttered_echo", echo, room=dialog, skip_sid=but)

    @contextlib.asynccontextmanager
    async def typing(self, dialog: str) -> AsyncIterator[None]:
        """Show inside the block that the bot writes."""
        await self._server.emit("bot_typing", {"on": True}, room=dialog)
        try:
            yield
        finally:
            await self._server.emit("bot_typing", {"on": False}, room=dialog)

    async def say(self, dialog: str, answer: Answer, answer_id: str) -> None:
        """Show what the bot said."""
        await self._server.emit("bot_uttered", _wire(answer, answer_id), room=dialog)

    async def say_surely(self, dialog: str, answer: Answer, answer_id: str) -> bool:
        """Show what was said, and learn whether a tab has it.

        :returns: whether one said so, at whatever server; of tabs that never do (other people's
            chats), whether one is open here.
        """
        if self._alone and not self._here(dialog):
            return False
        has = asyncio.Event()
        async with self._lines.in_line(dialog):
            await self._server.emit(
                "bot_uttered",
                _wire(answer, answer_id),
                room=dialog,
                callback=lambda *_: has.set(),
            )
            try:
                await asyncio.wait_for(has.wait(), _PATIENCE_S)
            except asyncio.TimeoutError:
                tabs = [await self.of(sid) for sid in self._here(dialog)]
                return any(not tab.acknowledges for tab in tabs)
            finally:
                # With Redis the server keeps what it waits for by room, and for ever.
                self._server.manager.callbacks.pop(dialog, None)
        return True

    def _here(self, dialog: str) -> list[str]:
        """The connections of a dialog's tabs at this server."""
        return list(self._server.manager.rooms.get("/", {}).get(dialog) or ())


def now() -> str:
    """This moment, as the wire has it."""
    return datetime.fromtimestamp(time.time(), timezone.utc).isoformat(timespec="milliseconds")


def _wire(answer: Answer, answer_id: str) -> Payload:
    message: Payload = {part: answer[part] for part in answer if part != "recipient_id"}
    if image := message.pop("image", None):
        message.setdefault("attachment", {"type": "image", "payload": {"src": image}})
    if buttons := answer.get("buttons"):
        message["quick_replies"] = [{"content_type": "text", **button} for button in buttons]
    return {**message, "id": answer_id, "at": now()}
