"""`optfm …`: the shop's commands, each group from the room it belongs to."""

import click

from optfm.bootstrap import database, settings
from optfm.catalog.commands import prices
from optfm.leads.commands import requests
from optfm.leads.erase_commands import erase, export
from optfm.leads.outbox_commands import outbox
from optfm.llm.commands import llm
from optfm.processes.commands import doctor, run
from optfm.processes.rasa import rasa


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def optfm() -> None:
    """Команды бота OptFM: прайс-лист, заявки, запуск и проверка."""


@optfm.group()
def db() -> None:
    """База данных."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Привести базу к последней версии."""
    with database(settings()):
        click.echo("База данных готова.")


for command in (prices, requests, outbox, llm, erase, export, run, rasa, doctor):
    optfm.add_command(command)

if __name__ == "__main__":
    optfm(prog_name="optfm")
