"""`optfm run`, `deploy` and `doctor`: a bot on this machine, its change, whether it could serve."""

import click

from optfm.bootstrap import settings
from optfm.errors import Refused
from optfm.processes.checks import checks
from optfm.processes.deploying import deploy as change
from optfm.processes.supervisor import Supervisor

_MARKS = {True: "есть", False: "НЕТ ", None: "  — "}


@click.command()
def run() -> None:
    """Запустить бота целиком и держать его на ходу до Ctrl-C."""
    Supervisor(settings()).run()


@click.command()
@click.option(
    "--watch",
    "watch_s",
    type=click.FloatRange(min=0),
    default=20,
    show_default=True,
    help="Сколько секунд смотреть на новую версию, прежде чем отпустить старую.",
)
def deploy(watch_s: float) -> None:
    """Перевести работающего бота на нынешние файлы: тексты, примеры, модель, код; без остановки."""
    change(settings(), watch_s=watch_s)


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
