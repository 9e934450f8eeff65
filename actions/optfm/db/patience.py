"""A database that hangs is waited for once, then left alone for a while: errors come at once.

Postgres' own `statement_timeout` is the server's, and a server that hangs keeps no time.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.errors import _WaitTimeout
from sqlalchemy import Engine, event

#: For so long nobody knocks after a time-out.
REST_S = 3.0


class DatabaseHangs(psycopg.OperationalError):
    """No answer in time, or none was waited for because of that."""


class Breaker:
    """Of one server. After the rest one caller tries; the others fail until he is through."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """:param clock: seconds that never go back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._rests_until = 0.0
        self._open = False
        self._trying = False

    def enter(self) -> None:
        """:raises DatabaseHangs: not now."""
        with self._lock:
            if not self._open:
                return
            if self._trying or self._clock() < self._rests_until:
                raise DatabaseHangs("the database hangs and is left alone for a moment")
            self._trying = True

    def answered(self) -> None:
        """Somebody got in, or was turned away: it does not hang."""
        with self._lock:
            self._open = self._trying = False

    def hung(self) -> None:
        """Somebody waited in vain."""
        with self._lock:
            self._open, self._trying = True, False
            self._rests_until = self._clock() + REST_S


def be_patient(engine: Engine, patience_s: float) -> None:
    """Let each wait of an engine's connections end after `patience_s`."""
    breaker = Breaker()

    class Patient(psycopg.Connection[Any]):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:  # noqa: ANN401 - of psycopg
            try:
                return super().wait(gen, interval=interval, timeout=timeout or patience_s)
            except _WaitTimeout as exc:
                breaker.hung()
                self.pgconn.finish()  # what it was asked is unknown from now on
                raise DatabaseHangs(f"no answer of the database in {patience_s:g} s") from exc

    def connect(dialect: object, record: object, arguments: Any, named: Any) -> Any:  # noqa: ANN401 - of SQLAlchemy
        breaker.enter()
        try:
            connection = Patient.connect(*arguments, **named)
        except psycopg.errors.ConnectionTimeout:
            breaker.hung()
            raise
        except BaseException:
            breaker.answered()
            raise
        breaker.answered()
        return connection

    event.listen(engine, "do_connect", connect)
