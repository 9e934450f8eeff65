"""Orders of customers: made of words or of codes, sent with contacts, as an offer in Excel."""

import uuid
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AfterValidator, Field, StringConstraints, model_validator
from sqlalchemy import Connection

from optfm.api.contacts import Contacts, draft_of
from optfm.api.fields import Body, Line, Name, Number, Out, without_nul
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.problems import Problem
from optfm.api.routes.search import no_price_list
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.api.workbooks import WORKBOOK, workbook
from optfm.leads import submit
from optfm.orders import Order, Reading, SaidLine, offer, read, store
from optfm.search.live import NoPriceList

router = APIRouter(prefix="/v1/orders", tags=["orders"])

_MOST_LINES = 500
_State = Literal["open", "sent"]
_LongText = Annotated[
    str, StringConstraints(min_length=1, max_length=40_000), AfterValidator(without_nul)
]


class OptionOut(Out):
    """Goods that a line may mean."""

    code: str
    codes: list[str] = Field(description="Строка и её цвета")
    name: str
    price: float = Field(description="Рубли, как в прайс-листе")


class LineOut(Out):
    """One line: what was said, and what it is in the price list."""

    n: int
    said: str
    quantity: int | None = Field(description="null: не сказано")
    state: Literal["sure", "choose", "none", "unread"]
    code: str | None
    codes: list[str]
    name: str
    price: float | None
    sum: float | None
    options: list[OptionOut] = Field(description="Из чего выбрать; при none — что рядом")
    note: str


class OrderOut(Out):
    """An order with its lines."""

    id: int
    dialog: str
    state: _State
    created: datetime
    updated: datetime
    sent: datetime | None
    request: int | None = Field(description="Заявка, с которой он отправлен")
    lines: list[LineOut]
    counts: dict[str, int] = Field(description="Сколько строк в каждом состоянии")
    total: float = Field(description="По найденным строкам, по ценам прайс-листа, рубли")
    final_total: float = Field(description="То же со скидкой «Распродажи»")
    list_date: date | None


class LineIn(Body):
    """Goods by their code, or by words where the code is not known."""

    code: Name | None = None
    text: Line | None = None
    quantity: Annotated[int, Field(ge=1, le=1_000_000)]

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.code is None) == (self.text is None):
            raise ValueError("нужно одно из двух: code или text")
        return self


class OrderIn(Body):
    """An order in a customer's words, or line by line."""

    text: Annotated[
        _LongText | None,
        Field(description="Список, как его написал клиент", examples=["акб айфон 11 - 5 шт"]),
    ] = None
    lines: Annotated[list[LineIn] | None, Field(min_length=1, max_length=_MOST_LINES)] = None
    dialog: Annotated[Name | None, Field(description="Диалог с ботом, если он есть")] = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.text is None) == (self.lines is None):
            raise ValueError("нужно одно из двух: text или lines")
        return self


@router.get(
    "",
    operation_id="list_orders",
    summary="Заказы, новые сверху",
    dependencies=[needs(Scope.ORDERS_READ)],
)
def get_orders(
    given: Given,
    asked: Annotated[Paging, Depends(paging)],
    state: Annotated[_State | None, Query(description="Только такие")] = None,
) -> Page[OrderOut]:
    """По времени создания, со строками."""
    found = store.listed(given.engine, state=state, **asked.span())
    return page_of([_out(kept) for kept in found], asked, lambda order: order.id)


@router.post(
    "",
    operation_id="create_order",
    summary="Составить заказ",
    status_code=201,
    dependencies=[needs(Scope.ORDERS_WRITE)],
)
def create_order(given: Given, body: OrderIn, response: Response) -> OrderOut:
    """Строки находятся так же, как их нашёл бы бот: неясные остаются с вариантами (`choose`).

    У диалога бывает один неотправленный заказ: второй не создаётся.
    """
    order = _matched(given, body)
    if not order.lines:
        raise Problem("invalid", "В тексте нет товаров с количеством.")
    dialog = body.dialog or f"api:{uuid.uuid4().hex}"
    number = store.begin(given.engine, dialog, order, list_id=given.goods.list_id)
    if number is None:
        raise Problem("conflict", "У этого диалога уже есть неотправленный заказ.")
    response.headers["Location"] = f"/v1/orders/{number}"
    return _out(_one(given, number))


@router.get(
    "/{id}",
    operation_id="get_order",
    summary="Один заказ",
    dependencies=[needs(Scope.ORDERS_READ)],
)
def get_order(given: Given, id: Number) -> OrderOut:
    """Со строками, суммами и датой прайс-листа."""
    return _out(_one(given, id))


@router.get(
    "/{id}/xlsx",
    operation_id="order_as_xlsx",
    summary="Предложение по заказу таблицей Excel",
    response_class=Response,
    responses=WORKBOOK,
    dependencies=[needs(Scope.ORDERS_READ)],
)
def order_as_xlsx(given: Given, id: Number) -> Response:
    """Как его получил бы клиент: строки с ценами, отдельно — что уточнить."""
    kept = _one(given, id)
    data = offer.xlsx(kept.order, number=id, made=kept.updated.astimezone(given.zone).date())
    return workbook(data, f"order-{id}.xlsx")


@router.post(
    "/{id}/send",
    operation_id="send_order",
    summary="Отправить заказ менеджеру заявкой",
    dependencies=[needs(Scope.ORDERS_WRITE)],
)
def send_order(given: Given, id: Number, body: Contacts) -> OrderOut:
    """Заявка, согласие и заказ записываются вместе; отправленный заказ не меняется."""
    kept = _one(given, id)
    if kept.state == "sent":
        raise _sent(kept)
    submit(
        given.engine,
        draft_of(body, dialog=kept.dialog, about=body.about or f"Заказ № {id}"),
        now=datetime.now(UTC),
        tell=given.settings.notices,
        also=partial(_send, kept),
    )
    return _out(_one(given, id))


def _matched(given: Services, body: OrderIn) -> Order:
    try:
        matcher = given.goods.matcher()
    except NoPriceList:
        raise no_price_list() from None
    if body.text is not None:
        return matcher.order(read(body.text, matcher.goods))
    lines = tuple(
        SaidLine(said=line.text or line.code or "", quantity=line.quantity, code=line.code or "")
        for line in body.lines or ()
    )
    return matcher.order(Reading(lines=lines))


def _send(kept: store.Kept, connection: Connection, request: int) -> None:
    if (
        store.send(connection, kept.dialog, request, number=kept.id) is None
    ):  # somebody else did, just now
        raise _sent(kept)


def _one(given: Services, number: int) -> store.Kept:
    found = store.of_number(given.engine, number)
    if found is None:
        raise Problem("not_found", f"Заказа № {number} нет.")
    return found


def _sent(kept: store.Kept) -> Problem:
    where = f" с заявкой № {kept.request_id}" if kept.request_id else ""
    return Problem("conflict", f"Заказ уже отправлен{where}.")


def _out(kept: store.Kept) -> OrderOut:
    public: dict[str, Any] = kept.order.public()
    return OrderOut(
        id=kept.id,
        dialog=kept.dialog,
        state="sent" if kept.state == "sent" else "open",
        created=kept.created,
        updated=kept.updated,
        sent=kept.sent,
        request=kept.request_id,
        **public,
    )
