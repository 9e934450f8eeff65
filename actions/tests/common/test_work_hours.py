"""Working hours as the owner writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from common.work_hours import WorkHours
from optfm.leads.hand_off import Managers


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2025-09-01T09:00", True),  # Monday
        ("2025-09-01T08:59", False),
        ("2025-09-05T19:59", True),  # Friday
        ("2025-09-05T20:00", False),
        ("2025-09-06T13:00", True),  # Saturday
        ("2025-09-06T15:00", False),
        ("2025-09-07T12:00", False),  # Sunday
    ],
)
def test_each_part_counts_on_its_days(moment: str, is_open: bool):
    """Weekdays and a short Saturday."""
    hours = WorkHours.read("Mon-Fri 09:00-20:00; Sat 10:00-14:00")
    assert hours.open_at(datetime.fromisoformat(moment)) is is_open


def test_round_the_clock_and_over_the_weekend():
    """24/7 is always; days may run over the end of the week."""
    assert WorkHours.read("24/7").open_at(datetime(2025, 9, 7, 3))
    weekend = WorkHours.read("Sat-Mon 00:00-24:00")
    assert weekend.open_at(datetime(2025, 9, 1, 23, 59))
    assert not weekend.open_at(datetime(2025, 9, 2, 0, 0))


def test_a_customer_reads_them_in_his_language():
    """They stand in the answer outside working hours."""
    hours = WorkHours.read("Mon-Fri 9:00-20:00; Sat 10:00-24:00")
    assert str(hours) == "пн–пт 09:00–20:00, сб 10:00–24:00"


@pytest.mark.parametrize(
    "wrong", ["", "9-20", "Mon-Fry 9:00-20:00", "Mon 20:00-9:00", "Mon 9:00-25:00", "always"]
)
def test_what_is_wrong_stops_the_start(wrong: str):
    """The words go to the owner as they are."""
    with pytest.raises(ValueError, match="нужно так|начинаются|нет такого"):
        WorkHours.read(wrong)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Moscow", "пн–пт 09:00–20:00 (по Москве)"),
        ("Asia/Yekaterinburg", "пн–пт 09:00–20:00 (МСК+2)"),
        ("Europe/Kaliningrad", "пн–пт 09:00–20:00 (МСК−1)"),
        ("Europe/Kirov", "пн–пт 09:00–20:00 (по Москве)"),
    ],
)
def test_hours_say_by_whose_clock(zone: str, words: str):
    """The setting TIMEZONE names the office's."""
    managers = Managers(
        hours=WorkHours.read("Mon-Fri 09:00-20:00"), zone=ZoneInfo(zone), silence_min=30
    )
    assert managers.hours_at(datetime(2026, 11, 23, tzinfo=UTC)) == words
