"""The nightly backup, and one at once where there is none yet."""

import logging
from datetime import UTC, datetime, timedelta

import procrastinate
from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import Engine

from optfm.backup import Folder, bring_over, create, prune
from optfm.bootstrap import bucket_of
from optfm.settings import Settings

log = logging.getLogger(__name__)

#: A night that was missed, the machine being off, is made up for.
_OLD = timedelta(hours=26)


def back_up_every_night(
    app: procrastinate.App, engine: Engine, configured: Settings, registry: CollectorRegistry
) -> None:
    """Let the workers of `app` do it, one of them each night (01:47 UTC, 04:47 in Moscow).

    :param registry: gets the time of the newest backup; 0: there is none.
    """
    folder, bucket = Folder(configured.optfm_backups), bucket_of(configured)
    kept = {"keep": configured.backup_keep, "days": configured.backup_days}

    def newest() -> float:
        found = folder.backups()
        return found[0].at.timestamp() if found else 0.0

    gauge = Gauge(
        "optfm_backup_last_success_timestamp_seconds",
        "When the newest backup was made; 0: never.",
        registry=registry,
    )
    gauge.set_function(newest)
    away = Gauge(
        "optfm_backup_away_missing",
        "Backups that the bucket lacks; 0 where none is set.",
        registry=registry,
    )

    def back_up() -> None:
        key = configured.backup_key.get_secret_value()
        file, _ = create(engine, configured.optfm_var, configured.optfm_backups, key)
        log.info("backup made: %s", file.name)
        prune(folder, now=datetime.now(UTC), **kept)

    def bring() -> None:
        if bucket is None:
            return
        away.set(1)
        for one in bring_over(folder, bucket):
            log.info("backup brought to the bucket: %s", one.name)
        away.set(0)
        prune(bucket, now=datetime.now(UTC), **kept)

    @app.periodic(cron="47 1 * * *")
    @app.task(name="back up", queue="clock", queueing_lock="back up", pass_context=False)
    def every_night(timestamp: int) -> None:
        back_up()
        bring()

    @app.periodic(cron="*/10 * * * *")
    @app.task(
        name="back up what was missed",
        queue="clock",
        queueing_lock="back up what was missed",
        lock="back up",
        pass_context=False,
    )
    def make_up(timestamp: int) -> None:
        if datetime.now(UTC).timestamp() - newest() > _OLD.total_seconds():
            back_up()
        bring()
