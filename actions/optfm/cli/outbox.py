"""`optfm outbox …`: what is not delivered yet, and another try."""

from zoneinfo import ZoneInfo

import click

from optfm.bootstrap import database, settings
from optfm.errors import Refused
from optfm.outbox.entries import Entry, retry, undelivered

_STATUSES = {"pending": "в очереди", "waiting": "ждёт клиента", "given_up": "не доставлено"}


@click.group()
def outbox() -> None:
    """Оповещения: что ещё не доставлено."""


@outbox.command("list")
def show_list() -> None:
    """Показать недоставленное, старое сверху."""
    configured = settings()
    with database(configured) as engine:
        entries = undelivered(engine)
    for entry in entries:
        click.echo(_as_line(entry, ZoneInfo(configured.timezone)))
    if not entries:
        click.echo("Всё доставлено.")


@outbox.command("retry")
@click.argument("number", type=int, required=False)
def try_again(number: int | None) -> None:
    """Попробовать ещё раз: запись NUMBER, а без номера все недоставленные."""
    with database(settings()) as engine:
        numbers = [number] if number else [e.id for e in undelivered(engine)]
        again = [n for n in numbers if retry(engine, n)]
    if number and not again:
        raise Refused(f"записи {number} среди недоставленных нет: optfm outbox list")
    click.echo(f"Поставлено в очередь: {len(again)}")


def _as_line(entry: Entry, zone: ZoneInfo) -> str:
    about = f"заявка № {entry.request_id}" if entry.request_id else f"диалог {entry.dialog}"
    error = f"  {entry.last_error}" if entry.last_error else ""
    return (
        f"{entry.id}  {entry.created_at.astimezone(zone):%d.%m.%Y %H:%M}  {entry.kind}  {about}  "
        f"{_STATUSES[entry.status]}, попыток: {entry.attempts}{error}"
    )
