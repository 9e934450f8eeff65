"""The site's chat: Rasa's socket.io events, for sessions that this server signs.

docs/websocket.md has the wire: what each event carries, and what is acknowledged when.
"""

import contextlib
import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from engineio.payload import Payload as EnginePayload
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.socketio import SocketBlueprint
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from socketio import AsyncRedisManager, AsyncServer

from common.doors import door
from components.dialog_store import DialogStoreAway
from connectors.inbox.incoming import Attachment, Incoming
from connectors.inbox.limits import Limits, Verdict
from connectors.server.agent import inbox_of, modes_of, outgoing_of
from connectors.server.answers import Answer
from connectors.server.callers import forwarded_for, network_address
from connectors.server.database import DatabaseFailed, database
from connectors.server.outgoing import Delivered
from connectors.server.stopping import Stopping, finishers_of
from connectors.server.texts import Texts
from connectors.settings import Settings, settings
from connectors.site.history import history, numbered
from connectors.site.late_history import LateHistory
from connectors.site.links import LASTS_S, Links
from connectors.site.origins import allowed
from connectors.site.sessions import PREFIX, Sessions, session_keys
from connectors.site.tabs import Payload, Tab, Tabs, now
from connectors.site.upload_route import Uploads, add_upload_route
from connectors.site.websocket import use_tidy_websockets

logger = logging.getLogger(__name__)

#: A whole pasted page gets a civil text; beyond that the connection ends.
_LARGEST_PACKET_BYTES = 2**20
#: A page that was away sends all it kept in one request; the library's 16 would end it each time.
_MOST_PACKETS = 500
#: Messages of a dialog that a reload shows.
HISTORY_LENGTH = 200
_LINKS_PER_10_S = 3
#: For the last turn in hand, when the tabs go to another server.
_LETS_GO_S = 25.0
_MESSAGE_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)


class SocketChannel(InputChannel):
    """`socketio` of credentials.yml."""

    @classmethod
    def name(cls) -> str:
        """Rasa's name for it."""
        return "socketio"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The server's routes; `on_new_message` is not used: the inbox has the agent itself."""
        configured = settings()
        EnginePayload.max_decode_packets = _MOST_PACKETS
        redis = configured.redis_url.get_secret_value()
        server = AsyncServer(
            async_mode="sanic",
            cors_allowed_origins=lambda origin, environ: allowed(origin, environ, configured),
            client_manager=AsyncRedisManager(redis) if redis else None,
            max_http_buffer_size=_LARGEST_PACKET_BYTES,
            logger=False,
        )
        use_tidy_websockets(server)
        routes: Blueprint = SocketBlueprint(server, "/socket.io", "optfm_socketio")

        @routes.listener("after_server_start")
        async def prepare(app: Sanic, loop: object) -> None:
            app.ctx.conversations = Conversations(app, server, configured)
            outgoing_of(app).register(self.name(), app.ctx.conversations.deliver)
            (await inbox_of(app)).watch(app.ctx.conversations.said_elsewhere)
            door().when(opened=False, do=app.ctx.conversations.let_go)
            finishers_of(app).add(app.ctx.conversations.let_go)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.get("/origin")
        async def origin(request: Request) -> HTTPResponse:
            # For every page: a browser hides from a script why its connection was refused.
            named = request.headers.get("origin")
            answer = allowed(named, {"HTTP_HOST": request.host}, configured)
            open_to_all = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
            return json({"allowed": answer}, headers=open_to_all)

        add_upload_route(routes, configured)
        return routes


class Conversations:
    """The dialogs of the site, as their tabs hold them.

    :param app: with a loaded agent.
    """

    def __init__(self, app: Sanic, server: AsyncServer, configured: Settings) -> None:
        self._app = app
        self._server = server
        self._settings = configured
        self._texts = Texts.read()
        keys = session_keys(configured.session_keys.get_secret_value(), configured.optfm_var)
        self._sessions = Sessions(keys, lasts_s=configured.session_days * 86_400)
        self._tabs = Tabs(server, alone=not configured.redis_url.get_secret_value())
        self._late = LateHistory(
            self._show_history, lambda sid: server.manager.is_connected(sid, "/")
        )
        self._links = Limits(per_10_s=_LINKS_PER_10_S)
        self._opened = Limits(per_10_s=configured.address_messages_per_10_s)
        self.uploads = Uploads(
            configured, self._sessions, self._texts, self._address, self._take_file
        )
        for event in (self.session_request, self.user_uttered, self.link_request):
            server.on(event.__name__, event)

    async def session_request(self, sid: str, data: object = None) -> None:
        """Open a dialog, the customer's own or a new one, and show what was said in it."""
        given = data if isinstance(data, dict) else {}
        with self._opened.message(self._address_of(sid), time.time()) as verdict:
            if verdict is Verdict.TAKE:
                await self._open(
                    sid, given.get("session_id"), acknowledges=given.get("acks") is True
                )
                return
        await self._server.disconnect(sid)  # a browser comes back later by itself

    async def user_uttered(self, sid: str, data: object = None) -> object:
        """Answer a message in all tabs of its dialog; acknowledged when the turn is stored."""
        if not isinstance(data, dict) or not isinstance(data.get("message"), str):
            return {"ok": False, "error": "bad_message"}
        dialog = await self._dialog(sid, data.get("session_id"))
        shown = data.get("display") if isinstance(data.get("display"), str) else data["message"]
        message = Incoming(
            channel=SocketChannel.name(),
            sender=dialog,
            dialog=dialog,
            text=data["message"],
            message_id=_message_id(data.get("message_id")),
            address=self._address_of(sid),
        )
        try:
            with self._tabs.in_hand(sid):
                return await self._answer(message, str(shown), sid=sid)
        except Stopping:  # what is not acknowledged his page sends to the next server
            await self._tabs.end(sid)
            return self._server.not_handled

    async def let_go(self, patience_s: float = _LETS_GO_S) -> None:
        """Let the open tabs go to another server, each when its message is answered."""
        await self._tabs.let_go(patience_s)

    async def link_request(self, sid: str, data: object = None) -> Payload:
        """A one-time address that carries the dialog to Telegram."""
        bot = getattr(self._app.ctx, "telegram_name", "")
        if not bot:
            return {"ok": False, "error": "no_telegram"}
        dialog = await self._dialog(sid, None)
        with self._links.message(dialog, time.time()) as verdict:
            if verdict is not Verdict.TAKE:
                return {"ok": False, "error": "too_often"}
            try:
                token = await Links(database()).issue(dialog)
            except DatabaseFailed:
                return {"ok": False, "error": "away"}
        return {"ok": True, "url": f"https://t.me/{bot}?start={token}", "lasts_s": LASTS_S}

    async def said_elsewhere(self, message: Incoming, dialog: str, said: list[Answer]) -> None:
        """Show in the open tabs what was said in the same dialog in another channel."""
        if message.channel == SocketChannel.name() or not dialog.startswith(PREFIX):
            return
        text = message.text
        if text.startswith("/"):  # a button's payload: its title is what he pressed
            with contextlib.suppress(DialogStoreAway):
                text = await self._app.ctx.agent.tracker_store.offered(dialog, text) or text
        await self._tabs.echo(dialog, text, message.message_id, now())
        for answer_id, answer in numbered(message.message_id, said):
            await self._tabs.say(dialog, answer, answer_id)

    async def deliver(self, dialog: str, answer: Answer) -> Delivered:
        """Say something out of turn in the open tabs of a dialog."""
        custom = answer.get("custom") or {}
        answer_id = str(custom.get("id") or uuid.uuid4().hex)
        if dialog.startswith(PREFIX) and await self._tabs.say_surely(dialog, answer, answer_id):
            return Delivered(ok=True)
        return Delivered(ok=False, reason="waits")

    async def _take_file(self, request: Request, dialog: str, file: Attachment) -> Payload:
        message = Incoming(
            channel=SocketChannel.name(),
            sender=dialog,
            dialog=dialog,
            text="",
            message_id=_message_id(request.headers.get("x-message-id")),
            address=self._address(request),
            attachments=(file,),
        )
        return await self._answer(message, file.file_name)

    async def _answer(self, message: Incoming, shown: str, *, sid: str | None = None) -> Payload:
        """Answer in all tabs of a dialog.

        :param message: with the id that the visitor gave it.
        :param sid: the tab that shows the message already.
        :returns: the acknowledgement.
        """
        dialog, message_id, at = message.dialog, message.message_id, now()
        await self._tabs.echo(dialog, shown, message_id, at, but=sid)

        async def meanwhile(answer: Answer) -> None:
            await self._tabs.say(dialog, answer, f"{message_id}:slow")

        inbox = await inbox_of(self._app)
        async with self._tabs.typing(dialog):
            # A visitor chooses the id, so it means something in his own dialog only.
            taken = await inbox.take(
                replace(message, message_id=f"{dialog} {message_id}", meanwhile=meanwhile)
            )
        for answer_id, answer in numbered(message_id, taken.answers):
            await self._tabs.say(dialog, answer, answer_id)
        if taken.refused:
            text = self._texts.too_many.text
            return {"ok": False, "error": "too_often", "message_id": message_id, "text": text}
        return {"ok": True, "at": at, "message_id": message_id}

    def _address_of(self, sid: str) -> str:
        """The network address that a tab was opened from."""
        return self._address(self._server.get_environ(sid)["sanic.request"])

    def _address(self, request: Request) -> str:
        """The network address that a request comes from."""
        trusted = self._settings.trusted_proxies
        return network_address(request.ip, forwarded_for(request), trusted)

    async def _dialog(self, sid: str, given: object) -> str:
        """The dialog of a tab; one that did not ask for a session gets its own."""
        tab = await self._tabs.of(sid)
        return tab.dialog or await self._open(sid, given)

    async def _open(self, sid: str, given: object, *, acknowledges: bool = False) -> str:
        dialog = self._sessions.dialog_of(given)
        session_id = given
        if dialog is None:
            session_id, dialog = self._sessions.issue()
        await self._tabs.enter(sid, Tab(dialog, acknowledges))
        await self._server.emit("session_confirm", session_id, room=sid)
        features = {"telegram": bool(getattr(self._app.ctx, "telegram_name", ""))}
        await self._server.emit("session_features", features, room=sid)
        try:
            await self._show_history(sid, dialog)
        except DialogStoreAway as exc:  # what he writes meanwhile gets the apology, not silence
            logger.warning("a tab waits for its history: %s", exc)
            self._late.wait(sid, dialog)
        return dialog

    async def _show_history(self, sid: str, dialog: str) -> None:
        """Show a tab what was said.

        :raises DialogStoreAway: nothing was shown.
        """
        said = await self._app.ctx.agent.tracker_store.said(dialog, HISTORY_LENGTH)
        await self._server.emit("session_history", history(said), room=sid)
        if modes := modes_of(self._app):
            with contextlib.suppress(DatabaseFailed):
                await modes.waiting(dialog)  # he sees it now


def _message_id(given: object) -> str:
    """The visitor's id of a message, or one of ours where it is none."""
    shown = str(given or "")
    return shown if _MESSAGE_ID.fullmatch(shown) else uuid.uuid4().hex
