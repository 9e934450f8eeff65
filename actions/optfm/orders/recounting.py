"""A quantity changed by what it was: «на 2 больше», «убавь на 5», «удвой»."""

import re
from dataclasses import dataclass
from fractions import Fraction

from common import published
from optfm.orders.edit_words import edit_words
from optfm.orders.quantities import number_of, number_pattern
from optfm.orders.words import FILES, order_words

_UP_TO = re.compile(r"(?<!\w)до\s+\S+(?:\s*шт\w*\.?)?\s*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recount:
    """What becomes of a quantity."""

    rest: str  #: the text without it
    more: int = 0  #: pieces, negative for fewer
    times: Fraction = Fraction(1)

    def of(self, quantity: int) -> int:
        """The new quantity, never less than nothing."""
        return max(0, int(quantity * self.times) + self.more)


def recount(low: str) -> Recount | None:
    """What a text changes a quantity by, None where it does not.

    :param low: lower-case text without «ё».
    """
    words = edit_words().verbs
    if _UP_TO.search(low):
        return None  # «убавь до 6» says what it will be
    for name, times in (("twice", Fraction(2)), ("half", Fraction(1, 2))):
        if match := words[name].search(low):
            return Recount(rest=_without(low, match), times=times)
    if so_many_times := _times(low):
        return so_many_times
    for pattern, sign in _patterns():
        match = pattern.search(low)
        value = number_of(match["number"]) if match else None
        if match and value:
            return Recount(rest=_without(low, match), more=sign * value)
    return None


def _times(low: str) -> Recount | None:
    """«в 3 раза больше», «увеличь в два раза»; None where nothing says which way."""
    words = edit_words().verbs
    number, times = number_pattern(), words["so_many_times"].pattern
    for word, factor_of in edit_words().times.items():
        low = re.sub(rf"(?<!\w){word}(?!\w)", f"в {factor_of} раза", low)
    match = re.search(rf"(?<!\w)в\s+(?P<number>{number})\s+{times}", low)
    value = number_of(match["number"]) if match else None
    if match is None or not value:
        return None
    rest = _without(low, match)
    for names, factor in (
        (("more", "increase"), Fraction(value)),
        (("less", "decrease"), Fraction(1, value)),
    ):
        for name in names:
            if way := words[name].search(rest):
                return Recount(rest=_without(rest, way), times=factor)
    return None


def _made_patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    words = edit_words().verbs
    unit = rf"(?:\s*(?:{order_words().pieces.pattern})(?![\w-])\.?)?"
    number = rf"(?P<number>{number_pattern()})(?!\w){unit}"
    #: «одну убавь», «на 2 убавь»; the number of «2015 минус» names goods
    first = rf"(?<!\w)(?:на\s+|(?=[^\W\d])){number}"
    by = rf"(?<!\w)(?:на|по)\s+{number}\s+(?P<between>\S+\s+)??"
    return (
        (re.compile(by + words["more"].pattern), 1),
        (re.compile(by + words["less"].pattern), -1),
        (re.compile(rf"{first}\s+{words['increase'].pattern}\s*$"), 1),
        (re.compile(rf"{first}\s+{words['decrease'].pattern}\s*$"), -1),
        (re.compile(rf"{words['increase'].pattern}(?P<between>.*)\s(?:на|по)\s+{number}\s*$"), 1),
        (
            re.compile(
                rf"{words['decrease'].pattern}(?P<between>.*?)\s(?:(?:на|по)\s+)?{number}\s*$"
            ),
            -1,
        ),
    )


_patterns: published.Following[tuple[tuple[re.Pattern[str], int], ...]] = published.Following(
    _made_patterns, *FILES
)


def _without(text: str, match: re.Match[str]) -> str:
    """The text without the words and the number that change the quantity."""
    between = match.groupdict().get("between") or "" if match.re.groupindex else ""
    return " ".join(f"{text[: match.start()]} {between} {text[match.end() :]}".split())
