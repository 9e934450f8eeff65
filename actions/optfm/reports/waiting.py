"""How long customers wait for a person, in working hours.

The clock starts when the bot gives the customer to people, or at his word while a manager has the
dialog; only a manager's word stops it. What nobody has answered yet is told apart and is in no
median.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from sqlalchemy import Connection, text

from optfm.reports.period import Period

IsOpen = Callable[[datetime], bool]

# A customer's word that the bot left to a manager carries `to: manager` in its metadata.
_WAITS = """
WITH said AS (
    SELECT id, sender_id AS dialog, to_timestamp("timestamp") AS at, type_name = 'user' AS asks,
        data::jsonb AS data
    FROM events WHERE type_name IN ('user', 'bot') AND to_timestamp("timestamp") >= :since
), begins AS (
    SELECT id, dialog, at FROM said
    WHERE CASE WHEN asks THEN data #>> '{metadata,to}' = 'manager'
        ELSE data #>> '{metadata,utter_action}' IN
            ('utter_hand_off', 'utter_hand_off_calm', 'utter_hand_off_failure') END
), answers AS (
    SELECT id, dialog, at, data #>> '{metadata,manager}' AS manager,
        lag(id) OVER (PARTITION BY dialog ORDER BY id) AS before
    FROM said WHERE NOT asks AND data #>> '{metadata,manager}' IS NOT NULL
)
SELECT b.dialog, min(b.at) AS began, a.at AS answered, a.manager
FROM begins b LEFT JOIN answers a
    ON a.dialog = b.dialog AND a.id > b.id AND coalesce(a.before, 0) < b.id
GROUP BY b.dialog, a.id, a.at, a.manager
HAVING min(b.at) < :until
ORDER BY began DESC
"""
_REQUESTS = """
SELECT d.external_id AS dialog, r.created_at AS began, r.taken_at AS answered,
    r.taken_by AS manager
FROM requests r JOIN dialogs d ON d.id = r.dialog_id
WHERE r.created_at >= :since AND r.created_at < :until
    AND (r.taken_at IS NOT NULL OR r.status <> 'closed')
ORDER BY began DESC
"""
Of = Literal["dialogs", "requests"]
_QUESTIONS: dict[Of, str] = {"dialogs": _WAITS, "requests": _REQUESTS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """One customer who waited, or waits, for a person."""

    dialog: str
    began: datetime
    answered: datetime | None  #: None: nobody has come yet
    manager: str | None
    minutes: float  #: of working hours, until the answer or until now


@dataclass(frozen=True, kw_only=True, slots=True)
class Waits:
    """All of them in a time, the latest first."""

    answered: tuple[Wait, ...]
    open: tuple[Wait, ...]

    @property
    def median(self) -> float | None:
        """Minutes that half of those who were answered waited at most; None: nobody was."""
        return share([wait.minutes for wait in self.answered], 0.5)

    @property
    def p90(self) -> float | None:
        """The same of nine in ten."""
        return share([wait.minutes for wait in self.answered], 0.9)


def waits(
    connection: Connection, period: Period, *, of: Of, is_open: IsOpen, now: datetime
) -> Waits:
    """Who waited for a person, with minutes of working hours.

    :param of: dialogs: until a manager's word; requests: until somebody takes them.
    :param is_open: whether people answer at a moment of the shop's clock.
    """
    found = connection.execute(text(_QUESTIONS[of]), period.values()).mappings()
    clock = WorkingTime(is_open)
    every = [
        Wait(
            **row,
            minutes=clock.minutes(
                row["began"].astimezone(period.zone),
                (row["answered"] or now).astimezone(period.zone),
            ),
        )
        for row in found
    ]
    return Waits(
        answered=tuple(wait for wait in every if wait.answered),
        open=tuple(wait for wait in every if not wait.answered),
    )


def share(values: Sequence[float], part: float) -> float | None:
    """The smallest value that at least this part of all does not exceed; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    rank = -(-len(ordered) * round(part * 100) // 100)  # rounded up, without floating point
    return ordered[max(rank, 1) - 1]


class WorkingTime:
    """Minutes in which somebody answers; each day's hours are found once.

    :param is_open: whether people answer at a moment of the shop's clock.
    """

    def __init__(self, is_open: IsOpen) -> None:
        self._is_open = is_open
        self._days: dict[date, list[tuple[datetime, datetime]]] = {}

    def minutes(self, began: datetime, ended: datetime) -> float:
        """Between two moments of the shop's clock."""
        total, day = timedelta(), began.date()
        while day <= ended.date():
            for since, until in self._spans(day, began.tzinfo):
                total += max(min(until, ended) - max(since, began), timedelta())
            day += timedelta(days=1)
        return total / timedelta(minutes=1)

    def _spans(self, day: date, zone: tzinfo | None) -> list[tuple[datetime, datetime]]:
        if day not in self._days:
            self._days[day] = self._asked(datetime.combine(day, time(), zone))
        return self._days[day]

    def _asked(self, start: datetime) -> list[tuple[datetime, datetime]]:
        """When a day is open: every minute of it is asked about."""
        spans: list[tuple[datetime, datetime]] = []
        since: datetime | None = None
        for minute in range(24 * 60):
            moment = start + timedelta(minutes=minute)
            if self._is_open(moment):
                since = since or moment
            elif since is not None:
                spans.append((since, moment))
                since = None
        return [*spans, (since, start + timedelta(days=1))] if since else spans
