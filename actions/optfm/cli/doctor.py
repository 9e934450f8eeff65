"""`optfm doctor`: whether a bot could serve on this machine."""

import click

from optfm.bootstrap import settings
from optfm.errors import Refused
from optfm.processes.checks import checks

_MARKS = {True: "есть", False: "НЕТ ", None: "  — "}


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
