"""Webhooks: who is told of events, and what became of each."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from optfm.api.fields import Body, Line, Number, Out
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.problems import FieldError, Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, needs
from optfm.events import deliveries, receivers
from optfm.events.addresses import Allowed, NotAllowed
from optfm.events.receivers import EventType

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], dependencies=[needs(Scope.WEBHOOKS)])

_MOST = 50


class ReceiverIn(Body):
    """Who wants to be told."""

    url: Annotated[Line, Field(examples=["https://crm.example.ru/hooks/optfm"])]
    types: Annotated[
        list[EventType], Field(max_length=len(EventType), description="О чём; пусто: обо всём")
    ] = []


class ReceiverOut(Out):
    """Who is told."""

    id: int
    url: str
    types: list[str]
    active: bool
    why_inactive: str | None
    created_at: datetime


class ReceiverWithSecret(ReceiverOut):
    """Who is told, with the secret that is shown once."""

    secret: str = Field(description="Подписывает события; больше не показывается")


class SecretOut(Out):
    """A new secret."""

    secret: str


class Switch(Body):
    """Whether it is told."""

    active: bool


class DeliveryOut(Out):
    """An event on its way to a receiver."""

    id: int
    receiver: int
    event_id: str
    type: str
    status: Literal["pending", "sent", "dead", "waiting"]
    attempts: int
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None
    event: dict[str, Any]


class DeliveryNumber(Out):
    """Which delivery it became."""

    delivery: int


@router.get("", operation_id="list_webhooks", summary="Получатели событий")
def list_webhooks(given: Given, asked: Annotated[Paging, Depends(paging)]) -> Page[ReceiverOut]:
    """Новые сверху."""
    found = [
        ReceiverOut.model_validate(receiver)
        for receiver in receivers.receivers(given.engine)
        if receiver.id < asked.before
        and (asked.since is None or receiver.created_at >= asked.since)
        and (asked.until is None or receiver.created_at < asked.until)
    ]
    return page_of(found[: asked.limit + 1], asked, lambda receiver: receiver.id)


@router.post("", operation_id="add_webhook", summary="Сообщать о событиях", status_code=201)
def add_webhook(given: Given, body: ReceiverIn, response: Response) -> ReceiverWithSecret:
    """Адрес — https вне внутренней сети; секрет показывается один раз."""
    try:
        Allowed(given.settings.webhook_inner_list).check(body.url)
    except NotAllowed as exc:
        errors = [FieldError(where="body.url", message=str(exc))]
        raise Problem("invalid", errors=errors) from exc
    if len(receivers.receivers(given.engine)) >= _MOST:
        raise Problem("conflict", f"Получателей уже {_MOST}: удалите лишних.")
    receiver, secret = receivers.add(given.engine, body.url, body.types)
    response.headers["Location"] = f"/v1/webhooks/{receiver.id}"
    shown = ReceiverOut.model_validate(receiver).model_dump()
    return ReceiverWithSecret(**shown, secret=secret)


@router.get("/deliveries", operation_id="list_deliveries", summary="Доставки событий")
def list_deliveries(
    given: Given,
    asked: Annotated[Paging, Depends(paging)],
    status: Annotated[
        Literal["pending", "sent", "dead"] | None, Query(description="dead: больше не пробуем")
    ] = None,
    receiver: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
) -> Page[DeliveryOut]:
    """Новые сверху."""
    found = deliveries.deliveries(given.engine, receiver=receiver, status=status, **asked.span())
    shown = [DeliveryOut.model_validate(delivery) for delivery in found]
    return page_of(shown, asked, lambda delivery: delivery.id)


@router.post(
    "/deliveries/{id}/replay",
    operation_id="replay_delivery",
    summary="Доставить ещё раз",
    status_code=202,
)
def replay_delivery(given: Given, id: Number) -> DeliveryNumber:
    """С тем же webhook-id: получатель узнаёт повтор."""
    if not deliveries.replay(given.engine, id):
        raise Problem("not_found", f"Доставки № {id} нет.")
    return DeliveryNumber(delivery=id)


@router.get("/{id}", operation_id="get_webhook", summary="Один получатель")
def get_webhook(given: Given, id: Number) -> ReceiverOut:
    """Без секрета."""
    return ReceiverOut.model_validate(_found(given, id))


@router.put("/{id}/active", operation_id="switch_webhook", summary="Включить или выключить")
def switch_webhook(given: Given, id: Number, body: Switch) -> ReceiverOut:
    """О чём не сообщили, пока был выключен, не сообщается."""
    receivers.switch(given.engine, id, active=body.active, why="выключен через API")
    return ReceiverOut.model_validate(_found(given, id))


@router.delete(
    "/{id}", operation_id="remove_webhook", summary="Больше не сообщать", status_code=204
)
def remove_webhook(given: Given, id: Number) -> None:
    """Вместе с тем, что ещё не доставлено."""
    if not receivers.remove(given.engine, id):
        raise _not_there(id)


@router.post("/{id}/secret", operation_id="rotate_webhook_secret", summary="Сменить секрет")
def rotate_webhook_secret(given: Given, id: Number) -> SecretOut:
    """Сутки события подписаны обоими: прежним и новым."""
    secret = receivers.rotate_secret(given.engine, id)
    if secret is None:
        raise _not_there(id)
    return SecretOut(secret=secret)


@router.post("/{id}/ping", operation_id="ping_webhook", summary="Проверить", status_code=202)
def ping_webhook(given: Given, id: Number) -> DeliveryNumber:
    """Посылает событие `ping`; что из него вышло, показывают доставки."""
    _found(given, id)
    return DeliveryNumber(delivery=deliveries.ping(given.engine, id))


def _found(given: Given, receiver_id: int) -> receivers.Receiver:
    found = receivers.find(given.engine, receiver_id)
    if found is None:
        raise _not_there(receiver_id)
    return found


def _not_there(receiver_id: int) -> Problem:
    return Problem("not_found", f"Получателя № {receiver_id} нет.")
