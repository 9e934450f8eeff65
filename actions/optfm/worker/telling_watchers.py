"""The clock's part of watches: a new price list is looked through within minutes, by day."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

import procrastinate
from sqlalchemy import Engine

from optfm.settings import Settings
from optfm.watches import run

log = logging.getLogger(__name__)


def tell_watchers(app: procrastinate.App, engine: Engine, configured: Settings) -> None:
    """Let the workers of `app` do it, one of them each two minutes."""
    zone = ZoneInfo(configured.timezone)

    @app.periodic(cron="*/2 * * * *")
    @app.task(name="watches", queue="clock", queueing_lock="watches", pass_context=False)
    def look(timestamp: int) -> None:
        if told := run(engine, now=datetime.now(zone)):
            log.info("%s watches were told of a new price list", told)
