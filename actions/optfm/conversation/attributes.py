"""A property of a row in the row's own words: «какая ёмкость?» → «3110 mAh»."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from common import published
from optfm.conversation.cues import ActWordsError, read_words, texts
from optfm.conversation.goods import Goods
from optfm.search import Colour, Facet, FacetName, Value
from optfm.search.query import ValueName, WordName
from optfm.text.normalise import one_alphabet

_FILE = Path(__file__).with_name("vocabulary") / "attributes.yml"
#: of a word of `tells` that begins so: any number
_ANY_NUMBER = "#"
#: «99,7%» is one word
_WORD = re.compile(r"(?:(?<=\d),(?=\d)|[^\s()\[\],/])+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """What tells a property of a row."""

    called: str  #: for people
    values: tuple[ValueName, ...] = ()  #: values with a unit
    instead: tuple[ValueName, ...] = ()  #: what rows without these are large by
    facets: tuple[FacetName, ...] = ()  #: kinds of words
    tells: tuple[str, ...] = ()  #: words of a row; one that ends in * is a beginning
    nouns: tuple[str, ...] = ()  #: of «того же объёма»; one that ends in * is a beginning
    colours: bool = False
    devices: bool = False
    smallest: bool = False  #: of several values of a row the smallest one counts, else the largest


def properties(path: Path = _FILE) -> Mapping[str, Property]:
    """The properties of attributes.yml by name, as it is now.

    :raises ActWordsError: the file is not as its head says.
    """
    return _properties(path)()


@functools.cache
def _properties(path: Path) -> published.Following[Mapping[str, Property]]:
    return published.Following(lambda: _read(path), path)


def _read(path: Path) -> Mapping[str, Property]:
    found = {}
    for name, one in read_words(path).items():
        if not isinstance(one, Mapping):
            raise ActWordsError(f"attributes.yml: {name}: нужны called и asks")
        values = texts(f"attributes.yml: {name}: values", one.get("values") or ["-"])
        if unknown := set(values) - {"-", *get_args(ValueName)}:
            raise ActWordsError(f"attributes.yml: {name}: величины {sorted(unknown)[0]} нет")
        instead = texts(f"attributes.yml: {name}: instead", one.get("instead") or ["-"])
        if unknown := set(instead) - {"-", *get_args(ValueName)}:
            raise ActWordsError(f"attributes.yml: {name}: величины {sorted(unknown)[0]} нет")
        facets = texts(f"attributes.yml: {name}: facets", one.get("facets") or ["-"])
        if unknown := set(facets) - {"-", *get_args(WordName)}:
            raise ActWordsError(f"attributes.yml: {name}: слов вида {sorted(unknown)[0]} нет")
        found[name] = Property(
            called=str(one.get("called") or name),
            values=tuple(v for v in get_args(ValueName) if v in values),
            instead=tuple(v for v in get_args(ValueName) if v in instead),
            facets=tuple(f for f in get_args(WordName) if f in facets),
            tells=tuple(
                word.lower().replace("ё", "е")
                for word in texts(f"attributes.yml: {name}: tells", one.get("tells") or ["-"])
                if word != "-"
            ),
            nouns=tuple(
                word.lower().replace("ё", "е")
                for word in texts(f"attributes.yml: {name}: nouns", one.get("nouns") or ["-"])
                if word != "-"
            ),
            colours=one.get("colours") is True,
            devices=one.get("devices") is True,
            smallest=one.get("smallest") is True,
        )
    return found


def told(name: str, code: str, goods: Goods) -> str:
    """What a row's name says of a property; "" where it says nothing."""
    property_, facts, row = properties()[name], goods.facts(code), goods.row(code)
    if facts is None or row is None:
        return ""
    if property_.devices:
        return ", ".join(dict.fromkeys(mention.label for mention in facts.devices))
    if property_.colours:
        return facts.colour or ", ".join(sorted(facts.colours))
    for value_name in property_.values:
        amounts = [v.value for v in facts.values if v.dimension == value_name]
        if amounts:
            spoken = (goods.spoken(Value(name=value_name, amount=a)) for a in amounts)
            return _printed(row.name, value_name, goods) or ", ".join(dict.fromkeys(spoken))
    tells = property_.tells
    if facts.devices:  # «Redmi 9A» is no current
        tells = tuple(one for one in tells if one.count(_ANY_NUMBER) != 1)
    words = _words(row.name, tells)
    return words or _of_facets(row.name, property_.facets, goods)


def facets_like(noun: str, code: str, goods: Goods) -> tuple[Facet, ...]:
    """What a row has of the property that a noun calls: the 64 GB of «того же объёма»."""
    facts, row = goods.facts(code), goods.row(code)
    if facts is None or row is None:
        return ()
    for property_ in properties().values():
        if not any(_is_told(noun, told) for told in property_.nouns):
            continue
        if property_.colours and facts.colours:
            return tuple(Colour(colour=colour) for colour in sorted(facts.colours))
        for name in property_.values:
            amounts = {v.value for v in facts.values if v.dimension == name}
            if amounts:
                value = Value(name=name, amount=max(amounts))
                return (replace(value, said=goods.spoken(value)),)
        named = [f for query in goods.parse(row.name) for f in query.facets]
        if found := tuple(f for f in named if f.name in property_.facets and not f.exclude):
            return found[:1]
    return ()


def _printed(name: str, value_name: ValueName, goods: Goods) -> str:
    """A value as a name prints it: one word («3110mAh»), or two («350*250 mm»)."""
    parts = _WORD.findall(name)
    for many in (1, 2):
        found = [
            " ".join(parts[at : at + many])
            for at in range(len(parts) - many + 1)
            if _tells(" ".join(parts[at : at + many]), value_name, goods)
        ]
        if found:
            return ", ".join(dict.fromkeys(found))
    return ""


def _tells(words: str, value_name: ValueName, goods: Goods) -> bool:
    if not words[:1].isdigit():
        return False
    (query, *_) = goods.parse(words)
    return any(value.name == value_name for value in query.values)


def _of_facets(name: str, facets: tuple[FacetName, ...], goods: Goods) -> str:
    """What a name says of facets, read as the search reads a question."""
    found = [f.said for query in goods.parse(name) for f in query.facets if f.name in facets]
    return ", ".join(dict.fromkeys(found))


def _words(name: str, tells: tuple[str, ...]) -> str:
    """The words of a name that tell the property, in their order."""
    found = []
    for match in _WORD.finditer(name):
        word = match[0].lower().replace("ё", "е")
        if any(_is_told(word, t) for t in tells):
            found.append(match[0])
    return " ".join(dict.fromkeys(found))


def is_called(word: str, nouns: tuple[str, ...]) -> bool:
    """Whether a word is one of the nouns that a property is called by."""
    return any(_is_told(word, noun) for noun in nouns)


def _is_told(word: str, tells: str) -> bool:
    if tells.startswith(_ANY_NUMBER):
        pattern = re.escape(tells).replace(re.escape(_ANY_NUMBER), r"\d+(?:[.,]\d+)?")
        return re.fullmatch(pattern, one_alphabet(word)) is not None
    return word.startswith(tells[:-1]) if tells.endswith("*") else word == tells
