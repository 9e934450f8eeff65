"""`optfm run` and `optfm doctor`: a bot on this machine, and whether it could serve."""

import click

from optfm.bootstrap import settings
from optfm.errors import Refused
from optfm.processes.checks import checks
from optfm.processes.supervisor import Supervisor

_MARKS = {True: "есть", False: "НЕТ ", None: "  — "}


@click.command()
def run() -> None:
    """Запустить бота целиком и держать его на ходу до Ctrl-C."""
    Supervisor(settings()).run()


@click.command()
def doctor() -> None:
    """Что настроено, что отвечает и чего не хватает."""
    missing = []
    for check in checks(settings()):
        click.echo(f"{_MARKS[check.passed]}  {check.subject}: {check.words}")
        if check.passed is False and check.needed:
            missing.append(check.subject)
    if missing:
        raise Refused(f"бот не сможет работать: {', '.join(missing)}")
    click.echo("Бот может работать.")
