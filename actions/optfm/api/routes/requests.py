"""Requests of customers: create, read, move, as a table for Excel."""

import uuid
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import Field

from optfm.api.etags import etag, matches
from optfm.api.fields import Body, Line, Moment, Name, Number, Out, Text
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.problems import FieldError, Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.leads import Consent, Draft, list_requests, submit
from optfm.leads.contact import email as read_email
from optfm.leads.contact import phones
from optfm.leads.lifecycle import Status, Step
from optfm.leads.lifecycle import move_request as move
from optfm.leads.tables_export import xlsx

router = APIRouter(prefix="/v1/requests", tags=["Заявки"])

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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


class ConsentIn(Body):
    """The proof that the customer agreed to the keeping of his data (152-FZ, article 9)."""

    given_at: Annotated[Moment, Field(description="Когда согласился")]
    wording: Annotated[Text, Field(description="Слова, которые ему были показаны")]
    version: Annotated[Line, Field(description="Версия этих слов у вас", examples=["site-2026-11"])]


class Contacts(Body):
    """Who it is for, and his consent."""

    name: Line
    phone: Annotated[Line | None, Field(examples=["8 910 000-00-00"])] = None
    email: Line | None = None
    about: Annotated[Text | None, Field(description="Чего он хочет")] = None
    town: Line | None = None
    consent: ConsentIn


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
    found = list_requests(
        given.engine,
        status=status,
        since=asked.since,
        until=asked.until,
        before=asked.before,
        limit=asked.limit + 1,
    )
    return page_of([RequestOut.model_validate(r) for r in found], asked, lambda r: r.id)


@router.get(
    ".xlsx",
    operation_id="requests_as_xlsx",
    summary="Заявки таблицей Excel",
    response_class=Response,
    responses={200: {"content": {_XLSX: {"schema": {"type": "string", "format": "binary"}}}}},
    dependencies=[needs(Scope.REQUESTS_READ)],
)
def requests_as_xlsx(
    given: Given,
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query()] = None,
) -> Response:
    """Все заявки за время, новые сверху."""
    found = list_requests(given.engine, since=since, until=until)
    data = xlsx(found, given.zone)
    named = {"Content-Disposition": 'attachment; filename="requests.xlsx"'}
    return Response(data, media_type=_XLSX, headers={**named, "Cache-Control": "no-store"})


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
        raise Problem("conflict", f"Заявка уже дальше: {moved.status}.")
    return _one(given, id)


def _one(given: Services, number: int) -> RequestOut:
    found = list_requests(given.engine, number)
    if not found:
        raise _not_there(number)
    return RequestOut.model_validate(found[0])


def draft_of(body: Contacts, *, dialog: str | None, about: str) -> Draft:
    """A request to be submitted.

    :param dialog: None: one of its own.
    :raises Problem: neither a phone nor an address, or none that can be reached.
    """
    phone = _phone(body.phone) if body.phone else None
    email = _email(body.email) if body.email else None
    if phone is None and email is None:
        raise Problem("invalid", "Нужен телефон или почта.")
    consent = Consent(
        version=body.consent.version,
        wording=body.consent.wording,
        given_at=body.consent.given_at,
        channel="api",
        message_id=None,
    )
    return Draft(
        dialog=dialog or f"api:{uuid.uuid4().hex}",
        channel="api",
        name=body.name,
        phone=phone,
        email=email,
        about=about,
        town=body.town,
        consent=consent,
    )


def _phone(said: str) -> str:
    found = phones(said)
    if len(found) != 1:
        raise _wrong("phone", "нужен один телефон, например 8 910 000-00-00")
    return found[0]


def _email(said: str) -> str:
    found = read_email(said)
    if not found:
        raise _wrong("email", "нужен адрес почты, например name@example.ru")
    return found


def _wrong(field: str, message: str) -> Problem:
    return Problem("invalid", errors=[FieldError(where=f"body.{field}", message=message)])


def _not_there(number: int) -> Problem:
    return Problem("not_found", f"Заявки № {number} нет.")
