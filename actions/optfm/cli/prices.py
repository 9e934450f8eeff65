"""`optfm prices …`: the price list in the hands of the shop's staff."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from common.money import price
from optfm import bootstrap
from optfm.catalog import revisions
from optfm.catalog.compare import Changed, Changes
from optfm.catalog.revisions import Import, Outcome, Revision
from optfm.cli.price_search import explain, search
from optfm.db.connection import reason
from optfm.errors import Refused
from optfm.search.query_log import misses


@click.group()
def prices() -> None:
    """Прайс-лист: загрузить, посмотреть, вернуть прежний."""


prices.add_command(search)
prices.add_command(explain)


@prices.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Только показать, что изменится.")
@click.option("--force", is_flag=True, help="Загрузить, даже если товаров меньше половины.")
def import_list(file: Path, dry_run: bool, force: bool) -> None:
    """Загрузить прайс-лист из файла FILE (.xls или .xlsx из 1С)."""
    source = revisions.read_source(file)
    found = source.price_list
    click.echo(found.title)
    click.echo(f"Товаров: {len(found.rows)}, групп: {len(found.groups)}.")
    with _database() as engine:
        done = revisions.import_source(engine, source, force=force, dry_run=dry_run)
    if done.outcome is not Outcome.UNCHANGED and done.before:
        _show_changes(done.changes, done.before)
        if found.list_date < done.before.list_date:
            click.echo("Внимание: этот прайс-лист старше действующего.")
    click.echo(_summary(done, dry_run=dry_run))


@prices.command("list")
def show_list() -> None:
    """Показать загруженные прайс-листы, новые сверху."""
    zone = ZoneInfo(bootstrap.settings().timezone)
    with _database() as engine:
        found = revisions.revisions(engine)
    if not found:
        click.echo("Прайс-листов нет. Загрузить: optfm prices import ФАЙЛ")
        return
    click.echo("    №  дата списка  загружен          товаров  групп  файл")
    for revision in found:
        imported = revision.imported_at.astimezone(zone)
        click.echo(
            f"{revision.id:>5}  {revision.list_date:%d.%m.%Y}   {imported:%d.%m.%Y %H:%M}"
            f"  {revision.items:>7}  {revision.groups:>5}  {revision.file_name}"
            f"{'  ← действует' if revision.active else ''}"
        )


@prices.command("activate")
@click.argument("id", type=int)
def activate(id: int) -> None:
    """Сделать действующим прайс-лист с номером ID (номера показывает list)."""
    with _database() as engine:
        revision = revisions.activate(engine, id)
    click.echo(f"Действует прайс-лист № {revision.id} от {_day(revision)}.")


@prices.command("misses")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3650), help="Срок.")
def show_misses(days: int) -> None:
    """Показать, что спрашивали и не нашли, частое сверху."""
    with _database() as engine:
        found = misses(engine, since=timedelta(days=days))
    for miss in found:
        click.echo(f"{miss.times:>4} ×  {miss.last_at:%d.%m.%Y}  {miss.example}")
    if not found:
        click.echo("Ненайденного нет.")


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
        f"{jump.after.code}  {price(jump.before.price_kop)} → {price(jump.after.price_kop)}"
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


@contextlib.contextmanager
def _database() -> Iterator[Engine]:
    """The shop's database; its failures as one line instead of a traceback."""
    with bootstrap.database(bootstrap.settings()) as engine:
        try:
            yield engine
        except SQLAlchemyError as exc:
            raise Refused(f"база данных: {reason(exc)}") from exc
