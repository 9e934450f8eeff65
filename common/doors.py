"""The door of a server: what it accepts connections at, so that its successor can have the same.

Whoever starts a server may hand it a listening socket of his own. Each generation of the program
inherits that socket, and one stops accepting when the next has begun: the connections that wait
in it belong to nobody in between, and none is refused. A generation that must prove itself first
listens at an address of its own and opens the door when it is told (SIGUSR1); the one before
closes it (SIGUSR2) and lets its customers go.

Without `OPTFM_DOOR` in its environment a server binds its address by itself; its customers are let
go in the same way when it ends.
"""

import asyncio
import functools
import json
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

log = logging.getLogger(__name__)

_NAME = "OPTFM_DOOR"
#: Connections that may wait while one generation dies and the next starts.
WAITING = 1024


def handed(door: "socket.socket | int", own_port: int | None, *, opened: bool) -> dict[str, str]:
    """The environment of a program that gets a door.

    :param door: a listening socket that the program inherits, or the port that it shall bind.
    :param own_port: where it listens besides; None: at the door only, from the start.
    :param opened: whether it opens the door by itself; else it waits for SIGUSR1.
    """
    where = {"port": door} if isinstance(door, int) else {"fd": door.fileno()}
    return {_NAME: json.dumps({**where, "own_port": own_port, "opened": opened})}


class Door:
    """The door of this process.

    :param listener: the inherited socket, or the port to bind; None: the one that it is told to.
    :param own_port: as in `handed`.
    :param opened: as in `handed`.
    """

    def __init__(
        self, listener: "socket.socket | int | None", own_port: int | None, *, opened: bool
    ) -> None:
        self._listener = listener
        self._own_port = own_port
        self._opened = opened
        self._server: Any = None
        self._bind: Callable[..., Awaitable[Any]] | None = None
        self._told: dict[bool, list[Callable[[], Awaitable[object]]]] = {True: [], False: []}

    def when(self, *, opened: bool, do: Callable[[], Awaitable[object]]) -> None:
        """Do something each time that the door was opened, or closed, by a signal."""
        self._told[opened].append(do)

    def stand_in(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let the next server that is made in `loop` accept at this door."""
        stock = loop.create_server

        async def create_server(
            factory: Any,  # noqa: ANN401 - asyncio's own
            host: str | None = None,
            port: int | None = None,
            **options: Any,  # noqa: ANN401
        ) -> Any:  # noqa: ANN401
            loop.create_server = stock  # type: ignore[method-assign]
            if self._listener is None and options.get("sock") is not None:
                return await stock(factory, host, port, **options)  # it has a place of its own
            options = {**options, "sock": None, "reuse_port": None, "backlog": WAITING}
            if isinstance(self._listener, socket.socket):
                self._bind = functools.partial(stock, factory, **options)
            else:
                at = port if self._listener is None else self._listener
                self._bind = functools.partial(stock, factory, host, at, **options)
            if self._listener is not None:
                loop.add_signal_handler(signal.SIGUSR1, self._begin, self.open)
                loop.add_signal_handler(signal.SIGUSR2, self._begin, self.close)
            own = None
            if self._own_port is not None:
                own = await stock(factory, host, self._own_port, **options)
            if self._opened or own is None:
                await self._accept()
            return _Servers(self, own)

        loop.create_server = create_server  # type: ignore[method-assign,assignment]

    async def open(self) -> None:
        """Accept here."""
        await self._accept()
        await self._tell(opened=True)

    async def close(self) -> None:
        """Accept here no longer; those who were told to do something then have done it."""
        self.shut()
        await self._tell(opened=False)

    def shut(self) -> None:
        """As `close`, and nobody is told.

        Whom the loop has let in becomes a customer one round later, and only of a server that is
        still open (CPython's `Server._attach`); else he would be hung up on.
        """
        server, self._server = self._server, None
        if server is not None:
            loop = server.get_loop()
            for listening in server.sockets:
                loop.remove_reader(listening)
            loop.call_soon(server.close)

    @property
    def server(self) -> Any:  # noqa: ANN401
        """asyncio's, while it is open."""
        return self._server

    async def _accept(self) -> None:
        assert self._bind is not None
        if self._server is not None:
            return
        if isinstance(self._listener, socket.socket):  # asyncio closes what it is given
            self._server = await self._bind(sock=self._listener.dup())
        else:
            self._server = await self._bind()

    async def _tell(self, *, opened: bool) -> None:
        for do in self._told[opened]:
            try:
                await do()
            # Whatever it is: the others must hear of it.
            except Exception:
                log.exception("not everybody heard that the door is %s", opened)

    def _begin(self, work: Callable[[], Awaitable[None]]) -> None:
        asyncio.ensure_future(work()).add_done_callback(_say_failure)


class _Servers:
    """What a web server closes at its end: the door and the address of its own."""

    def __init__(self, door: Door, own: Any) -> None:  # noqa: ANN401
        self._door, self._own = door, own

    @property
    def sockets(self) -> tuple[Any, ...]:
        """All that it listens at."""
        both = (self._own, self._door.server)
        return tuple(sock for server in both if server is not None for sock in server.sockets)

    def close(self) -> None:
        """Accept nothing any more."""
        self._door.shut()
        if self._own is not None:
            self._own.close()

    async def wait_closed(self) -> None:
        """Both are closed at once; whoever is connected is the web server's own business.

        asyncio's would wait until the last of them has gone (Python 3.12.1 and later).
        """


@functools.lru_cache(maxsize=1)
def door() -> Door:
    """The door of this process: what it was handed, else the address that it binds by itself."""
    return read(os.environ)


def read(environ: Mapping[str, str]) -> Door:
    """The door that an environment hands over."""
    if not (text := environ.get(_NAME, "")):
        return Door(None, None, opened=True)
    said = json.loads(text)
    listener = said["port"] if "port" in said else socket.socket(fileno=said["fd"])
    return Door(listener, said["own_port"], opened=said["opened"])


def _say_failure(done: "asyncio.Future[None]") -> None:
    if not done.cancelled() and (failure := done.exception()):
        log.error("the door: %r", failure)
