"""The queue: who waits for a person, mine, new requests, all; and the search."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError

from optfm.desk import queue
from optfm.desk.desk import Given
from optfm.desk.door import Who
from optfm.desk.rendering import is_partial, page
from optfm.leads.waiting import waiting as waiting_now

router = APIRouter()

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
    before: int = 2**62,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The list, as a page or, for htmx, as what stands in it."""
    typed, too_slow = q.strip(), False
    found: list[queue.Row] = []
    older: int | None = None
    with given.engine.begin() as connection:
        counts = queue.counts(connection, who.staff.name)
        if not typed:
            found, older = queue.listed(
                connection, tab, staff_id=who.staff.id, name=who.staff.name, before=before
            )
    if typed:
        try:
            with given.engine.begin() as connection:
                found = queue.search(connection, typed, staff_id=who.staff.id)
        except OperationalError:  # its own time-out, far below the server's
            too_slow = True
    template = "queue_part.html" if is_partial(request) else "queue.html"
    return page(
        request,
        template,
        tabs=_TABS,
        tab=tab,
        rows=found,
        counts=counts,
        older=older,
        typed=typed,
        before=before,
        too_slow=too_slow,
        is_open=given.is_open(datetime.now(UTC)),
    )


@router.get("/waiting")
def waiting(given: Given, who: Who) -> Response:
    """For the alerts: those who wait for me or for anybody, and whether it is time to ring."""
    now = datetime.now(UTC)
    with given.engine.connect() as connection:
        mine = [w for w in waiting_now(connection) if w.manager in (None, who.staff.name)]
        dialogs = [w.dialog for w in mine[-_ALERTED:]]
        shown = queue.rows(connection, dialogs, staff_id=who.staff.id)
    told = [
        {"dialog": row.dialog, "last": row.asked_id, "who": row.name, "text": row.last_text}
        for row in shown
    ]
    return JSONResponse({"count": len(mine), "open": given.is_open(now), "waiting": told})
