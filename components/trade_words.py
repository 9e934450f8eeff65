"""Words of the trade by class: goods, brands, lines of phones, colours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from components.wording import morphology

_LATIN_WORD = re.compile(r"[a-z]{2,}")
_UNSEEN = "UNSEEN"
_A_TOWN = "москву"


class TradeWords:
    """Replaces what may vary in a question by its class.

    «чехол на 13 про» and «дисплей на 8 плюс» become the same «GOODS на NUMBER LINE», «в казань»
    and «в тверь» the same «в TOWN»: so the classifier need not have met each phone and town.

    :param classes: class by word, as :meth:`from_vocabulary` reads it.
    """

    def __init__(self, classes: Mapping[str, str]) -> None:
        self.classes = dict(classes)
        self._morph = morphology()
        self._class_of = lru_cache(maxsize=20_000)(self._find_class)

    @classmethod
    def from_vocabulary(cls, folder: Path, lemma: Callable[[str], str]) -> TradeWords:
        """Read the vocabulary of the price search.

        :param folder: with devices.yml, synonyms.yml, slang.yml and colours.yml.
        :param lemma: dictionary form of a word; both the word and its lemma get the class.
        :raises FileNotFoundError: one of the files is missing.
        """
        devices = _load(folder / "devices.yml")
        classes: dict[str, str] = {}
        for name, entries in (
            ("COLOUR", _load(folder / "colours.yml")),
            ("GOODS", {**_load(folder / "slang.yml"), **_load(folder / "synonyms.yml")}),
            ("LINE", {**devices["series"], **devices["marks"]}),
            ("BRAND", devices["brands"]),
        ):
            for word in _single_words(entries):
                classes[word] = classes[lemma(word)] = name
        return cls(classes)

    def shape(self, words: Iterable[str], lemmas: Iterable[str], seen: Mapping[str, int]) -> str:
        """The message with its variable words replaced by their classes.

        :param seen: in how many training messages a lemma stands; one seen in fewer than two
            becomes UNSEEN, the mark of what is not our business.
        """
        shaped = []
        for word, lemma in zip(words, lemmas, strict=True):
            name = self._class_of(word, lemma)
            shaped.append(name or (lemma if seen.get(lemma, 0) > 1 else _UNSEEN))
        return " ".join(shaped)

    def without_towns(self, words: Iterable[str], lemmas: Iterable[str]) -> list[str]:
        """The words with one and the same town in place of any: which it is means nothing."""
        return [
            _A_TOWN if self._class_of(word, lemma) == "TOWN" else word
            for word, lemma in zip(words, lemmas, strict=True)
        ]

    def _find_class(self, word: str, lemma: str) -> str:
        if word.isdigit():
            return "NUMBER"
        known = self.classes.get(word) or self.classes.get(lemma)
        if known:
            return known
        if _LATIN_WORD.fullmatch(word):
            return "LATIN"
        tag = self._morph.parse(word)[0].tag
        if "Geox" in tag:
            return "TOWN"
        return "NAME" if {"Name", "Surn", "Patr"} & set(tag.grammemes) else ""


def _load(path: Path) -> dict[str, object]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _single_words(entries: Mapping[str, object]) -> set[str]:
    said: set[str] = set()
    for name, ways in entries.items():
        if isinstance(ways, dict):
            ways = ways.get("words")
        said.update(str(way) for way in [name, *(ways if isinstance(ways, list) else [])])
    plain = {word.lower().replace("ё", "е").rstrip("*") for word in said}
    return {word for word in plain if " " not in word and len(word) > 1 and not word.isdigit()}
