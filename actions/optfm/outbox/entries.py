"""What is to be told to somebody, and what became of it.

An entry is written in the transaction of what it tells of, by the database's own `enqueue`
(migration 0007), which queues its job too. A job delivers its entry and writes down the outcome;
when it is delivered again after a crash, the far side knows it by its `key`, where it can.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text

from common import jsonb
from optfm.db.tables import outbox

log = logging.getLogger(__name__)


class Later(Exception):
    """The far side is away or busy: try again.

    :param after_s: not before so many seconds, where the far side said so.
    :param longest_s: not later than that: it is near, and asking costs nothing.
    """

    def __init__(
        self, reason: str, after_s: float | None = None, longest_s: float | None = None
    ) -> None:
        super().__init__(reason)
        self.after_s = after_s
        self.longest_s = longest_s


class Busy(Later):
    """There is no room for it just now: nothing was tried, and nothing counts as a try."""


class Never(Exception):
    """The far side refuses this entry for good; the words are for the staff."""


class Waits(Exception):
    """The customer is not there: he gets it when he writes again."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to tell."""

    id: int
    created_at: datetime
    kind: str
    request_id: int | None
    dialog: str | None
    payload: Mapping[str, Any]
    key: str
    status: str
    attempts: int
    last_error: str | None


#: Delivers an entry; what the far side called it, to be kept.
#: Raises Later, Never or Waits.
Sender = Callable[[Entry], Mapping[str, Any]]


def enqueue(
    connection: Connection,
    kind: str,
    *,
    key: str,
    dialog: str | None = None,
    request_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> int | None:
    """Tell something once this transaction is committed.

    :param key: what makes it the same thing; told once however often it is queued.
    :returns: the entry's id; None where the key was known.
    """
    entry_id: int | None = connection.execute(
        text("SELECT enqueue(:kind, :dialog, :request_id, CAST(:payload AS jsonb), :key)"),
        {
            "kind": kind,
            "dialog": dialog,
            "request_id": request_id,
            "payload": jsonb.dumps(payload or {}),
            "key": key,
        },
    ).scalar_one()
    return entry_id


def forget_topic(connection: Connection, chat: int, topic: int) -> None:
    """Let a topic of the managers' group be deleted in Telegram, with all that stands in it.

    :param chat: the group's id.
    :param topic: Telegram's number of it.
    """
    payload = {"chat_id": chat, "topic_id": topic}
    enqueue(connection, "erase_topic", key=f"erase_topic {chat} {topic}", payload=payload)


def deliver(engine: Engine, entry_id: int, senders: Mapping[str, Sender]) -> None:
    """Deliver an entry that is still pending, and write down what became of it.

    :param senders: who delivers which kind.
    :raises Later: not now; the attempt and its error are written down.
    :raises Busy: nothing was tried.
    """
    entry = find(engine, entry_id)
    if entry is None or entry.status != "pending":  # erased, or delivered before a crash
        return
    try:
        sender = senders.get(entry.kind)
        if sender is None:
            raise Never(f"некому передать: {entry.kind}")
        result = sender(entry)
    except Busy:
        raise
    except Later as exc:
        _mark(engine, entry, status="pending", error=str(exc))
        raise
    except Never as exc:
        log.error("entry %s of the outbox (%s) is refused: %s", entry.id, entry.kind, exc)
        _mark(engine, entry, status="given_up", error=str(exc))
    except Waits as exc:
        _mark(engine, entry, status="waiting", error=str(exc))
    except Exception as exc:  # a bug of ours: seen in the list, too
        _mark(engine, entry, status="pending", error=f"{type(exc).__name__}: {exc}")
        raise
    else:
        _mark(engine, entry, status="sent", error=None, result=dict(result))


def give_up(engine: Engine, entry_id: int) -> None:
    """Stop trying; the last error stays."""
    with engine.begin() as connection:
        connection.execute(
            outbox.update()
            .where(outbox.c.id == entry_id, outbox.c.status == "pending")
            .values(status="given_up")
        )


def retry(engine: Engine, entry_id: int) -> bool:
    """Try an entry that is not delivered once more, now; one that pauses stops pausing.

    :returns: whether there was such an entry.
    """
    with engine.begin() as connection:
        pausing = text(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL"
            " WHERE task_name = 'deliver' AND status = 'todo'"
            " AND (args ->> 'outbox_id')::bigint = :id"
        )
        if connection.execute(pausing, {"id": entry_id}).rowcount:
            return True
        entry = connection.execute(
            outbox.update()
            .where(outbox.c.id == entry_id, outbox.c.status.in_(("given_up", "waiting")))
            .values(status="pending", attempts=0)
            .returning(outbox.c.id)
        ).scalar_one_or_none()
        if entry is not None:
            connection.execute(
                text(
                    "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
                    " VALUES ('outbox', 'deliver', jsonb_build_object('outbox_id', :id))"
                ),
                {"id": entry},
            )
    return entry is not None


def find(engine: Engine, entry_id: int) -> Entry | None:
    """One entry, or None where it is not, or no longer, there."""
    with engine.connect() as connection:
        row = connection.execute(_ENTRIES.where(outbox.c.id == entry_id)).mappings().one_or_none()
    return Entry(**row) if row else None


def undelivered(engine: Engine) -> list[Entry]:
    """Everything that is not delivered, oldest first."""
    question = _ENTRIES.where(outbox.c.status != "sent").order_by(outbox.c.id)
    with engine.connect() as connection:
        return [Entry(**row) for row in connection.execute(question).mappings()]


_ENTRIES = select(
    outbox.c.id,
    outbox.c.created_at,
    outbox.c.kind,
    outbox.c.request_id,
    outbox.c.dialog,
    outbox.c.payload,
    outbox.c.key,
    outbox.c.status,
    outbox.c.attempts,
    outbox.c.last_error,
)


def _mark(
    engine: Engine,
    entry: Entry,
    *,
    status: str,
    error: str | None,
    result: dict[str, Any] | None = None,
) -> None:
    with engine.begin() as connection:
        connection.execute(
            outbox.update()
            .where(outbox.c.id == entry.id, outbox.c.status == "pending")
            .values(
                status=status,
                attempts=outbox.c.attempts + 1,
                last_error=error,
                sent_at=func.now() if status == "sent" else None,
                # What of an entry got there before it failed is kept by whoever sends it.
                **({} if result is None else {"result": result}),
            )
        )
