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
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.socketio import SocketBlueprint
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from socketio import AsyncRedisManager, AsyncServer

from components.dialog_store import DialogStoreAway
from connectors.agent import inbox_of, modes_of, outgoing_of
from connectors.answers import Answer
from connectors.callers import network_address
from connectors.database import DatabaseAway, database
from connectors.files import keep
from connectors.inbox.incoming import Incoming
from connectors.inbox.limits import Limits, Verdict
from connectors.outgoing import Delivered
from connectors.settings import Settings, settings
from connectors.site.history import history, numbered
from connectors.site.links import LASTS_S, Links
from connectors.site.sessions import Sessions, session_keys
from connectors.site.uploads import WrongFile, read_upload
from connectors.texts import Text, Texts

logger = logging.getLogger(__name__)

Payload = dict[str, Any]

#: A message of 4,000 letters of four bytes and what is around it.
_LARGEST_PACKET_BYTES = 64 * 1024
#: Messages of a dialog that a reload shows.
HISTORY_LENGTH = 200
_FILES_PER_10_S = 3
_LINKS_PER_10_S = 3
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
        redis = configured.redis_url.get_secret_value()
        server = AsyncServer(
            async_mode="sanic",
            cors_allowed_origins=lambda origin, environ: allowed(origin, environ, configured),
            client_manager=AsyncRedisManager(redis) if redis else None,
            max_http_buffer_size=_LARGEST_PACKET_BYTES,
            logger=False,
        )
        routes: Blueprint = SocketBlueprint(server, "/socket.io", "optfm_socketio")

        @routes.listener("after_server_start")
        async def prepare(app: Sanic, loop: object) -> None:
            app.ctx.conversations = Conversations(app, server, configured)
            outgoing_of(app).register(self.name(), app.ctx.conversations.deliver)
            (await inbox_of(app)).watch(app.ctx.conversations.said_elsewhere)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.route("/file", methods=["POST", "OPTIONS"])
        async def file(request: Request) -> HTTPResponse:
            headers = _cross_origin(request, configured)
            if request.method == "OPTIONS":
                return json(None, status=204, headers=headers)
            content, status = await request.app.ctx.conversations.take_file(request)
            return json(content, status=status, headers=headers)

        return routes


class Conversations:
    """The open tabs of this process: a room of the socket server is a dialog.

    :param app: with a loaded agent.
    """

    def __init__(self, app: Sanic, server: AsyncServer, configured: Settings) -> None:
        self._app = app
        self._server = server
        self._settings = configured
        self._texts = Texts.read()
        keys = session_keys(configured.session_keys.get_secret_value(), configured.optfm_var)
        self._sessions = Sessions(keys, lasts_s=configured.session_days * 86_400)
        self._files = Limits(per_10_s=_FILES_PER_10_S)
        self._links = Limits(per_10_s=_LINKS_PER_10_S)
        self._opened = Limits(per_10_s=configured.address_messages_per_10_s)
        for event in (self.session_request, self.user_uttered, self.link_request):
            server.on(event.__name__, event)

    async def session_request(self, sid: str, data: object = None) -> None:
        """Open a dialog, the customer's own or a new one, and show what was said in it."""
        given = data.get("session_id") if isinstance(data, dict) else None
        address = self._address(self._server.get_environ(sid)["sanic.request"])
        with self._opened.message(address, time.time()) as verdict:
            if verdict is Verdict.TAKE:
                await self._open(sid, given)
                return
        await self._server.disconnect(sid)  # a browser comes back later by itself

    async def user_uttered(self, sid: str, data: object = None) -> Payload:
        """Answer a message in all tabs of its dialog; acknowledged when the turn is stored."""
        if not isinstance(data, dict) or not isinstance(data.get("message"), str):
            return {"ok": False, "error": "bad_message"}
        dialog = await self._dialog(sid, data.get("session_id"))
        message_id = _message_id(data.get("message_id"))
        shown = data.get("display") if isinstance(data.get("display"), str) else data["message"]
        message = Incoming(
            channel=SocketChannel.name(),
            sender=dialog,
            dialog=dialog,
            text=data["message"],
            message_id=message_id,
            address=self._address(self._server.get_environ(sid)["sanic.request"]),
        )
        return await self._answer(message, str(shown), sid=sid)

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
            except DatabaseAway:
                return {"ok": False, "error": "away"}
        return {"ok": True, "url": f"https://t.me/{bot}?start={token}", "lasts_s": LASTS_S}

    async def take_file(self, request: Request) -> tuple[Payload, int]:
        """Hand a visitor's file on; the answer's JSON and status."""
        dialog = self._sessions.dialog_of(request.headers.get("x-session"))
        if dialog is None:
            return {"ok": False, "text": self._texts.no_session.text}, 401
        with self._files.message(dialog, time.time()) as verdict:
            if verdict is not Verdict.TAKE:
                return {"ok": False, "text": self._texts.too_many.text}, 429
            try:
                upload = read_upload(
                    request.args.get("name", ""),
                    request.body,
                    largest=self._settings.largest_file_mb * 2**20,
                )
            except WrongFile as exc:
                wrong: Text = getattr(self._texts, exc.text)
                largest = self._settings.largest_file_mb
                return {"ok": False, "text": wrong.text.format(largest=largest)}, exc.status
            url = keep(self._settings.optfm_var, dialog, upload.name, upload.content)
            message = Incoming(
                channel=SocketChannel.name(),
                sender=dialog,
                dialog=dialog,
                text="",
                message_id=_message_id(request.headers.get("x-message-id")),
                address=self._address(request),
                attachments=(upload.kept_at(url),),
            )
            acknowledged = await self._answer(message, upload.name)
        shown = {"name": upload.name, "size": len(upload.content), "mime": upload.mime, "url": url}
        return {**acknowledged, "file": shown}, 200 if acknowledged["ok"] else 429

    async def _answer(self, message: Incoming, shown: str, *, sid: str | None = None) -> Payload:
        """Answer in all tabs of a dialog.

        :param message: with the id that the visitor gave it.
        :param sid: the tab that shows the message already.
        :returns: the acknowledgement.
        """
        dialog, message_id, at = message.dialog, message.message_id, _now()
        echo = {"text": shown, "message_id": message_id, "at": at}
        await self._server.emit("user_uttered_echo", echo, room=dialog, skip_sid=sid)

        async def meanwhile(answer: Answer) -> None:
            await self._say(dialog, answer, f"{message_id}:slow")

        inbox = await inbox_of(self._app)
        await self._server.emit("bot_typing", {"on": True}, room=dialog)
        try:
            # A visitor chooses the id, so it means something in his own dialog only.
            taken = await inbox.take(
                replace(message, message_id=f"{dialog} {message_id}", meanwhile=meanwhile)
            )
        finally:
            await self._server.emit("bot_typing", {"on": False}, room=dialog)
        for said_id, answer in numbered(message_id, taken.answers):
            await self._say(dialog, answer, said_id)
        if taken.refused:
            text = self._texts.too_many.text
            return {"ok": False, "error": "too_often", "message_id": message_id, "text": text}
        return {"ok": True, "at": at, "message_id": message_id}

    async def said_elsewhere(self, message: Incoming, dialog: str, said: list[Answer]) -> None:
        """Show in the open tabs what was said in the same dialog in another channel."""
        if message.channel == SocketChannel.name() or not self._tabs(dialog):
            return
        text = message.text
        if text.startswith("/"):  # a button's payload: its title is what he pressed
            with contextlib.suppress(DialogStoreAway):
                text = await self._app.ctx.agent.tracker_store.offered(dialog, text) or text
        echo = {"text": text, "message_id": message.message_id, "at": _now()}
        await self._server.emit("user_uttered_echo", echo, room=dialog)
        for said_id, answer in numbered(message.message_id, said):
            await self._say(dialog, answer, said_id)

    async def deliver(self, dialog: str, answer: Answer) -> Delivered:
        """Say something out of turn in the open tabs of a dialog."""
        if not self._tabs(dialog):
            return Delivered(ok=False, reason="waits")
        custom = answer.get("custom") or {}
        await self._say(dialog, answer, str(custom.get("id") or uuid.uuid4().hex))
        return Delivered(ok=True)

    def _tabs(self, dialog: str) -> bool:
        """Whether a tab of the dialog may be open; other servers' tabs are known to Redis only."""
        room = self._server.manager.rooms.get("/", {}).get(dialog)
        return bool(room or self._settings.redis_url.get_secret_value())

    def _address(self, request: Request) -> str:
        """The network address that a request, or the one that opened a tab, comes from."""
        forwarded = request.headers.get("x-forwarded-for", "")
        return network_address(request.ip, forwarded, self._settings.trusted_proxies)

    async def _dialog(self, sid: str, given: object) -> str:
        """The dialog of a tab; one that did not ask for a session gets its own."""
        session = await self._server.get_session(sid)
        dialog: str | None = session.get("dialog")
        return dialog or await self._open(sid, given)

    async def _open(self, sid: str, given: object) -> str:
        dialog = self._sessions.dialog_of(given)
        session_id = given
        if dialog is None:
            session_id, dialog = self._sessions.issue()
        session = await self._server.get_session(sid)
        if session.get("dialog") not in (None, dialog):
            await self._server.leave_room(sid, session["dialog"])
        await self._server.save_session(sid, {"dialog": dialog})
        # A coroutine since python-socketio 5.10: without the await nothing is ever delivered.
        await self._server.enter_room(sid, dialog)
        await self._server.emit("session_confirm", session_id, room=sid)
        features = {"telegram": bool(getattr(self._app.ctx, "telegram_name", ""))}
        await self._server.emit("session_features", features, room=sid)
        messages = history(await self._app.ctx.agent.tracker_store.said(dialog, HISTORY_LENGTH))
        await self._server.emit("session_history", messages, room=sid)
        if modes := modes_of(self._app):
            with contextlib.suppress(DatabaseAway):
                await modes.waiting(dialog)  # he sees it now
        return dialog

    async def _say(self, dialog: str, answer: Answer, message_id: str) -> None:
        message: Payload = {part: answer[part] for part in answer if part != "recipient_id"}
        if image := message.pop("image", None):
            message.setdefault("attachment", {"type": "image", "payload": {"src": image}})
        if buttons := answer.get("buttons"):
            message["quick_replies"] = [{"content_type": "text", **button} for button in buttons]
        await self._server.emit(
            "bot_uttered", {**message, "id": message_id, "at": _now()}, room=dialog
        )


def allowed(origin: str | None, environ: Payload, configured: Settings) -> bool:
    """Whether pages of an origin may talk to us: those of `WIDGET_ORIGINS` and our own.

    :param origin: `https://shop.example`, from the browser; other programs name none.
    """
    if origin is None:
        return True
    named = {part.strip().rstrip("/") for part in configured.widget_origins.split(",")}
    if origin.rstrip("/") in named or "*" in named:
        return True
    host = urlsplit(origin).netloc
    return bool(host) and host in (
        environ.get("HTTP_HOST"),
        urlsplit(configured.public_url).netloc or None,
    )


def _cross_origin(request: Request, configured: Settings) -> dict[str, str]:
    """What lets a page of the shop read our answer."""
    origin = request.headers.get("origin")
    if not origin or not allowed(origin, {"HTTP_HOST": request.host}, configured):
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Headers": "Content-Type, X-Session, X-Message-Id",
        "Access-Control-Allow-Methods": "POST",
        "Vary": "Origin",
    }


def _message_id(given: object) -> str:
    """The visitor's id of a message, or one of ours where it is none."""
    shown = str(given or "")
    return shown if _MESSAGE_ID.fullmatch(shown) else uuid.uuid4().hex


def _now() -> str:
    return datetime.fromtimestamp(time.time(), timezone.utc).isoformat(timespec="milliseconds")
