"""Other languages: the words of languages.yml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

VOCABULARY = Path(__file__).with_suffix(".yml")
_WORD = re.compile(r"[^\W\d_]+")
#: Letters of the neighbours, as the Russian ones that stand in the same words.
_LETTERS = str.maketrans("іїєґўқғүұһәөңʼ’", "ииегукгуухаон''")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Word of another language → what a Russian writes; "" for a word that says nothing."""
    read = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    return {word: russian for language in read.values() for word, russian in language.items()}


def in_russian(text: str) -> str:
    """A text in lower case with the words that we know replaced, and only Russian letters."""
    known = words()
    text = _WORD.sub(lambda found: known.get(found[0], found[0]), text)
    return _APOSTROPHE.sub("", text.translate(_LETTERS))


def foreign(word: str) -> str:
    """The Russian word for one of another language; the word itself if it is none."""
    return words().get(word) or word
