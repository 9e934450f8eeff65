"""What the server shows to browsers: the chat's script, a page to try it on, the consent.

GET /                    a demo page of a shop with the chat on it
GET /widget.js           the chat (widget/), for any site
GET /consent[/VERSION]   the consent to keep personal data
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from connectors.settings import ROOT
from connectors.site import documents
from connectors.site.static import SECURITY, Static

_PAGES = Path(__file__).parent / "html"
_HTML = "text/html; charset=utf-8"
_CSS = "text/css; charset=utf-8"


class SiteChannel(InputChannel):
    """No channel of customers: Rasa's one way to add routes without a fork."""

    @classmethod
    def name(cls) -> str:
        """Its name in credentials.yml."""
        return "site"

    def url_prefix(self) -> str:
        """From the root rather than below /webhooks/."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; the files are read once, at the start."""
        routes = _FrontPage(Static.read(_PAGES / "shop.html", _HTML))
        script = Static.read(
            ROOT / "widget" / "dist" / "widget.js",
            "text/javascript; charset=utf-8",
            Cross_Origin_Resource_Policy="cross-origin",
        )
        styles = {path.name: Static.read(path, _CSS) for path in _PAGES.glob("*.css")}

        @routes.route("widget.js", methods=["GET", "HEAD"])
        async def widget(request: Request) -> HTTPResponse:
            return script.response(request)

        @routes.get("pages/<name:str>")
        async def style(request: Request, name: str) -> HTTPResponse:
            return styles[name].response(request) if name in styles else _missing()

        @routes.get("consent")
        async def consent(request: Request) -> HTTPResponse:
            return _document(request, next(iter(documents.versions()), ""))

        @routes.get("consent/<version:str>")
        async def old_consent(request: Request, version: str) -> HTTPResponse:
            return _document(request, version)

        return routes


class _FrontPage(Blueprint):
    """Answers `/` before Rasa's own greeting there does; Sanic has no second route to a path."""

    def __init__(self, page: Static) -> None:
        super().__init__("optfm_site")
        self.ctx.page = page

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Called once by Rasa, with its application."""
        app.register_middleware(self._answer, "request")
        super().register(app, options)  # type: ignore[no-untyped-call]

    async def _answer(self, request: Request) -> HTTPResponse | None:
        if request.path != "/" or request.method not in ("GET", "HEAD"):
            return None
        page: Static = self.ctx.page
        return page.response(request)


def _document(request: Request, version: str) -> HTTPResponse:
    page = documents.page(version)
    return Static.of(page, _HTML).response(request) if page else _missing()


def _missing() -> HTTPResponse:
    return text("Такой страницы нет.\n", status=404, headers=SECURITY)
