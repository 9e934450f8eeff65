"""The jobs of the worker: deliver an entry of the outbox, take up those of a killed worker."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

import procrastinate
from sqlalchemy import Engine

from common import loops
from optfm.outbox.entries import Entry, Later, Sender, deliver, find, give_up
from optfm.worker.retrying import GIVE_UP_AFTER, GIVE_UP_TRIES, GrowingPauses, Undelivered

log = logging.getLogger(__name__)

#: A worker whose last sign of life is older is dead, and its jobs are free.
STALLED_AFTER_S = 10


def jobs(engine: Engine, senders: Mapping[str, Sender]) -> procrastinate.App:
    """The app of one worker.

    :param engine: a migrated database.
    :param senders: who delivers which kind of entry.
    """
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    clock = loops.loop("worker", patience_s=60.0)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url))

    @app.task(name="deliver", queue="outbox", retry=GrowingPauses())
    def deliver_entry(outbox_id: int) -> None:
        try:
            deliver(engine, outbox_id, senders)
        except Exception as exc:
            entry = find(engine, outbox_id)
            if entry is not None and _is_old(entry):
                log.error("entry %s of the outbox is given up: %s", outbox_id, exc)
                give_up(engine, outbox_id)
                return
            if isinstance(exc, Later):
                log.info("entry %s of the outbox is tried later: %s", outbox_id, exc)
            else:
                log.exception("entry %s of the outbox failed", outbox_id)
            raise Undelivered(entry.attempts if entry else 0) from exc

    @app.periodic(cron="* * * * * */10")
    @app.task(name="take up jobs of dead workers", queue="clock")
    async def take_up(timestamp: int) -> None:
        clock.beat()
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
            await app.job_manager.retry_job(job)

    return app


def _is_old(entry: Entry) -> bool:
    """Old, and not given another chance by `optfm outbox retry` or a machine that was off."""
    age = datetime.now(UTC) - entry.created_at
    return age > GIVE_UP_AFTER and entry.attempts >= GIVE_UP_TRIES
