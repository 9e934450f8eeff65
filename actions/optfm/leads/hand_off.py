"""Calling a manager into a dialog: from then on the bot is silent there."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from common.work_hours import WorkHours
from optfm.leads.lifecycle import call_dialog
from optfm.outbox.entries import enqueue

_MOSCOW = ZoneInfo("Europe/Moscow")
_NONE = timedelta()
_STAFF = "SELECT EXISTS (SELECT FROM staff WHERE disabled_at IS NULL AND password IS NOT NULL)"
#: How often it is looked for them.
_STAFF_S = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Managers:
    """The people who take over, where there is a group of them."""

    hours: WorkHours
    zone: ZoneInfo
    silence_min: float  #: after so long without their word the bot speaks again
    there: Callable[[], bool] = lambda: True  #: whether anybody is there to be called

    def open_at(self, moment: datetime) -> bool:
        """Whether they answer now.

        :param moment: with a time zone.
        """
        return self.hours.open_at(moment.astimezone(self.zone))

    def hours_at(self, moment: datetime) -> str:
        """When they answer, as a customer anywhere reads it: `пн–пт 09:00–20:00 (МСК+2)`.

        :param moment: with a time zone; the clocks of some zones change with the season.
        """
        if not self.hours.parts:
            return str(self.hours)
        here, moscow = (moment.astimezone(zone).utcoffset() for zone in (self.zone, _MOSCOW))
        ahead_h = ((here or _NONE) - (moscow or _NONE)) / timedelta(hours=1)
        clock = f"МСК{ahead_h:+g}".replace("-", "−") if ahead_h else "по Москве"
        return f"{self.hours} ({clock})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A customer wants a person."""

    dialog: str  #: Rasa's sender id
    channel: str
    said: str  #: his last message
    why: str  #: "call", "calm" (he is angry) or "failure" (the bot could not answer)
    message_id: str  #: of that message: the same call is made once


class Staffed:
    """Whether anybody has an account at the desk; who comes there counts within seconds.

    :param engine: the shop's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known, self._asked = False, -_STAFF_S

    def __call__(self) -> bool:
        if time.monotonic() - self._asked > _STAFF_S:
            self._asked = time.monotonic()
            with contextlib.suppress(SQLAlchemyError), self._engine.connect() as connection:
                self._known = bool(connection.execute(text(_STAFF)).scalar_one())
        return self._known


def call_manager(engine: Engine, call: Call, *, silence_min: float) -> None:
    """Give the dialog to the managers and let them know, in one transaction.

    Nothing personal is needed for it, nor kept: they read the dialog and answer in it.

    :raises SQLAlchemyError: nothing was changed.
    """
    with engine.begin() as connection:
        call_dialog(connection, call.dialog, channel=call.channel, minutes=silence_min)
        enqueue(
            connection,
            "call_topic",
            key=f"call {call.dialog} {call.message_id}",
            dialog=call.dialog,
            payload={"said": call.said, "channel": call.channel, "why": call.why},
        )
