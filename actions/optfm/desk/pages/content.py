"""Texts, terms and words that the owner changes: edit, look what becomes of it, publish, undo."""

import contextlib
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from common import published
from optfm.catalog import revisions as price_lists
from optfm.content import (
    CHAPTERS,
    Chapter,
    Conflict,
    Document,
    Revision,
    Standing,
    WrongContent,
    all_documents,
    current,
    history,
    publish,
    standing,
)
from optfm.content import document as named
from optfm.content.checks import check
from optfm.content.documents import COMPUTED, FACTS, SLANG, UnknownDocument
from optfm.content.gate import Change, Trial, answered, touches_search, tried
from optfm.content.revisions import all_current
from optfm.content.samples import Said, computed
from optfm.content.slang import with_word
from optfm.content.stale import Stale, stale
from optfm.desk import audit
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Owner, address_of
from optfm.desk.rendering import page
from optfm.errors import Refused
from optfm.facts.calendar import Calendar
from optfm.processes import learning

router = APIRouter(prefix="/content")

_CHAPTERS: dict[Chapter, str] = {
    "answers": "Ответы бота",
    "facts": "Условия и страницы знаний",
    "vocabulary": "Слова",
    "examples": "Примеры фраз",
}
_STANDS: dict[Standing, str] = {
    "file": "",
    "same": "есть и в файле",
    "ahead": "опубликовано здесь",
    "apart": "файл изменён после публикации",
}
_MOST_PHRASES = 10

Name = Annotated[str, Query(max_length=200)]
Text = Annotated[str, Form(max_length=400_000)]
Phrases = Annotated[str, Form(max_length=4_000)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What would become of a text."""

    difference: tuple[tuple[str, str], ...]  #: ("+", "-", " " or "@"), line
    trial: Trial | None = None  #: of the committed questions
    phrases: tuple[Change, ...] = ()  #: of the owner's choice, over the active list
    said: tuple[Said, ...] = ()  #: answers that are computed
    stale: tuple[Stale, ...] = ()  #: what would still say the old


@router.get("")
def listed(
    request: Request,
    given: Given,
    who: Owner,
    of: Annotated[str, Query(max_length=20)] = "answers",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The documents of a chapter, or those in which words stand."""
    words = q.strip().lower()
    with given.engine.connect() as connection:
        live = {revision.document: revision for revision in all_current(connection)}
        state = learning.look(connection, given.settings.optfm_var)
    every = [(d, live.get(d.name)) for d in all_documents()]
    found = [
        (d, revision, _STANDS[standing(d, revision)])
        for d, revision in every
        if (words in f"{d.title}\n{d.part}\n{_text(d, revision)}".lower() if words
            else d.chapter == (of if of in CHAPTERS else "answers"))
    ]  # fmt: skip
    return page(
        request, "content.html", chapters=_CHAPTERS, of=of if of in CHAPTERS else "answers",
        words=q.strip(), found=found, learning=state,
    )  # fmt: skip


@router.get("/learning")
def learning_now(request: Request, given: Given, who: Owner) -> Response:
    """How far the bot is with the phrases: a part of a page that asks again while it learns."""
    with given.engine.connect() as connection:
        state = learning.look(connection, given.settings.optfm_var)
    return page(request, "content_learning_part.html", learning=state)


@router.post("/learn")
def learn(request: Request, given: Given, who: Owner) -> Response:
    """Let the bot learn the phrases that wait for it."""
    try:
        learning.ask(given.settings.optfm_var)
    except Refused as exc:
        raise HTTPException(409, f"{exc.message[:1].upper()}{exc.message[1:]}.") from exc
    return RedirectResponse("/desk/content?of=examples", 303)


@router.get("/edit")
def edit(request: Request, given: Given, who: Owner, name: Name) -> Response:
    """The text that counts now, to be changed."""
    found = _document(name)
    with given.engine.connect() as connection:
        there = current(connection, found.name)
    return _form(request, found, _text(found, there), base=there)


@router.post("/preview")
def preview(
    request: Request,
    given: Given,
    who: Owner,
    name: Annotated[str, Form(max_length=200)],
    text: Text,
    base: Annotated[int, Form(ge=0)],
    note: Annotated[str, Form(max_length=300)] = "",
    phrases: Phrases = "",
) -> Response:
    """What the bot would do with it; nothing is published."""
    found, text = _document(name), text.replace("\r\n", "\n")
    with given.engine.connect() as connection:
        there = current(connection, found.name)
    try:
        shown = _preview(given, found, _text(found, there), text, _lines(phrases))
    except WrongContent as exc:
        return _form(request, found, text, base=base, note=note, phrases=phrases, wrong=exc.message)
    return _form(request, found, text, base=base, note=note, phrases=phrases, preview=shown)


@router.post("/publish")
def published_(
    request: Request,
    given: Given,
    who: Owner,
    name: Annotated[str, Form(max_length=200)],
    text: Text,
    base: Annotated[int, Form(ge=0)],
    note: Annotated[str, Form(max_length=300)] = "",
    phrases: Phrases = "",
) -> Response:
    """Let it count; what is wrong, or came second, comes back with the text as it was typed."""
    found, text = _document(name), text.replace("\r\n", "\n")
    try:
        if touches_search(found) and (fell := tried(found, text).fell):
            raise WrongContent(f"вопросы, которые бот обязан понимать, пострадали: {fell[0]}")
        _publish(request, given, who.staff.id, found, text, who.staff.name, base, note)
    except WrongContent as exc:
        return _form(
            request, found, text, base=base, note=note, phrases=phrases, wrong=exc.message,
            status=422,
        )  # fmt: skip
    except Conflict as exc:
        theirs = _text(found, exc.theirs)
        return _form(
            request, found, text, base=exc.theirs, note=note, phrases=phrases,
            wrong=exc.told(given.zone), theirs=_difference(theirs, text), status=409,
        )  # fmt: skip
    return RedirectResponse(f"/desk/content/history?{urlencode({'name': found.name})}", 303)


@router.get("/history")
def told(request: Request, given: Given, who: Owner, name: Name) -> Response:
    """Its publications, each with what it changed and a way back to it."""
    found = _document(name)
    with given.engine.connect() as connection:
        every = history(connection, found.name)
        state = learning.look(connection, given.settings.optfm_var)
    texts = [_text(found, revision) for revision in every]
    before = [*texts[1:], found.in_file()][: len(texts)]
    return page(
        request, "content_history.html", document=found,
        every=[(r, _difference(b, t)) for r, t, b in zip(every, texts, before, strict=True)],
        stands=_STANDS[standing(found, every[0])] if every else "", learning=state,
    )  # fmt: skip


@router.post("/restore")
def restore(
    request: Request,
    given: Given,
    who: Owner,
    name: Annotated[str, Form(max_length=200)],
    base: Annotated[int, Form(ge=0)],
    revision: Annotated[int, Form(ge=0)],
) -> Response:
    """What an earlier publication said counts again; 0: what the file says."""
    found = _document(name)
    with given.engine.connect() as connection:
        every = {r.id: r for r in history(connection, found.name, limit=1_000)}
    if revision and revision not in every:
        raise HTTPException(404, "Такой публикации нет.")
    text = every[revision].text if revision else None
    note = f"возвращена публикация {revision}" if revision else "возвращён текст файла"
    try:
        _publish(request, given, who.staff.id, found, text, who.staff.name, base, note)
    except (WrongContent, Conflict) as exc:
        said = exc.told(given.zone) if isinstance(exc, Conflict) else exc.message
        raise HTTPException(409, f"{said[:1].upper()}{said[1:]}.") from exc
    return RedirectResponse(f"/desk/content/history?{urlencode({'name': found.name})}", 303)


@router.get("/word")
def word(
    request: Request, who: Owner, said: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """A customer's word and what it means, without YAML."""
    return page(request, "content_word.html", said=said, means="", wrong="")


@router.post("/word")
def word_tried(
    request: Request,
    given: Given,
    who: Owner,
    said: Annotated[str, Form(max_length=100)],
    means: Annotated[str, Form(max_length=300)],
) -> Response:
    """The words' file with it, to be looked at and published."""
    found = named(SLANG)
    with given.engine.connect() as connection:
        there = current(connection, found.name)
    before = _text(found, there)
    try:
        text = with_word(before, said, means)
        shown = _preview(given, found, before, text, [said])
    except WrongContent as exc:
        return page(
            request, "content_word.html", said=said, means=means, wrong=exc.message, status=422
        )
    note = f"слово «{said.strip()}»"
    return _form(request, found, text, base=there, note=note, phrases=said, preview=shown)


def _document(name: str) -> Document:
    try:
        return named(name)
    except UnknownDocument as exc:
        raise HTTPException(404, "Такого документа нет.") from exc


def _text(found: Document, revision: Revision | None) -> str:
    return found.in_file() if revision is None or revision.text is None else revision.text


def _publish(
    request: Request,
    given: Desk,
    staff: int,
    found: Document,
    text: str | None,
    author: str,
    base: int,
    note: str,
) -> None:
    with given.engine.begin() as connection:
        publish(connection, found, text, author=author, base=base, note=note.strip())
        audit.note(connection, staff, "publish", found.name, address=address_of(request))
    if found.chapter == "examples":
        with contextlib.suppress(Refused):  # the page says that they wait, and lets ask again
            learning.ask(given.settings.optfm_var)


def _form(
    request: Request,
    found: Document,
    text: str,
    *,
    base: Revision | int | None,
    note: str = "",
    phrases: str = "",
    wrong: str = "",
    theirs: Sequence[tuple[str, str]] = (),
    preview: Preview | None = None,
    status: int = 200,
) -> Response:
    return page(
        request, "content_edit.html", status=status, document=found, text=text,
        base=base.id if isinstance(base, Revision) else base or 0, note=note, phrases=phrases,
        wrong=wrong, theirs=theirs, preview=preview, chapter=_CHAPTERS[found.chapter],
        asks=touches_search(found), computes=found.name in (FACTS, COMPUTED),
        rows=min(max(text.count("\n") + 2, 4), 30),
    )  # fmt: skip


def _preview(
    given: Desk, found: Document, before: str, text: str, phrases: Sequence[str]
) -> Preview:
    check(found, text)
    difference = tuple(_difference(before, text))
    if touches_search(found):
        return Preview(
            difference=difference,
            trial=tried(found, text),
            phrases=tuple(_changes(given, found, text, phrases)),
        )
    if found.name in (FACTS, COMPUTED):
        calendar = Calendar.read(given.settings.holidays)
        said = computed({found.name: text}, phrases, calendar=calendar, zone=given.zone)
        return Preview(
            difference=difference, said=tuple(said), stale=_stale(given, found, before, text)
        )
    if found.chapter == "examples":
        return Preview(difference=difference)
    return Preview(difference=difference, stale=_stale(given, found, before, text))


def _stale(given: Desk, found: Document, before: str, text: str) -> tuple[Stale, ...]:
    with given.engine.connect() as connection:
        live = {revision.document: revision for revision in all_current(connection)}
    others = stale(
        found, before, text, others=all_documents(), text_of=lambda d: _text(d, live.get(d.name))
    )
    return tuple(others)


def _changes(given: Desk, found: Document, text: str, phrases: Sequence[str]) -> Iterator[Change]:
    """The phrases over the active list, now and then; the list is indexed for each anew."""
    loaded = price_lists.load_active(given.engine) if phrases else None
    if loaded is None:
        return
    before = answered(loaded.rows, loaded.groups, phrases)
    with published.tried({found.name: text}):
        after = answered(loaded.rows, loaded.groups, phrases)
    for phrase, was, is_ in zip(phrases, before, after, strict=True):
        yield Change(question=phrase, before=was, after=is_)


def _lines(phrases: str) -> list[str]:
    return [line.strip()[:200] for line in phrases.splitlines() if line.strip()][:_MOST_PHRASES]


def _difference(before: str, after: str) -> list[tuple[str, str]]:
    """Lines with what became of them, those around with them; nothing where all is the same."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    next(lines, None), next(lines, None)  # names of files
    kinds: dict[str, Literal["+", "-", "@", " "]] = {"+": "+", "-": "-", "@": "@"}
    return [(kinds.get(line[:1], " "), "" if line.startswith("@@") else line[1:]) for line in lines]
