"""The action server at its door: it accepts there, and leaves nobody who came in without an answer.

Rasa keeps its connections open. One that was busy when the server was told to end would stay open
behind its answer, and the framework would wait for it in vain for all of its patience.
"""

import asyncio

import pluggy
from rasa_sdk.plugin import plugin_manager
from sanic import Sanic
from sanic.http.http1 import Http
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from common.doors import door

#: A language model may take 20 s (AI_TIMEOUT_S); the containers' grace is 30.
_FINISHES_S = 24.0

_hook = pluggy.HookimplMarker("rasa_sdk")


class _Door:
    """rasa-sdk builds its application itself, and lets its plugins see it."""

    @_hook
    def attach_sanic_app_extensions(self, app: Sanic) -> None:
        """Stand in at the door that was handed over, if one was; end in order."""
        app.config.GRACEFUL_SHUTDOWN_TIMEOUT = _FINISHES_S
        ending = asyncio.Event()

        @app.main_process_start
        async def begin(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            door().stand_in(loop)

        @app.before_server_stop
        async def end(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
            ending.set()

        async def last(request: Request, response: BaseHTTPResponse) -> None:
            if ending.is_set() and isinstance(request.stream, Http):
                request.stream.keep_alive = False

        app.register_middleware(last, "response")


def serve_at_the_door() -> None:
    """Let the action server that starts next begin and end so."""
    plugin_manager().register(_Door(), name="optfm door")
