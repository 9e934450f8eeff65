"""One person's data: all of it out, or all of it gone (152-FZ)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import Field

from optfm.api.audit import about
from optfm.api.fields import Body, Name, Out
from optfm.api.problems import FieldError, Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.errors import Refused
from optfm.privacy.erase import Stores, erase
from optfm.privacy.erase_receipts import erasure_key, masked
from optfm.privacy.export import export
from optfm.privacy.person import Subject

router = APIRouter(prefix="/v1/persons", tags=["persons"])


class SubjectIn(Body):
    """By what a person is known."""

    kind: Annotated[Literal["phone", "email", "dialog"], Field(description="Чем назван человек")]
    value: Annotated[Name, Field(examples=["8 910 000-00-00"])]


class EraseIn(SubjectIn):
    """Whom to erase."""

    rehearse: Annotated[bool, Field(description="Только посчитать, что было бы стёрто")] = False


class ReceiptOut(Out):
    """What was erased of whom."""

    id: int | None = Field(description="Номер расписки; нет у проверки")
    at: datetime
    subject: str = Field(description="Кто, с пропусками")
    counts: dict[str, int]


class ExportOut(Out):
    """All that is kept of a person."""

    subject: dict[str, str]
    made_at: datetime
    tables: dict[str, list[dict[str, Any]]]
    log_lines: list[dict[str, str]]
    files: list[str]
    erasures: list[dict[str, Any]]
    consents_of_erased: list[dict[str, Any]]
    consent_documents: Any


@router.post(
    "/export",
    operation_id="export_person",
    summary="Всё, что хранится о человеке",
    response_model=ExportOut,
    dependencies=[needs(Scope.PERSONS_EXPORT)],
)
def export_person(request: Request, given: Given, body: SubjectIn) -> JSONResponse:
    """Строки таблиц, строки журналов, присланные файлы, согласия и расписки."""
    subject = _subject(body)
    about(request, masked(subject))
    found = export(_stores(given), subject)
    return JSONResponse(jsonable_encoder(found), headers={"Cache-Control": "no-store"})


@router.post(
    "/erase",
    operation_id="erase_person",
    summary="Стереть всё о человеке",
    dependencies=[needs(Scope.PERSONS_ERASE)],
)
def erase_person(request: Request, given: Given, body: EraseIn) -> ReceiptOut:
    """Расписка остаётся; по ней данные стираются и из восстановленной копии базы."""
    subject = _subject(body)
    about(request, masked(subject))
    receipt = erase(_stores(given), subject, rehearse=body.rehearse)
    if receipt is None:
        raise Problem("not_found", "Об этом человеке ничего не хранится.")
    return ReceiptOut(
        id=None if body.rehearse else receipt.id,
        at=receipt.at,
        subject=receipt.subject,
        counts=receipt.counts,
    )


def _subject(body: SubjectIn) -> Subject:
    try:
        return Subject.of(body.kind, body.value)
    except Refused as exc:
        errors = [FieldError(where="body.value", message="не телефон, не почта и не диалог")]
        raise Problem("invalid", errors=errors) from exc


def _stores(given: Services) -> Stores:
    settings = given.settings
    key = erasure_key(settings.erasure_key.get_secret_value(), settings.optfm_var)
    return Stores(engine=given.engine, var=settings.optfm_var, logs=settings.optfm_logs, key=key)
