"""The one way to Postgres: an engine that outlives the server's restarts, and the migrations."""

import contextlib
import re
import time
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy
from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from common import jsonb
from optfm.db.patience import be_patient
from optfm.errors import Refused

#: Any number that nobody else uses as an advisory lock on this database.
_MIGRATION_LOCK = 7_210_001
_TURN_S = 0.2
#: How long a migration waits for a table, in Postgres' words.
LOCK_PATIENCE = "5s"

#: The server's own time-out comes first, where it keeps time: that leaves the connection whole.
_AFTER_THE_SERVER_S = 0.5

#: Set by each connection; one that does not have it is not ours from end to end.
_MARK = "optfm.direct"
#: PgBouncer's word for what a connection wants to set for itself.
_POOLER = re.compile(r"unsupported startup parameter")
_THROUGH_A_POOLER = (
    "DB_URL ведёт на PgBouncer или похожий посредник, который не держит соединение за ботом: "
    "укажите адрес самого Postgres"
)

_BUSY = (
    "база данных: таблица занята долгой транзакцией, миграция уступила ей; данные целы, "
    "повторите (кто держит: SELECT pid, query FROM pg_stat_activity ORDER BY xact_start)"
)
_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str, *, patience_s: float = 0) -> Engine:
    """An engine on the shop's database; nothing is opened before the first use.

    A connection that died with the server is replaced at its next use (pre-ping); a server that
    does not answer is an error after 2 s, a statement that takes too long after 30 s.

    :param url: a libpq address, `postgresql://…`, as in `DB_URL`.
    :param patience_s: for callers whom a customer waits for: after so long any wait is an error,
        also where the server hangs, and the next ones come at once (`optfm.db.patience`).
    :raises Refused: the address is not one of Postgres.
    """
    try:
        address = sqlalchemy.make_url(url)
    except sqlalchemy.exc.ArgumentError as exc:
        raise Refused("DB_URL: это не адрес базы; пример: postgresql://user@host/optfm") from exc
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise Refused("DB_URL: нужна база Postgres; пример: postgresql://user@host/optfm")
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=True,  # they may be somebody's name, and errors reach the logs
        json_serializer=jsonb.dumps,
        connect_args={
            "connect_timeout": 2,
            "options": f"-c statement_timeout={patience_s or 30:g}s -c timezone=UTC -c {_MARK}=1",
        },
        pool_timeout=patience_s or 30,
    )
    if patience_s:
        be_patient(engine, patience_s + _AFTER_THE_SERVER_S)
    event.listen(engine, "before_cursor_execute", _storable, retval=True)
    return engine


def _storable(
    connection: object,
    cursor: object,
    statement: str,
    parameters: Any,  # noqa: ANN401 - of any driver
    *rest: object,
) -> tuple[str, Any]:
    """What a customer, a file or a model wrote may hold a NUL, which no column takes."""
    return statement, jsonb.storable_values(parameters)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to a migration; two at once take turns.

    Each migration is a transaction of its own: one that cannot have its lock within 5 s leaves
    those before it in place, and the next start goes on from there.

    :param to: its number; the newest where nothing is said.
    :raises Refused: the server is away or does not let us in, or a pooler stands before it: locks
        and time-outs of a connection would be lost or somebody else's.
    """
    # 12 MB and half a second that only the process that migrates needs.
    import alembic.command
    import alembic.config

    config = alembic.config.Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with engine.connect() as connection:
            mark = select(func.current_setting(_MARK, True))
            if connection.execute(mark).scalar_one() != "1":
                raise Refused(_THROUGH_A_POOLER)
            try:
                connection.execute(text("SET statement_timeout = 0"))
                # Behind a migration that waits for a table all customers wait: rather not at all.
                connection.execute(text(f"SET lock_timeout = '{LOCK_PATIENCE}'"))
                connection.commit()
                _await_turn(connection)
                config.attributes["connection"] = connection
                alembic.command.upgrade(config, to)
            finally:
                connection.invalidate()  # what was set, and the lock, end with it
    except SQLAlchemyError as exc:
        busy = isinstance(getattr(exc, "orig", None), psycopg.errors.LockNotAvailable)
        raise Refused(_BUSY if busy else f"база данных: {reason(exc)}") from exc


def _await_turn(connection: Connection) -> None:
    """Asked again and again: whoever waits inside a statement holds up an index that is built
    beside its table's writers."""
    lock = text("SELECT pg_try_advisory_lock(:n)")
    while not connection.execute(lock, {"n": _MIGRATION_LOCK}).scalar_one():
        connection.commit()
        time.sleep(_TURN_S)
    connection.commit()


def reason(exc: SQLAlchemyError) -> str:
    """What Postgres said, in one line, without the statement and without the password."""
    cause: BaseException = exc
    with contextlib.suppress(AttributeError):
        cause = exc.orig or exc  # type: ignore[attr-defined]
    words = " ".join(str(cause).split())
    return _THROUGH_A_POOLER if _POOLER.search(words) else words
