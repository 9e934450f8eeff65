"""When managers answer."""

import re
from dataclasses import dataclass
from datetime import datetime, time

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_ALWAYS = "24/7"
_PART = re.compile(
    r"(?P<first>[a-z]{3})(?:\s*-\s*(?P<last>[a-z]{3}))?\s+"
    r"(?P<since>\d{1,2}:\d{2})\s*-\s*(?P<until>\d{1,2}:\d{2})"
)
_MIDNIGHT = time(23, 59, 59, 999999)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """The same hours on some days that follow each other."""

    first: int  #: Monday is 0
    last: int
    since: time
    until: time

    def __contains__(self, moment: datetime) -> bool:
        day = (moment.weekday() - self.first) % 7 <= (self.last - self.first) % 7
        return day and self.since <= moment.time() < self.until

    def __str__(self) -> str:
        days = _NAMES[self.first]
        if self.first != self.last:
            days += f"–{_NAMES[self.last]}"
        until = "24:00" if self.until == _MIDNIGHT else f"{self.until:%H:%M}"
        return f"{days} {self.since:%H:%M}–{until}"


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkHours:
    """A week."""

    parts: tuple[_Part, ...]  #: none: always

    @classmethod
    def read(cls, value: str) -> "WorkHours":
        """Of the setting.

        :param value: `Mon-Fri 09:00-20:00; Sat 10:00-14:00`, or `24/7`.
        :raises ValueError: with what is wrong, for the owner.
        """
        if value.strip() == _ALWAYS:
            return cls(parts=())
        return cls(parts=tuple(_part(part.strip().lower()) for part in value.split(";")))

    def open_at(self, moment: datetime) -> bool:
        """Whether somebody answers.

        :param moment: in the shop's time zone.
        """
        return not self.parts or any(moment in part for part in self.parts)

    def __str__(self) -> str:
        """As a customer reads it."""
        return ", ".join(map(str, self.parts)) or "круглосуточно"


def _part(text: str) -> _Part:
    found = _PART.fullmatch(text)
    if not found or found["first"] not in _DAYS or (found["last"] or "mon") not in _DAYS:
        raise ValueError("нужно так: Mon-Fri 09:00-20:00; Sat 10:00-14:00, или 24/7")
    since, until = _time(found["since"]), _time(found["until"])
    if since >= until:
        raise ValueError("часы начинаются раньше, чем кончаются; ночь делится на два дня")
    first = _DAYS.index(found["first"])
    return _Part(
        first=first,
        last=_DAYS.index(found["last"]) if found["last"] else first,
        since=since,
        until=until,
    )


def _time(text: str) -> time:
    if text == "24:00":
        return _MIDNIGHT
    hours, minutes = map(int, text.split(":"))
    try:
        return time(hours, minutes)
    except ValueError:
        raise ValueError(f"нет такого времени: {text}") from None
