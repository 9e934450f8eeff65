"""The connectors' own tables, asked from threads: a slow database holds up no other dialog."""

import asyncio
import contextlib
import functools
import select
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from common import jsonb
from connectors.settings import settings

#: How long a question may wait before the customer gets the apology.
PATIENCE_S = 6.0
_CONNECTIONS = 4

Result = TypeVar("Result")


class DatabaseFailed(Exception):
    """Nothing was read, or nothing was written; or nobody knows."""


class DatabaseAway(DatabaseFailed):
    """It does not answer: later it may."""


class DatabaseRefused(DatabaseFailed):
    """It does not take what it was given, and never will."""


class _Cursor(Cursor):
    """Takes texts with a NUL in them, which no column does, without it."""

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: ANN401 - of psycopg2
        super().execute(query, jsonb.storable_values(vars))


class Database:
    """A few connections to the shop's database, each with a thread of its own.

    :param url: a libpq address.
    :param durable: False: a commit does not wait for the disk; what was written in the last moment
        before the database itself dies may be lost, what other processes' deaths leave is not.
    """

    def __init__(self, url: str, *, durable: bool = True, connections: int = _CONNECTIONS) -> None:
        self._url, self._durable = url, durable
        self._mine = threading.local()
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="connectors-db")

    async def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of one statement, which is a transaction by itself.

        :raises DatabaseAway: it does not answer.
        :raises DatabaseRefused: it does not take this.
        """

        def work(connection: Connection) -> list[tuple[Any, ...]]:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

        return await self._in_thread(work)

    async def do(self, work: Callable[[Cursor], Result]) -> Result:
        """Several statements in one transaction; an error in `work` undoes them.

        :raises DatabaseAway: it does not answer.
        :raises DatabaseRefused: it does not take this.
        """

        def transaction(connection: Connection) -> Result:
            connection.autocommit = False
            with connection, connection.cursor() as cursor:
                return work(cursor)

        return await self._in_thread(transaction)

    async def _in_thread(self, work: Callable[[Connection], Result]) -> Result:
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._threads, self._with_connection, work)
        try:
            return await asyncio.wait_for(future, PATIENCE_S)
        except asyncio.TimeoutError as exc:
            raise DatabaseAway(f"no answer of the database in {PATIENCE_S:.0f} s") from exc
        except (psycopg2.OperationalError, psycopg2.InterfaceError) as exc:
            raise DatabaseAway(" ".join(str(exc).split())) from exc
        except psycopg2.Error as exc:
            # Its words quote what was given, which may be somebody's.
            raise DatabaseRefused(f"{type(exc).__name__} {exc.pgcode}") from exc

    def _with_connection(self, work: Callable[[Connection], Result]) -> Result:
        connection: Connection | None = getattr(self._mine, "connection", None)
        if connection is None or connection.closed:
            connection = self._mine.connection = self._connect()
        elif not alive(connection):  # the database was started anew
            connection.close()
            connection = self._mine.connection = self._connect()
        try:
            return work(connection)
        except psycopg2.Error:
            with contextlib.suppress(psycopg2.Error):
                connection.close()
            raise

    def _connect(self) -> Connection:
        return psycopg2.connect(
            self._url,
            connect_timeout=3,
            options="-c statement_timeout=5000 -c timezone=UTC"
            + ("" if self._durable else " -c synchronous_commit=off"),
            tcp_user_timeout=5000,
            cursor_factory=_Cursor,
        )


def alive(connection: Connection) -> bool:
    """Whether the server still holds its end: it says nothing unasked but that it goes.

    Its last words are readable before the end of the socket is, and libpq takes them for a notice:
    only the next statement would fail.
    """
    try:
        readable, _, _ = select.select([connection.fileno()], [], [], 0)
    except (psycopg2.Error, OSError, ValueError):
        return False
    return not readable


@functools.lru_cache(maxsize=1)
def database() -> Database:
    """The database of this process."""
    return Database(settings().database_url())
