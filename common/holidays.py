"""Days of every year on which the shop is closed, as the owner writes them."""

import re
from datetime import date

_DAY = re.compile(r"(\d{2})-(\d{2})(?:\.\.(\d{2})-(\d{2}))?")

Day = tuple[int, int]  #: month, day


def read_holidays(value: str) -> tuple[tuple[Day, Day], ...]:
    """First and last day of each span.

    :param value: days of every year: `01-01..01-08, 03-08`; "" for none.
    :raises ValueError: with what is wrong, for the owner.
    """
    spans = []
    for part in filter(None, (part.strip() for part in value.split(","))):
        found = _DAY.fullmatch(part)
        if not found:
            raise ValueError(f"{part}: нужно так: 01-01..01-08, 03-08")
        first = _checked(found[1], found[2])
        last = _checked(found[3], found[4]) if found[3] else first
        spans.append((first, last))
    return tuple(spans)


def _checked(month: str, day: str) -> Day:
    try:
        date(2024, int(month), int(day))
    except ValueError:
        raise ValueError(f"{month}-{day}: нет такого дня") from None
    return int(month), int(day)
