"""Other words for the same: of neighbouring languages (languages.yml) and of slang (slang.yml)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

VOCABULARY = Path(__file__).with_suffix(".yml")
SLANG = Path(__file__).with_name("slang.yml")
_WORD = re.compile(r"[^\W\d_]+")
#: Letters of the neighbours, as the Russian ones that stand in the same words.
_LETTERS = str.maketrans("іїєґўқғүұһәөңʼ’", "ииегукгуухаон''")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Word of another language or of slang → the usual one; "" for one that says nothing."""
    read = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (VOCABULARY, SLANG)]
    return {
        word: usual for each in read for group in each.values() for word, usual in group.items()
    }


def in_russian(text: str) -> str:
    """A text in lower case with the words that we know replaced, and only Russian letters."""
    known = words()
    text = _WORD.sub(lambda found: known.get(found[0], found[0]), text)
    return _APOSTROPHE.sub("", text.translate(_LETTERS))


def foreign(word: str) -> str:
    """The Russian word for one of another language; the word itself if it is none."""
    return words().get(word) or word
