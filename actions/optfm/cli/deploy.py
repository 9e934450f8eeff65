"""`optfm deploy`: a running bot goes over to new files."""

import click

from optfm.bootstrap import settings
from optfm.processes.deploying import deploy as change

watching = click.option(
    "--watch",
    "watch_s",
    type=click.FloatRange(min=0),
    default=20,
    show_default=True,
    help="Сколько секунд смотреть на новую версию, прежде чем отпустить старую.",
)


@click.command()
@watching
def deploy(watch_s: float) -> None:
    """Перевести работающего бота на нынешние файлы: тексты, примеры, модель, код; без остановки."""
    change(settings(), watch_s=watch_s)
