"""Other words for the same: of neighbouring languages (languages.yml) and of slang (slang.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from common import published
from common.phrases import any_of, plain

VOCABULARY = Path(__file__).with_suffix(".yml")
SLANG = Path(__file__).with_name("slang.yml")
#: Shared with the search and the orders.
OPENERS = Path("actions/optfm/text/vocabulary/openers.yml")
_AMBIGUOUS = "двузначные"
_GREETINGS, _GREETING = "приветствия", "здравствуйте"
#: As greetings they stand in examples by themselves.
_USUAL_WORDS = {"привет", "здорово", "добрый", "доброе", "доброго", "здравия", "эй", "hello", "hi"}
_WORD = re.compile(r"[^\W\d_]+")
#: Letters of the neighbours, as the Russian ones that stand in the same words.
_LETTERS = str.maketrans("іїєґўқғүұһәөңʼ’", "ииегукгуухаон''")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """A word of slang that means one thing beside certain words and another elsewhere."""

    elsewhere: str
    means: str
    beside: tuple[str, ...] = ()  #: beginnings of words that stand anywhere in the message
    after: tuple[str, ...] = ()  #: whole words that stand right before it

    def meant(self, others: Iterable[str], before: str) -> str:
        """What it means among the other words of its message.

        :param before: the word before it, "" at the beginning.
        """
        near = before in self.after or any(word.startswith(self.beside) for word in others)
        return self.means if near else self.elsewhere


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Word of another language or of slang → the usual one; "" for one that says nothing."""
    read = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (VOCABULARY, SLANG)]
    said = {
        word: usual
        for each in read
        for name, group in each.items()
        if name != _AMBIGUOUS
        for word, usual in group.items()
    }
    return {**dict.fromkeys(_greetings(), _GREETING), **said}


def _greetings() -> list[str]:
    """Greetings of one word, however they are typed; not those that others know as words."""
    read = yaml.safe_load(OPENERS.read_text(encoding="utf-8"))[_GREETINGS]
    return [word for word in read if " " not in word and word not in _USUAL_WORDS]


@lru_cache(maxsize=1)
def ambiguous() -> dict[str, Ambiguous]:
    """The words of slang whose neighbours decide."""
    read = yaml.safe_load(SLANG.read_text(encoding="utf-8"))[_AMBIGUOUS]
    return {
        word: Ambiguous(
            elsewhere=one["обычно"],
            means=one["значит"],
            beside=tuple(one.get("рядом", ())),
            after=tuple(one.get("после", ())),
        )
        for word, one in read.items()
    }


def in_russian(text: str) -> str:
    """A text in lower case with the words that we know replaced, and only Russian letters."""
    known, of_two = words(), ambiguous()
    said = _WORD.findall(text)
    told = {
        word: of_two[word].meant(said, before)
        for before, word in zip(("", *said), said, strict=False)
        if word in of_two
    }
    text = _WORD.sub(lambda found: told.get(found[0]) or known.get(found[0], found[0]), text)
    return _APOSTROPHE.sub("", text.translate(_LETTERS))


def _read_openers() -> re.Pattern[str]:
    groups = yaml.safe_load(published.read(OPENERS)).values()
    return any_of(plain(said) for group in groups for said in group)


_openers = published.Following(_read_openers, OPENERS)


def beyond_openers(text: str) -> str:
    """A message without its greetings, addresses and requests, in lower case."""
    return plain(_openers().sub(" ", plain(text))).strip(" ,.!?)(")


def foreign(word: str) -> str:
    """The Russian word for one of another language; the word itself if it is none."""
    return words().get(word) or word
