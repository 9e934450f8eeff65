"""What the Russian dictionary (pymorphy3) says of a word form, for masking and for judging."""

import functools
from dataclasses import dataclass

from optfm.text.morphology import analyser

_PERSON = ("Name", "Surn", "Patr")
_PLACE = ("Geox", "Orgn")
_DONE = ("past", "PRTS")
_SAYS = ("VERB", "INFN", "PRTS", "ADJS", "PRED")


@dataclass(frozen=True, slots=True)
class Shares:
    """Of a word's readings, 0..1."""

    person: float
    place: float
    done: float  #: said of what has happened: «отправили», «оплачено»
    says: float  #: makes a sentence of nouns: «есть», «можно», «видны»
    known: bool  #: whether the dictionary has the word


@functools.lru_cache(50_000)
def shares(word: str) -> Shares:
    """:param word: in small letters."""
    readings = analyser().parse(word)
    total = sum(r.score for r in readings) or 1.0

    def share(marks: tuple[str, ...]) -> float:
        fitting = (r.score for r in readings if any(mark in r.tag for mark in marks))
        return float(sum(fitting) / total)

    known = any(r.is_known for r in readings)
    return Shares(share(_PERSON), share(_PLACE), share(_DONE), share(_SAYS), known)
