"""The worker's process: `python -m optfm.worker`."""

import asyncio
import logging
import os

from prometheus_client import CollectorRegistry, ProcessCollector
from sqlalchemy import Engine

from optfm.bootstrap import database, settings
from optfm.llm.providers.models import open_models
from optfm.monitoring import LoopAges, serve_metrics
from optfm.settings import Settings
from optfm.worker.backing_up import back_up_every_night
from optfm.worker.cleaning import clean_every_night
from optfm.worker.counting import counted
from optfm.worker.error_log import open_error_log
from optfm.worker.jobs import STALLED_AFTER_S, jobs
from optfm.worker.pushing import call_every_ten_seconds
from optfm.worker.readiness import tell_ready
from optfm.worker.senders import senders
from optfm.worker.summaries import Summaries
from optfm.worker.telling_watchers import tell_watchers
from optfm.worker.unanswered import call_every_minute
from optfm.worker.watching import watch

#: More than all that others' addresses may hold (`_AT_ONCE` of webhooks and of push).
_CONCURRENCY = 7


def main() -> None:
    """Take jobs until SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    configured = settings()
    # It tells of every try that will be repeated with a traceback.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    open_error_log(configured.optfm_logs)
    with database(configured) as engine, open_models(configured, engine) as models:
        asyncio.run(_work(configured, engine, Summaries(models)))


async def _work(configured: Settings, engine: Engine, summaries: Summaries) -> None:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(LoopAges())
    watch(configured, engine, registry)
    app = jobs(engine, counted(senders(configured, engine, summaries.of), registry))
    clean_every_night(app, engine, configured)
    tell_watchers(app, engine, configured)
    call_every_minute(app, engine, configured)
    call_every_ten_seconds(app, engine, configured)
    back_up_every_night(app, engine, configured, registry)
    async with app.open_async():
        tell_ready(configured.optfm_var, os.getpid())
        serve_metrics(
            configured.worker_host,
            configured.worker_port,
            registry,
            token=configured.metrics_token.get_secret_value(),
        )
        await app.run_worker_async(
            concurrency=_CONCURRENCY,
            fetch_job_polling_interval=2.0,
            shutdown_graceful_timeout=4.0,
            update_heartbeat_interval=3.0,
            stalled_worker_timeout=STALLED_AFTER_S,
            delete_jobs="successful",  # the outbox itself says what was told
        )


if __name__ == "__main__":
    main()
