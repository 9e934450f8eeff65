"""The words of numbers, days and sums (numbers.yml), checked when they are read."""

import re
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from common.phrases import START, alternatives, any_of
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).with_name("numbers.yml")
_DAYS = range(1, 8)


class Numbers(BaseModel):
    """The file: lists of words in lower case, ё as е; a star is any ending."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cardinal: dict[int, tuple[str, ...]]
    ordinal: dict[int, tuple[str, ...]]
    weekdays: dict[int, tuple[str, ...]]  #: 1 is Monday; beginnings, or with a point whole words
    named_days: dict[str, tuple[str, ...]]  #: `MM-DD` of a feast
    before_a_sum: frozenset[str]
    this_sum: tuple[str, ...]
    how_far: tuple[str, ...]
    bought_elsewhere: tuple[str, ...]
    term_over: tuple[str, ...]
    of_the_term: tuple[str, ...]
    thousands: dict[int, tuple[str, ...]]  #: what a sum of so many thousands is called
    every_time: tuple[str, ...]
    english: frozenset[str]

    @cached_property
    def values(self) -> dict[str, int]:
        """The number that a cardinal numeral is."""
        return _by_word(self.cardinal)

    @cached_property
    def places(self) -> dict[str, int]:
        """The number that an ordinal numeral is."""
        return _by_word(self.ordinal)

    @cached_property
    def days(self) -> tuple[re.Pattern[str], ...]:
        """What finds each day of the week; Monday first."""
        return tuple(any_of(map(_beginning, self.weekdays[day])) for day in _DAYS)

    @cached_property
    def named(self) -> dict[re.Pattern[str], tuple[int, int]]:
        """What finds each feast → its month and day."""
        days = {day: tuple(map(int, day.split("-"))) for day in self.named_days}
        return {any_of(said): (days[day][0], days[day][1]) for day, said in self.named_days.items()}

    @cached_property
    def points_at_a_sum(self) -> re.Pattern[str]:
        """«на эту сумму»: one that was told before."""
        return any_of(self.this_sum)

    @cached_property
    def asks_how_far(self) -> re.Pattern[str]:
        """«сколько до бесплатной»: from a sum that was told before."""
        return any_of(self.how_far)

    @cached_property
    def not_passed(self) -> re.Pattern[str]:
        """«каждый месяц», «раз в год»: how often, not how long ago."""
        return any_of(self.every_time)

    @cached_property
    def notes(self) -> re.Pattern[str]:
        """«на пятёрку»: thousands by one word; «на десятку чехлов» is of pieces."""
        said = alternatives(word for words in self.thousands.values() for word in words)
        prepositions = "(на|за|от|до|с|около)"
        return re.compile(rf"{START}{prepositions}\s+({said})(?!\s+\w+(?:ов|ев|ей|ок|ек|ол|ел)\b)")

    def note(self, word: str) -> int:
        """The thousands that a word stands for."""
        return next(n for n, words in self.thousands.items() if word in words)

    @cached_property
    def elsewhere(self) -> re.Pattern[str]:
        """«раньше брали в Москве»: the place is no town to deliver to."""
        bought = alternatives(self.bought_elsewhere)
        between = r"(?:\w+\s+){0,2}?"
        return re.compile(rf"{START}{bought}\s+{between}(?:в|во|из|у|с)\s+[\w-]+", re.IGNORECASE)

    @cached_property
    def asks_of_the_term(self) -> re.Pattern[str]:
        """«десять дней от чего считать»: the days are the term's, and none have passed."""
        return any_of(self.of_the_term)

    @cached_property
    def is_over(self) -> re.Pattern[str]:
        """«гарантия кончилась»: what has passed is counted from its end."""
        return any_of(self.term_over)


@lru_cache(maxsize=1)
def numbers() -> Numbers:
    """The words of numbers.yml.

    :raises pydantic.ValidationError: the file is not of this form.
    """
    return Numbers.model_validate(read_yaml(FILE.read_text(encoding="utf-8")))


def _beginning(word: str) -> str:
    """As a pattern: «сб.» is a whole word, «суббот» begins one."""
    return word.removesuffix(".") if word.endswith(".") else f"{word}*"


def _by_word(words: dict[int, tuple[str, ...]]) -> dict[str, int]:
    return {word: number for number, said in words.items() for word in said}
