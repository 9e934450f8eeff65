"""How a word sounds, whatever alphabet it is written in: «ремакс» and «remax» are one key."""

import functools
import re

from optfm.text.normalise import has_cyrillic

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
}  # fmt: skip
# Spellings of one sound, in the order they are applied to Latin letters.
_SPELLINGS = (
    ("sch", "sh"), ("tch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("qu", "kv"),
    ("oo", "u"), ("ee", "i"), ("ea", "i"), ("ou", "u"), ("x", "ks"), ("yu", "u"), ("ya", "a"),
    ("yo", "o"), ("iu", "u"), ("ia", "a"), ("io", "o"), ("dzh", "j"), ("zh", "j"), ("w", "v"),
    ("y", "i"), ("q", "k"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_HARD_C = re.compile(r"c(?!h)")
_DOUBLE = re.compile(r"(.)\1+")


@functools.lru_cache(100_000)
def sound(word: str) -> str:
    """The key of a clean word without digits; equal keys sound alike.

    Rough on purpose: it joins what a Russian writes by ear (е/э/и, double letters, a silent e).
    """
    if has_cyrillic(word):
        key = "".join(_LETTERS.get(letter, letter) for letter in word.replace("ия", "я"))
        key = _SOFT_C.sub("s", key)
        key = _HARD_C.sub("k", key)
    else:
        key = _SOFT_C.sub("s", word)
        key = _HARD_C.sub("k", key)
        for spelling, plain in _SPELLINGS:
            if spelling in key:
                key = key.replace(spelling, plain)
    key = _DOUBLE.sub(r"\1", key)
    if len(key) > 4 and key.endswith("e"):
        key = key[:-1]
    return key


# How English spelling is read aloud, roughly; tried beside the letters themselves.
_ENGLISH = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (r"igh", "ai"),
        (r"ow|ou", "au"),
        (r"wa", "wo"),
        (r"th", "t"),
        (r"ay|ey", "ei"),
        (r"a([bcdfgklmnprstvz])(?:e|(?=y$))", r"ei\1"),
        (r"i([bcdfgklmnprstvz])er$", r"ai\1er"),
        (r"i([bcdfgklmnprstvz])e", r"ai\1"),
        (r"y(?=[bcdfgklmnprstvz]er)", "ai"),
        (r"u([bcdfgklmnprstvz])e", r"iu\1"),
        (r"(?<![aeioq])u(?=[bcdfgklmnprstvz]{2}|[bcdfgklmnprstvz]$|sh|ch)", "a"),
        (r"ear", "ar"),
        (r"ea", "i"),
        (r"j", "dj"),
        (r"^x", "s"),
    )
)


#: read one by one: «leather», «violin»
_TWO_VOWELS = re.compile(r"e(?=a)|o(?=u)|i(?=[oa])")


@functools.lru_cache(100_000)
def sounds(word: str) -> tuple[str, ...]:
    """All keys of a word: of its letters, and for a Latin one of how it is read in English."""
    keys = [sound(word)]
    if word.isascii():
        spoken = _SOFT_C.sub("s", word)
        for pattern, reading in _ENGLISH:
            spoken = pattern.sub(reading, spoken)
        keys += [sound(spoken), sound(spoken.replace("w", "u"))]
        keys.append(sound(_TWO_VOWELS.sub(r"\g<0>-", word)).replace("-", ""))
    return tuple(dict.fromkeys(keys))
