"""Colours in names and questions: «темно-син.», «сереб», «розовое золото»."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from optfm.text.cache import Cache
from optfm.text.morphology import forms as inflected

_WORD = re.compile(r"[a-zа-я0-9]+(?:-[a-zа-я0-9]+)*\.?")
_VIEW = re.compile(r"\bвид\s?#?\s?\d+")
_SMALL = re.compile(r"(\w{2,})[ео]ньк\w{2,3}")
_SHADES = frozenset(
    {
        "светло", "темно", "бледно", "пыльно", "ярко", "нежно", "глубокий", "темный", "светлый",
        "теплый", "холодный", "матовый"
    }
)  # fmt: skip


class Coloured(NamedTuple):
    """A name with the colours taken out."""

    rest: str  #: the name without them, the key of a line of colours
    printed: str  #: what was taken out, as printed
    colours: frozenset[str]  #: their plain names


class Colours:
    """Knows the colours by all their forms: those of the language, and what lists write.

    :param forms: colour → forms as in colours.yml.
    """

    def __init__(self, forms: Mapping[str, tuple[str, ...]]) -> None:
        self._exact: dict[str, str] = {}
        self._beginnings: list[tuple[str, str]] = []
        for colour, words in forms.items():
            for word in (colour, *words):
                word = word.replace("ё", "е")
                if word.endswith("*"):
                    self._beginnings.append((word[:-1], colour))
                else:
                    self._exact[word] = colour
            for form in inflected(colour):
                self._exact.setdefault(form, colour)
        self._beginnings.sort(key=lambda pair: -len(pair[0]))
        self._words: Cache[str, str] = Cache(20_000)
        self._compounds: Cache[str, tuple[str, ...]] = Cache(20_000)

    def of_word(self, word: str) -> str:
        """The plain name of the colour, "" for another word."""
        return self._words.get(word, self._of_word)

    def of_compound(self, word: str) -> tuple[str, ...]:
        """The colours of «черно-серый»; () when it is no colour."""
        return self._compounds.get(word, self._of_compound)

    def _of_word(self, word: str) -> str:
        word = word.rstrip(".")
        if found := self._exact.get(word):
            return found
        for beginning, colour in self._beginnings:
            if word.startswith(beginning):
                return colour
        if small := _SMALL.fullmatch(word):  # «синенький»
            plain = (self._exact.get(f"{small[1]}{ending}") for ending in ("ый", "ий"))
            return next(filter(None, plain), "")
        return ""

    def _of_compound(self, word: str) -> tuple[str, ...]:
        parts = word.rstrip(".").split("-")
        found = tuple(c for c in map(self.of_word, parts) if c)
        others = [p for p in parts if not self.of_word(p) and p not in _SHADES]
        return found if len(others) <= 1 or len(parts) == 1 else ()

    def take_out(self, name: str) -> Coloured:
        """The colours of a row's clean name, and the name without them."""
        colours: list[str] = []
        printed: list[str] = []
        pieces: list[str] = []
        end = 0
        after_colour = False
        for match in _WORD.finditer(name):
            word = match[0]
            found = self.of_compound(word)
            if not found and after_colour and word.isdigit() and len(word) <= 2:
                pieces.append(name[end : match.start()].rstrip())
                printed.append(word)
                end = match.end()
                after_colour = False
                continue
            after_colour = bool(found)
            if found:
                pieces.append(name[end : match.start()].rstrip())
                printed.append(word)
                colours.extend(found)
                end = match.end()
        pieces.append(name[end:])
        rest = "".join(pieces)
        for view in _VIEW.findall(rest):
            printed.append(view)
        rest = _VIEW.sub("вид", rest)
        return Coloured(" ".join(rest.split()), " ".join(printed), frozenset(colours))
