"""`optfm …`: the shop's commands, each group from the room it belongs to."""

import io
import sys

import click

from optfm.bootstrap import database, settings
from optfm.catalog import profile, revisions
from optfm.cli.api import api
from optfm.cli.backup import backup
from optfm.cli.content import content
from optfm.cli.erase import erase, export
from optfm.cli.llm import llm
from optfm.cli.orders import orders
from optfm.cli.outbox import outbox
from optfm.cli.prices import prices
from optfm.cli.rasa import rasa
from optfm.cli.requests import requests
from optfm.cli.run import deploy, doctor, run
from optfm.cli.staff import staff
from optfm.cli.watches import watches_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def optfm() -> None:
    """Команды бота OptFM: прайс-лист, заявки, запуск и проверка."""


@optfm.group()
def db() -> None:
    """База данных."""


@db.command("upgrade")
@click.option(
    "--first-list", is_flag=True, help="Загрузить и прайс-лист из PRICE_LIST, если нет никакого."
)
def db_upgrade(first_list: bool) -> None:
    """Привести базу к последней версии."""
    configured = settings()
    with database(configured) as engine:
        if first_list and revisions.active(engine) is None:
            kept = profile.load(configured.optfm_var)
            revisions.import_file(engine, configured.price_list, kept)
        click.echo("База данных готова.")


for command in (
    prices,
    requests,
    outbox,
    api,
    llm,
    erase,
    export,
    backup,
    run,
    deploy,
    rasa,
    doctor,
):
    optfm.add_command(command)
optfm.add_command(orders)
optfm.add_command(staff)
optfm.add_command(watches_command)
optfm.add_command(content)

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in cp1251 has no «₽»
    optfm(prog_name="optfm")
