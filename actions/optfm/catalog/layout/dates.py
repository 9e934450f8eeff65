"""The date of a list, wherever it stands around the goods."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from optfm.catalog.layout.words import tokens, words
from optfm.catalog.readers.sheet import SheetRow

_DIGITS = re.compile(
    r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)"
)  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_IN_WORDS = re.compile(r"(\d{1,2})[\s»\"”“'«]+([^\W\d_]{3,12})\.?,?\s+(\d{4})")
#: As spreadsheets print a day: «7-ноя-26».
_SHORT = re.compile(r"(?<![\d-])(\d{1,2})-([^\W\d_]{3,4})\.?-(\d{4}|\d{2})(?!\d)")
_SURE, _LIKELY, _BARE = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Found:
    """A date and how it is written."""

    day: date | None  #: None: there is no such day
    text: str
    worth: int


def list_date(rows: Iterable[SheetRow]) -> tuple[date | None, tuple[Found, ...]]:
    """The one date that the rows around the goods give to the list.

    :returns: the date, or None with what was found: nothing, several, a day that does not exist.
    """
    found = [one for row in rows for one in _in_row(row)]
    for worth in (_SURE, _LIKELY, _BARE):
        best = [one for one in found if one.worth == worth]
        days = {one.day for one in best}
        if len(days) == 1:
            return best[0].day, tuple(best)
        if days:
            return None, tuple(best)
    return None, ()


def dates_in(text: str) -> Iterator[tuple[date | None, re.Match[str]]]:
    """Each date that the text writes; None for 31 June."""
    for match in _DIGITS.finditer(text):
        yield _day(_year(match[4]), int(match[3]), int(match[1])), match
    for match in _ISO.finditer(text):
        yield _day(int(match[1]), int(match[2]), int(match[3])), match
    for match in (*_IN_WORDS.finditer(text), *_SHORT.finditer(text)):
        month = words().months.get(match[2].casefold().replace("ё", "е"))
        if month:
            yield _day(_year(match[3]), month, int(match[1])), match


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2099 else None
    except ValueError:
        return None


def _in_row(row: SheetRow) -> Iterator[Found]:
    before = ""
    for column in sorted(row.cells):
        value = row.cells[column].value
        if isinstance(value, date):
            yield Found(value, f"{value:%d.%m.%Y}", _worth(tokens(before), ()))
        elif isinstance(value, str):
            for day, match in dates_in(value):
                near = tokens(f"{before} {value[: match.start()]}")
                yield Found(day, match[0].strip(), _worth(near, tokens(value)))
            before = value


def _worth(before: Sequence[str], whole: Sequence[str]) -> int:
    if words().date_until.found(tuple(before[-1:])):
        return 0
    everything = (*before, *whole)
    if any(word.startswith(("прайс", "прейскурант")) for word in everything):
        return _SURE
    if words().date_far.found(tuple(everything)):
        return 0
    return _LIKELY if words().date_near.found(tuple(everything)) else _BARE
