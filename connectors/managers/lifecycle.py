"""How a request's status and the speaker of a dialog change: the database's functions, called.

The rules are in the migration 0012, which the other environment calls as well
(actions/optfm/leads/lifecycle.py). Each function works in its caller's transaction.
"""

from dataclasses import dataclass
from typing import Literal

from psycopg2.extensions import cursor as Cursor

Status = Literal["new", "taken", "answered", "closed"]
Step = Literal["taken", "answered", "closed"]


@dataclass(frozen=True)
class Moved:
    """What became of a request that was to move."""

    before: Status
    status: Status  #: now
    taken_by: str | None  #: whoever took it first
    moved: bool  #: False: it was as far already, and nothing changed


def move_request(cursor: Cursor, number: int | None, to: Step, *, by: str | None) -> Moved | None:
    """Bring a request forward; steps may be skipped, none is taken back.

    :param by: who does it, as his colleagues know him.
    :returns: None: there is no such request.
    """
    cursor.execute(
        "SELECT before, status, taken_by, moved FROM request_move(%s, %s, %s)", (number, to, by)
    )
    row = cursor.fetchone()
    return Moved(*row) if row else None


def take_dialog(
    cursor: Cursor, dialog: str, *, by: str | None, minutes: float, only_if_taken: bool = False
) -> bool:
    """A manager speaks: the dialog is his, or stays with whoever has it, for `minutes`.

    :param only_if_taken: what the bot has stays the bot's.
    :returns: whether the bot had it until now.
    """
    cursor.execute("SELECT dialog_take(%s, %s, %s, %s)", (dialog, by, minutes, only_if_taken))
    (began,) = cursor.fetchone() or (False,)
    return bool(began)


def release_dialog(cursor: Cursor, dialog: str, *, only_silent: bool = False) -> bool | None:
    """The bot has the dialog again.

    :param only_silent: not while its manager still has time to speak.
    :returns: whether a manager had come; False: he was only called; None: nothing changed.
    """
    cursor.execute("SELECT dialog_release(%s, %s)", (dialog, only_silent))
    (came,) = cursor.fetchone() or (None,)
    return None if came is None else bool(came)
