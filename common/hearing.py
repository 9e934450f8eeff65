"""How a Russian word sounds: «дастафка» and «доставка» sound alike.

People who write in a hurry write what they hear. The key merges what an unstressed vowel, a
voiceless neighbour or the end of a word makes one; it is no transcription, only equal for words
that are easily mistaken for each other.
"""

from __future__ import annotations

import re

#: Clusters that are heard as one sound, in this order.
_CLUSTERS = (
    (re.compile(r"[ъь]"), ""),
    (re.compile(r"[тд]?[сз][чщ]"), "щ"),
    (re.compile(r"жч"), "щ"),
    (re.compile(r"[тд]с(?=я|а|$)"), "ц"),
    (re.compile(r"[тд]с(?=к)"), "ц"),
    (re.compile(r"ц[я]$"), "ца"),
    (re.compile(r"стн"), "сн"),
    (re.compile(r"здн"), "зн"),
    (re.compile(r"вств"), "ств"),
    (re.compile(r"чт(?=о)"), "шт"),
    (re.compile(r"(?<=[ое])г(?=о$)"), "в"),
    (re.compile(r"(?<=[жшчщц])[оё]"), "е"),
    (re.compile(r"йо"), "е"),
)
_VOWELS = str.maketrans({"о": "а", "е": "и", "я": "и", "э": "и", "ы": "и", "ё": "и"})
_VOICELESS = {"б": "п", "в": "ф", "г": "к", "д": "т", "ж": "ш", "з": "с"}
_BEFORE_VOICELESS = re.compile(r"[бвгджз](?=[пфктшсхцчщ]|$)")
_VOICED = re.compile(r"[пфктшс](?=[бгджз])")
_TO_VOICED = {quiet: loud for loud, quiet in _VOICELESS.items()}
_DOUBLED = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """The key of a word in lower case; equal for words that sound alike."""
    for cluster, heard in _CLUSTERS:
        word = cluster.sub(heard, word)
    word = _BEFORE_VOICELESS.sub(lambda found: _VOICELESS[found[0]], word)
    word = _VOICED.sub(lambda found: _TO_VOICED[found[0]], word)
    return _DOUBLED.sub(r"\1", word.translate(_VOWELS))
