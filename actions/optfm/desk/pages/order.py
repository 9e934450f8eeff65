"""The customer's order beside the dialog: edited line by line, shown to him recounted."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from optfm.desk import ordering, talk
from optfm.desk.answering import Held, answer, is_sent
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Who, address_of
from optfm.desk.ordering import Keeping, OrderForm, OrderMoved
from optfm.desk.pages.answer import held_words
from optfm.desk.pages.beside import NO_LIST
from optfm.desk.pages.dialog import require, seen_now
from optfm.desk.rendering import dialog_path as path_of
from optfm.desk.rendering import is_partial, page
from optfm.desk.sessions import Session
from optfm.orders import Matcher, store
from optfm.orders.hand_edits import NEW, LineEdit, Seen
from optfm.orders.reading import MOST_LINES
from optfm.search.live import NoPriceList

router = APIRouter()

_FIELDS = ("key", "name", "was", "was_code", "quantity", "code")
#: Of a form over the longest order, with a box and the fields of the form itself beside it.
_MOST_FIELDS = (len(_FIELDS) + 1) * (MOST_LINES + 20) + 20
_FOUND = 6


async def _sent(request: Request) -> FormData:
    return await request.form(max_fields=_MOST_FIELDS)


_Sent = Annotated[FormData, Depends(_sent)]


@router.get("/order")
def show(request: Request, given: Given, who: Who, dialog: str) -> Response:
    """The form over the last order of a dialog."""
    return _page(request, given, dialog, _made(given, dialog, [], None))


@router.get("/order/goods")
def goods(
    request: Request,
    given: Given,
    who: Who,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Rows that the form may add, for what is typed."""
    return page(request, "order_goods.html", typed=q, found=_found(given, q))


@router.post("/order")
def change(request: Request, given: Given, who: Who, sent: _Sent) -> Response:
    """Recount the form, add a row to it, or keep it and show it to the customer."""
    dialog, do = _text(sent, "dialog"), _text(sent, "do")
    edits = _edits(sent)
    made_over = _moment(_text(sent, "made_over"))
    if do == "send" and is_sent(given.engine, _key(sent)):  # its answer was lost on the way
        return _shown(request, given, who, dialog, sent)
    if do.startswith("add "):
        edits.append(_row(given, do.removeprefix("add "), edits))
    done = _made(given, dialog, edits, made_over)
    if do != "send":
        return _page(
            request, given, dialog, done, typed="" if do.startswith("add ") else _text(sent, "q")
        )
    why = done.wrong or ("" if done.changes or done.meanwhile else "Вы ничего не изменили.")
    if why or done.meanwhile:
        return _page(request, given, dialog, done, why=why, status=409 if done.meanwhile else 422)
    keeping = Keeping(
        done=done,
        made_over=done.kept.updated,
        list_id=given.goods.list_id,
        who=who.staff,
        address=address_of(request),
        tell=tuple(kind for kind in given.settings.notices if kind != "request_topic"),
    )
    try:
        outcome = answer(
            given.engine,
            dialog,
            ordering.words(done),
            who=who.staff,
            seen=_number(sent, "seen"),
            key=_key(sent),
            minutes=given.settings.manager_silence_min,
            address=address_of(request),
            tell_topic=given.has_group,
            custom={"order": ordering.public(done)},
            also=keeping,
        )
    except OrderMoved:
        return _page(request, given, dialog, _made(given, dialog, edits, made_over), status=409)
    if isinstance(outcome, Held):
        why = held_words(given, outcome).replace("Ваш текст", "Ваша правка")
        return _page(request, given, dialog, done, why=why, status=409)
    return _shown(request, given, who, dialog, sent)


def _shown(request: Request, given: Desk, who: Session, dialog: str, sent: FormData) -> Response:
    if not is_partial(request):
        return RedirectResponse(path_of(dialog), 303)
    with given.engine.begin() as connection:
        context = seen_now(connection, who, dialog, first=_number(sent, "first"))
    return page(request, "order_sent.html", **context)


def _made(
    given: Desk, dialog: str, edits: Sequence[LineEdit], made_over: datetime | None
) -> OrderForm:
    """:raises HTTPException: there is no order to change."""
    with given.engine.connect() as connection:
        require(connection, dialog)
        kept = store.of_dialog(connection, dialog)
        if kept is None:
            raise HTTPException(404, "Заказа в этом диалоге нет.")
        if not ordering.may_change(connection, kept):
            raise HTTPException(409, "Заявка этого заказа закрыта: он больше не меняется.")
    return ordering.form(kept, _matcher(given), edits, made_over)


def _page(
    request: Request,
    given: Desk,
    dialog: str,
    done: OrderForm,
    *,
    typed: str = "",
    why: str = "",
    status: int = 200,
) -> Response:
    template = "order_form.html" if is_partial(request) else "order.html"
    with given.engine.connect() as connection:
        seen = talk.newest(connection, dialog)
    context: dict[str, Any] = {
        "dialog": dialog, "form": done, "why": why or done.wrong, "typed": typed, "seen": seen,
        "found": _found(given, typed), "form_key": uuid.uuid4().hex,
    }  # fmt: skip
    # htmx swaps nothing that is refused: what the form says of it must be seen.
    return page(request, template, status=200 if is_partial(request) else status, **context)


def _found(given: Desk, typed: str) -> Any:  # noqa: ANN401 - what the search of goods gives
    try:
        return given.goods.search_typed(typed, limit=_FOUND) if typed.strip() else None
    except NoPriceList:
        raise HTTPException(409, NO_LIST) from None


def _matcher(given: Desk) -> Matcher:
    try:
        return given.goods.matcher()
    except NoPriceList:
        raise HTTPException(409, NO_LIST) from None


def _row(given: Desk, code: str, edits: Sequence[LineEdit]) -> LineEdit:
    row = _matcher(given).goods.row(code)
    if row is None:
        raise HTTPException(409, "Этого товара больше нет в прайс-листе.")
    seen = Seen(name=" ".join(row.name.split()), quantity=None, code=row.code)
    key = f"{NEW}{row.code}"
    if any(edit.key == key for edit in edits):
        raise HTTPException(409, "Этот товар вы уже добавили.")
    return LineEdit(key=key, seen=seen, quantity="1", code=row.code, dropped=False)


def _edits(sent: FormData) -> list[LineEdit]:
    """:raises HTTPException: no form of ours."""
    columns = [[str(value)[:300] for value in sent.getlist(name)] for name in _FIELDS]
    dropped = set(map(str, sent.getlist("drop")))
    try:
        return [
            LineEdit(
                key=key,
                seen=Seen(name=name, quantity=int(was) if was else None, code=was_code),
                quantity=quantity,
                code=code,
                dropped=key in dropped,
            )
            for key, name, was, was_code, quantity, code in zip(*columns, strict=True)
        ]
    except ValueError:
        raise HTTPException(422, "Форма заказа не разобрана: откройте её заново.") from None


def _text(sent: FormData, name: str) -> str:
    return str(sent.get(name) or "")[:255]


def _number(sent: FormData, name: str) -> int:
    found = _text(sent, name)
    return int(found) if re.fullmatch(r"\d{1,18}", found) else 0


def _key(sent: FormData) -> str:
    key = _text(sent, "key_of_form")
    if not re.fullmatch(r"[0-9a-f]{32}", key):
        raise HTTPException(422, "Форма заказа не разобрана: откройте её заново.")
    return key


def _moment(told: str) -> datetime:
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        raise HTTPException(422, "Форма заказа не разобрана: откройте её заново.") from None
