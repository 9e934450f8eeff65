"""Whose a dialog is: taken, handed over, given back to the bot, closed."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from optfm.desk.answering import answered
from optfm.leads.lifecycle import take_dialog
from optfm.leads.speaking import give_back
from optfm.outbox.entries import enqueue

_OWNER = """
SELECT manager FROM dialogs WHERE external_id = :dialog AND mode = 'manager'
ORDER BY manager NULLS LAST LIMIT 1 FOR UPDATE
"""
_ASSIGN = "SELECT dialog_assign(:dialog, :to, :minutes)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """Who has a dialog after somebody wanted it."""

    by: str
    mine: bool


def take(connection: Connection, dialog: str, name: str, *, shown: str, minutes: float) -> Taken:
    """Make a dialog somebody's, unless another took it since he looked.

    :param shown: whose it was when he looked; "": nobody's, or the bot's.
    """
    owner = owner_of(connection, dialog)
    if owner not in (None, shown, name):
        return Taken(by=str(owner), mine=False)
    assign(connection, dialog, name, minutes=minutes)
    answered(connection, dialog, name, step="taken")
    return Taken(by=name, mine=True)


def assign(connection: Connection, dialog: str, name: str, *, minutes: float) -> bool:
    """Hand a dialog over to one of the staff.

    :returns: whether he has it now.
    """
    take_dialog(connection, dialog, by=name, minutes=minutes)
    values = {"dialog": dialog, "to": name, "minutes": minutes}
    done: bool = connection.execute(text(_ASSIGN), values).scalar_one()
    return done


def to_bot(connection: Connection, dialog: str) -> bool:
    """Let the bot speak again, and tell the customer; whether it did not have it before."""
    return give_back(connection, dialog, key=f"desk back {uuid.uuid4().hex}")


def close(connection: Connection, dialog: str, name: str) -> None:
    """End the talk: its requests are closed, the customer is told, the bot is back."""
    answered(connection, dialog, name, step="closed")
    give_back(connection, dialog, key=f"desk closed {uuid.uuid4().hex}", closed=True)


def owner_of(connection: Connection, dialog: str) -> str | None:
    """Which of the staff has a dialog; None: the bot, or nobody yet."""
    owner: str | None = connection.execute(text(_OWNER), {"dialog": dialog}).scalar_one_or_none()
    return owner


def tell_topic(connection: Connection, dialog: str, words: str) -> None:
    """Let a topic of the managers' group say so, too."""
    key = f"desk note {uuid.uuid4().hex}"
    payload = {"note": words, "topic": None}
    enqueue(connection, "topic_note", dialog=dialog, key=key, payload=payload)
