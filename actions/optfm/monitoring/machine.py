"""What a machine and its database have left, asked at each scrape."""

import logging
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger(__name__)

#: One row a question; a column is a metric `optfm_<name>`.
_GAUGES = (
    (
        ("postgres_connections", "Connections to the database."),
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
    ),
    (
        ("postgres_connections_limit", "Connections that Postgres takes at most."),
        "SELECT setting::int - (SELECT sum(setting::int) FROM pg_settings WHERE name IN"
        " ('superuser_reserved_connections', 'reserved_connections'))"
        " FROM pg_settings WHERE name = 'max_connections'",
    ),
    (
        ("postgres_size_bytes", "The database on disk."),
        "SELECT pg_database_size(current_database())",
    ),
    (
        ("postgres_oldest_transaction_seconds", "Since the oldest open transaction began."),
        "SELECT coalesce(extract(epoch FROM max(now() - xact_start)), 0) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'",
    ),
    (
        ("outbox_oldest_seconds", "Since the oldest notification that waits was made."),
        "SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox"
        " WHERE status = 'pending'",
    ),
    (
        ("outbox_given_up", "Notifications that nobody will get without a hand's help."),
        "SELECT count(*) FROM outbox WHERE status = 'given_up'",
    ),
    (
        ("llm_month_rub", "Roubles spent on language models this calendar month, in Moscow."),
        "SELECT coalesce(sum(cost_rub), 0) FROM llm_calls"
        " WHERE at >= date_trunc('month', now(), 'Europe/Moscow')",
    ),
)
_COUNTERS = (
    (
        ("postgres_transactions", "Transactions of the database.", "outcome"),
        "SELECT 'commit', xact_commit FROM pg_stat_database WHERE datname = current_database()"
        " UNION ALL SELECT 'rollback', xact_rollback FROM pg_stat_database"
        " WHERE datname = current_database()",
    ),
    (
        ("postgres_deadlocks", "Deadlocks of the database.", "database"),
        "SELECT datname, deadlocks FROM pg_stat_database WHERE datname = current_database()",
    ),
)


class Machine(Collector):
    """Disk, database and limits, one scrape at a time.

    :param engine: the shop's database.
    :param folders: what is measured on disk, by its name in the label `place`.
    :param month_limit_rub: AI_MONTHLY_RUB; 0: none.
    """

    def __init__(
        self, engine: Engine, folders: Mapping[str, Path], *, month_limit_rub: int
    ) -> None:
        self._engine = engine
        self._folders = folders
        self._month_limit_rub = month_limit_rub

    def describe(self) -> list[Metric]:
        """Nothing: a registry then asks nobody before the first scrape."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All families; those of the database are missing while it is away."""
        yield from self._disk()
        limit = GaugeMetricFamily(
            "optfm_llm_month_limit_rub", "AI_MONTHLY_RUB; 0: no limit.", self._month_limit_rub
        )
        yield limit
        try:
            with self._engine.connect() as connection:
                found = list(_of_database(connection))
        except SQLAlchemyError as exc:
            log.warning("no metrics of the database: %s", type(exc).__name__)
            yield GaugeMetricFamily("optfm_postgres_up", "Whether Postgres answers.", 0)
            return
        yield GaugeMetricFamily("optfm_postgres_up", "Whether Postgres answers.", 1)
        yield from found

    def _disk(self) -> Iterator[Metric]:
        free = GaugeMetricFamily("optfm_disk_free_bytes", "Free on disk.", labels=["place"])
        whole = GaugeMetricFamily("optfm_disk_size_bytes", "The disk.", labels=["place"])
        for place, folder in self._folders.items():
            try:
                usage = shutil.disk_usage(folder)
            except OSError:  # a folder that nobody has made yet
                continue
            free.add_metric([place], usage.free)
            whole.add_metric([place], usage.total)
        yield free
        yield whole


def _of_database(connection: Connection) -> Iterator[Metric]:
    for (name, words), question in _GAUGES:
        value = connection.execute(text(question)).scalar_one()
        yield GaugeMetricFamily(f"optfm_{name}", words, float(value or 0))
    for (name, words, label), question in _COUNTERS:
        family = CounterMetricFamily(f"optfm_{name}", words, labels=[label])
        for of, number in connection.execute(text(question)):
            family.add_metric([of], float(number))
        yield family
