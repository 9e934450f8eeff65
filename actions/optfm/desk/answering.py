"""A manager's answer from the desk: once to the customer, and never over a colleague's head.

Who answers has the dialog from then on (`leads.lifecycle`). The form that sends an answer names
the last line that its writer had read when he began it: where a colleague has spoken since, or
the bot is in its turn, nothing is sent and the writer is told.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from optfm.desk import audit
from optfm.desk.accounts import Staff
from optfm.leads.lifecycle import Step, move_request
from optfm.leads.speaking import say_as_manager
from optfm.outbox.entries import enqueue

#: What the channels take as one message.
LONGEST = 4_000
#: How long the bot may take to end its turn before the manager is told to look at it.
_TURN_S, _LOOK_S = 6.0, 0.2

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('desk ' || :dialog, 0))"
_ANSWERED = """
SELECT event_manager(data) AS name, to_timestamp("timestamp") AS at FROM events
WHERE sender_id = :dialog AND type_name = 'bot' AND event_manager(data) IS NOT NULL AND id > :seen
ORDER BY id LIMIT 1
"""
_ENTRY = "desk {key}"
_KNOWN = "SELECT EXISTS (SELECT FROM outbox WHERE key = :key)"
# A message that was taken and has no answer yet, while nobody of the staff has the dialog.
_BOT_SPEAKS = """
SELECT EXISTS (SELECT FROM inbox WHERE dialog = :dialog AND answers IS NULL
    AND received_at > now() - interval '25 seconds')
AND NOT EXISTS (SELECT FROM dialogs WHERE external_id = :dialog AND mode = 'manager')
"""
_OPEN_REQUESTS = """
SELECT r.id FROM requests r JOIN dialogs d ON d.id = r.dialog_id
WHERE d.external_id = :dialog AND r.status <> 'closed' ORDER BY r.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """It is written into the dialog and on its way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """It is not: the writer looks first."""

    by: str  #: who has answered; "": the bot is answering
    at: datetime | None


def answer(
    engine: Engine,
    dialog: str,
    words: str,
    *,
    who: Staff,
    seen: int,
    key: str,
    minutes: float,
    address: str,
    tell_topic: bool,
    custom: Mapping[str, Any] | None = None,
    also: Callable[[Connection], None] = lambda connection: None,
) -> Sent | Held:
    """Send an answer, unless the dialog has gone on.

    :param seen: the last event that the writer had read when he began.
    :param key: of the form: sent twice, the customer gets it once.
    :param minutes: after so long without a word of a manager the bot speaks again.
    :param tell_topic: whether a topic of the managers' group shows it, too.
    :param custom: what stands beside the words: `rows` of goods, a `file`, the `order`.
    :param also: what is done with it in one transaction; where it raises, nothing is sent.
    """
    entry = _ENTRY.format(key=key)
    until = time.monotonic() + _TURN_S
    while True:
        with engine.begin() as connection:
            connection.execute(text(_LOCK), {"dialog": dialog})
            if _true(connection, _KNOWN, key=entry):
                return Sent()
            values = {"dialog": dialog, "seen": seen}
            newer = connection.execute(text(_ANSWERED), values).one_or_none()
            if newer:
                return Held(by=newer.name, at=newer.at)
            if not _true(connection, _BOT_SPEAKS, dialog=dialog):
                also(connection)
                say_as_manager(
                    connection,
                    dialog,
                    words,
                    name=who.name,
                    key=entry,
                    minutes=minutes,
                    custom=custom,
                )
                answered(connection, dialog, who.name, step="answered")
                if tell_topic:
                    head = f"С рабочего места, {who.name}:"
                    _in_topic(connection, dialog, head, _with_file(words, custom), entry)
                audit.note(connection, who.id, "answer", dialog, address=address)
                return Sent()
        if time.monotonic() > until:
            return Held(by="", at=None)
        time.sleep(_LOOK_S)


def is_sent(engine: Engine, key: str) -> bool:
    """Whether the form of a key has sent its answer already."""
    with engine.connect() as connection:
        return _true(connection, _KNOWN, key=_ENTRY.format(key=key))


def answered(connection: Connection, dialog: str, name: str, *, step: Step) -> None:
    """Bring a dialog's requests forward."""
    for number in connection.execute(text(_OPEN_REQUESTS), {"dialog": dialog}).scalars().all():
        move_request(connection, number, step, by=name)


def _in_topic(connection: Connection, dialog: str, head: str, words: str, key: str) -> None:
    enqueue(
        connection,
        "topic_note",
        dialog=dialog,
        key=f"note {key}",
        payload={"note": head, "quoted": words, "topic": None},
    )


def _with_file(words: str, custom: Mapping[str, Any] | None) -> str:
    name = str(((custom or {}).get("file") or {}).get("name") or "")
    return words if not name or name in words else f"{words}\nФайл: {name}"


def _true(connection: Connection, question: str, **values: str) -> bool:
    found: bool = connection.execute(text(question), values).scalar_one()
    return found
