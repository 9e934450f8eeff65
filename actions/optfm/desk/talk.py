"""What was said in a dialog, as the customer saw it, and what the staff noted between."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, text

Author = Literal["customer", "bot", "manager", "note"]
State = Literal["sending", "trying", "sent", "waiting", "given_up"]

PAGE = 50
#: Of a log that is followed: older lines are asked for.
_MOST = 300
_LINES = """
SELECT id, type_name, "timestamp" AS at, data FROM events
WHERE sender_id = :dialog AND type_name IN ('user', 'bot') AND id < :before AND id >= :first
ORDER BY id DESC LIMIT :limit
"""
_NOTES = """
SELECT n.id, n.at, n.text, coalesce(s.name, '') AS name FROM staff_notes n
LEFT JOIN staff s ON s.id = n.staff_id
WHERE n.dialog = :dialog AND n.at >= :since AND n.at < :until ORDER BY n.id
"""
_DELIVERIES = """
SELECT id, status, attempts, last_error, payload #>> '{answer,custom,id}' AS said
FROM outbox WHERE dialog = :dialog AND kind = 'customer' ORDER BY id DESC LIMIT 500
"""
_NEWEST = """
SELECT coalesce(max(id), 0) FROM events
WHERE sender_id = :dialog AND type_name IN ('user', 'bot')
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What became of an answer."""

    entry: int  #: of the outbox
    state: State
    reason: str  #: why not, "" where it is on its way or there


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that was said, or noted."""

    id: int  #: of the event; of a note its own
    at: datetime
    author: Author
    text: str
    name: str = ""  #: of the manager
    rows: Sequence[Mapping[str, Any]] = ()  #: goods shown as cards
    nearest: Sequence[Mapping[str, Any]] = ()  #: goods shown as coming near
    list_date: str = ""  #: of those goods, as ISO has it
    buttons: Sequence[str] = ()  #: what could be pressed
    file: Mapping[str, Any] = field(default_factory=dict)
    intent: str = ""  #: as what the bot took it
    confidence: float = 0.0
    delivery: Delivery | None = None

    @property
    def key(self) -> str:
        """Of the line in a page."""
        return f"n{self.id}" if self.author == "note" else f"m{self.id}"


def lines(
    connection: Connection, dialog: str, *, before: int = 2**62, first: int = 0
) -> tuple[list[Line], bool]:
    """The last lines before one, oldest first.

    :param before: of an event: the ones below it.
    :param first: of an event: from it on, however many there are (up to a limit).
    :returns: the lines, and whether there are older ones.
    """
    limit = _MOST if first else PAGE + 1
    values = {"dialog": dialog, "before": before, "first": first, "limit": limit}
    events = connection.execute(text(_LINES), values).all()
    older = len(events) > PAGE if not first else True
    events = events if first else events[:PAGE]
    deliveries = _deliveries(connection, dialog)
    said = [_line(row, deliveries) for row in reversed(events)]
    since = said[0].at if older and said else datetime(1970, 1, 1, tzinfo=UTC)
    until = datetime(9999, 1, 1, tzinfo=UTC)
    if before < 2**62 and said:
        until = datetime.fromtimestamp(_at(connection, before, said[-1].at.timestamp()), UTC)
    noted = [
        Line(id=row.id, at=row.at, author="note", text=row.text, name=row.name)
        for row in connection.execute(
            text(_NOTES), {"dialog": dialog, "since": since, "until": until}
        )
    ]
    return sorted([*said, *noted], key=lambda line: line.at), older


def newest(connection: Connection, dialog: str) -> int:
    """The number of the last thing said; 0: nothing was."""
    found: int = connection.execute(text(_NEWEST), {"dialog": dialog}).scalar_one()
    return found


def line(connection: Connection, dialog: str, number: int) -> Line | None:
    """One thing that was said."""
    values = {"dialog": dialog, "before": number + 1, "first": number, "limit": 1}
    row = connection.execute(text(_LINES), values).one_or_none()
    return _line(row, {}) if row else None


def _at(connection: Connection, event: int, otherwise: float) -> float:
    found = connection.execute(
        text('SELECT "timestamp" FROM events WHERE id = :id'), {"id": event}
    ).scalar_one_or_none()
    return float(found if found is not None else otherwise)


def _deliveries(connection: Connection, dialog: str) -> dict[str, Delivery]:
    found = connection.execute(text(_DELIVERIES), {"dialog": dialog}).all()
    return {row.said: _delivery(row) for row in found if row.said}


def _delivery(row: Any) -> Delivery:  # noqa: ANN401 - a row
    if row.status == "pending":
        state: State = "trying" if row.attempts else "sending"
    else:
        state = row.status
    reason = "" if state in ("sent", "sending") else str(row.last_error or "")
    return Delivery(entry=row.id, state=state, reason=reason)


def _line(row: Any, deliveries: Mapping[str, Delivery]) -> Line:  # noqa: ANN401 - a row
    said = _object(row.data)
    metadata = _dict(said.get("metadata"))
    at = datetime.fromtimestamp(row.at or 0, UTC)
    if row.type_name == "user":
        parsed = _dict(_dict(said.get("parse_data")).get("intent"))
        file = _dict(metadata.get("file"))
        words = str(metadata.get("button") or said.get("text") or "")
        return Line(
            id=row.id, at=at, author="customer", file=file,
            text="" if file and words == file.get("name") else words,
            intent=str(parsed.get("name") or ""), confidence=_number(parsed.get("confidence")),
        )  # fmt: skip
    data = _dict(said.get("data"))
    custom = _dict(data.get("custom"))
    manager = str(metadata.get("manager") or "")
    file = _dict(custom.get("file"))
    words = str(said.get("text") or "")
    return Line(
        id=row.id, at=at, author="manager" if manager else "bot", name=manager,
        text="" if file and words == f"Файл: {file.get('name')}" else words,
        rows=_rows(custom.get("rows")),
        nearest=_rows(custom.get("nearest")), list_date=str(custom.get("list_date") or ""),
        buttons=[str(b.get("title")) for b in _rows(data.get("buttons")) if b.get("title")],
        file=file,
        delivery=deliveries.get(str(custom.get("id"))) if manager else None,
    )  # fmt: skip


def _object(data: str | None) -> dict[str, Any]:
    try:
        return _dict(json.loads(data or "{}"))
    except ValueError:
        return {}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
