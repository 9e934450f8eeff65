"""Deletes what was kept long enough: the settings `RETENTION_…`, kept by the worker every night."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from optfm.outbox.entries import forget_topic
from optfm.privacy.erase_files import log_files, rewrite


@dataclass(frozen=True, kw_only=True, slots=True)
class Periods:
    """How long what is kept."""

    dialogs: timedelta
    logs: timedelta
    requests: timedelta
    llm: timedelta


_OPEN = """EXISTS (SELECT FROM requests JOIN dialogs ON dialogs.id = requests.dialog_id
    WHERE dialogs.external_id = {dialog} AND requests.status IN ('new', 'taken'))"""
_REQUEST_IS_OVER = "greatest(created_at, taken_at, answered_at, closed_at) < :requests"
#: One of a request goes with it: until then managers may look into it.
_TOPIC_IS_OVER = f"""CASE WHEN request_id IS NULL
    THEN greatest(created_at, used_at) < :dialogs AND NOT {_OPEN.format(dialog="dialog")}
    ELSE request_id IN (SELECT id FROM requests WHERE {_REQUEST_IS_OVER}) END"""
#: A table, and what of it is over; `:dialogs` and the others are times. Who refers goes first.
_OVER = (
    ("events", '"timestamp" < extract(epoch FROM :dialogs)', "sender_id"),
    ("inbox", "received_at < :dialogs", None),
    ("price_searches", "at < :dialogs", None),
    ("dialog_links", "expires_at < :dialogs", None),
    ("topics", _TOPIC_IS_OVER, None),
    ("outbox", "created_at < :dialogs AND status <> 'pending'", None),
    (
        "procrastinate_jobs",
        "status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND args ? 'outbox_id'"
        " AND args->>'outbox_id' NOT IN (SELECT CAST(id AS text) FROM outbox)",
        None,
    ),
    ("logs", "at < :logs", None),
    ("api_audit", "at < :logs", None),
    ("staff_audit", "at < :requests", None),
    ("staff_notes", "at < :dialogs", "dialog"),
    ("staff_drafts", "updated_at < :dialogs", "dialog"),
    ("staff_views", "at < :dialogs", "dialog"),
    ("api_answers", "at < now() - interval '1 day'", None),
    ("llm_cache", "at < :llm", None),
    ("requests", _REQUEST_IS_OVER, None),
    ("orders", "updated_at < :dialogs AND request_id IS NULL", None),
    ("order_choices", "at < :dialogs", None),
    ("watches", "greatest(ends_at, told_at) < :dialogs OR state = 'off'", None),
    (
        "consents",
        "given_at < :requests AND id NOT IN (SELECT consent_id FROM requests)",
        None,
    ),
    (
        "dialog_addresses",
        "NOT EXISTS (SELECT FROM events WHERE sender_id = dialog)"
        " AND NOT EXISTS (SELECT FROM dialogs WHERE external_id = dialog"
        " AND created_at > :dialogs)",
        "dialog",
    ),
    (
        "dialogs",
        "created_at < :dialogs AND id NOT IN (SELECT dialog_id FROM requests)"
        " AND id NOT IN (SELECT dialog_id FROM consents)"
        " AND NOT EXISTS (SELECT FROM events WHERE sender_id = external_id)",
        None,
    ),
    ("users", "created_at < :requests AND id NOT IN (SELECT user_id FROM requests)", None),
)
_TEXTS = "UPDATE llm_calls SET text = NULL WHERE at < :llm AND text IS NOT NULL"
_CALLERS = "UPDATE llm_calls SET dialog = NULL WHERE at < :dialogs AND dialog IS NOT NULL"


def expire(
    engine: Engine, var: Path, logs: Path, periods: Periods, *, now: datetime
) -> dict[str, int]:
    """Delete what is over, also in Telegram; what is still to be answered stays with its dialog.

    :param now: with a time zone.
    :returns: rows a table, lines a log file, files; of those that had any.
    """
    times = {
        "dialogs": now - periods.dialogs,
        "logs": now - periods.logs,
        "requests": now - periods.requests,
        "llm": now - periods.llm,
    }
    counts: dict[str, int] = {}
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        topics = text(f"SELECT chat_id, thread_id FROM topics WHERE {_TOPIC_IS_OVER}")
        for chat, topic in connection.execute(topics, times).all():
            forget_topic(connection, chat, topic)
        for table, over, dialog in _OVER:
            unless = f" AND NOT {_OPEN.format(dialog=dialog)}" if dialog else ""
            deleting = text(f"DELETE FROM {table} WHERE {over}{unless}")
            counts[table] = connection.execute(deleting, times).rowcount
        counts["llm_calls"] = connection.execute(text(_TEXTS), times).rowcount
        connection.execute(text(_CALLERS), times)
    for path in log_files(logs):
        counts[f"logs/{path.name}"] = _shorten(path, before=times["logs"])
    counts["files"] = _remove_files(var / "files", before=times["dialogs"])
    return {name: count for name, count in counts.items() if count}


def _shorten(path: Path, *, before: datetime) -> int:
    is_over = _older(before)
    with path.open("rb") as file:
        first = next(file, b"")
    return rewrite(path, is_over) if is_over(first) else 0  # the oldest line is the first


def _older(before: datetime) -> Callable[[bytes], bool]:
    def older(line: bytes) -> bool:
        try:
            return datetime.fromisoformat(json.loads(line)["at"]) < before
        except (ValueError, KeyError, TypeError):  # not one of our lines
            return False

    return older


def _remove_files(folder: Path, *, before: datetime) -> int:
    over = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_mtime < before.timestamp()
    ]
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)
