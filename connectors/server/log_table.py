"""The table `logs`: what app.log says, for those who read with SQL.

Written by a thread of its own in batches. While the database is away, lines wait, and the oldest
thousands are kept: a log must not hold up a turn, and the files have everything.
"""

import contextlib
import logging
import queue
import threading
from datetime import datetime, timezone

import psycopg2
from psycopg2.extras import execute_values

from common import jsonb
from common.masking import mask_for_log

_MOST_WAITING = 10_000
_BATCH = 500
_PAUSE_S = 5.0
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
        connection = None
        while not self._over.is_set():
            batch, ended = self._batch()
            while batch and not self._over.is_set():
                try:
                    connection = connection or _connect(self._url)
                    with connection.cursor() as cursor:
                        execute_values(
                            cursor,
                            "INSERT INTO logs (at, level, event, dialog, message_id, text, detail)"
                            " VALUES %s",
                            batch,
                            page_size=_BATCH,
                        )
                    break
                except psycopg2.DataError:  # it would never fit
                    break
                except psycopg2.Error:
                    connection = None
                    self._over.wait(_PAUSE_S)
            if ended:
                return

    def _batch(self) -> tuple[list[Row], bool]:
        """The rows that wait, at least one, and whether the end came after them."""
        rows: list[Row] = []
        row = self._waiting.get()
        while row is not None:
            rows.append(row)
            if len(rows) == _BATCH:
                return rows, False
            try:
                row = self._waiting.get_nowait()
            except queue.Empty:
                return rows, False
        return rows, True


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
