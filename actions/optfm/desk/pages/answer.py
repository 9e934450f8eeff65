"""What a manager does in a dialog: he answers, notes, takes, hands over, gives back, closes."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import text as sql
from starlette.exceptions import HTTPException

from optfm.desk import audit, canned, handing, marks
from optfm.desk.answering import LONGEST, Held, answer
from optfm.desk.attaching import LARGEST_BYTES, Attached, FileNotTaken, attach, attached_before
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Who, address_of
from optfm.desk.pages.dialog import changed, opened, require, whole
from optfm.desk.rendering import clock, is_partial
from optfm.desk.rendering import dialog_path as path_of
from optfm.desk.sessions import Session
from optfm.outbox.entries import retry

router = APIRouter()

Dialog = Annotated[str, Form(min_length=1, max_length=255)]
Key = Annotated[str, Form(pattern=r"[0-9a-f]{32}")]
Seen = Annotated[int, Form(ge=0, le=2**62)]
_ACTS = Literal["take", "release", "close"]
_DONE = {
    "take": "Взял(а): {name}.",
    "release": "Дальше отвечает бот ({name}).",
    "close": "Закрыл(а): {name}.",
}


@router.post("/answer")
def send(
    request: Request,
    given: Given,
    who: Who,
    dialog: Dialog,
    seen: Seen,
    key: Key,
    text: Annotated[str, Form(max_length=20_000)] = "",
    first: Seen = 0,
    kind: Annotated[Literal["answer", "note"], Form()] = "answer",
    file: UploadFile | None = None,
    file_url: Annotated[str, Form(max_length=200)] = "",
    file_name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """To the customer, or to the colleagues. What cannot be sent stays in the field.

    :param file_url: of a file that a form brought before and that was held with its words.
    """
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    with given.engine.begin() as connection:
        require(connection, dialog)
    try:
        attached = _attached(given, dialog, file, file_url, file_name)
        wrong = _wrong(words, kind, attached)
    except FileNotTaken as exc:
        attached, wrong = None, str(exc)
    if wrong:
        _keep(given, who, dialog, text)
        return _composed(
            request, given, who, dialog, first, words=text, why=wrong, status=422, file=attached
        )
    with given.engine.begin() as connection:
        if kind == "note":
            marks.add_note(connection, who.staff.id, dialog, words, key)
            marks.drop_draft(connection, who.staff.id, dialog)
            audit.note(connection, who.staff.id, "note", dialog, address=address_of(request))
    if kind == "note":
        return _composed(request, given, who, dialog, first, done="Заметка записана.")
    outcome = answer(
        given.engine,
        dialog,
        words or (attached.words if attached else ""),
        who=who.staff,
        seen=seen,
        key=key,
        minutes=given.settings.manager_silence_min,
        address=address_of(request),
        tell_topic=given.has_group,
        custom=attached.custom() if attached else None,
    )
    if isinstance(outcome, Held):
        _keep(given, who, dialog, text)
        why = held_words(given, outcome)
        return _composed(
            request, given, who, dialog, first, words=text, why=why, status=409, file=attached
        )
    with given.engine.begin() as connection:
        marks.drop_draft(connection, who.staff.id, dialog)
    return _composed(request, given, who, dialog, first, words="", done="Отправлено.")


@router.post("/act")
def act(
    request: Request,
    given: Given,
    who: Who,
    dialog: Dialog,
    what: Annotated[_ACTS, Form()],
    shown: Annotated[str, Form(max_length=100)] = "",
    first: Seen = 0,
) -> Response:
    """Take a dialog, give it back to the bot, or close it.

    :param shown: whose it was when the button was pressed.
    """
    name, minutes = who.staff.name, given.settings.manager_silence_min
    with given.engine.begin() as connection:
        require(connection, dialog)
        if what == "take":
            taken = handing.take(connection, dialog, name, shown=shown, minutes=minutes)
            if not taken.mine:
                raise HTTPException(409, f"Уже взял(а) {taken.by}.")
        elif what == "release":
            handing.to_bot(connection, dialog)
        else:
            handing.close(connection, dialog, name)
        if given.has_group:
            handing.tell_topic(connection, dialog, _DONE[what].format(name=name))
        audit.note(connection, who.staff.id, what, dialog, address=address_of(request))
    return changed(request, given, who, dialog, first)


@router.post("/assign")
def assign(
    request: Request,
    given: Given,
    who: Who,
    dialog: Dialog,
    to: Annotated[str, Form(min_length=1, max_length=100)],
    first: Seen = 0,
) -> Response:
    """Hand a dialog over to a colleague."""
    minutes = given.settings.manager_silence_min
    with given.engine.begin() as connection:
        require(connection, dialog)
        known = connection.execute(
            sql("SELECT name FROM staff WHERE name = :to AND disabled_at IS NULL"), {"to": to}
        ).scalar_one_or_none()
        if known is None:
            raise HTTPException(409, "Этого сотрудника больше нет.")
        handing.assign(connection, dialog, to, minutes=minutes)
        if given.has_group:
            words = f"{who.staff.name} передал(а) диалог: {to}."
            handing.tell_topic(connection, dialog, words)
        audit.note(connection, who.staff.id, "assign", dialog, address=address_of(request))
    return changed(request, given, who, dialog, first)


@router.post("/retry")
def again(
    request: Request,
    given: Given,
    who: Who,
    dialog: Dialog,
    entry: Annotated[int, Form(ge=1, le=2**62)],
    first: Seen = 0,
) -> Response:
    """Deliver an answer that did not get there once more, now."""
    with given.engine.begin() as connection:
        its = connection.execute(
            sql("SELECT 1 FROM outbox WHERE id = :id AND dialog = :dialog AND kind = 'customer'"),
            {"id": entry, "dialog": dialog},
        ).scalar_one_or_none()
        if its is None:
            raise HTTPException(404, "Этого сообщения больше нет.")
        audit.note(connection, who.staff.id, "retry", dialog, address=address_of(request))
    retry(given.engine, entry)
    return changed(request, given, who, dialog, first)


def _attached(
    given: Desk, dialog: str, file: UploadFile | None, url: str, name: str
) -> Attached | None:
    """:raises FileNotTaken: it cannot go out."""
    var = given.settings.optfm_var
    if file is not None and file.filename:
        # A byte more than may come tells what is too large.
        content = file.file.read(LARGEST_BYTES + 1)
        return attach(var, dialog, file.filename, content)
    if not url:
        return None
    found = attached_before(var, dialog, url, name)
    if found is None:
        raise FileNotTaken("Файла больше нет на сервере: выберите его ещё раз.")
    return found


def _wrong(words: str, kind: str, attached: Attached | None) -> str:
    if kind == "note" and attached:
        return "К заметке файл не прикладывается: отправьте его клиенту или уберите."
    if not words and not attached:
        return "Сначала напишите текст."
    if len(words) > LONGEST:
        return f"Слишком длинно: {len(words)} знаков, можно {LONGEST}. Разбейте на части."
    if kind == "answer" and (fields := canned.unfilled(words)):
        return f"Заполните поля заготовки: {', '.join(fields)}."
    return ""


def _keep(given: Desk, who: Session, dialog: str, words: str) -> None:
    """What was not sent is a draft, also where the page is left at once."""
    with given.engine.begin() as connection:
        marks.keep_draft(connection, who.staff.id, dialog, words.replace("\0", ""))


def held_words(given: Desk, held: Held) -> str:
    """Why an answer was not sent, for whoever wrote it."""
    if not held.by:
        return "Не отправлено: бот как раз отвечает. Посмотрите его ответ и отправьте ещё раз."
    assert held.at is not None
    at = clock(held.at, given.zone, held.at + timedelta(seconds=1))
    return (
        f"Не отправлено: {held.by} ответил(а) в {at}, ответ уже у клиента."
        " Ваш текст на месте: прочитайте и отправьте ещё раз, если он нужен."
    )


def _composed(
    request: Request,
    given: Desk,
    who: Session,
    dialog: str,
    first: int,
    status: int = 200,
    **said: object,
) -> Response:
    if is_partial(request):
        return HTMLResponse(whole(request, given, who, dialog, first, **said))
    if status == 200:
        return RedirectResponse(path_of(dialog), 303)
    return opened(request, given, who, dialog, status=status, said=said)
