"""The one way to Postgres: an engine that outlives the server's restarts, and the migrations."""

import contextlib
from pathlib import Path

import alembic.command
import alembic.config
import sqlalchemy
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from optfm.errors import Refused

#: Any number that nobody else uses as an advisory lock on this database.
_MIGRATION_LOCK = 7_210_001

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str) -> Engine:
    """An engine on the shop's database; nothing is opened before the first use.

    A connection that died with the server is replaced at its next use (pre-ping); a server that
    does not answer is an error after 5 s, a statement that hangs after 30 s.

    :param url: a libpq address, `postgresql://…`, as in `DB_URL`.
    :raises Refused: the address is not one of Postgres.
    """
    try:
        address = sqlalchemy.make_url(url)
    except sqlalchemy.exc.ArgumentError as exc:
        raise Refused("DB_URL: это не адрес базы; пример: postgresql://user@host/optfm") from exc
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise Refused("DB_URL: нужна база Postgres; пример: postgresql://user@host/optfm")
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        hide_parameters=True,  # they may be somebody's name, and errors reach the logs
        connect_args={
            "connect_timeout": 5,
            "options": "-c statement_timeout=30000 -c timezone=UTC",
        },
    )


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest migration; two at once take turns.

    :raises Refused: the server is away or does not let us in.
    """
    config = alembic.config.Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    try:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})
            config.attributes["connection"] = connection
            alembic.command.upgrade(config, "head")
    except SQLAlchemyError as exc:
        raise Refused(f"база данных: {reason(exc)}") from exc


def reason(exc: SQLAlchemyError) -> str:
    """What Postgres said, in one line, without the statement and without the password."""
    cause: BaseException = exc
    with contextlib.suppress(AttributeError):
        cause = exc.orig or exc  # type: ignore[attr-defined]
    return " ".join(str(cause).split())
