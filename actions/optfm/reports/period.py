"""The time that a report is of: whole days on the shop's clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONGEST_DAYS = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Whole days, the last one with them."""

    first: date
    last: date
    zone: ZoneInfo  #: the shop's

    @classmethod
    def read(cls, first: str, last: str, *, today: date, zone: ZoneInfo, days: int = 7) -> "Period":
        """Of what a form holds; what is no date, or the wrong way round, is made good.

        :param first: `2026-11-01`, or anything else: `days` days until the last one.
        :param last: the same; anything else: today.
        """
        until = min(_date(last) or today, today)
        since = _date(first) or until - timedelta(days=days - 1)
        since = max(min(since, until), until - timedelta(days=_LONGEST_DAYS - 1))
        return cls(first=since, last=until, zone=zone)

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone)

    def values(self) -> dict[str, object]:
        """As the questions of reports take it."""
        return {"since": self.since, "until": self.until, "zone": self.zone.key}

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:%d.%m.%Y}"
        return f"{self.first:%d.%m.%Y} — {self.last:%d.%m.%Y}"


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
