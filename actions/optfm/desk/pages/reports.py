"""Reports for the owner: numbers, their definitions, the rows behind them, a book of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from common import published
from common.work_hours import WorkHours
from optfm.desk import audit
from optfm.desk.desk import Desk, Given
from optfm.desk.door import Owner, address_of
from optfm.desk.rendering import page
from optfm.facts import terms
from optfm.facts.calendar import Calendar
from optfm.reports import CHAPTERS, FUNNEL, REPORTS, Part, Period, Report, Row, number, parts, rows
from optfm.reports.vain import Group, Verdict, decide, groups
from optfm.reports.vain import Of as Vain
from optfm.reports.waiting import Of as Waited
from optfm.reports.waiting import Waits, waits
from optfm.reports.xlsx import Cell, book
from optfm.search.live import NoPriceList
from optfm.text import load_vocabulary
from optfm.text.lexicon import Lexicon
from optfm.text.vocabulary import loading

router = APIRouter(prefix="/reports")

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGE = 100
_MOST_IN_BOOK = 100_000
_TOP = 10
_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_VERDICTS: dict[Verdict, str] = {
    "vocabulary": "в словарь",
    "faq": "в частые вопросы",
    "purchase": "закупить",
    "not_ours": "не наше",
}
_VAIN: dict[Vain, str] = {
    "not-found": "Товары, которых не нашли",
    "not-answered": "Вопросы без ответа",
}
_WAITED: dict[Waited, tuple[str, str]] = {
    "dialogs": (
        "Ожидание менеджера",
        "От передачи клиента людям или от его слов в разговоре с менеджером до ответа менеджера."
        " Считаются рабочие минуты; слова бота часы не останавливают. Кто ещё ждёт, стоит отдельно"
        " и в медиану не входит.",
    ),
    "requests": (
        "Заявка ждёт, пока её возьмут",
        "От заявки до того, как её кто-нибудь взял, в рабочих минутах. Закрытые, которые никто не"
        " брал, не считаются; невзятые стоят отдельно.",
    ),
}
#: The words of a text as the search knows them now.
_lexicon = published.Following(
    lambda: Lexicon(load_vocabulary()),
    *(loading.HERE / f"{name}.yml" for name in loading.FILES),
)


def asked_period(
    given: Given,
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
) -> Period:
    """The days that the address names; the last week where it names none."""
    today = datetime.now(given.zone).date()
    return Period.read(first, last, today=today, zone=given.zone)


Days = Annotated[Period, Depends(asked_period)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A report with its number, as a page shows it."""

    report: Report
    number: Decimal
    whole: Decimal | None  #: of what it is a share
    parts: tuple[Part, ...] = ()

    @property
    def share(self) -> int | None:
        """Per cent."""
        return round(100 * self.number / self.whole) if self.whole else None


@router.get("")
def overview(request: Request, given: Given, who: Owner, period: Days) -> Response:
    """All of them for some days."""
    now = datetime.now(given.zone)
    with given.engine.connect() as connection:
        told = {name: _told(connection, given, REPORTS[name], period) for name in _SHOWN}
        hours = parts(connection, REPORTS["hours"], period, most=7 * 24)
        waited = {of: _waits(connection, given, of, period, now) for of in _WAITED}
        vain = {of: _vain(connection, of, period)[:_TOP] for of in _VAIN}
    return page(
        request,
        "reports.html",
        period=period,
        chapters=[(title, [told[name] for name in names]) for title, names in CHAPTERS],
        funnel=[told[name] for name in FUNNEL],
        hours={part.key: int(part.number) for part in hours},
        hours_definition=REPORTS["hours"].definition,
        weekdays=_DAYS,
        waited=waited,
        waited_words=_WAITED,
        vain=vain,
        vain_words=_VAIN,
        verdicts=_VERDICTS,
    )


_SHOWN = (*(name for _, names in CHAPTERS for name in names), *FUNNEL)


@router.get("/waits/{of}.xlsx")
def waits_book(given: Given, who: Owner, of: Waited, period: Days) -> Response:
    """Everybody who waited, or waits."""
    with given.engine.connect() as connection:
        found = _waits(connection, given, of, period, datetime.now(given.zone))
    return _as_book(
        _WAITED[of][0], period, ("Начало ожидания", "Диалог", "Ответ", "Кто ответил", "Минут"),
        (
            (w.began.astimezone(period.zone), w.dialog,
             w.answered.astimezone(period.zone) if w.answered else "ждёт", w.manager or "",
             round(w.minutes, 1))
            for w in (*found.open, *found.answered)
        ),
    )  # fmt: skip


@router.get("/waits/{of}")
def waited(request: Request, given: Given, who: Owner, of: Waited, period: Days) -> Response:
    """Who waited how long, and who waits still."""
    with given.engine.connect() as connection:
        found = _waits(connection, given, of, period, datetime.now(given.zone))
    title, definition = _WAITED[of]
    return page(
        request, "report_waits.html", period=period, of=of, title=title, definition=definition,
        found=found,
    )  # fmt: skip


@router.get("/vain/{of}.xlsx")
def vain_book(
    given: Given, who: Owner, of: Vain, period: Days, verdict: Verdict | None = None
) -> Response:
    """The groups, or those of one verdict: the purchasing list."""
    with given.engine.connect() as connection:
        found = _vain(connection, of, period, verdict=verdict, every=verdict is None)
    return _as_book(
        _VERDICTS[verdict] if verdict else _VAIN[of], period,
        ("Как спрашивали", "Человек", "Раз", "Последний раз", "Решено", "Кто решил"),
        (
            (" | ".join(row.what for row in g.examples), g.people, g.times,
             g.last_at.astimezone(period.zone), _VERDICTS[g.verdict] if g.verdict else "",
             g.by or "")
            for g in found
        ),
    )  # fmt: skip


@router.get("/vain/{of}")
def asked_in_vain(
    request: Request,
    given: Given,
    who: Owner,
    of: Vain,
    period: Days,
    verdict: Verdict | None = None,
) -> Response:
    """Groups that nothing was decided about, or those of one verdict."""
    with given.engine.connect() as connection:
        found = _vain(connection, of, period, verdict=verdict)
    return page(
        request, "report_vain.html", period=period, of=of, title=_VAIN[of],
        definition=REPORTS[of].definition, found=found[:_PAGE], many=len(found), verdict=verdict,
        verdicts=_VERDICTS, found_now=_found_now(given, found[:_PAGE]) if of == "not-found" else {},
        words=_VAIN,
    )  # fmt: skip


@router.post("/vain/{of}")
def decided(
    request: Request,
    given: Given,
    who: Owner,
    of: Vain,
    key: Annotated[str, Form(pattern=r"^[0-9a-f]{64}$")],
    verdict: Annotated[Literal["vocabulary", "faq", "purchase", "not_ours", "open"], Form()],
    back: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """What is to become of a group."""
    with given.engine.begin() as connection:
        decide(connection, key, None if verdict == "open" else verdict, by=who.staff.name)
        audit.note(connection, who.staff.id, "vain_verdict", key[:12], address=address_of(request))
    days = "?" + back if back.startswith("from=") and back.isascii() else ""
    return RedirectResponse(f"/desk/reports/vain/{of}{days}", 303)


@router.get("/{name}.xlsx")
def as_book(given: Given, who: Owner, name: str, period: Days, key: str | None = None) -> Response:
    """The rows behind a number, as many as the number says."""
    report = _report(name)
    with given.engine.connect() as connection:
        found = rows(connection, report, period, key=key, limit=_MOST_IN_BOOK)
    columns = ["Когда", report.by or "Вид", "Диалог", "Что"]
    return _as_book(
        report.title,
        period,
        [*columns, *([report.amount] if report.amount else [])],
        (_cells(report, row, period) for row in found),
    )


@router.get("/{name}")
def one(
    request: Request,
    given: Given,
    who: Owner,
    name: str,
    period: Days,
    key: Annotated[str | None, Query(max_length=500)] = None,
    after: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Response:
    """A number, its parts, and the rows behind it or behind one of them."""
    report = _report(name)
    with given.engine.connect() as connection:
        told = _told(connection, given, report, period)
        found = rows(connection, report, period, key=key, limit=_PAGE + 1, after=after)
    return page(
        request, "report.html", period=period, told=told, report=report, key=key,
        rows=found[:_PAGE], after=after, more=after + _PAGE if len(found) > _PAGE else None,
    )  # fmt: skip


def _report(name: str) -> Report:
    if name not in REPORTS:
        raise HTTPException(404, "Такого отчёта нет.")
    return REPORTS[name]


def _told(connection: Connection, given: Desk, report: Report, period: Period) -> Told:
    whole = number(connection, REPORTS[report.whole], period) if report.whole else None
    found = parts(connection, report, period, most=_TOP) if report.by else []
    if report.name == "found":
        found = [Part(key=p.key, label=_good(given, p.key), number=p.number) for p in found]
    if report.name == "hours":
        found = []
    return Told(
        report=report,
        number=number(connection, report, period),
        whole=whole,
        parts=tuple(found),
    )


def _good(given: Desk, code: str) -> str:
    try:
        row = given.goods.row(code)
    except NoPriceList:
        row = None
    return f"{row.name} ({code})" if row else f"{code}, нет в действующем прайс-листе"


def _waits(connection: Connection, given: Desk, of: Waited, period: Period, now: datetime) -> Waits:
    hours = WorkHours.read(given.settings.work_hours)
    said = terms().holidays
    holidays = Calendar.read(given.settings.holidays if said is None else said)

    def is_open(moment: datetime) -> bool:
        return hours.open_at(moment) and not holidays.is_holiday(moment.date())

    return waits(connection, period, of=of, is_open=is_open, now=now)


def _vain(
    connection: Connection,
    of: Vain,
    period: Period,
    *,
    verdict: Verdict | None = None,
    every: bool = False,
) -> list[Group]:
    found = groups(connection, period, of=of, lexemes=_lexicon().lexemes)
    return found if every else [group for group in found if group.verdict == verdict]


def _found_now(given: Desk, found: Sequence[Group]) -> dict[str, bool]:
    """Whether the list and the words of today answer what nothing answered then."""
    try:
        return {g.key: bool(given.goods.search(g.examples[0].what, limit=1).rows) for g in found}
    except NoPriceList:
        return {}


def _cells(report: Report, row: Row, period: Period) -> list[Cell]:
    cells: list[Cell] = [
        row.at.astimezone(period.zone), report.label(row.key), row.dialog or "", row.what,
    ]  # fmt: skip
    return [*cells, row.amount] if report.amount else cells


def _as_book(title: str, period: Period, columns: Sequence[str], table: Iterator[Any]) -> Response:
    name = f"{period.first:%Y-%m-%d}_{period.last:%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="report_{name}"'}
    return Response(book(title, columns, table), media_type=_XLSX, headers=headers)
