"""Finds in a message the words of acts: «ещё», «второй», «оба по 2», «чем отличается»."""

import functools
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import yaml

from common import published
from optfm.errors import Refused
from optfm.text.morphology import compared, dictionary_forms
from optfm.text.phonetic import sound
from optfm.text.yaml_text import read_yaml

_FOLDER = Path(__file__).with_name("vocabulary")

CueName = Literal[
    "more", "sort_cheap", "sort_dear", "too_dear", "cheapest", "dearest", "both", "every", "other",
    "this", "same", "there", "pieces", "take", "each", "how_much", "in_all", "compare", "fits",
    "any_price", "any_colour", "any_brand", "any_quality", "any_of_all", "other_brand",
    "other_colour", "more_colours", "big", "small", "first_rows", "last_rows", "correction", "back",
    "not_that", "refuse", "pointer", "as_many", "little", "ordinal", "number", "attribute", "most",
    "least", "within", "written",
]  # fmt: skip
#: cues whose phrases acts.yml lists
_LISTED: Mapping[str, CueName] = {
    name: name
    for name in get_args(CueName)
    if name not in ("ordinal", "number", "attribute", "most", "least")
}
#: may stand between two words of a phrase
_WITHIN = frozenset({"он", "она", "оно", "они", "это", "там", "тут", "будет", "вообще", "хоть"})
#: ends a word of a phrase that may stand in any form: «взять~» is «возьмём»
_ANY_FORM = "~"
#: ends a word that may stand in any form that compares: «емкий>» is «емче», «поемче»
_COMPARED = ">"
#: so many pieces at most are a count and not a price or a part number
_MOST_PIECES = 99_999
#: a word of fewer letters sounds like too many others
_LATIN = re.compile(r"(?<![\w-])[A-Za-z]{3,}(?![\w-])")
_TOKEN = re.compile(r"\d+(?=шт)|\d+(?:[.,]\d+)?(?![\w])|[^\W_]+(?:-[^\W_]+)*")


class ActWordsError(Refused):
    """A file of the acts' vocabulary is not as it should be; the line names file and place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word or a number of a message."""

    text: str  #: lower case, ё as е
    start: int  #: where it stands in the message
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Cue:
    """Words of a message that belong to an act."""

    name: CueName
    first: int  #: its tokens, from the first to before the last
    last: int
    number: int = 0  #: of a number or an ordinal; an ordinal from the end is negative
    of: str = ""  #: which attribute


@dataclass(frozen=True, kw_only=True, slots=True)
class Cues:
    """A message in words, and those of them that belong to acts."""

    text: str
    tokens: tuple[Token, ...]
    found: tuple[Cue, ...]  #: in order; they do not overlap

    def of(self, *names: CueName) -> tuple[Cue, ...]:
        """The cues of these names."""
        return tuple(cue for cue in self.found if cue.name in names)

    def has(self, *names: CueName) -> bool:
        """Whether there is one of these names."""
        return any(cue.name in names for cue in self.found)

    def without(self, dropped: Iterable[Cue]) -> str:
        """The message as typed without these cues' words."""
        gone = {at for cue in dropped for at in range(cue.first, cue.last)}
        kept, end = [], 0
        for at, token in enumerate(self.tokens):
            if at in gone:
                kept.append(self.text[end : token.start])
                end = token.end
        kept.append(self.text[end:])
        return " ".join("".join(f"{part} " for part in kept).split()).strip(" ,.;:!?-—")

    @property
    def left(self) -> tuple[Token, ...]:
        """The words that belong to no cue."""
        taken = {at for cue in self.found for at in range(cue.first, cue.last)}
        return tuple(token for at, token in enumerate(self.tokens) if at not in taken)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Phrase:
    words: tuple[str, ...]  #: in the order said; * ends a beginning, ~ any form of a word
    name: CueName
    number: int = 0
    of: str = ""


class CueReader:
    """Reads messages by phrases; the longest phrase at a place is taken."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        phrases = tuple(phrases)
        self._by_start: dict[str, list[_Phrase]] = {}
        self._by_lemma: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            first = phrase.words[0]
            if first.endswith((_ANY_FORM, _COMPARED)):
                self._by_lemma.setdefault(first[:-1], []).append(phrase)
            else:
                self._by_start.setdefault(first.rstrip("*")[:2], []).append(phrase)
        for same in (*self._by_start.values(), *self._by_lemma.values()):
            same.sort(key=lambda phrase: (-len(phrase.words), "*" in "".join(phrase.words)))

        self._heard: dict[str, str] = {}
        self._beginnings: dict[str, str] = {}
        for phrase in sorted(phrases, key=lambda phrase: phrase.name != "ordinal"):
            for word in phrase.words:
                heard = self._beginnings if word.endswith("*") else self._heard
                heard.setdefault(sound(word.rstrip("*~>")), word.rstrip("*~>"))

    def in_russian(self, text: str, russian: Container[str]) -> str:
        """The words of acts in Latin letters turned: «samoe deshevoe, oba po 2».

        :param russian: the words, in lower case, that are no Latin names of goods.
        """

        def turned(word: re.Match[str]) -> str:
            typed = word[0].lower()
            return (self._in_russian(typed) if typed in russian else "") or word[0]

        return _LATIN.sub(turned, text)

    def _in_russian(self, word: str) -> str:
        key = sound(word)
        begun = (own for heard, own in self._beginnings.items() if key.startswith(heard))
        return self._heard.get(key) or max(begun, key=len, default="")

    def read(self, text: str) -> Cues:
        """The cues of a message; any text."""
        plain = text.lower().replace("ё", "е")
        if len(plain) != len(text):  # a letter that grows in lower case
            text = plain
        tokens = tuple(
            Token(text=match[0], start=match.start(), end=match.end())
            for match in _TOKEN.finditer(plain)
        )
        found: list[Cue] = []
        at = 0
        while at < len(tokens):
            counted = bool(found) and found[-1].name == "number" and found[-1].last == at
            cue = self._at(tokens, at, counted=counted)
            found += [cue] if cue else []
            at = cue.last if cue else at + 1
        return Cues(text=text, tokens=tokens, found=tuple(found))

    def _at(self, tokens: Sequence[Token], at: int, *, counted: bool) -> Cue | None:
        """The cue at a place.

        :param counted: a number stands right before: «штуку» is then what it counts.
        """
        word = tokens[at].text
        if word.isdecimal() and int(word) <= _MOST_PIECES:
            return Cue(name="number", first=at, last=at + 1, number=int(word))
        candidates = [*self._by_start.get(word[:2], ())]
        if len(word) > 1:
            candidates += self._by_start.get(word[:1], ())
        # «толще» is likelier a form of «толща»
        for form in dictionary_forms(word) | compared(word) if self._by_lemma else ():
            candidates += self._by_lemma.get(form, ())
        best, longest = None, 0
        pieces = counted and any(
            p.name == "pieces" and _stands(p.words, tokens, at) for p in candidates
        )
        for phrase in candidates:
            if pieces and phrase.name != "pieces":
                continue
            taken = _stands(phrase.words, tokens, at, loose=phrase.name == "attribute")
            if taken > longest:
                best, longest = phrase, taken
        if best is None:
            return None
        return Cue(name=best.name, first=at, last=at + longest, number=best.number, of=best.of)


def _stands(words: Sequence[str], tokens: Sequence[Token], at: int, *, loose: bool = False) -> int:
    """How many tokens a phrase takes at a place; 0 where it does not stand there.

    :param loose: a pronoun may stand within: «какого он цвета».
    """
    start = at
    for n, word in enumerate(words):
        if loose and n and at < len(tokens) and tokens[at].text in _WITHIN:
            at += 0 if _is_said(word, tokens[at].text) else 1
        if at >= len(tokens) or not _is_said(word, tokens[at].text):
            return 0
        at += 1
    return at - start


def _is_said(word: str, typed: str) -> bool:
    if word.endswith("*"):
        return typed.startswith(word[:-1])
    if word.endswith(_ANY_FORM):
        return word[:-1] in dictionary_forms(typed)
    if word.endswith(_COMPARED):
        return word[:-1] in compared(typed)
    return typed == word


def cue_reader(folder: Path = _FOLDER) -> CueReader:
    """The reader of the vocabulary's phrases, as its files are now.

    :raises ActWordsError: a file is missing or not as its head says.
    """
    return _reader(folder)()


@functools.cache
def _reader(folder: Path) -> published.Following[CueReader]:
    files = (folder / name for name in ("acts.yml", "attributes.yml", "numbers.yml"))
    return published.Following(lambda: _read(folder), *files)


def _read(folder: Path) -> CueReader:
    phrases: list[_Phrase] = []
    # What is asked of a row goes before the words that it is asked with: «сколько ватт».
    asked: tuple[tuple[str, CueName], ...] = (
        ("asks", "attribute"), ("most", "most"), ("least", "least"),
    )  # fmt: skip
    for part, cue in asked:
        for name, asks in attribute_asks(folder, part).items():
            phrases += [
                _Phrase(words=words, name=cue, of=name) for said in asks for words in _orders(said)
            ]
    acts = read_words(folder / "acts.yml")
    for name, said in acts.items():
        listed = _LISTED.get(name)
        if listed is None:
            raise ActWordsError(f"acts.yml: {name}: такого действия нет")
        phrases += [
            _Phrase(words=words, name=listed)
            for one in texts(f"acts.yml: {name}", said)
            for words in _orders(one)
        ]
    numbers = read_words(folder / "numbers.yml")
    kinds: tuple[tuple[str, CueName], ...] = (("ordinals", "ordinal"), ("counts", "number"))
    for part, kind in kinds:
        of_part = numbers.get(part)
        if not isinstance(of_part, Mapping):
            raise ActWordsError(f"numbers.yml: нет раздела {part}")
        for number, said in of_part.items():
            if not isinstance(number, int):
                raise ActWordsError(f"numbers.yml: {part}: {number} не число")
            phrases += [
                _Phrase(words=_split(one), name=kind, number=number)
                for one in texts(f"numbers.yml: {part}: {number}", said)
            ]
    return CueReader(phrases)


def attribute_asks(folder: Path = _FOLDER, part: str = "asks") -> dict[str, tuple[str, ...]]:
    """How each property is asked for.

    :param part: "asks", or "most" or "least", which a property may lack.
    """
    found = {}
    for name, one in read_words(folder / "attributes.yml").items():
        if not isinstance(one, Mapping):
            raise ActWordsError(f"attributes.yml: {name}: нужны called и asks")
        if part == "asks" or part in one:
            found[name] = texts(f"attributes.yml: {name}: {part}", one.get(part))
    return found


def read_words(path: Path) -> Mapping[str, object]:
    """A file of the vocabulary.

    :raises ActWordsError: it is missing or is no mapping.
    """
    try:
        found = read_yaml(published.read(path))
    except (OSError, yaml.YAMLError) as exc:
        raise ActWordsError(
            f"{path.name}: не читается: {' '.join(str(exc).split())[:120]}"
        ) from exc
    if not isinstance(found, Mapping):
        raise ActWordsError(f"{path.name}: нужны пары «имя: слова»")
    return found


def texts(where: str, found: object) -> tuple[str, ...]:
    """A list of phrases of the vocabulary.

    :raises ActWordsError: it is something else.
    """
    if not isinstance(found, list) or not all(
        isinstance(one, str) and one.strip() for one in found
    ):
        raise ActWordsError(f"{where}: нужен список слов")
    return tuple(found)


#: question words that also stand last: «какая модель» is «модель какая»
_QUESTIONS = re.compile(r"как(?:ой|ая|ое|ие|их|ую|ого|им|ом)|сколько|скольки")


def _orders(phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase in words, and with its question word last where it begins with one."""
    words = _split(phrase)
    if len(words) > 1 and _QUESTIONS.fullmatch(words[0]):
        return words, (*words[1:], words[0])
    return (words,)


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.lower().replace("ё", "е").split())
