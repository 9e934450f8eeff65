"""`optfm run`: a whole bot on this machine."""

import click

from optfm.bootstrap import settings
from optfm.processes.supervisor import Supervisor


@click.command()
def run() -> None:
    """Запустить бота целиком и держать его на ходу до Ctrl-C."""
    Supervisor(settings()).run()
