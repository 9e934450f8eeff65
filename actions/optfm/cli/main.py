"""`optfm …`: the shop's commands, each group from the room it belongs to."""

import click

from optfm.bootstrap import database, settings
from optfm.cli.api import api
from optfm.cli.erase import erase, export
from optfm.cli.llm import llm
from optfm.cli.outbox import outbox
from optfm.cli.prices import prices
from optfm.cli.rasa import rasa
from optfm.cli.requests import requests
from optfm.cli.run import doctor, run


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


for command in (prices, requests, outbox, api, llm, erase, export, run, rasa, doctor):
    optfm.add_command(command)

if __name__ == "__main__":
    optfm(prog_name="optfm")
