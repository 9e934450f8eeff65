"""A sentence taken apart into what can be compared: words, numbers, addresses, what limits them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from optfm.llm.grounding.word_lists import stems, words
from optfm.llm.privacy.dictionary import shares
from optfm.text.morphology import stem
from optfm.text.normalise import clean

NEUTRAL = stems("neutral")
NEGATORS = stems("negators")
LIMITERS = stems("limiters")
MEASURES = stems("measures")
_PROMISES = words("promises")
#: Of a word's readings: enough to take it for one of them.
_SURELY = 0.5
_SHORT = "|".join(words("abbreviations"))

_LINK = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://)?[a-zа-я0-9-]+(?:\.[a-zа-я0-9-]{2,})+(?:/[\w./?=&%-]*)?"
_PHONE = r"\+?\d(?:[ ()-]{0,2}\d){9,12}"
_NUMBER = r"(?:(?<=[ (])[-−–])?(?:\d{1,3}(?: \d{3})+(?![\d])|\d+(?:[:.,/]\d+)*)"  # «от −5»
_TOKEN = re.compile(rf"({_LINK})|({_PHONE})(?!\d)|({_NUMBER})|([^\W\d_]+)|([%₽])")
_DATE = re.compile(r"\d+(?:\.\d+)+")
_BREAK = re.compile(r"\n|;|[.!?…]+(?=\s|$)")
_ABBREVIATION = re.compile(rf"\b(?:{_SHORT})\.", re.IGNORECASE)
#: Between the clauses of a sentence; a decimal comma is none.
_CLAUSE = re.compile(r",(?!\d)|:(?=\s)|[()]")
_AND = re.compile(r"\s(?:и|или)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_CONDITION = re.compile(rf"\s*(?:{'|'.join(words('conditions'))})\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """One sentence."""

    words: frozenset[str]  #: stems; neutral words left out
    numbers: tuple[str, ...]  #: in order; phones as digits
    links: frozenset[str]
    pairs: frozenset[tuple[str, str]]  #: what limits a number or is counted by it
    negators: frozenset[str]
    promises: frozenset[str]
    says: bool  #: has a verb: a sentence, no list of goods

    @property
    def empty(self) -> bool:
        """Nothing is claimed."""
        return not (self.words or self.numbers or self.links or self.negators or self.promises)

    @property
    def binding(self) -> bool:
        """Cut short it would say something else."""
        return bool(self.says or self.numbers or self.negators or self.promises)

    @property
    def said(self) -> frozenset[str]:
        """All that a shorter sentence could leave out."""
        return self.words | self.links | frozenset(self.numbers)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A part of a sentence between commas, colons or brackets."""

    said: frozenset[str]
    condition: bool  #: «если …»: without it the rest is not true


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text; the dot of «ул.» ends none."""
    kept = _ABBREVIATION.sub(lambda found: found[0].replace(".", "\u2024"), text)
    parts = (part.replace("\u2024", ".").strip(" •—-\t") for part in _BREAK.split(kept))
    return [part for part in parts if part]


@lru_cache(4096)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The parts of a sentence that say something, in order."""
    parts = ((part, claims(part).said) for part in _CLAUSE.split(sentence))
    return tuple(
        Clause(said=said, condition=bool(_CONDITION.match(part))) for part, said in parts if said
    )


def pieces(sentence: str) -> list[frozenset[str]]:
    """What each part of a list says, in order; «и» parts them as well."""
    parts = (part for clause in _CLAUSE.split(sentence) for part in _AND.split(clause))
    return [claims(part).said for part in parts]


def spoken(sentence: str) -> frozenset[str]:
    """The stems of all words, neutral ones too."""
    return frozenset(stem(word) for word in _WORD.findall(clean(sentence)))


@lru_cache(4096)
def claims(sentence: str) -> Claims:
    """What a sentence says."""
    found: set[str] = set()
    numbers: list[str] = []
    links: set[str] = set()
    promises: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    says = False
    before = number = ""
    for link, phone, digits, word, sign in _TOKEN.findall(clean(sentence)):
        if link and not _DATE.fullmatch(link):
            links.add(link.rstrip("/."))
            before = number = ""
        elif phone or digits or link:
            number = re.sub(r"[^\d]", "", phone) if phone else (digits or link).replace(" ", "")
            numbers.append(number)
            if before in LIMITERS:
                pairs.add((before, number))
            before = ""
        else:
            before = sign or stem(word)
            if number and before in MEASURES:
                pairs.add((number, before))
            number = ""
            found.add(before)
            says |= bool(word) and shares(word).says >= _SURELY
            if word and shares(word).done >= _SURELY:
                found.add(f"{before} (уже)")  # «согласуйте с менеджером» is not «согласован»
            promises |= {p for p in _PROMISES if before.startswith(p) or word.startswith(p)}
    return Claims(
        words=frozenset(found - NEUTRAL - NEGATORS - LIMITERS),
        numbers=tuple(numbers),
        links=frozenset(links),
        pairs=frozenset(pairs),
        negators=frozenset(found & NEGATORS),
        promises=frozenset(promises),
        says=says,
    )
