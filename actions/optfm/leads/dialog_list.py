"""Dialogs and what was said in them, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

# From the newest message back: the last one of each dialog stands for it. Two look-ups by an
# index a message, however many dialogs there are.
_DIALOGS = """
SELECT last.id, last.dialog, last.at AS last_at, last.author AS last_author, last.text AS last_text,
    state.mode, state.manager, state.until, state.channel
FROM (
    SELECT id, sender_id AS dialog FROM events AS e
    WHERE type_name IN ('user', 'bot') AND id < :before
        AND (CAST(:since AS timestamptz) IS NULL
            OR "timestamp" >= extract(epoch FROM CAST(:since AS timestamptz)))
        AND (CAST(:until AS timestamptz) IS NULL
            OR "timestamp" < extract(epoch FROM CAST(:until AS timestamptz)))
        AND NOT EXISTS (SELECT FROM events AS later WHERE later.sender_id = e.sender_id
            AND later.type_name = 'user' AND later.id > e.id)
        AND NOT EXISTS (SELECT FROM events AS later WHERE later.sender_id = e.sender_id
            AND later.type_name = 'bot' AND later.id > e.id)
        AND (CAST(:mode AS text) IS NULL OR :mode = coalesce(
            (SELECT d.mode FROM dialogs d WHERE d.external_id = e.sender_id
                ORDER BY d.mode DESC LIMIT 1), 'bot'))
    ORDER BY id DESC LIMIT :limit
) AS page
JOIN messages AS last ON last.id = page.id
LEFT JOIN LATERAL (
    SELECT mode, manager, until, channel FROM dialogs WHERE external_id = page.dialog
    ORDER BY mode DESC LIMIT 1
) AS state ON true
ORDER BY last.id DESC
"""
_MESSAGES = """
SELECT id, at, author, text, channel, buttons, custom FROM messages
WHERE dialog = :dialog AND id < :before
    AND (CAST(:since AS timestamptz) IS NULL OR at >= :since)
    AND (CAST(:until AS timestamptz) IS NULL OR at < :until)
ORDER BY id DESC LIMIT :limit
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialog:
    """A dialog as it stands now."""

    id: int  #: of its last message
    dialog: str  #: Rasa's sender id
    channel: str | None
    last_at: datetime
    last_author: str  #: "customer", "bot" or "manager"
    last_text: str | None
    mode: str  #: "bot" or "manager": who speaks
    manager: str | None
    until: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DialogMessage:
    """One message of a dialog."""

    id: int
    at: datetime
    author: str
    text: str | None
    channel: str | None
    buttons: Any
    custom: Any


def dialogs(
    engine: Engine,
    *,
    limit: int,
    before: int,
    since: datetime | None = None,
    until: datetime | None = None,
    mode: str | None = None,
) -> list[Dialog]:
    """Whoever wrote last comes first.

    :param before: the last message has a smaller number.
    :param mode: only those that the bot, or a manager, has.
    """
    values = {"limit": limit, "before": before, "since": since, "until": until, "mode": mode}
    with engine.connect() as connection:
        rows = connection.execute(text(_DIALOGS), values).mappings()
        return [Dialog(**{**row, "mode": row["mode"] or "bot"}) for row in rows]


def messages(
    engine: Engine,
    dialog: str,
    *,
    limit: int,
    before: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[DialogMessage]:
    """What was said in a dialog, the newest first."""
    values = {"dialog": dialog, "limit": limit, "before": before, "since": since, "until": until}
    with engine.connect() as connection:
        return [
            DialogMessage(**row) for row in connection.execute(text(_MESSAGES), values).mappings()
        ]
