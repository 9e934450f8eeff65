"""Whether a row's name has words as a customer says them, also such as the search does not know."""

import re
from collections.abc import Sequence

from optfm.text.morphology import dictionary_forms

_ENDING = 3  #: letters that an inflected word may change at its end
_SHORTEST = 3


def named_all(words: Sequence[str], name: str) -> bool:
    """Whether a name has all of the words; a number with its unit is one: «50 грамм» in «(50г)».

    :param words: lower case, ё as е.
    """
    left = list(words)
    while left:
        word = left.pop(0)
        unit = left[0] if word[0].isdigit() and left and left[0].isalpha() else ""
        if unit and _has(rf"{_number(word)}\s*{re.escape(unit[0])}", name):
            left.pop(0)
            continue
        if not named(word, name):
            return False
    return bool(words)


def named(word: str, name: str) -> bool:
    """Whether a name has a word in any of its forms, or a number by all its digits."""
    if word[0].isdigit():
        return _has(_number(word), name)
    if len(word) <= _SHORTEST:
        return _has(rf"(?<!\w){re.escape(word)}(?!\w)", name)
    return _has(rf"(?<!\w){re.escape(_beginning(word))}", name)


def ends_like(word: str, head: str) -> bool:
    """Whether a noun is another in any form, or ends it: «держателей» of «автодержатель»."""
    whole = " " not in word and len(word) > _SHORTEST
    return whole and any(head.endswith(form) for form in dictionary_forms(word))


def denied(word: str, name: str) -> bool:
    """Whether a name says that the thing is without it: «без защиты»."""
    return _has(rf"(?<!\w)без\s+(?:\w+\s+)?{re.escape(_beginning(word))}", name)


def _beginning(word: str) -> str:
    return word[: max(_SHORTEST, len(word) - _ENDING)] if word.isalpha() else word


def _number(word: str) -> str:
    return rf"(?<![\d.,]){re.escape(word)}(?!\d)(?![.,]\d)"


def _has(pattern: str, name: str) -> bool:
    return re.search(pattern, name.lower().replace("ё", "е")) is not None
