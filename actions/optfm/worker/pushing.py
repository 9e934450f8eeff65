"""Notifications of the staff's closed browsers: looked for every ten seconds in working hours."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import procrastinate
from sqlalchemy import Engine

from common.work_hours import WorkHours
from optfm.events.addresses import Allowed
from optfm.push.calling import KIND, call
from optfm.push.delivering import Pushes
from optfm.push.keys import Identity
from optfm.settings import Settings

__all__ = ["KIND", "call_every_ten_seconds", "pushes"]


def pushes(settings: Settings, engine: Engine) -> Pushes:
    """What delivers them; the key is set."""
    identity = Identity(settings.push_private_key.get_secret_value(), settings.push_contact)
    allowed = Allowed(settings.webhook_inner_list)
    return Pushes(engine, identity, allowed, lambda moment: _is_open(settings, moment))


def call_every_ten_seconds(app: procrastinate.App, engine: Engine, settings: Settings) -> None:
    """Add the job that looks for who waits; none where no key is set.

    :param app: before it is opened.
    """
    if not settings.push_private_key.get_secret_value():
        return

    @app.periodic(cron="* * * * * */10")
    @app.task(name="notify closed browsers", queue="clock")
    def look(timestamp: int) -> None:
        now = datetime.now(UTC)
        if _is_open(settings, now):
            with engine.begin() as connection:
                call(connection, now)


def _is_open(settings: Settings, moment: datetime) -> bool:
    zone = ZoneInfo(settings.timezone)
    return WorkHours.read(settings.work_hours).open_at(moment.astimezone(zone))
