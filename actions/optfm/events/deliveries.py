"""Deliveries of events: which came, which wait, which were given up, and a new try of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from optfm.outbox.entries import find, retry


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One event on its way to one receiver."""

    id: int
    receiver: int
    event_id: str
    type: str
    status: str  #: "pending", "sent" or "dead"
    attempts: int
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None
    event: dict[str, Any]


_LIST = """
SELECT id, CAST(payload ->> 'receiver' AS bigint) AS receiver, payload #>> '{event,id}' AS event_id,
    payload #>> '{event,type}' AS type,
    CASE status WHEN 'given_up' THEN 'dead' ELSE status END AS status,
    attempts, last_error, created_at, sent_at, payload -> 'event' AS event
FROM outbox
WHERE kind = 'webhook' AND id < :before
    AND (CAST(:receiver AS text) IS NULL OR payload ->> 'receiver' = :receiver)
    AND (CAST(:status AS text) IS NULL OR status = :status)
    AND (CAST(:since AS timestamptz) IS NULL OR created_at >= :since)
    AND (CAST(:until AS timestamptz) IS NULL OR created_at < :until)
ORDER BY id DESC LIMIT :limit
"""
_IN_OUTBOX = {"dead": "given_up"}


def deliveries(
    engine: Engine,
    *,
    limit: int,
    before: int,
    receiver: int | None = None,
    status: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Delivery]:
    """The newest first.

    :param status: as in `Delivery`.
    """
    values = {
        "limit": limit,
        "before": before,
        "receiver": None if receiver is None else str(receiver),
        "status": _IN_OUTBOX.get(status or "", status),
        "since": since,
        "until": until,
    }
    with engine.connect() as connection:
        return [Delivery(**row) for row in connection.execute(text(_LIST), values).mappings()]


def replay(engine: Engine, delivery_id: int) -> bool:
    """Deliver an event once more, also one that came; whether there is such a delivery."""
    entry = find(engine, delivery_id)
    if entry is None or entry.kind != "webhook":
        return False
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE outbox SET status = 'given_up' WHERE id = :id AND status = 'sent'"),
            {"id": delivery_id},
        )
    return retry(engine, delivery_id)


_PING = "SELECT tell_receiver(:receiver, 'ping', NULL, '{}', 'ping ' || clock_timestamp())"


def ping(engine: Engine, receiver_id: int) -> int:
    """Queue an event `ping` for a receiver; the delivery's number."""
    with engine.begin() as connection:
        return int(connection.execute(text(_PING), {"receiver": receiver_id}).scalar_one())
