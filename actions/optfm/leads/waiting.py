"""Who waits for a person, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

# Who waits: a manager has the dialog, or was called, and nobody of the staff has answered the
# customer since. What the bot says in between answers nothing.
_WAITING = """
SELECT state.dialog, greatest(state.since, to_timestamp(asked.at)) AS waits_since, state.manager
FROM (
    SELECT external_id AS dialog, max(manager) AS manager, coalesce(max(since), now()) AS since
    FROM dialogs WHERE mode = 'manager' GROUP BY external_id
) AS state
LEFT JOIN LATERAL (
    SELECT max(id) AS id FROM events
    WHERE sender_id = state.dialog AND type_name = 'bot' AND event_manager(data) IS NOT NULL
) AS answered ON true
LEFT JOIN LATERAL (
    SELECT "timestamp" AS at FROM events
    WHERE sender_id = state.dialog AND type_name = 'user' AND id > coalesce(answered.id, 0)
    ORDER BY id LIMIT 1
) AS asked ON true
WHERE state.manager IS NULL OR asked.at IS NOT NULL
ORDER BY waits_since
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A customer who waits for a person."""

    dialog: str
    since: datetime
    manager: str | None  #: whom he waits for; None: anybody


def waiting(connection: Connection) -> list[Waiting]:
    """Who waits, the longest first."""
    rows = connection.execute(text(_WAITING)).mappings()
    return [Waiting(dialog=r["dialog"], since=r["waits_since"], manager=r["manager"]) for r in rows]
