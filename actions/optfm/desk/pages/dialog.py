"""A dialog: what was said, who the customer is, where the answer is written."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection, text
from starlette.exceptions import HTTPException

from optfm.desk import marks, queue, talk
from optfm.desk.attaching import ACCEPTED, LARGEST_BYTES
from optfm.desk.canned import listed as canned_texts
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Who
from optfm.desk.helping import HELPS
from optfm.desk.people import customer
from optfm.desk.rendering import dialog_path, is_partial, page, rendered
from optfm.desk.sessions import Session
from optfm.leads.speaking import is_known
from optfm.leads.waiting import waiting as waiting_now

router = APIRouter()

_COLLEAGUES = """
SELECT name FROM staff WHERE disabled_at IS NULL AND password IS NOT NULL AND id <> :staff
ORDER BY name
"""


@router.get("/dialogs/{dialog:path}")
def show(request: Request, given: Given, who: Who, dialog: str, before: int = 2**62) -> Response:
    """The page; `before`: only older lines, for whoever has no JavaScript."""
    with given.engine.begin() as connection:
        require(connection, dialog)
        seen = talk.newest(connection, dialog)
        marks.look(connection, who.staff.id, dialog, seen)
    return opened(request, given, who, dialog, before=before)


@router.get("/talk/live")
def live(request: Request, given: Given, who: Who, dialog: str, first: int = 0) -> Response:
    """What of an open page may have changed; never the field where somebody types.

    :param first: the oldest line that the page shows.
    """
    with given.engine.begin() as connection:
        require(connection, dialog)
        context = seen_now(connection, who, dialog, first=first)
    return page(request, "dialog_live.html", **context)


@router.get("/talk/older")
def older(request: Request, given: Given, who: Who, dialog: str, before: int) -> Response:
    """A page of lines before one."""
    with given.engine.connect() as connection:
        require(connection, dialog)
        found, more = talk.lines(connection, dialog, before=before)
    return page(request, "dialog_older.html", dialog=dialog, lines=found, older=more)


def require(connection: Connection, dialog: str) -> None:
    """:raises HTTPException: nothing is known of such a dialog (any more)."""
    if not is_known(connection, dialog):
        raise HTTPException(404, "Такого диалога нет: возможно, данные клиента стёрты.")


def seen_now(
    connection: Connection, who: Session, dialog: str, *, first: int = 0, before: int = 2**62
) -> dict[str, Any]:
    """What a page shows of a dialog at this moment."""
    lines, has_older = talk.lines(connection, dialog, first=first, before=before)
    [row] = queue.rows(connection, [dialog])
    waits = {w.dialog: w.since for w in waiting_now(connection)}
    colleagues = connection.execute(text(_COLLEAGUES), {"staff": who.staff.id}).scalars().all()
    return {
        "dialog": dialog,
        "lines": lines,
        "older": has_older,
        "before": before,
        "seen": talk.newest(connection, dialog),
        "customer": customer(connection, dialog),
        "viewers": row.seen_by(who.staff.id).viewers,
        "waits_since": waits.get(dialog),
        "colleagues": colleagues,
    }


def opened(
    request: Request,
    given: Desk,
    who: Session,
    dialog: str,
    *,
    before: int = 2**62,
    status: int = 200,
    said: Mapping[str, object] = MappingProxyType({}),
) -> Response:
    """The whole page.

    :param said: as `composer`.
    """
    with given.engine.begin() as connection:
        require(connection, dialog)
        context = seen_now(connection, who, dialog, before=before)
    helps = [what for what in HELPS if given.assistant and given.assistant.does(what)]
    form = composer(given, who, dialog, **said)
    return page(request, "dialog.html", status=status, helps=helps, **{**context, **form})


def changed(request: Request, given: Desk, who: Session, dialog: str, first: int) -> Response:
    """After an act: what of an open page is other now, or the page again without JavaScript."""
    if not is_partial(request):
        return RedirectResponse(dialog_path(dialog), 303)
    with given.engine.begin() as connection:
        context = seen_now(connection, who, dialog, first=first)
    return page(request, "dialog_live.html", **context)


def composer(given: Desk, who: Session, dialog: str, **said: object) -> dict[str, Any]:
    """What the form of an answer needs.

    :param said: `words` and the `file` that are held, and `why`.
    """
    with given.engine.connect() as connection:
        draft = marks.draft(connection, who.staff.id, dialog)
        canned = canned_texts(connection)
        seen = talk.newest(connection, dialog)
    return {
        "dialog": dialog, "words": draft, "why": "", "done": "", "canned": canned,
        "file": None, "files": ACCEPTED, "largest_file": LARGEST_BYTES,
        "form_key": uuid.uuid4().hex, "seen": seen, **said,
    }  # fmt: skip


def whole(
    request: Request, given: Desk, who: Session, dialog: str, first: int, **said: object
) -> str:
    """The form anew, and what of the page has changed with it: for htmx."""
    form = rendered(request, "composer.html", **composer(given, who, dialog, **said))
    with given.engine.begin() as connection:
        context = seen_now(connection, who, dialog, first=first)
    return form + rendered(request, "dialog_live.html", **context)
