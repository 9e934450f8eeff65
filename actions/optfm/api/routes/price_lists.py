"""Price lists: load, look at what would change, activate, go back."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, StringConstraints
from starlette.datastructures import UploadFile

from optfm.api.audit import about
from optfm.api.fields import Line, Name, Number, Out
from optfm.api.paging import (
    Cursor,
    Page,
    PageSize,
    Paging,
    cursor_of,
    page_of,
    paging,
    read_cursor,
)
from optfm.api.price_files import read_any
from optfm.api.problems import FieldError, Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services, needs
from optfm.catalog import ListOptions, profile, revisions
from optfm.catalog.compare import Changed
from optfm.catalog.differences import KINDS, Difference, Kind, Side, differences
from optfm.catalog.guard import MOST_GONE
from optfm.catalog.revisions import Import, Outcome, Revision, Source
from optfm.errors import Refused

router = APIRouter(prefix="/v1", tags=["price-lists"])

_FILE = {"schema": {"type": "string", "format": "binary"}}
_JSON = {"schema": {"$ref": "#/components/schemas/PriceListIn"}}
_FORM = {
    "schema": {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
}
_LONGEST_NAME = 200


class PriceListOut(Out):
    """A revision of the price list."""

    id: int
    file_name: str
    title: str
    list_date: date
    items: int
    groups: int
    imported_at: datetime
    activated_at: datetime | None
    active: bool
    held: str | None = Field(description="Почему список ждёт решения человека")


class ChangesOut(Out):
    """How many goods are different."""

    new: int
    gone: int
    dearer: int
    cheaper: int
    renamed: int
    status_changed: int
    moved: int


class JumpOut(Out):
    """One of the largest changes of a price."""

    code: str
    name: str
    before: float
    after: float


class ImportOut(Out):
    """What a load did, or would do."""

    outcome: Literal["added", "switched", "unchanged", "held"]
    dry_run: bool
    price_list: PriceListOut | None = Field(description="Нет у проверки нового файла")
    before: PriceListOut | None
    items: int
    groups: int
    changes: ChangesOut
    jumps: list[JumpOut] = Field(description="Самые большие изменения цены")
    held: list[str] = Field(description="Почему список задержан: его включает человек")


class SideOut(Out):
    """A good as one of the two lists has it."""

    name: str
    price: float | None = Field(description="₽; null: без цены")
    status: str
    path: list[str]


class DifferenceOut(Out):
    """What is different about one code."""

    code: str
    kinds: list[Kind] = Field(
        description=(
            "new — новый, gone — пропал, dearer — дороже, cheaper — дешевле, priced — цена "
            "появилась, unpriced — осталась без цены, renamed — другое имя, status — другой "
            "статус, moved — в другой группе"
        )
    )
    before: SideOut | None = Field(description="null у нового")
    after: SideOut | None = Field(description="null у пропавшего")


_Column = Annotated[
    str, StringConstraints(pattern=r"^(name|price|code|unit|stock|status|group)=[A-Za-z]{1,3}$")
]
_Rate = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}=([1-9][0-9]{0,5}(\.[0-9]{1,6})?|0\.[0-9]{0,5}[1-9])$"),
]


def _options(
    price: Annotated[
        list[Line] | None, Query(max_length=10, description="Заголовок или буква столбца цены")
    ] = None,
    sheet: Annotated[
        list[Line] | None, Query(max_length=20, description="Листы, которые читать")
    ] = None,
    list_date: Annotated[date | None, Query(description="Дата списка")] = None,
    columns: Annotated[
        list[_Column] | None,
        Query(max_length=7, description="Столбцы списка без шапки: name=A, price=C, code=B"),
    ] = None,
    code_width: Annotated[int, Query(ge=0, le=50, description="Сколько цифр в коде")] = 0,
    hidden: Annotated[
        Literal["take", "skip"] | None, Query(description="Брать ли скрытые строки")
    ] = None,
    currency: Annotated[
        Literal["RUB"] | None, Query(description="Цены в рублях, каким бы знаком ни были")
    ] = None,
    rate: Annotated[
        list[_Rate] | None, Query(max_length=10, description="Курсы: USD=92.5, рублей за единицу")
    ] = None,
    skip_wrong: Annotated[bool, Query(description="Пропустить непонятные строки")] = False,
) -> ListOptions:
    """Answers to the questions that a file may raise."""
    letters = {name: letter for name, _, letter in (one.partition("=") for one in columns or ())}
    if letters and not {"name", "price"} <= letters.keys():
        error = FieldError(where="query.columns", message="нужны по крайней мере name и price")
        raise Problem("invalid", errors=[error])
    return ListOptions(
        price=tuple(price or ()),
        sheet=tuple(sheet or ()),
        list_date=list_date,
        columns=letters,
        code_width=code_width,
        hidden=hidden or "",
        currency=currency or "",
        rates={sign: float(said) for sign, _, said in (one.partition("=") for one in rate or ())},
        skip_wrong=skip_wrong,
    )


_Options = Annotated[ListOptions, Depends(_options)]
_Checked = Annotated[bool, Query(description="Только показать, что изменится")]
_BODIES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": _FILE, "application/json": _JSON},
    }
}


@router.put(
    "/price-list",
    operation_id="put_price_list",
    summary="Загрузить и включить прайс-лист",
    openapi_extra=_BODIES,
    dependencies=[needs(Scope.PRICES_WRITE)],
)
async def put_price_list(
    request: Request,
    given: Given,
    options: _Options,
    dry_run: _Checked = False,
    file_name: Annotated[Name | None, Query(description="Имя файла, для списка")] = None,
) -> ImportOut:
    """Тело — сам файл (xls, xlsx, csv) или JSON со строками.

    Список включается сразу. Если пропало больше 30 % товаров, у половины другие цены или цена
    изменилась в 10 раз, он ждёт решения человека: `outcome: held`.
    """
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        raise Problem("unsupported_type", "Файл передают телом запроса: curl -T файл.")
    name = file_name or ("api.json" if media_type == "application/json" else "api")
    return await _load(request, given, await request.body(), options, name, media_type, dry_run)


@router.post(
    "/price-lists",
    operation_id="upload_price_list",
    summary="Загрузить прайс-лист файлом из формы",
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": _FORM}}},
    dependencies=[needs(Scope.PRICES_WRITE)],
)
async def upload_price_list(
    request: Request, given: Given, options: _Options, dry_run: _Checked = False
) -> ImportOut:
    """То же, что `PUT /v1/price-list`, для форм: файл в поле `file`."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem("unsupported_type", "Нужна форма multipart/form-data с полем file.")
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Problem("invalid", "В форме нет файла в поле file.")
        if others := [name for name in form if name != "file"]:
            said = "в форме только file; ответы на вопросы — параметры адреса: ?list_date=…"
            errors = [FieldError(where=f"body.{name}", message=said) for name in others]
            raise Problem("invalid", errors=errors)
        data = await file.read()
        name = (file.filename or "api").replace("\0", "")[:_LONGEST_NAME]
    return await _load(request, given, data, options, name, "", dry_run)


@router.get(
    "/price-lists",
    operation_id="list_price_lists",
    summary="Прайс-листы, новые сверху",
    dependencies=[needs(Scope.PRICES_READ)],
)
def list_price_lists(given: Given, asked: Annotated[Paging, Depends(paging)]) -> Page[PriceListOut]:
    """Все загруженные: их строки хранятся, к любому можно вернуться."""
    found = [
        PriceListOut.model_validate(revision)
        for revision in revisions.revisions(given.engine)
        if revision.id < asked.before
        and (asked.since is None or revision.imported_at >= asked.since)
        and (asked.until is None or revision.imported_at < asked.until)
    ]
    return page_of(found[: asked.limit + 1], asked, lambda revision: revision.id)


@router.get(
    "/price-lists/{id}",
    operation_id="get_price_list",
    summary="Один прайс-лист",
    dependencies=[needs(Scope.PRICES_READ)],
)
def get_price_list(given: Given, id: Number) -> PriceListOut:
    """По номеру из списка."""
    for revision in revisions.revisions(given.engine):
        if revision.id == id:
            return PriceListOut.model_validate(revision)
    raise Problem("not_found", f"Прайс-листа № {id} нет.")


@router.get(
    "/price-lists/{id}/changes",
    operation_id="list_price_list_changes",
    summary="Чем прайс-лист отличается от другого, по строкам",
    dependencies=[needs(Scope.PRICES_READ)],
)
def list_price_list_changes(
    given: Given,
    id: Number,
    against: Annotated[
        int | None,
        Query(ge=1, le=2**63 - 1, description="С каким сравнить; по умолчанию с действующим"),
    ] = None,
    kind: Annotated[
        list[Kind] | None, Query(max_length=len(KINDS), description="Только такие отличия")
    ] = None,
    limit: PageSize = 50,
    cursor: Cursor = None,
) -> Page[DifferenceOut]:
    """В порядке прайс-листа, пропавшее в конце. Товары те же, если у них те же коды."""
    known = {revision.id: revision for revision in revisions.revisions(given.engine)}
    before = against or next((number for number in known if known[number].active), 0)
    for number in (id, before):
        if number not in known:
            raise Problem("not_found", f"Прайс-листа № {number} нет.")
    found = differences(
        given.engine,
        before=before,
        after=id,
        kinds=kind or (),
        after_place=read_cursor(cursor) if cursor else 0,
        limit=limit + 1,
    )
    items = [_difference_out(one) for one in found[:limit]]
    following = cursor_of(found[limit - 1].place) if len(found) > limit else None
    return Page(items=items, next=following)


@router.post(
    "/price-lists/{id}/activate",
    operation_id="activate_price_list",
    summary="Включить прайс-лист",
    dependencies=[needs(Scope.PRICES_ACTIVATE)],
)
def activate_price_list(given: Given, id: Number) -> PriceListOut:
    """Возврат к прежнему, или подтверждение задержанного."""
    try:
        return PriceListOut.model_validate(revisions.activate(given.engine, id))
    except Refused as exc:
        raise Problem("not_found", f"Прайс-листа № {id} нет.") from exc


@router.post(
    "/price-lists/rollback",
    operation_id="roll_back_price_list",
    summary="Вернуть прайс-лист, который действовал до этого",
    dependencies=[needs(Scope.PRICES_ACTIVATE)],
)
def roll_back_price_list(given: Given) -> PriceListOut:
    """Прежним считается тот из остальных, который включали последним."""
    known = [r for r in revisions.revisions(given.engine) if r.activated_at and not r.active]
    if not known:
        raise Problem("conflict", "Возвращаться не к чему: другие списки не включались.")
    last = max(known, key=lambda revision: revision.activated_at or revision.imported_at)
    return PriceListOut.model_validate(revisions.activate(given.engine, last.id))


async def _load(
    request: Request,
    given: Services,
    data: bytes,
    options: ListOptions,
    name: str,
    media_type: str,
    dry_run: bool,
) -> ImportOut:
    def load() -> tuple[Source, Import]:
        kept = profile.load(given.settings.optfm_var)
        source = read_any(data, options, kept, name=name, media_type=media_type)
        done = revisions.import_source(given.engine, source, dry_run=dry_run, most_gone=MOST_GONE)
        return source, done

    source, done = await run_in_threadpool(load)
    loaded = _import_out(source, done, dry_run=dry_run)
    about(request, str(loaded.price_list.id) if loaded.price_list else "dry run")
    return loaded


def _import_out(source: Source, done: Import, *, dry_run: bool) -> ImportOut:
    changes = done.changes
    return ImportOut(
        outcome=done.outcome.value,
        dry_run=dry_run,
        price_list=_revision_out(None if dry_run and _is_new(done) else done.revision),
        before=_revision_out(done.before),
        items=len(source.price_list.rows),
        groups=len(source.price_list.groups),
        changes=ChangesOut(
            new=len(changes.new),
            gone=len(changes.gone),
            dearer=len(changes.dearer),
            cheaper=len(changes.cheaper),
            renamed=len(changes.renamed),
            status_changed=len(changes.status_changed),
            moved=len(changes.moved),
        ),
        jumps=[_jump_out(jump) for jump in changes.jumps()],
        held=list(done.doubts),
    )


def _is_new(done: Import) -> bool:
    return done.outcome is Outcome.ADDED


def _revision_out(revision: Revision | None) -> PriceListOut | None:
    return None if revision is None else PriceListOut.model_validate(revision)


def _difference_out(one: Difference) -> DifferenceOut:
    return DifferenceOut(
        code=one.code,
        kinds=list(one.kinds),
        before=_side_out(one.before),
        after=_side_out(one.after),
    )


def _side_out(side: Side | None) -> SideOut | None:
    if side is None:
        return None
    price = None if side.price_kop is None else side.price_kop / 100
    return SideOut(name=side.name, price=price, status=side.status, path=list(side.path))


def _jump_out(jump: Changed) -> JumpOut:
    return JumpOut(
        code=jump.after.code,
        name=jump.after.name,
        before=jump.before.price_kop / 100,
        after=jump.after.price_kop / 100,
    )
