"""A server that hands its customers over to its successor: `./optfm deploy`, docs/adr/0031."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from common.doors import door


class HandoverChannel(InputChannel):
    """No channel of customers: Rasa's one way to be told that its server begins."""

    @classmethod
    def name(cls) -> str:
        """Its name in credentials.yml."""
        return "handover"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """No routes: the server accepts at its door; `stopping` shuts it."""
        routes = Blueprint("optfm_handover")

        @routes.listener("main_process_start")
        async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            door().stand_in(loop)
            connections = _Connections(app)
            door().when(opened=False, do=connections.end)
            door().when(opened=True, do=connections.keep)

        return routes


class _Connections:
    """Whether an answer is the last on its connection: the next question is the successor's."""

    def __init__(self, app: Sanic) -> None:
        self._ending = False
        app.register_middleware(self._last, "response")

    async def end(self) -> None:
        """From now on."""
        self._ending = True

    async def keep(self) -> None:
        """No longer: the customers are ours again."""
        self._ending = False

    async def _last(self, request: Request, response: BaseHTTPResponse) -> None:
        if self._ending and request.stream:
            request.stream.keep_alive = False
