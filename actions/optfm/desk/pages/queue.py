"""The queue: who waits for a person, mine, new requests, all; and the search."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from markupsafe import Markup
from sqlalchemy.exc import OperationalError

from optfm.desk import queue
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Who
from optfm.desk.rendering import drawn, is_partial, page
from optfm.desk.sharing import Listing
from optfm.leads.waiting import waiting as waiting_now

router = APIRouter()

_NEWEST = 2**62
#: A page that an event has sent shows the event's mark.
_HEARD = "x-desk-heard"

#: As many of those who wait are told to a page's alerts.
_ALERTED = 50
_TABS: tuple[tuple[queue.Tab, str], ...] = (
    ("waiting", "Ждут ответа"),
    ("mine", "Мои"),
    ("new", "Новые заявки"),
    ("all", "Все"),
)


@router.get("/")
def show(
    request: Request,
    given: Given,
    who: Who,
    tab: Literal["waiting", "mine", "new", "all"] = "waiting",
    before: int = _NEWEST,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The list, as a page or, for htmx, as what stands in it."""
    typed, too_slow = q.strip(), False
    if typed:
        with given.engine.begin() as connection:
            counts = queue.counts(connection)
        found: list[queue.Row] = []
        try:
            with given.engine.begin() as connection:
                found = queue.search(connection, typed)
        except OperationalError:  # its own time-out, far below the server's
            too_slow = True
        listing = Listing(rows=found, counts=counts, older=None)
    else:
        listing = _listing(request, given, tab, name=who.staff.name, before=before)

    def draw(place: int, row: queue.Row) -> Markup:
        return drawn(given, "queue_row.html", place=place, row=row)

    template = "queue_part.html" if is_partial(request) else "queue.html"
    return page(
        request,
        template,
        tabs=_TABS,
        tab=tab,
        lines=listing.lines(who.staff.id, draw),
        counts=listing.counts.of(who.staff.name),
        older=listing.older,
        typed=typed,
        before=before,
        too_slow=too_slow,
        is_open=given.is_open(datetime.now(UTC)),
    )


def _listing(request: Request, given: Desk, tab: queue.Tab, *, name: str, before: int) -> Listing:
    def look() -> Listing:
        with given.engine.begin() as connection:
            rows, counts, older = queue.listed(connection, tab, name=name, before=before)
        return Listing(rows=rows, counts=counts, older=older)

    heard = request.headers.get(_HEARD, "")
    if not heard or before < _NEWEST:  # somebody has opened the page, and no event has sent him
        return look()
    return given.listings.of((tab, name if tab == "mine" else ""), heard, look)


@router.get("/waiting")
def waiting(given: Given, who: Who) -> Response:
    """For the alerts: those who wait for me or for anybody, and whether it is time to ring."""
    now = datetime.now(UTC)
    with given.engine.connect() as connection:
        mine = [w for w in waiting_now(connection) if w.manager in (None, who.staff.name)]
        dialogs = [w.dialog for w in mine[-_ALERTED:]]
        shown = queue.rows(connection, dialogs)
    told = [
        {"dialog": row.dialog, "last": row.asked_id, "who": row.name, "text": row.last_text}
        for row in shown
    ]
    return JSONResponse({"count": len(mine), "open": given.is_open(now), "waiting": told})
