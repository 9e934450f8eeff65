"""Working days of the shop: what is open at a moment, and when it opens next."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from common.holidays import Day, read_holidays
from optfm.facts.terms import Hours

_SATURDAY = 5
_LONGEST_CLOSED_DAYS = 30
_WEEKDAYS = (
    "понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье",
)  # fmt: skip
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """Monday to Friday without holidays."""

    holidays: tuple[tuple[Day, Day], ...] = ()  #: first and last

    @classmethod
    def read(cls, value: str) -> "Calendar":
        """Of the setting.

        :param value: days of every year: `01-01..01-08, 03-08`; "" for none.
        :raises ValueError: with what is wrong, for the owner.
        """
        return cls(holidays=read_holidays(value))

    def is_holiday(self, day: date) -> bool:
        """Whether a day is one of the holidays."""
        here = (day.month, day.day)
        return any(first <= here <= last for first, last in self.holidays)

    def is_eve(self, day: date) -> bool:
        """Whether a working day is the last one before a holiday."""
        return self.is_working(day) and self.is_holiday(day + timedelta(days=1))

    def is_working(self, day: date) -> bool:
        """Whether the shop works on a day."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def next_working(self, day: date) -> date:
        """The first working day after a day."""
        for later in range(1, _LONGEST_CLOSED_DAYS):
            if self.is_working(found := day + timedelta(days=later)):
                return found
        return day + timedelta(days=1)

    def is_open(self, hours: Hours, moment: datetime) -> bool:
        """Whether a place is open at a moment."""
        return self.is_working(moment.date()) and hours.opens <= moment.time() < hours.closes

    def opens_next(self, hours: Hours, moment: datetime) -> date:
        """The day on which a closed place opens: today where it has not opened yet."""
        today = moment.date()
        if self.is_working(today) and moment.time() < hours.opens:
            return today
        return self.next_working(today)

    def why_closed(self, day: date) -> str:
        """«воскресенье» or «праздничный день»; "" on a working day."""
        if self.is_holiday(day):
            return "праздничный день, график уточните у менеджера"
        return ("суббота", "воскресенье")[day.weekday() - _SATURDAY] if day.weekday() >= 5 else ""


def on_day(day: date, today: date) -> str:
    """«вчера», «сегодня», «завтра» or «в понедельник, 30 ноября»."""
    if day == today:
        return "сегодня"
    if day == today - timedelta(days=1):
        return "вчера"
    dated = f"{day.day} {_MONTHS[day.month - 1]}"
    if day == today + timedelta(days=1):
        return f"завтра, {dated}"
    preposition = "во" if _WEEKDAYS[day.weekday()].startswith("вт") else "в"
    return f"{preposition} {_WEEKDAYS[day.weekday()]}, {dated}"


def clock(moment: time) -> str:
    """«9:00»."""
    return f"{moment.hour}:{moment.minute:02}"
