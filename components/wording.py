"""What the customer meant to type: layout, spelling and word forms of a Russian message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pymorphy3

from common.hearing import sound
from common.keyboard_layout import to_english, to_russian
from common.latin import from_latin
from components.languages import foreign, in_russian

_WORD = re.compile(r"[a-zа-я]+|\d+")
_LATIN = re.compile(r"[a-z]")
_LATIN_WORD = re.compile(r"[a-z]+")
_CYRILLIC = re.compile(r"[а-я]")
_STRETCHED = re.compile(r"([а-яa-z])\1{2,}")
#: A code of the 1C list: УТ-00025677, ут 31245, ФМ00012377, 00000052021.
_CODE = re.compile(r"\b(?:(?:ут|фм|yt|ym|fm|ut)[\s_-]*\d{5,}|0{3,}\d{4,})\b")
#: A misspelt word shorter than this is too near too many others to be mended.
_SHORTEST_MENDED = 5
_SHORTEST_WITH_TWO_SLIPS = 10
#: A word that is no Russian one and so many times rarer than one that sounds alike is misspelt.
_RARER = 8
#: A shorter word sounds like too many others.
_SHORTEST_HEARD = 3
_SHORTEST_HEARD_WITH_A_SLIP = 7
#: The share of unknown Latin words that must be Russian ones for the message to be Russian.
_MOSTLY = 0.6


@lru_cache(maxsize=1)
def morphology() -> pymorphy3.MorphAnalyzer:
    """The Russian dictionary, loaded once a process (15 MB, 0.1 s)."""
    return pymorphy3.MorphAnalyzer()


class Wording:
    """Reads a message as its words, in the light of the words customers are known to use.

    :param counts: how often each word stands in the training messages (see :meth:`count`);
        these are what a misspelt word is mended to.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._morph = morphology()
        self._lemma = lru_cache(maxsize=20_000)(self._find_lemma)
        self._counts = Counter(counts)
        #: words that may be what a misspelt one meant
        self._targets = {
            word: count
            for word, count in self._counts.items()
            if len(word) >= _SHORTEST_MENDED and (count > 2 or self._morph.word_is_known(word))
        }
        self._shortened: dict[str, list[str]] = {}
        for word in self._targets:
            for short in _shortenings(word):
                self._shortened.setdefault(short, []).append(word)
        #: words by how they sound, the most usual first
        self._heard: dict[str, list[str]] = {}
        for word, count in self._counts.most_common():
            if len(word) >= _SHORTEST_HEARD and (count > 2 or self._morph.word_is_known(word)):
                self._heard.setdefault(sound(word), []).append(word)

    @staticmethod
    def count(messages: Iterable[str]) -> Counter[str]:
        """Times each word stands in messages, as typed."""
        return Counter(
            word for text in messages for word in _WORD.findall(text.lower().replace("ё", "е"))
        )

    def words(self, text: str) -> list[str]:
        """Words of a message in lower case, layout and spelling mended.

        :param text: as typed; any length, may be empty or without a letter.
        :returns: words and numbers in order; a code of the price list is one word, `код`.
        """
        text = _CODE.sub(" код ", in_russian(text.lower()).replace("ё", "е"))
        words: list[str] = []
        for chunk in self._written_in_latin(text).split():
            words.extend(self._mended(word) for word in _WORD.findall(self._layout(chunk)))
        return words

    def _written_in_latin(self, text: str) -> str:
        """Russian words that were written in Latin letters («skolko stoit») in their own."""
        if _CYRILLIC.search(text):
            return text
        said = {word for word in _LATIN_WORD.findall(text) if len(word) > 1}
        russian = {word: self._transliterated(word) for word in said}
        meant = {word: way for word, way in russian.items() if way}
        unknown = [word for word in said if word in meant or not self._counts[word]]
        if not meant or len(meant) < _MOSTLY * len(unknown):
            return text
        return _LATIN_WORD.sub(lambda found: meant.get(found[0], found[0]), text)

    def _transliterated(self, word: str) -> str:
        """The Russian word, if it is more usual than the Latin one; else ""."""
        if self._layout(word) != word:
            return ""  # the wrong keyboard layout, not Latin letters
        ways = [foreign(way) for way in from_latin(word)]
        heard = [words[0] for way in ways if (words := self._heard.get(sound(way)))]
        known = (way for way in [*ways, *heard] if self._known(way))
        usual = max(known, key=lambda way: self._counts[way], default="")
        return usual if self._counts[usual] >= self._counts[word] else ""

    def lemmas(self, words: Iterable[str]) -> list[str]:
        """Dictionary forms of words, in order."""
        return [self._lemma(word) for word in words]

    def _find_lemma(self, word: str) -> str:
        return self._morph.parse(word)[0].normal_form if _CYRILLIC.search(word) else word

    def _known(self, word: str) -> bool:
        if self._morph.word_is_known(word):
            return True
        return self._counts[word] > 2 and not self._usual(word)

    def _usual(self, word: str) -> str:
        """The much more usual Russian word that one of the examples sounds like, "" for none."""
        if len(word) < _SHORTEST_MENDED or not _CYRILLIC.search(word):
            return ""
        usual, *_ = self._heard.get(sound(word)) or [""]
        often = self._counts[usual] >= _RARER * self._counts[word]
        return usual if often and self._morph.word_is_known(usual) else ""

    def _layout(self, chunk: str) -> str:
        if _CYRILLIC.search(chunk):
            if all(self._known(word) for word in _WORD.findall(chunk)):
                return chunk
            latin = to_english(chunk)
            return latin if self._counts[latin] and len(latin) > 2 else chunk
        if len(chunk) < 2 or not _LATIN.search(chunk):
            return chunk
        core = chunk.strip('!?()"')
        for typed in (core, core.rstrip(",.;")):
            russian = to_russian(typed)
            if self._counts[russian] > 3 * self._counts[typed]:
                return russian
            unseen = len(russian) >= _SHORTEST_MENDED and not self._counts[typed]
            if unseen and russian.isalpha() and self._morph.word_is_known(russian):
                return russian
        return chunk

    def _mended(self, word: str) -> str:
        if word.isdigit() or self._known(word):
            return word
        word = _STRETCHED.sub(r"\1", word)
        if self._known(word):
            return word
        russian = len(word) >= _SHORTEST_HEARD and _CYRILLIC.search(word)
        if russian and (heard := self._heard.get(sound(word))):
            return heard[0]
        if len(word) < _SHORTEST_MENDED:
            return word
        near = {
            target
            for short in (word, *_shortenings(word))
            for target in (*self._shortened.get(short, ()), *([short] * (short in self._targets)))
        }
        ranked = sorted((_slips(word, target), -self._targets[target], target) for target in near)
        if not ranked:
            return self._near_heard(word) or word
        slips, _, target = ranked[0]
        if slips <= 1:
            return target
        if near_heard := self._near_heard(word):
            return near_heard
        long = len(target) >= _SHORTEST_WITH_TWO_SLIPS and target[0] == word[0]
        return target if slips == 2 and long else word

    def _near_heard(self, word: str) -> str:
        """The known word that a long one sounds like but for a letter too many, "" for none."""
        if len(word) < _SHORTEST_HEARD_WITH_A_SLIP or not _CYRILLIC.search(word):
            return ""
        heard = sound(word)
        found = [
            words[0]
            for short in (heard, *(heard[:i] + heard[i + 1 :] for i in range(1, len(heard))))
            for words in (self._heard.get(short),)
            if words and len(words[0]) >= _SHORTEST_MENDED
        ]
        return max(found, key=lambda target: self._counts[target], default="")


def _shortenings(word: str) -> Iterator[str]:
    """The word without one of its letters; of a long word, also without two."""
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    yield from once
    if len(word) >= _SHORTEST_WITH_TWO_SLIPS:
        yield from {short[:i] + short[i + 1 :] for short in once for i in range(len(short))}


def _slips(typed: str, meant: str) -> int:
    """Letters added, left out, changed or swapped with a neighbour (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        row = [i]
        for j, other in enumerate(meant, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
