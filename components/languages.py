"""Other words for the same: of neighbouring languages (languages.yml) and of slang (slang.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

VOCABULARY = Path(__file__).with_suffix(".yml")
SLANG = Path(__file__).with_name("slang.yml")
_AMBIGUOUS = "двузначные"
_WORD = re.compile(r"[^\W\d_]+")
#: Letters of the neighbours, as the Russian ones that stand in the same words.
_LETTERS = str.maketrans("іїєґўқғүұһәөңʼ’", "ииегукгуухаон''")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """A word of slang that means one thing beside certain words and another elsewhere."""

    elsewhere: str
    beside: tuple[str, ...]  #: beginnings
    means: str

    def meant(self, others: Iterable[str]) -> str:
        """What it means among the other words of its message."""
        return (
            self.means if any(word.startswith(self.beside) for word in others) else self.elsewhere
        )


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Word of another language or of slang → the usual one; "" for one that says nothing."""
    read = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (VOCABULARY, SLANG)]
    return {
        word: usual
        for each in read
        for name, group in each.items()
        if name != _AMBIGUOUS
        for word, usual in group.items()
    }


@lru_cache(maxsize=1)
def ambiguous() -> dict[str, Ambiguous]:
    """The words of slang whose neighbours decide."""
    read = yaml.safe_load(SLANG.read_text(encoding="utf-8"))[_AMBIGUOUS]
    return {
        word: Ambiguous(elsewhere=one["обычно"], beside=tuple(one["рядом"]), means=one["значит"])
        for word, one in read.items()
    }


def in_russian(text: str) -> str:
    """A text in lower case with the words that we know replaced, and only Russian letters."""
    known, of_two = words(), ambiguous()
    said = _WORD.findall(text)
    told = {word: of_two[word].meant(said) for word in said if word in of_two}
    text = _WORD.sub(lambda found: told.get(found[0]) or known.get(found[0], found[0]), text)
    return _APOSTROPHE.sub("", text.translate(_LETTERS))


def foreign(word: str) -> str:
    """The Russian word for one of another language; the word itself if it is none."""
    return words().get(word) or word
