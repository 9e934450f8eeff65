"""What stands beside the talk: drafts, presence, goods of the price list, why the bot said so."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.exceptions import HTTPException

from common.money import price
from optfm.catalog import PriceRow
from optfm.desk import files, helping, marks, talk
from optfm.desk.answering import Held, answer, is_sent
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Who, address_of
from optfm.desk.pages.answer import Dialog, Key, Seen, held_words
from optfm.desk.pages.dialog import require, seen_now
from optfm.desk.people import customer
from optfm.desk.rendering import dialog_path as path_of
from optfm.desk.rendering import is_partial, page
from optfm.search.live import NoPriceList

router = APIRouter()

_NO_MODEL = "Языковая модель не настроена: её включает AI_PROVIDER."

NO_LIST = "Прайс-листа ещё нет: optfm prices import ФАЙЛ"


@router.post("/draft")
def draft(
    given: Given,
    who: Who,
    dialog: Dialog,
    text: Annotated[str, Form(max_length=20_000)] = "",
    key: Annotated[str, Form(max_length=32)] = "",
) -> Response:
    """Keep what somebody is writing.

    :param key: of the form in which he does; a draft that comes after its answer is none.
    """
    if key and is_sent(given.engine, key):
        return Response(status_code=204)
    with given.engine.begin() as connection:
        require(connection, dialog)  # a page left open must not write an erased person back
        marks.keep_draft(connection, who.staff.id, dialog, text.replace("\0", ""))
    return Response(status_code=204)


@router.post("/look")
def look(given: Given, who: Who, dialog: Dialog, read: Seen = 0) -> Response:
    """Somebody has a dialog on his screen."""
    with given.engine.begin() as connection:
        require(connection, dialog)
        marks.look(connection, who.staff.id, dialog, read)
    return Response(status_code=204)


@router.post("/leave")
def leave(given: Given, who: Who, dialog: Dialog) -> Response:
    """No longer."""
    with given.engine.begin() as connection:
        marks.leave(connection, who.staff.id, dialog)
    return Response(status_code=204)


@router.get("/talk/why")
def why(request: Request, given: Given, who: Who, dialog: str, id: int) -> Response:
    """How the bot has understood a message: as a topic, and as a question about goods."""
    with given.engine.connect() as connection:
        line = talk.line(connection, dialog, id)
    if line is None or line.author != "customer":
        raise HTTPException(404, "Такого сообщения нет.")
    try:
        steps = given.goods.explained(line.text[:1_000]) if line.text.strip() else []
    except NoPriceList:
        steps = [NO_LIST]
    template = "why_part.html" if is_partial(request) else "why.html"
    return page(request, template, line=line, steps=steps, dialog=dialog)


@router.post("/talk/help")
def help_of_model(
    request: Request,
    given: Given,
    who: Who,
    dialog: Dialog,
    what: Annotated[helping.Help, Form()],
    asked: Annotated[bool, Form()] = True,
) -> Response:
    """What a language model makes of a dialog, for the manager's eyes only.

    :param asked: False: by the page itself; then it says nothing where there is none.
    """
    with given.engine.connect() as connection:
        require(connection, dialog)
        lines, _ = talk.lines(connection, dialog)
        names = tuple({asked.name for asked in customer(connection, dialog).requests})
    said = helping.said(dialog, lines, names)
    made, wrong = "", ""
    try:
        if given.assistant is None or not given.assistant.does(what):
            raise helping.NoHelp(_NO_MODEL)
        if what == "summary":
            made = given.assistant.summary(said)
        else:
            made = given.assistant.suggestion(said)
        if not made:
            raise helping.NoHelp("Диалог короткий: прочитать его быстрее.")
    except helping.NoHelp as exc:
        wrong = str(exc) if asked else ""
    template = "help_part.html" if is_partial(request) else "help.html"
    return page(request, template, dialog=dialog, what=what, made=made, wrong=wrong)


@router.get("/talk/goods")
def goods(
    request: Request,
    given: Given,
    who: Who,
    dialog: str,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Rows of the price list for what is typed."""
    found, wrong = None, ""
    try:
        found = given.goods.search_typed(q, limit=8) if q.strip() else None
    except NoPriceList:
        wrong = NO_LIST
    template = "goods_part.html" if is_partial(request) else "goods.html"
    return page(
        request, template, dialog=dialog, typed=q, found=found, wrong=wrong, **_form(given, dialog)
    )


@router.post("/card")
def card(
    request: Request,
    given: Given,
    who: Who,
    dialog: Dialog,
    seen: Seen,
    key: Key,
    code: Annotated[str, Form(min_length=1, max_length=60)],
    first: Seen = 0,
) -> Response:
    """Send a row of the price list as a card, with its price and the list's date."""
    try:
        row, day = given.goods.row(code), given.goods.list_date
    except NoPriceList:
        raise HTTPException(409, NO_LIST) from None
    if row is None:
        raise HTTPException(409, "Этого товара больше нет в прайс-листе.")
    with given.engine.connect() as connection:
        require(connection, dialog)
    shown = {
        "code": row.code, "codes": [row.code], "name": row.name, "price": row.price_kop / 100,
        "final_price": row.price_kop / 100, "status": row.status, "colours": [],
    }  # fmt: skip
    outcome = answer(
        given.engine,
        dialog,
        in_words(row, f"{day:%d.%m.%Y}"),
        who=who.staff,
        seen=seen,
        key=key,
        minutes=given.settings.manager_silence_min,
        address=address_of(request),
        tell_topic=given.has_group,
        custom={"rows": [shown], "list_date": day.isoformat()},
    )
    if isinstance(outcome, Held):
        raise HTTPException(409, held_words(given, outcome))
    if not is_partial(request):
        return RedirectResponse(path_of(dialog), 303)
    with given.engine.begin() as connection:
        context = seen_now(connection, who, dialog, first=first)
    return page(request, "card_sent.html", **context)


@router.get("/files/{name}")
def file(given: Given, who: Who, name: str) -> Response:
    """A file that a visitor of the site sent, or one of the staff."""
    found = files.find(given.settings.optfm_var, name)
    if found is None:
        raise HTTPException(404, "Файла здесь нет.")
    kind, shown = files.kind_of(found)
    return FileResponse(
        found,
        media_type=kind,
        headers={"Content-Disposition": "inline" if shown else "attachment"},
    )


def in_words(row: PriceRow, day: str) -> str:
    """A row as a text says it."""
    status = f" {row.status}." if row.status else ""
    return f"{row.name}: {price(row.price_kop)}.{status} Код {row.code}, прайс-лист от {day}."


def _form(given: Desk, dialog: str) -> dict[str, Any]:
    with given.engine.connect() as connection:
        seen = talk.newest(connection, dialog)
    return {"seen": seen, "form_key": uuid.uuid4().hex}
