"""`POST /webhooks/socketio/file`: a visitor's file, from his page to the inbox."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from connectors.files import keep
from connectors.inbox.incoming import Attachment
from connectors.inbox.limits import Limits, Verdict
from connectors.settings import Settings
from connectors.site.origins import cross_origin
from connectors.site.sessions import Sessions
from connectors.site.uploads import WrongFile, read_upload
from connectors.texts import Text, Texts

_FILES_PER_10_S = 3

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
    """

    def __init__(
        self, configured: Settings, sessions: Sessions, texts: Texts, hand_on: HandOn
    ) -> None:
        self._settings, self._sessions, self._texts = configured, sessions, texts
        self._hand_on = hand_on
        self._limits = Limits(per_10_s=_FILES_PER_10_S)

    async def take(self, request: Request) -> tuple[dict[str, Any], int]:
        """Keep a file and hand it on; the answer's JSON and status."""
        dialog = self._sessions.dialog_of(request.headers.get("x-session"))
        if dialog is None:
            return {"ok": False, "text": self._texts.no_session.text}, 401
        with self._limits.message(dialog, time.time()) as verdict:
            if verdict is not Verdict.TAKE:
                return {"ok": False, "text": self._texts.too_many.text}, 429
            largest = self._settings.largest_file_mb
            try:
                upload = read_upload(
                    request.args.get("name", ""), request.body, largest=largest * 2**20
                )
            except WrongFile as exc:
                wrong: Text = getattr(self._texts, exc.text)
                return {"ok": False, "text": wrong.text.format(largest=largest)}, exc.status
            url = keep(self._settings.optfm_var, dialog, upload.name, upload.content)
            acknowledged = await self._hand_on(request, dialog, upload.kept_at(url))
        shown = {"name": upload.name, "size": len(upload.content), "mime": upload.mime, "url": url}
        return {**acknowledged, "file": shown}, 200 if acknowledged["ok"] else 429
