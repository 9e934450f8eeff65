"""How a request's status and the speaker of a dialog change: the database's functions, called.

The rules are in the migration 0012, which the Rasa server's process calls as well
(connectors/managers/lifecycle.py). Each function works in its caller's transaction.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

Status = Literal["new", "taken", "answered", "closed"]
Step = Literal["taken", "answered", "closed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """What became of a request that was to move."""

    before: Status
    status: Status  #: now
    taken_by: str | None  #: whoever took it first
    moved: bool  #: False: it was as far already, and nothing changed


def move_request(
    connection: Connection, number: int, to: Step, *, by: str | None = None
) -> Moved | None:
    """Bring a request forward; steps may be skipped, none is taken back.

    :param by: who does it, as his colleagues know him.
    :returns: None: there is no such request.
    """
    row = connection.execute(
        text("SELECT * FROM request_move(:number, :to, :by)"),
        {"number": number, "to": to, "by": by},
    ).one_or_none()
    return Moved(**row._mapping) if row else None


def hand_over_request(connection: Connection, number: int, *, to: str) -> bool | None:
    """Give a request to a manager, whoever has it; a new one is taken by him.

    :param to: as his colleagues know him.
    :returns: False: it is closed, and nothing changed; None: there is no such request.
    """
    moved: bool | None = connection.execute(
        text("SELECT moved FROM request_hand_over(:number, :to)"), {"number": number, "to": to}
    ).scalar_one_or_none()
    return moved


def call_dialog(connection: Connection, dialog: str, *, channel: str, minutes: float) -> None:
    """Let the bot be silent, since its customer wants a person; nobody has come yet.

    :param minutes: after so long the bot speaks again.
    """
    connection.execute(
        text("SELECT dialog_call(:dialog, :channel, :minutes)"),
        {"dialog": dialog, "channel": channel, "minutes": minutes},
    )


def take_dialog(
    connection: Connection, dialog: str, *, by: str, minutes: float, only_if_taken: bool = False
) -> bool:
    """A manager speaks: the dialog is his, or stays with whoever has it, for `minutes`.

    :param only_if_taken: what the bot has stays the bot's.
    :returns: whether the bot had it until now.
    """
    began: bool = connection.execute(
        text("SELECT dialog_take(:dialog, :by, :minutes, :only_if_taken)"),
        {"dialog": dialog, "by": by, "minutes": minutes, "only_if_taken": only_if_taken},
    ).scalar_one()
    return began


def release_dialog(
    connection: Connection, dialog: str, *, only_silent: bool = False
) -> bool | None:
    """The bot has the dialog again.

    :param only_silent: not while its manager still has time to speak.
    :returns: whether a manager had come; False: he was only called; None: nothing changed.
    """
    came: bool | None = connection.execute(
        text("SELECT dialog_release(:dialog, :only_silent)"),
        {"dialog": dialog, "only_silent": only_silent},
    ).scalar_one()
    return came
