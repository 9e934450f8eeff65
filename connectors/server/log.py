"""What happened, as JSON lines: app.log (incoming, answer, error) and error.log (errors), and
the same as rows of the table `logs`.

Written by a thread of its own, so that a slow disk does not hold up a turn. Phones, cards and
addresses are masked; the dialog's id and the message's id join the lines of one turn.
"""

import atexit
import contextlib
import json
import logging
import logging.handlers
import queue
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from common.log_file import LogFile
from common.masking import mask_for_log
from connectors.server.log_table import LogTable

#: The connectors' own lines; errors of anything else in the process are written, too.
logger = logging.getLogger("optfm")

_LONGEST_TEXT = 1_000


def incoming(
    *, dialog: str, message_id: str, channel: str, text: str, at: float | None = None
) -> None:
    """A message came.

    :param at: when, in seconds since 1970: it is told after its turn, which shows whether its
        words may be told (connectors/inbox/private.py).
    """
    _write(logging.INFO, "incoming", dialog, message_id, text, at=at, channel=channel)


def answer(*, dialog: str, message_id: str, texts: list[str], took_ms: int, outcome: str) -> None:
    """It was answered.

    :param outcome: who answered (`faq`, `price`, `llm`, `fallback`, `manager`), or what kept the
        message from the dialogue: `no_words`, `apology`, …
    """
    text = "\n\n".join(texts)
    _write(logging.INFO, "answer", dialog, message_id, text, took_ms=took_ms, outcome=outcome)


def error(*, dialog: str, message_id: str, what: str, exc: BaseException | None = None) -> None:
    """A turn failed; what the customer read instead is in the `answer` line after it."""
    _write(logging.ERROR, "error", dialog, message_id, what, exc_info=exc)


def _write(
    level: int,
    event: str,
    dialog: str,
    message_id: str,
    text: str,
    *,
    exc_info: BaseException | None = None,
    at: float | None = None,
    **detail: object,
) -> None:
    ids = {"dialog": dialog, "message_id": message_id}
    extra = {"event": event, **ids, "at": at, "detail": detail}
    logger.log(level, "%s", text, exc_info=exc_info, extra=extra)


def open_logs(folder: Path, database_url: str = "") -> None:
    """Write app.log and error.log into `folder` from now on, once a process.

    :param database_url: where the table `logs` is; "": only files.
    :raises OSError: the folder cannot be written.
    """
    if logger.handlers:
        return
    folder.mkdir(parents=True, exist_ok=True)
    everything = LogFile(folder / "app.log")
    errors = LogFile(folder / "error.log")
    errors.setLevel(logging.ERROR)
    for handler in (everything, errors):
        handler.setFormatter(_JsonLine())
    tables = (LogTable(database_url),) if database_url else ()
    lines: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    listener = logging.handlers.QueueListener(
        lines,
        everything,
        errors,
        *tables,
        respect_handler_level=True,
    )
    listener.start()
    atexit.register(_stop, listener, tables)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_ToQueue(lines))
    others = _ToQueue(lines)
    others.setLevel(logging.ERROR)
    logging.getLogger().addHandler(others)


def _stop(listener: logging.handlers.QueueListener, tables: tuple[LogTable, ...]) -> None:
    with contextlib.suppress(AttributeError):  # stopped already
        listener.stop()
    for table in tables:
        table.close()


class _ToQueue(logging.handlers.QueueHandler):
    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Keep the record's text and traceback as words; the objects may change or not pickle."""
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.created = getattr(record, "at", None) or record.created
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        return record


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One record as one line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "error"),
        }
        for name in ("dialog", "message_id"):
            if value := getattr(record, name, None):
                line[name] = value
        line["text"] = mask_for_log(record.getMessage()[:_LONGEST_TEXT])
        line.update(getattr(record, "detail", {}))
        if record.exc_text:
            line["traceback"] = mask_for_log(record.exc_text)
        if record.name != logger.name:
            line["logger"] = record.name
        return json.dumps(line, ensure_ascii=False, default=str)
