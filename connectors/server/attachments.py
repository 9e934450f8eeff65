"""Files of managers for customers outside Telegram, each below an address that nobody guesses."""

import mimetypes
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file, text

from common import kept_files
from connectors.settings import settings

#: Shown by a browser; everything else is saved by it.
_SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif")
#: beside a file that expires: seconds since 1970
_UNTIL = ".until"
#: of an offer's page, which is ours and has no script
_PAGE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def keep(folder: Path, dialog: str, name: str, content: bytes) -> str:
    """Keep a file.

    :param folder: OPTFM_VAR.
    :returns: its path below the server's root: `/files/…`.
    """
    return kept_files.keep(folder, dialog, content, suffix=Path(name).suffix)


def find(folder: Path, name: str) -> Path | None:
    """The file of a path that `keep` gave."""
    token, _, suffix = name.partition(".")
    if not _TOKEN.fullmatch(token) or not re.fullmatch(r"[a-z0-9]{0,8}", suffix):
        return None
    found = next((folder / "files").glob(f"*/{name}"), None)
    return None if found is None or _expired(found) else found


def _expired(found: Path) -> bool:
    """Whether a file has outlived the day that stands beside it (an order's offer has one)."""
    until = found.with_suffix(_UNTIL)
    try:
        return until.is_file() and time.time() > float(until.read_text())
    except ValueError:
        return True


class FilesChannel(InputChannel):
    """No channel of customers: Rasa's one way to add a route without a fork."""

    @classmethod
    def name(cls) -> str:
        """Its name in credentials.yml."""
        return "files"

    def url_prefix(self) -> str:
        """From the root rather than below /webhooks/."""
        return "/files"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The one route."""
        routes = Blueprint("optfm_files")

        @routes.get("/<name>")
        async def show(request: Request, name: str) -> HTTPResponse:
            found = find(settings().optfm_var, name)
            if found is None:
                return text("404", status=404)
            mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
            offered = mime == "text/html" and found.with_suffix(_UNTIL).is_file()
            headers = {
                **(_PAGE if offered else {}),
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=86400",
                "Content-Disposition": "inline" if mime in _SHOWN or offered else "attachment",
            }
            return await file(found, headers=headers, mime_type=mime)

        return routes
