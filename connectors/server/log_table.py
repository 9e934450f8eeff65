"""The table `logs`: what app.log says, for those who read with SQL.

Written by a thread of its own, those of a moment in one statement. While the database is away,
lines wait, and the oldest thousands are kept: a log must not hold up a turn, and the files have
everything.
"""

import contextlib
import logging
import queue
import threading
from datetime import datetime, timezone

import psycopg2
from psycopg2.extras import execute_values

from common import jsonb, loops
from common.masking import mask_for_log

_MOST_WAITING = 10_000
_BATCH = 500
#: Lines are written so much later than they were said, together: each statement is a commit.
_MOMENT_S = 0.25
_PAUSE_S, _IDLE_S = 5.0, 30.0
_LAST_WORDS_S = 2.0

Row = tuple[datetime, str, str, str | None, str | None, str, str]


class LogTable(logging.Handler):
    """Writes records into `logs`.

    :param url: the database, as libpq understands it.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._waiting: queue.Queue[Row | None] = queue.Queue(_MOST_WAITING)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write, name="log-table", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Let a record wait for its batch; where too many wait it is dropped."""
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(_row(record))

    def close(self) -> None:
        """Write what waits, if the database is there."""
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(None)
        self._thread.join(_LAST_WORDS_S)
        self._over.set()
        super().close()

    def _write(self) -> None:
        connection, ended = None, False
        loop = loops.loop("log-table", patience_s=4 * _IDLE_S)
        while not ended and not self._over.is_set():
            loop.beat()
            batch, ended = self._batch()
            parts = [batch] if batch else []
            while parts and not self._over.is_set():
                try:
                    connection = connection or _connect(self._url)
                    _insert(connection, parts[0])
                except (psycopg2.OperationalError, psycopg2.InterfaceError):
                    connection = None
                    loop.beat()
                    self._over.wait(_PAUSE_S)
                    continue
                # What no column takes is in the files; the lines beside it are written.
                except Exception:
                    if middle := len(parts[0]) // 2:
                        parts[1:1] = [parts[0][:middle], parts[0][middle:]]
                parts.pop(0)

    def _batch(self) -> tuple[list[Row], bool]:
        """The rows that wait, none if nothing comes for a while; and whether the end came after."""
        rows: list[Row] = []
        try:
            row = self._waiting.get(timeout=_IDLE_S)
        except queue.Empty:
            return rows, False
        if row is not None:
            self._over.wait(_MOMENT_S)
        while row is not None:
            rows.append(row)
            if len(rows) == _BATCH:
                return rows, False
            try:
                row = self._waiting.get_nowait()
            except queue.Empty:
                return rows, False
        return rows, True


def _insert(connection: "psycopg2.extensions.connection", rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO logs (at, level, event, dialog, message_id, text, detail) VALUES %s",
            jsonb.storable_values(rows),
            page_size=_BATCH,
        )


def _connect(url: str) -> "psycopg2.extensions.connection":
    connection = psycopg2.connect(
        url, connect_timeout=3, options="-c statement_timeout=5000", application_name="optfm-log"
    )
    connection.autocommit = True
    return connection


def _row(record: logging.LogRecord) -> Row:
    detail = dict(getattr(record, "detail", {}))
    if record.exc_text:
        detail["traceback"] = mask_for_log(record.exc_text)
    return (
        datetime.fromtimestamp(record.created, timezone.utc),
        record.levelname.lower(),
        getattr(record, "event", "error"),
        getattr(record, "dialog", None),
        getattr(record, "message_id", None),
        jsonb.storable(mask_for_log(record.getMessage())),
        jsonb.dumps(detail),
    )
