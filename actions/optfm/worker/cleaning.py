"""The nightly job that deletes what was kept long enough."""

import logging
from datetime import UTC, datetime, timedelta

import procrastinate
from sqlalchemy import Engine

from optfm.privacy.retention import Periods, expire
from optfm.settings import Settings

log = logging.getLogger(__name__)


def clean_every_night(app: procrastinate.App, engine: Engine, configured: Settings) -> None:
    """Let the workers of `app` do it, one of them each night (01:17 UTC, 04:17 in Moscow)."""

    @app.periodic(cron="17 1 * * *")
    @app.task(name="clean", queue="clock", queueing_lock="clean", pass_context=False)
    def clean(timestamp: int) -> None:
        counts = expire(
            engine,
            configured.optfm_var,
            configured.optfm_logs,
            periods(configured),
            now=datetime.now(UTC),
        )
        log.info("kept long enough and deleted: %s", counts or "nothing")


def periods(configured: Settings) -> Periods:
    """How long what is kept, as it is set."""
    return Periods(
        dialogs=timedelta(days=configured.retention_days),
        logs=timedelta(days=configured.retention_logs_days),
        requests=timedelta(days=configured.retention_requests_days),
        llm=timedelta(days=configured.retention_llm_days),
    )
