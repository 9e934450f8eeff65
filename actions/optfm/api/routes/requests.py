"""Requests of customers: create, read, move, as a table for Excel."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import Field

from optfm.api.contacts import Contacts, draft_of
from optfm.api.etags import etag, matches
from optfm.api.fields import Body, Line, Moment, Name, Number, Out, Text
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.problems import Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.api.workbooks import WORKBOOK, workbook
from optfm.leads import list_requests, submit
from optfm.leads.lifecycle import Status, Step
from optfm.leads.lifecycle import move_request as move
from optfm.leads.tables_export import STATUSES, xlsx

router = APIRouter(prefix="/v1/requests", tags=["requests"])


class RequestOut(Out):
    """A request, with the customer's contacts."""

    id: int
    created: datetime
    status: Status
    name: str
    phone: str | None = Field(description="E.164")
    email: str | None
    about: str
    town: str | None
    channel: str
    dialog: str
    taken_by: str | None
    taken: datetime | None
    answered: datetime | None
    closed: datetime | None
    notified: bool = Field(description="Кому-нибудь сообщено")


class RequestIn(Contacts):
    """What a customer left with your system."""

    about: Annotated[Text, Field(description="Чего он хочет")]
    dialog: Annotated[Name | None, Field(description="Диалог с ботом, если он был")] = None


class MoveIn(Body):
    """Where a request goes."""

    status: Step
    by: Annotated[Line, Field(description="Кто это сделал, для коллег")]


@router.get(
    "",
    operation_id="list_requests",
    summary="Заявки, новые сверху",
    dependencies=[needs(Scope.REQUESTS_READ)],
)
def get_requests(
    given: Given,
    asked: Annotated[Paging, Depends(paging)],
    status: Annotated[Status | None, Query(description="Только такие")] = None,
) -> Page[RequestOut]:
    """По времени создания, с контактами."""
    found = list_requests(given.engine, status=status, **asked.span())
    return page_of([RequestOut.model_validate(r) for r in found], asked, lambda r: r.id)


@router.get(
    ".xlsx",
    operation_id="requests_as_xlsx",
    summary="Заявки таблицей Excel",
    response_class=Response,
    responses=WORKBOOK,
    dependencies=[needs(Scope.REQUESTS_READ)],
)
def requests_as_xlsx(
    given: Given,
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query()] = None,
) -> Response:
    """Все заявки за время, новые сверху."""
    found = list_requests(given.engine, since=since, until=until)
    return workbook(xlsx(found, given.zone), "requests.xlsx")


@router.post(
    "",
    operation_id="create_request",
    summary="Оставить заявку за клиента",
    status_code=201,
    dependencies=[needs(Scope.REQUESTS_WRITE)],
)
def create_request(given: Given, body: RequestIn, response: Response) -> RequestOut:
    """Нужен телефон или почта, и согласие клиента.

    Тот же телефон или диалог в течение часа не добавляет заявки: новое дописывается к ней.
    """
    draft = draft_of(body, dialog=body.dialog, about=body.about)
    number = submit(given.engine, draft, now=datetime.now(UTC), tell=given.settings.notices)
    response.headers["Location"] = f"/v1/requests/{number}"
    return _one(given, number)


@router.get(
    "/{id}",
    operation_id="get_request",
    summary="Одна заявка",
    dependencies=[needs(Scope.REQUESTS_READ)],
)
def get_request(given: Given, id: Number) -> RequestOut:
    """С контактами."""
    return _one(given, id)


@router.post(
    "/{id}/move",
    operation_id="move_request",
    summary="Двинуть заявку: взята, отвечена, закрыта",
    responses={412: {"description": "Заявка изменилась"}},
    dependencies=[needs(Scope.REQUESTS_WRITE)],
)
def move_request(
    given: Given,
    id: Number,
    body: MoveIn,
    if_match: Annotated[
        str | None, Header(max_length=200, description="ETag прочитанной заявки")
    ] = None,
) -> RequestOut:
    """Тот же шаг ещё раз ничего не меняет; назад заявка не идёт."""
    before = _one(given, id)
    if if_match and not matches(if_match, etag(before.model_dump_json().encode())):
        raise Problem("changed")
    with given.engine.begin() as connection:
        moved = move(connection, id, body.status, by=body.by)
    if moved is None:
        raise _not_there(id)
    if moved.status != body.status:
        raise Problem("conflict", f"Заявка уже дальше: {STATUSES[moved.status]}.")
    return _one(given, id)


def _one(given: Services, number: int) -> RequestOut:
    found = list_requests(given.engine, number)
    if not found:
        raise _not_there(number)
    return RequestOut.model_validate(found[0])


def _not_there(number: int) -> Problem:
    return Problem("not_found", f"Заявки № {number} нет.")
