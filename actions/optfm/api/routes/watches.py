"""Watches: what customers wait for; begun and ended for a dialog."""

from datetime import UTC, datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import Field, model_validator

from optfm import watches
from optfm.api.fields import Body, Line, Name, Number, Out, Text
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.problems import FieldError, Problem
from optfm.api.routes.dialogs import require_dialog
from optfm.api.routes.search import no_price_list
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.catalog import PriceRow
from optfm.search.live import NoPriceList
from optfm.watches import Agreed, Wanted, Watch

router = APIRouter(prefix="/v1/watches", tags=["watches"])


class WatchOut(Out):
    """What one customer waits for."""

    id: int
    dialog: str
    kind: watches.Kind = Field(description="appears — появится, cheaper — подешевеет")
    text: str = Field(description="Товар словами; ищется в каждом новом прайс-листе")
    name: str = Field(description="Товар, как его видит покупатель")
    code: str | None = Field(description="null: подойдёт любая строка, которую находит text")
    price: float | None = Field(description="Цена, дешевле которой ждут, ₽")
    state: watches.State = Field(
        description="on — ждёт, told — сообщено, off — отписался, over — срок вышел"
    )
    created: datetime
    ends: datetime


class WatchConsent(Body):
    """The customer's yes to one message when it happens."""

    wording: Annotated[Text, Field(description="Слова, которые ему были показаны")]
    version: Annotated[Line, Field(description="Версия этих слов у вас", examples=["site-2026-11"])]


class WatchIn(Body):
    """What a customer wants to be told of, once."""

    dialog: Annotated[Name, Field(description="Диалог с ботом: туда придёт сообщение")]
    kind: watches.Kind
    text: Annotated[Line | None, Field(description="Товар словами покупателя")] = None
    code: Annotated[Name | None, Field(description="Код, если ждут именно эту строку")] = None
    consent: WatchConsent

    @model_validator(mode="after")
    def _names_goods(self) -> Self:
        if self.text is None and self.code is None:
            raise ValueError("нужен text или code")
        return self


@router.get(
    "",
    operation_id="list_watches",
    summary="Чего ждут покупатели, новое сверху",
    dependencies=[needs(Scope.WATCHES_READ)],
)
def list_watches(
    given: Given,
    asked: Annotated[Paging, Depends(paging)],
    dialog: Annotated[Name | None, Query(description="Только этого диалога")] = None,
) -> Page[WatchOut]:
    """Только действующие: о чём сообщено и что прекращено, здесь уже нет."""
    found = watches.listed(given.engine, dialog=dialog, **asked.span())
    return page_of([_out(watch) for watch in found], asked, lambda watch: watch.id)


@router.post(
    "",
    operation_id="create_watch",
    summary="Сообщить покупателю, когда появится или подешевеет",
    status_code=201,
    responses={200: {"description": "За этим уже следят", "model": WatchOut}},
    dependencies=[needs(Scope.WATCHES_WRITE)],
)
def create_watch(request: Request, given: Given, body: WatchIn, response: Response) -> WatchOut:
    """Бот напишет в диалог один раз, по первому новому прайс-листу, где это так; ждёт 90 дней.

    Нужно согласие покупателя именно на это сообщение. Что уже есть в прайс-листе, «появиться» не
    может (409): предложите `cheaper`.
    """
    require_dialog(request, given, body.dialog)
    agreed = Agreed(version=body.consent.version, wording=body.consent.wording, message_id=None)
    try:
        watch, is_new = watches.add(
            given.engine,
            body.dialog,
            _wanted(given, body),
            agreed,
            channel="api",
            list_id=given.goods.list_id,
            now=datetime.now(UTC),
        )
    except NoPriceList:
        raise no_price_list() from None
    except watches.TooMany:
        raise Problem("conflict", f"У диалога уже {watches.MOST} подписок.") from None
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/watches/{watch.id}"
    return _out(watch)


@router.get(
    "/{id}",
    operation_id="get_watch",
    summary="Одна подписка",
    dependencies=[needs(Scope.WATCHES_READ)],
)
def get_watch(given: Given, id: Number) -> WatchOut:
    """Также та, о которой уже сообщено или которую прекратили."""
    return _out(_one(given, id))


@router.delete(
    "/{id}",
    operation_id="stop_watch",
    summary="Прекратить подписку",
    dependencies=[needs(Scope.WATCHES_WRITE)],
)
def stop_watch(given: Given, id: Number) -> WatchOut:
    """Как «отписаться» самого покупателя; ещё раз — то же самое."""
    watches.stop(given.engine, _one(given, id).dialog, [id])
    return _out(_one(given, id))


def _wanted(given: Services, body: WatchIn) -> Wanted:
    row = given.goods.row(body.code) if body.code else None
    if body.kind == "cheaper":
        return _cheaper(given, body, row)
    if row is None and body.text is None:
        raise _wrong("text", "кода нет в прайс-листе: назовите товар словами")
    text = body.text or ""
    if there := row or (None if body.code else _cheapest(given, text)):
        raise Problem("conflict", f"Уже есть в прайс-листе: {there.name} (код {there.code}).")
    return Wanted(kind="appears", asked=text, name=text, code=body.code or "")


def _cheaper(given: Services, body: WatchIn, row: PriceRow | None) -> Wanted:
    if body.code and row is None:
        raise _wrong("code", "в действующем прайс-листе такого кода нет")
    now = row or _cheapest(given, body.text or "")
    if now is None:
        raise _wrong("text", "в действующем прайс-листе такого нет: подешеветь нечему")
    name = " ".join(row.name.split()) if row else body.text or ""
    return Wanted(
        kind="cheaper",
        asked=body.text or name,
        name=name,
        code=row.code if row else "",
        price_kop=now.price_kop,
    )


def _cheapest(given: Services, text: str) -> PriceRow | None:
    """Of the rows that are all that is asked for."""
    found = given.goods.search(text, limit=50)
    if found.kind == "none" or found.unmet or not found.rows:
        return None
    return min((hit.row for hit in found.rows), key=lambda row: row.price_kop)


def _wrong(field: str, message: str) -> Problem:
    return Problem("invalid", errors=[FieldError(where=f"body.{field}", message=message)])


def _one(given: Services, number: int) -> Watch:
    found = watches.of_number(given.engine, number)
    if found is None:
        raise Problem("not_found", f"Подписки № {number} нет.")
    return found


def _out(watch: Watch) -> WatchOut:
    wanted = watch.wanted
    return WatchOut(
        id=watch.id,
        dialog=watch.dialog,
        kind=wanted.kind,
        text=wanted.asked,
        name=wanted.name,
        code=wanted.code or None,
        price=wanted.price_kop / 100 if wanted.price_kop else None,
        state=watch.state,
        created=watch.created,
        ends=watch.ends,
    )
