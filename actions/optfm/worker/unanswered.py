"""A letter for whoever waits for a person too long while the shop is open."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import procrastinate
from sqlalchemy import Engine

from common.work_hours import WorkHours
from optfm.leads.waiting import waiting
from optfm.outbox.entries import Entry, enqueue
from optfm.settings import Settings
from optfm.worker.mail import send_line

KIND = "unanswered_email"


def call(engine: Engine, settings: Settings, now: datetime | None = None) -> int:
    """Queue a letter for each customer whom nobody has answered in time; once for each wait.

    :param now: with a time zone.
    :returns: how many are new.
    """
    now = now or datetime.now(UTC)
    if not settings.notify_email or not settings.desk_letter_min or not _is_open(settings, now):
        return 0
    with engine.begin() as connection:
        late = now - timedelta(minutes=settings.desk_letter_min)
        told = [
            enqueue(
                connection,
                KIND,
                dialog=one.dialog,
                key=f"unanswered {one.dialog} {one.since.isoformat()}",
                payload={"since": one.since.isoformat(), "manager": one.manager},
            )
            for one in waiting(connection)
            if one.since <= late
        ]
    return sum(number is not None for number in told)


def send(settings: Settings, entry: Entry) -> Mapping[str, Any]:
    """Send one; nothing that the customer wrote stands in it.

    :raises Later: the mail server is away.
    :raises Never: it refuses the letter.
    """
    since = datetime.fromisoformat(entry.payload["since"]).astimezone(ZoneInfo(settings.timezone))
    manager = entry.payload.get("manager")
    here = settings.public_url or f"http://127.0.0.1:{settings.desk_port}"
    whom = f"Диалог ведёт {manager}." if manager else "Диалог никто не взял."
    body = (
        f"Клиент ждёт ответа с {since:%H:%M %d.%m.%Y}. {whom}\n\n"
        f"{here}/desk/dialogs/{quote(entry.dialog or '', safe='')}\n"
    )
    return send_line(
        settings.smtp_url.get_secret_value(),
        settings.notify_email,
        f"Клиент ждёт ответа с {since:%H:%M}",
        body,
        key=entry.key,
    )


def _is_open(settings: Settings, now: datetime) -> bool:
    zone = ZoneInfo(settings.timezone)
    return WorkHours.read(settings.work_hours).open_at(now.astimezone(zone))


def call_every_minute(app: procrastinate.App, engine: Engine, settings: Settings) -> None:
    """Add the job that looks for them.

    :param app: before it is opened.
    """

    @app.periodic(cron="* * * * *")
    @app.task(name="call for who waits", queue="clock")
    def look(timestamp: int) -> None:
        call(engine, settings)
