"""Requests by how far they are, each with its order and history; whoever answers moves them on."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from optfm.desk import accounts, audit
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Who, address_of
from optfm.desk.rendering import page
from optfm.leads.card import card
from optfm.leads.lifecycle import Step, hand_over_request, move_request
from optfm.leads.ordered import ordered_sums
from optfm.leads.requests import Request as Lead
from optfm.leads.requests import count_requests, list_requests
from optfm.leads.tables_export import STATUSES, xlsx

router = APIRouter(prefix="/requests")

_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What stands on the tabs, in their order.
_TABS = {
    "new": "Новые",
    "mine": "Мои",
    "taken": "В работе",
    "answered": "Отвеченные",
    "closed": "Закрытые",
    "all": "Все",
}
_CHANNELS = {"telegram": "Telegram", "socketio": "сайт", "rest": "REST", "api": "API"}

Tab = Annotated[str, Query(alias="at", max_length=20)]
Words = Annotated[str, Query(alias="q", max_length=100)]
Before = Annotated[int | None, Query(ge=1, le=2**62)]
Number = Annotated[int, Path(ge=1, le=2**62)]


@router.get("")
def listed(
    request: Request, given: Given, who: Who, at: Tab = "new", q: Words = "", before: Before = None
) -> Response:
    """One tab, or what was looked for in all of them; the newest first."""
    tab = at if at in _TABS else "new"
    found = _found(given, who.staff.name, tab, q.strip(), before=before, limit=_PAGE + 1)
    shown = found[:_PAGE]
    with given.engine.connect() as connection:
        sums = ordered_sums(connection, [lead.id for lead in shown])
    return page(
        request,
        "requests.html",
        tabs=_TABS,
        tab=tab,
        words=q.strip(),
        counts=count_requests(given.engine, taken_by=who.staff.name),
        found=shown,
        sums=sums,
        statuses=STATUSES,
        channels=_CHANNELS,
        older=shown[-1].id if len(found) > _PAGE else None,
    )


@router.get(".xlsx")
def as_xlsx(given: Given, who: Who, at: Tab = "all", q: Words = "") -> Response:
    """What the page shows, all of it."""
    found = _found(given, who.staff.name, at, q.strip())
    headers = {"Content-Disposition": 'attachment; filename="requests.xlsx"'}
    return Response(xlsx(found, given.zone), media_type=_XLSX, headers=headers)


@router.get("/{number}")
def one(request: Request, given: Given, who: Who, number: Number) -> Response:
    """All about one: contacts, order, dialog, how far it is."""
    return _shown(request, given, number)


@router.post("/{number}/move")
def move(
    request: Request, given: Given, who: Who, number: Number, to: Annotated[Step, Form()]
) -> Response:
    """A step forward; whoever comes second reads who was first."""
    with given.engine.begin() as connection:
        moved = move_request(connection, number, to, by=who.staff.name)
        if moved and moved.moved:
            _note(request, who.staff.id, f"request_{to}", number, connection)
    if moved is None:
        raise _no_such(number)
    if not moved.moved:
        by = f", её взял(а) {moved.taken_by}" if moved.taken_by else ""
        wrong = f"Заявка уже {STATUSES[moved.status]}{by}. Ничего не изменилось."
        return _shown(request, given, number, wrong=wrong)
    return RedirectResponse(f"/desk/requests/{number}", 303)


@router.post("/{number}/hand-over")
def hand_over(
    request: Request, given: Given, who: Who, number: Number, to: Annotated[int, Form()]
) -> Response:
    """Give it to a colleague, or take it from one."""
    with given.engine.begin() as connection:
        name = next((s.name for s in _working(given) if s.id == to), None)
        if name is None:
            raise HTTPException(404, "Такого сотрудника нет.")
        moved = hand_over_request(connection, number, to=name)
        if moved:
            _note(request, who.staff.id, "request_hand_over", number, connection)
    if moved is None:
        raise _no_such(number)
    if not moved:
        wrong = "Заявка закрыта: передать её нельзя."
        return _shown(request, given, number, wrong=wrong)
    return RedirectResponse(f"/desk/requests/{number}", 303)


def _found(
    given: Desk,
    name: str,
    tab: str,
    words: str,
    *,
    before: int | None = None,
    limit: int | None = None,
) -> list[Lead]:
    if words:
        return list_requests(given.engine, words=words, before=before, limit=limit)
    status = tab if tab in STATUSES else None
    his = name if tab == "mine" else None
    found = list_requests(given.engine, status=status, taken_by=his, before=before, limit=limit)
    return [lead for lead in found if lead.status != "closed"] if his else found


def _shown(request: Request, given: Desk, number: int, *, wrong: str = "") -> Response:
    found, leads = card(given.engine, number, given.zone), list_requests(given.engine, number)
    if found is None or not leads:
        raise _no_such(number)
    return page(
        request,
        "request.html",
        status=409 if wrong else 200,
        card=found,
        lead=leads[0],
        wrong=wrong,
        steps=_steps(leads[0]),
        next=[s for s in ("taken", "answered", "closed") if _is_after(s, leads[0].status)],
        colleagues=_working(given),
        statuses=STATUSES,
        channels=_CHANNELS,
    )


def _steps(lead: Lead) -> list[tuple[str, object]]:
    named = (
        ("принята", lead.created),
        ("взята", lead.taken),
        ("отвечена", lead.answered),
        ("закрыта", lead.closed),
    )
    return [(name, at) for name, at in named if at]


def _is_after(step: str, status: str) -> bool:
    order = list(STATUSES)
    return order.index(step) > order.index(status)


def _working(given: Desk) -> list[accounts.Staff]:
    with given.engine.connect() as connection:
        return [staff for staff in accounts.listed(connection) if not staff.disabled_at]


def _note(request: Request, staff: int, act: str, number: int, connection: Connection) -> None:
    audit.note(connection, staff, act, f"request {number}", address=address_of(request))


def _no_such(number: Number) -> HTTPException:
    return HTTPException(404, f"Заявки № {number} нет.")
