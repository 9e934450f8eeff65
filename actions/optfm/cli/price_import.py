"""`optfm prices check|import`: a file of any layout, looked at and loaded."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypedDict, Unpack

import click

from common.money import price as roubles
from optfm import bootstrap
from optfm.catalog import ListOptions, Questions, ReadList, as_json, profile, revisions
from optfm.catalog import Outcome as ListOutcome
from optfm.catalog import Refused as RefusedList
from optfm.catalog.compare import Changed, Changes
from optfm.catalog.outcome import SHOWN, Report
from optfm.catalog.read import read_file
from optfm.catalog.revisions import Import, Outcome, Revision
from optfm.cli.shop_database import shop_database
from optfm.errors import Refused

_COLUMNS = ("name", "price", "code", "unit", "stock", "status", "group")
_QUOTES = " «»\"'„“”"


class _Answers(TypedDict):
    """The values of `list_options`."""

    price: tuple[str, ...]
    sheet: tuple[str, ...]
    day: date | None
    columns: tuple[tuple[str, str], ...] | None
    code_width: int
    hidden: Literal["take", "skip"] | None
    currency: Literal["RUB"] | None
    rate: tuple[tuple[tuple[str, str], ...], ...]
    skip_wrong: bool


class _Day(click.ParamType[date]):
    name = "дата"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
            try:
                return datetime.strptime(str(value), form).date()
            except ValueError:
                continue
        self.fail("нужна дата вида 2026-03-14 или 14.03.2026", param, ctx)


class _Pairs(click.ParamType[tuple[tuple[str, str], ...]]):
    name = "ключ=значение"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[str, str], ...]:
        pairs = [part.partition("=")[::2] for part in str(value).split(",") if part.strip()]
        if not all(key.strip() and said.strip() for key, said in pairs):
            self.fail("нужно вида name=A,price=C", param, ctx)
        return tuple((key.strip(), said.strip()) for key, said in pairs)


_OPTIONS = (
    click.option("--price", multiple=True, help="Столбец цены: его заголовок или буква."),
    click.option("--sheet", multiple=True, help="Лист, с которого брать товары."),
    click.option("--date", "day", type=_Day(), help="Дата прайс-листа."),
    click.option("--columns", type=_Pairs(), help="Столбцы без шапки: name=A,price=C,code=B."),
    click.option("--code-width", type=click.IntRange(0, 50), default=0, help="Знаков в коде."),
    click.option("--hidden", type=click.Choice(["take", "skip"]), help="Скрытые строки."),
    click.option("--currency", type=click.Choice(["RUB"]), help="RUB: числа — рубли."),
    click.option("--rate", type=_Pairs(), multiple=True, help="Курс: USD=92.5."),
    click.option("--skip-wrong", is_flag=True, help="Пропустить строки, которых не понять."),
)


def list_options[F: Callable[..., Any]](command: F) -> F:
    """The options that answer a list's questions; the command gets them as **answers."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="Одним объектом JSON.")
@list_options
def check(file: Path, as_data: bool, **answers: Unpack[_Answers]) -> None:
    """Показать, как понят файл FILE: столбцы, первые строки, что неясно. Ничего не меняет."""
    data = read_file(file)
    _, found = _read(data, file, _options(answers))
    if as_data:
        click.echo(json.dumps(as_json(found), ensure_ascii=False))
        if not isinstance(found, ReadList):
            raise click.exceptions.Exit(1)
        return
    _stop_or_show(found)
    click.echo("Прочитать можно. Загрузить: optfm prices import с теми же словами.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Только показать, что изменится.")
@click.option(
    "--force", is_flag=True, help="Загрузить, хотя товаров меньше половины или все цены другие."
)
@list_options
def import_list(file: Path, dry_run: bool, force: bool, **answers: Unpack[_Answers]) -> None:
    """Загрузить прайс-лист из файла FILE (.xls, .xlsx, .csv)."""
    given = _options(answers)
    data = read_file(file)
    kept, found = _read(data, file, given)
    read = _stop_or_show(found)
    answers_taken = kept.under(given, letters=True)
    source = revisions.source_of(read.price_list, data, file.name, answers_taken)
    with shop_database() as engine:
        done = revisions.import_source(engine, source, force=force, dry_run=dry_run)
    if done.outcome is not Outcome.UNCHANGED and done.before:
        _show_changes(done.changes, done.before)
        if read.price_list.list_date < done.before.list_date:
            click.echo("Внимание: этот прайс-лист старше действующего.")
    if not dry_run:
        heads = profile.heads_of(data, answers_taken, file_name=file.name)
        answered = kept.with_answers(given, heads)
        if answered.options != kept.options:
            profile.keep(bootstrap.settings().optfm_var, answered)
            click.echo("Ответы запомнены для следующих прайс-листов (optfm prices profile).")
    click.echo(_summary(done, dry_run=dry_run))


@click.command("profile")
@click.option("--forget", is_flag=True, help="Забыть ответы и спросить обо всём заново.")
def show_profile(forget: bool) -> None:
    """Показать ответы, которые даны о прайс-листах раньше."""
    var = bootstrap.settings().optfm_var
    if forget:
        profile.forget(var)
        click.echo("Ответы забыты.")
        return
    kept = profile.load(var).options
    told = {
        "--price": ", ".join(kept.price),
        "--sheet": ", ".join(kept.sheet),
        "--columns": ",".join(f"{key}={said}" for key, said in kept.columns.items()),
        "--code-width": str(kept.code_width or ""),
        "--hidden": kept.hidden,
        "--currency": kept.currency,
    }
    lines = [f"{option} {said}" for option, said in told.items() if said]
    click.echo("\n".join(lines) or "Ответов нет: о каждом прайс-листе бот спрашивает заново.")


def _read(data: bytes, file: Path, given: ListOptions) -> tuple[profile.Profile, ListOutcome]:
    kept = profile.load(bootstrap.settings().optfm_var)
    return kept, profile.read_for_shop(data, given, kept, file_name=file.name)


def _options(answers: _Answers) -> ListOptions:
    return ListOptions(
        price=tuple(name.strip(_QUOTES) for name in answers["price"]),
        sheet=tuple(name.strip(_QUOTES) for name in answers["sheet"]),
        list_date=answers["day"],
        columns=_checked_columns(dict(answers["columns"] or ())),
        code_width=answers["code_width"],
        hidden=answers["hidden"] or "",
        currency=answers["currency"] or "",
        rates={code.upper(): _rate(said) for pairs in answers["rate"] for code, said in pairs},
        skip_wrong=answers["skip_wrong"],
    )


def _checked_columns(columns: dict[str, str]) -> dict[str, str]:
    for word, letter in columns.items():
        if word not in _COLUMNS:
            raise click.BadParameter(f"столбцы: {', '.join(_COLUMNS)}", param_hint="--columns")
        if not (letter.isascii() and letter.isalpha() and len(letter) <= 3):
            raise click.BadParameter(f"{letter}: нужна буква столбца", param_hint="--columns")
    if columns and not {"name", "price"} <= columns.keys():
        raise click.BadParameter("нужны по крайней мере name и price", param_hint="--columns")
    return columns


def _rate(said: str) -> float:
    try:
        rate = float(said.replace(",", "."))
    except ValueError:
        rate = 0.0
    if not 0 < rate < 1e6:
        raise click.BadParameter(f"{said}: нужно число рублей", param_hint="--rate")
    return rate


def _stop_or_show(found: ListOutcome) -> ReadList:
    """Everything that there is to see; a refusal where the list cannot be read yet.

    :raises Refused: no list, or one with questions.
    """
    if isinstance(found, RefusedList):
        raise Refused(found.message)
    for line in _report_lines(found.report, read=isinstance(found, ReadList)):
        click.echo(line)
    if isinstance(found, Questions):
        click.echo("Нужно ответить (добавьте к команде):")
        for number, question in enumerate(found.questions, start=1):
            click.echo(f"{number}. {question.text}")
            for option in question.options:
                click.echo(f"     {option}")
        options = ", ".join(sorted({one.options[0].split()[0] for one in found.questions}))
        raise Refused(f"прайс-лист не загружен: вопросов {len(found.questions)} ({options})")
    return found


def _report_lines(report: Report, *, read: bool) -> list[str]:
    if not report.goods and not report.columns:
        return []
    lines = [report.title] if report.title else []
    unpriced = f", без цены: {report.unpriced}" if report.unpriced else ""
    so_far = "" if read else " (если понято верно)"
    lines.append(f"Товаров: {report.goods}, групп: {report.groups}{unpriced}{so_far}.")
    if report.list_date:
        lines.append(f"Дата прайс-листа: {report.list_date:%d.%m.%Y}.")
    lines.append("Столбцы: " + "; ".join(f"{what} — {at}" for what, at in report.columns.items()))
    if report.missing:
        lines.append(f"Нет в списке: {', '.join(report.missing)}.")
    if report.samples:
        lines.append("Первые строки, как они поняты:")
        lines += [
            f"  {row.code}  {row.name[:70]}  {row.price:g}  [{row.group[:60]}]"
            for row in report.samples
        ]
    lines += [f"• {note}" for note in report.notes]
    if report.wrong:
        lines.append(f"Строки, которых не понять и которых в списке не будет: {len(report.wrong)}")
        for row in report.wrong[:SHOWN]:
            sheet = f"лист «{row.sheet}», " if row.sheet else ""
            lines.append(f"  {sheet}строка {row.row}: {row.why}")
    return lines


def _show_changes(changes: Changes, before: Revision) -> None:
    click.echo(f"Против действующего № {before.id} от {_day(before)} (товаров: {before.items}):")
    for what, changed in (
        ("новых", changes.new),
        ("больше нет", changes.gone),
        ("подорожало", changes.dearer),
        ("подешевело", changes.cheaper),
        ("переименовано", changes.renamed),
        ("другой статус", changes.status_changed),
        ("другая группа", changes.moved),
    ):
        click.echo(f"  {what:<15}{len(changed):>6}")
    jumps = changes.jumps()
    if jumps:
        click.echo("Самые большие изменения цены:")
        for jump in jumps:
            click.echo(f"  {_jump(jump)}")


def _jump(jump: Changed) -> str:
    percent = round((jump.growth - 1) * 100)
    return (
        f"{jump.after.code}  {roubles(jump.before.price_kop)} → {roubles(jump.after.price_kop)}"
        f" ({percent:+d} %)  {jump.after.name}"
    )


def _summary(done: Import, *, dry_run: bool) -> str:
    number = f"№ {done.revision.id}" if done.revision else ""
    if done.outcome is Outcome.UNCHANGED:
        return f"Этот файл уже загружен и действует: {number}. Ничего не изменено."
    if dry_run:
        return "Проверка: ничего не изменено. Загрузить — та же команда без --dry-run."
    if done.outcome is Outcome.SWITCHED:
        return f"Этот файл уже загружался: снова действует {number}, новой записи нет."
    return f"Загружен и действует: {number}."


def _day(revision: Revision) -> str:
    return f"{revision.list_date:%d.%m.%Y}"
