"""`optfm prices …`: the price list in the hands of the shop's staff."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from optfm import bootstrap
from optfm.catalog import revisions
from optfm.cli.price_import import check, import_list, show_profile
from optfm.cli.price_search import explain, search
from optfm.cli.shop_database import shop_database
from optfm.search.query_log import misses


@click.group()
def prices() -> None:
    """Прайс-лист: загрузить, посмотреть, вернуть прежний."""


prices.add_command(check)
prices.add_command(import_list)
prices.add_command(show_profile)
prices.add_command(search)
prices.add_command(explain)


@prices.command("list")
def show_list() -> None:
    """Показать загруженные прайс-листы, новые сверху."""
    zone = ZoneInfo(bootstrap.settings().timezone)
    with shop_database() as engine:
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
    with shop_database() as engine:
        revision = revisions.activate(engine, id)
    click.echo(f"Действует прайс-лист № {revision.id} от {revision.list_date:%d.%m.%Y}.")


@prices.command("misses")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3650), help="Срок.")
def show_misses(days: int) -> None:
    """Показать, что спрашивали и не нашли, частое сверху."""
    with shop_database() as engine:
        found = misses(engine, since=timedelta(days=days))
    for miss in found:
        click.echo(f"{miss.times:>4} ×  {miss.last_at:%d.%m.%Y}  {miss.example}")
    if not found:
        click.echo("Ненайденного нет.")
