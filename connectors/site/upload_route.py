"""`POST /webhooks/socketio/file`: a visitor's file, from his page to the inbox."""

import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from connectors.inbox.incoming import Attachment
from connectors.inbox.limits import Limits, Verdict
from connectors.server.attachments import keep
from connectors.server.stopping import Stopping
from connectors.server.texts import Text, Texts
from connectors.settings import Settings
from connectors.site.origins import cross_origin
from connectors.site.sessions import Sessions
from connectors.site.uploads import WrongFile, read_upload

_PER_DIALOG_10_S = 3
#: A shop's people share an address; who opens a dialog for each file does, too.
_PER_ADDRESS_10_S = 10
#: Below that the disk is the database's, not the visitors'.
_LEAST_FREE_BYTES = 2**30

AddressOf = Callable[[Request], str]
#: Hands a file on: its request, dialog, and itself; gives the acknowledgement.
HandOn = Callable[[Request, str, Attachment], Awaitable[dict[str, Any]]]


def add_upload_route(routes: Blueprint, configured: Settings) -> None:
    """Let visitors upload; the server's chat (`app.ctx.conversations`) takes what they send."""

    @routes.listener("before_server_start")
    async def limit(app: Sanic, loop: object) -> None:
        # For every route: nobody has anything larger to send, and Sanic's own limit is 100 MB.
        app.config.REQUEST_MAX_SIZE = (configured.largest_file_mb + 1) * 2**20

    @routes.route("/file", methods=["POST", "OPTIONS"])
    async def file(request: Request) -> HTTPResponse:
        headers = cross_origin(request, configured)
        if request.method == "OPTIONS":
            return json(None, status=204, headers=headers)
        content, status = await request.app.ctx.conversations.uploads.take(request)
        return json(content, status=status, headers=headers)


class Uploads:
    """What visitors send.

    :param sessions: those of the chat.
    :param address_of: the network address that a request comes from.
    """

    def __init__(
        self,
        configured: Settings,
        sessions: Sessions,
        texts: Texts,
        address_of: AddressOf,
        hand_on: HandOn,
    ) -> None:
        self._settings, self._sessions, self._texts = configured, sessions, texts
        self._address_of, self._hand_on = address_of, hand_on
        self._dialogs = Limits(per_10_s=_PER_DIALOG_10_S)
        self._addresses = Limits(per_10_s=_PER_ADDRESS_10_S)

    async def take(self, request: Request) -> tuple[dict[str, Any], int]:
        """Keep a file and hand it on; the answer's JSON and status."""
        dialog = self._sessions.dialog_of(request.headers.get("x-session"))
        if dialog is None:
            return {"ok": False, "text": self._texts.no_session.text}, 401
        address = self._address_of(request)
        with (
            self._dialogs.message(dialog, time.time()) as of_dialog,
            self._addresses.message(address, time.time()) as of_address,
        ):
            if (of_dialog, of_address) != (Verdict.TAKE, Verdict.TAKE):
                return {"ok": False, "text": self._texts.too_many.text}, 429
            if not has_room(self._settings.optfm_var, _LEAST_FREE_BYTES):
                return {"ok": False, "text": self._texts.apology.text}, 503
            largest = self._settings.largest_file_mb
            try:
                upload = read_upload(
                    request.args.get("name", ""), request.body, largest=largest * 2**20
                )
            except WrongFile as exc:
                wrong: Text = getattr(self._texts, exc.text)
                return {"ok": False, "text": wrong.text.format(largest=largest)}, exc.status
            url = keep(self._settings.optfm_var, dialog, upload.name, upload.content)
            try:
                acknowledged = await self._hand_on(request, dialog, upload.kept_at(url))
            except Stopping:
                return {"ok": False, "text": self._texts.apology.text}, 503
        shown = {"name": upload.name, "size": len(upload.content), "mime": upload.mime, "url": url}
        return {**acknowledged, "file": shown}, 200 if acknowledged["ok"] else 429


def has_room(folder: Path, least: int) -> bool:
    """Whether the disk of a folder has so many bytes left."""
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free >= least
