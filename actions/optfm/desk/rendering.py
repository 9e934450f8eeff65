"""Pages out of templates: `page` for a route, and the filters that templates share."""

import hashlib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from common.money import price
from optfm.desk.desk import Desk
from optfm.desk.files import SHOWN
from optfm.desk.navigation import places
from optfm.desk.sessions import Session

_CHANNELS = {
    "telegram": "Telegram", "web": "чат на сайте", "socketio": "чат на сайте", "rest": "REST",
    "api": "API",
}  # fmt: skip
STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


def page(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """A page, or a part of one, for whoever is signed in.

    :param template: a file of `templates/`.
    :param context: what it names; `who`, `now`, `zone`, `navigation` are there always.
    """
    return HTMLResponse(rendered(request, template, **context), status_code=status)


def rendered(request: Request, template: str, **context: object) -> str:
    """The same as text."""
    desk: Desk = request.app.state.desk
    who: Session | None = getattr(request.state, "session", None)
    known: dict[str, Any] = {
        "who": who.staff if who else None,
        "here": request.url.path,
        "navigation": places(who.staff) if who else (),
        "now": datetime.now(UTC),
        "zone": desk.zone,
        "push_key": desk.push_key if who else "",
    }
    return _environment().get_template(template).render({**known, **context})


def drawn(desk: Desk, template: str, **context: object) -> Markup:
    """A part that is the same for all of the staff: it knows nobody."""
    known = {"now": datetime.now(UTC), "zone": desk.zone}
    return Markup(_environment().get_template(template).render({**known, **context}))


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("hx-request") == "true"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,  # files that are new before `deploy` are not for this code
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clock": clock,
        "moment": moment,
        "waited": waited,
        "price": price,
        "dialog_path": dialog_path,
        "channel": channel,
        "found": found,
        "day": day,
    }
    environment.globals |= {"static": static, "shown_files": SHOWN}
    return environment


@cache
def static(name: str) -> str:
    """The address of a file of `static/`, another one for other contents."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/desk/static/{name}?v={digest}"


def dialog_path(dialog: str) -> str:
    """The address of a dialog's page."""
    return f"/desk/dialogs/{quote(dialog, safe='')}"


def channel(dialog: str, name: str | None) -> str:
    """A dialog's channel as people call it; the ids of ours tell it, too."""
    known = name or {"tg:": "telegram", "web": "web"}.get(dialog[:3], "")
    return _CHANNELS.get(known, known)


def found(headline: str) -> Markup:
    """A line of a search: the words found are marked, everything else is text."""
    line = escape(headline)
    return Markup(str(line).replace("\2", "<mark>").replace("\3", "</mark>"))


def day(iso: str) -> str:
    """`2025-06-25` as `25.06.2025`; anything else as it is."""
    try:
        return f"{date.fromisoformat(iso):%d.%m.%Y}"
    except ValueError:
        return iso


def clock(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A time as short as it can be told: `14:02`, else with the day."""
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    if here.date() == today:
        return f"{here:%H:%M}"
    return f"{here:%d.%m %H:%M}" if here.year == today.year else f"{here:%d.%m.%Y %H:%M}"


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """A time in full; a dash for none."""
    return f"{at.astimezone(zone):%d.%m.%Y %H:%M}" if at else "—"


def waited(since: datetime, now: datetime) -> str:
    """How long ago: `меньше минуты`, `7 мин`, `2 ч 5 мин`, `3 дн`."""
    minutes = int((now - since).total_seconds() // 60)
    if minutes < 1:
        return "меньше минуты"
    if minutes < 60:
        return f"{minutes} мин"
    if minutes < 24 * 60:
        return f"{minutes // 60} ч {minutes % 60} мин"
    return f"{minutes // (24 * 60)} дн"
