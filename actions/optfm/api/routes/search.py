"""The price list as the bot finds it."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from pydantic_core import to_json

from optfm.api.fields import Body, Name, Out, Question
from optfm.api.goods import Found
from optfm.api.problems import FieldError, Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, needs, services_of
from optfm.catalog import PriceRow
from optfm.catalog.discount import final_price_kop
from optfm.search import Answer, Choosable, Hit, QueryFormatError
from optfm.search import Query as GoodsQuery
from optfm.search.live import NoPriceList

router = APIRouter(prefix="/v1", tags=["goods"], dependencies=[needs(Scope.SEARCH)])


class Row(Out):
    """A row of the price list."""

    code: str
    name: str
    price: float = Field(description="Цена в списке, ₽")
    final_price: float = Field(description="Цена с учётом «Распродажа −N %», ₽")
    status: str
    path: list[str] = Field(description="Группы над строкой, внешняя первой")


class RowOut(Row):
    """A row with the date of its list."""

    list_date: date


class FoundRow(Row):
    """A line of an answer: a row, or the colours of one thing merged."""

    codes: list[str] = Field(description="Все коды строки: по одному на цвет")
    colours: list[str]


class Option(Out):
    """A value that would narrow the question."""

    label: str
    query: dict[str, Any] = Field(description="Для POST /v1/search, когда его выбрали")


class Ask(Out):
    """What to ask back."""

    what: str
    options: list[Option]


class Gap(Out):
    """What is not sold as asked, and what comes nearest."""

    missing: str
    asked: str
    nearest: list[Option]


class Part(Out):
    """The answer about one of several goods."""

    query: str
    answer: Literal["found", "ask", "none"]
    rows: list[FoundRow]
    gap: Gap | None


class SearchOut(Out):
    """What the bot would answer."""

    query: str
    completed: str = Field(description="Что искали: при typing — с дописанным последним словом")
    answer: Literal["found", "ask", "none"]
    confidence: float
    rows: list[FoundRow] = Field(description="Строки, в которых есть всё спрошенное")
    nearest: list[FoundRow] = Field(description="Если такого нет: ближайшее, не то же самое")
    unmet: list[str] = Field(description="Слова вопроса, которых нет ни в одной строке")
    ask: Ask | None
    gap: Gap | None
    parts: list[Part] = Field(description="По товару, если в вопросе их несколько")
    total: int
    list_id: int
    list_date: date


@router.get(
    "/search",
    operation_id="search",
    summary="Найти товары по вопросу покупателя",
    response_model=SearchOut,
)
async def search(
    request: Request,
    q: Annotated[Question, Query(description="Вопрос, как его набрали")],
    limit: Annotated[int, Query(ge=1, le=50, description="Сколько строк")] = 10,
    typing: Annotated[
        bool, Query(description="Поиск по мере набора: последнее слово может быть не дописано")
    ] = False,
) -> Response:
    """То же, что ответил бы бот: строки, цены, дата списка; при «нет» — чего нет и что рядом."""
    goods = services_of(request).goods
    try:
        ask = goods.search_typed if typing else goods.search
        return _answered(ask(q, limit=limit))
    except NoPriceList:
        raise no_price_list() from None


class Chosen(Body):
    """A question that was offered: of `ask`, or of what comes nearest."""

    query: Annotated[dict[str, Any], Field(description="Как пришёл, без изменений")]
    limit: Annotated[int, Field(ge=1, le=50)] = 10


@router.post(
    "/search",
    operation_id="search_chosen",
    summary="Найти по выбранному варианту",
    response_model=SearchOut,
)
async def search_chosen(given: Given, body: Chosen) -> Response:
    """Вариант из `ask.options` или `gap.nearest` ответа на прошлый вопрос."""
    try:
        query = GoodsQuery.from_json(body.query)
    except QueryFormatError as exc:
        error = FieldError(where="body.query", message="нужен query из прошлого ответа")
        raise Problem("invalid", errors=[error]) from exc
    try:
        return _answered(given.goods.find(query, limit=body.limit))
    except NoPriceList:
        raise no_price_list() from None


@router.get("/rows/{code}", operation_id="get_row", summary="Строка прайс-листа по коду")
async def get_row(given: Given, code: Name) -> RowOut:
    """Код пишется в точности как в прайс-листе."""
    try:
        row = given.goods.row(code)
        list_date = given.goods.list_date
    except NoPriceList:
        raise no_price_list() from None
    if row is None:
        raise Problem("not_found", "В действующем прайс-листе такого кода нет.")
    return RowOut(**_row(row), list_date=list_date)


def no_price_list() -> Problem:
    """There is nothing to answer from yet."""
    return Problem("unavailable", "Действующего прайс-листа ещё нет.", {"Retry-After": "10"})


def _answered(found: Found) -> Response:
    """A `SearchOut`, written straight: to make one and to look at it again costs half a search."""
    single = found.answers[0] if len(found.answers) == 1 else None
    said = {
        "query": found.query,
        "completed": found.completed,
        "answer": found.kind,
        "confidence": round(found.confidence, 4),
        "rows": [_line(hit) for hit in found.rows],
        "nearest": [_line(hit) for hit in found.nearest],
        "unmet": found.unmet,
        "ask": _ask(single) if single else None,
        "gap": _gap(single) if single else None,
        "parts": [] if single else [_part(answer) for answer in found.answers],
        "total": found.total,
        "list_id": found.list_id,
        "list_date": found.list_date,
    }
    return Response(to_json(said), media_type="application/json")


def _part(answer: Answer) -> dict[str, Any]:
    return {
        "query": answer.query.spoken,
        "answer": answer.kind,
        "rows": [_line(hit) for hit in answer.rows],
        "gap": _gap(answer),
    }


def _ask(answer: Answer) -> dict[str, Any] | None:
    if answer.choice is None:
        return None
    return {"what": answer.choice.what, "options": [_option(o) for o in answer.choice.options]}


def _gap(answer: Answer) -> dict[str, Any] | None:
    if answer.gap is None:
        return None
    nearest = [_option(option) for option in answer.gap.nearest]
    return {"missing": answer.gap.missing, "asked": answer.gap.asked, "nearest": nearest}


def _option(option: Choosable) -> dict[str, Any]:
    return {"label": option.label, "query": option.query.to_json()}


def _line(hit: Hit) -> dict[str, Any]:
    return {**_row(hit.row), "codes": [row.code for row in hit.rows], "colours": hit.colours}


def _row(row: PriceRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "price": row.price_kop / 100,
        "final_price": final_price_kop(row) / 100,
        "status": row.status,
        "path": row.path,
    }
