"""Dialogs: read, speak in them, hand them over and give them back."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from optfm.api.audit import about
from optfm.api.fields import Body, Line, Name, Out, Text
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.problems import FieldError, Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.leads import dialog_list
from optfm.leads.hand_off import Call, Staffed, call_manager
from optfm.leads.speaking import give_back, is_known, say, say_as_manager

router = APIRouter(prefix="/v1/dialogs", tags=["dialogs"])

_READ = [needs(Scope.DIALOGS_READ)]
_WRITE = [needs(Scope.DIALOGS_WRITE)]
Dialog = Annotated[Name, Query(description="Номер диалога, как в списке")]


class DialogOut(Out):
    """A dialog as it stands now."""

    dialog: str
    channel: str | None
    last_at: datetime
    last_author: str
    last_text: str | None
    mode: Literal["bot", "manager"] = Field(description="Кто отвечает")
    manager: str | None
    until: datetime | None = Field(description="После этого времени снова отвечает бот")


class MessageOut(Out):
    """One message."""

    id: int
    at: datetime
    author: Literal["customer", "bot", "manager"]
    text: str | None
    channel: str | None
    buttons: Any
    custom: Any


class MessageIn(Body):
    """What to say to the customer."""

    dialog: Name
    text: Text
    speaker: Annotated[Literal["bot", "manager"], Field(description="От чьего имени")]
    name: Annotated[Line | None, Field(description="Имя менеджера, как его видит клиент")] = None


class DialogIn(Body):
    """Which dialog."""

    dialog: Name


class QueuedMessage(Out):
    """What became of it."""

    dialog: str
    queued: bool = Field(description="false: то же уже было сказано")


class Moved(Out):
    """Who speaks now."""

    dialog: str
    mode: Literal["bot", "manager"]


@router.get("", operation_id="list_dialogs", summary="Диалоги", dependencies=_READ)
def list_dialogs(
    given: Given,
    asked: Annotated[Paging, Depends(paging)],
    mode: Annotated[
        Literal["bot", "manager"] | None, Query(description="Только те, где отвечает он")
    ] = None,
) -> Page[DialogOut]:
    """Кто писал последним, тот сверху. Время — последнего сообщения."""
    found = dialog_list.dialogs(given.engine, mode=mode, **asked.span())
    page = page_of(found, asked, lambda dialog: dialog.id)
    return Page(items=[DialogOut.model_validate(d) for d in page.items], next=page.next)


@router.get(
    "/messages", operation_id="list_messages", summary="Сообщения диалога", dependencies=_READ
)
def list_messages(
    request: Request, given: Given, dialog: Dialog, asked: Annotated[Paging, Depends(paging)]
) -> Page[MessageOut]:
    """Новые сверху."""
    require_dialog(request, given, dialog)
    found = dialog_list.messages(given.engine, dialog, **asked.span())
    return page_of([MessageOut.model_validate(m) for m in found], asked, lambda m: m.id)


@router.post(
    "/messages",
    operation_id="send_message",
    summary="Написать клиенту",
    status_code=202,
    dependencies=_WRITE,
)
def send_message(given: Given, body: MessageIn, request: Request) -> QueuedMessage:
    """Доставляется в канал клиента; с Idempotency-Key — один раз, что бы ни случилось.

    Слова менеджера отдают диалог менеджеру: бот молчит, пока тот не замолчит надолго.
    """
    require_dialog(request, given, body.dialog)
    if body.speaker == "manager" and not body.name:
        error = FieldError(where="body.name", message="нужно имя менеджера")
        raise Problem("invalid", errors=[error])
    key = _key(request)
    with given.engine.begin() as connection:
        if body.speaker == "bot":
            queued = say(connection, body.dialog, body.text, key=key)
        else:
            queued = say_as_manager(
                connection,
                body.dialog,
                body.text,
                name=body.name or "",
                key=key,
                minutes=given.settings.manager_silence_min,
            )
    return QueuedMessage(dialog=body.dialog, queued=queued)


@router.post(
    "/hand-over",
    operation_id="hand_over",
    summary="Передать диалог менеджеру",
    dependencies=_WRITE,
)
def hand_over(given: Given, body: DialogIn, request: Request) -> Moved:
    """Бот молчит, менеджеров зовут в их группе и на рабочем месте.

    Где отвечать некому, бот не замолкает: 409 с кодом nobody_answers.
    """
    require_dialog(request, given, body.dialog)
    if "request_topic" not in given.settings.notices and not Staffed(given.engine)():
        raise Problem("nobody_answers")
    call = Call(
        dialog=body.dialog,
        channel="api",
        said="",
        why="call",
        message_id=_key(request),
    )
    call_manager(given.engine, call, silence_min=given.settings.manager_silence_min)
    return Moved(dialog=body.dialog, mode="manager")


@router.post(
    "/give-back", operation_id="give_back", summary="Вернуть диалог боту", dependencies=_WRITE
)
def give_dialog_back(given: Given, body: DialogIn, request: Request) -> Moved:
    """Клиент узнаёт об этом одной строкой; у бота диалог уже был — ничего не меняется."""
    require_dialog(request, given, body.dialog)
    with given.engine.begin() as connection:
        give_back(connection, body.dialog, key=_key(request))
    return Moved(dialog=body.dialog, mode="bot")


def require_dialog(request: Request, given: Services, dialog: str) -> None:
    """Note which dialog a request is about.

    :raises Problem: nothing was ever said there.
    """
    about(request, dialog)
    with given.engine.connect() as connection:
        if not is_known(connection, dialog):
            raise Problem("not_found", "Такого диалога нет.")


def _key(request: Request) -> str:
    """The same for a request that is sent again with its Idempotency-Key."""
    state = request.state
    once = getattr(state, "idempotency_key", "") or state.request_id
    return "api " + hashlib.sha256(f"{state.key.client}\0{once}".encode()).hexdigest()[:32]
