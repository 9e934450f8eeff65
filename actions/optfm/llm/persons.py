"""Which words of a text are people's names.

By the dictionary (pymorphy3): what is a name and nothing else, however it is typed; what may be
something else («роман», «вера»), only with a capital inside a sentence. Goods are no people.
"""

import functools
import re
from collections.abc import Iterator

import pymorphy3

from optfm.catalog import vocabulary

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_PERSON = ("Name", "Surn", "Patr")
_PLACE = ("Geox", "Orgn")
#: Shares of a word's readings: beyond the first it is a name in small letters too.
_ONLY_A_NAME, _MOSTLY_A_NAME = 0.9, 0.6
_SENTENCE = re.compile(r"(?:^|[.!?…\n:])[\s«\"(—-]*$")
#: What stands before a place: «в Владимир», «город Киров».
_TOWARDS = re.compile(r"\b(?:в|во|из|до|под|город|городе|города|г)[.\s]+$", re.IGNORECASE)


def people(text: str) -> Iterator[tuple[int, int]]:
    """Where names of people begin and end, in the order of the text."""
    ended = -9
    for found in _WORD.finditer(text):
        before = text[: found.start()]
        beside = before[ended:].strip() == "" and ended >= 0
        if _is_name(found[0], inside=not _SENTENCE.search(before), before=before, beside=beside):
            ended = found.end()
            yield found.span()


def _is_name(word: str, *, inside: bool, before: str, beside: bool) -> bool:
    """:param inside: a sentence does not begin with it.

    :param beside: the word before it is a name.
    """
    low = word.lower().replace("ё", "е")
    if len(low) < 3 or low in _goods():
        return False
    capital = word[0].isupper() and not word.isupper()
    person, place, known = _shares(low)
    if beside and capital and word.lower() not in _goods():
        return True  # a surname that no dictionary has
    if place and (place > person or _TOWARDS.search(before)):
        return False
    if not known or not person:
        return False
    if person >= _ONLY_A_NAME:
        return True
    return capital and (person >= _MOSTLY_A_NAME or inside)


@functools.lru_cache(20_000)
def _shares(word: str) -> tuple[float, float, bool]:
    """How much of a word is a person, how much a place; and whether the dictionary has it."""
    readings = _analyser().parse(word)
    total = sum(r.score for r in readings) or 1.0
    person = sum(r.score for r in readings if any(mark in r.tag for mark in _PERSON))
    place = sum(r.score for r in readings if any(mark in r.tag for mark in _PLACE))
    return person / total, place / total, any(r.is_known for r in readings)


@functools.cache
def _analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@functools.cache
def _goods() -> frozenset[str]:
    """Words by which goods and their makers are called."""
    known = vocabulary.load()
    said = [
        *known.brands, *known.slang, *known.synonyms, *known.colours,
        *(w for lists in (known.brands, known.synonyms, known.colours) for ws in lists.values()
          for w in ws),
        *(w for series in known.series.values() for w in series.words),
    ]  # fmt: skip
    return frozenset(part.lower().replace("ё", "е") for words in said for part in words.split())
