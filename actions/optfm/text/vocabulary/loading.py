"""Reads the vocabulary's YAML files and refuses, in one line, what they must not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from common import published
from optfm.errors import Refused

HERE = Path(__file__).parent
FILES = (
    "synonyms", "slang", "fillers", "colours", "units", "devices", "quality", "negation", "brands",
    "facets", "limits", "openers",
)  # fmt: skip

Lists = Mapping[str, tuple[str, ...]]


class VocabularyError(Refused):
    """A file of the vocabulary is not as it should be; the line names the file and the place."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """A line of devices, as devices.yml says it."""

    brand: str  #: "" where several brands have a line of that name
    hidden: bool  #: the word may be left out: «Samsung Galaxy A12» is «Samsung A12»
    words: tuple[str, ...]
    common: bool = False  #: the name is a word of other goods, too: «Smart», «Play»
    alone: bool = False  #: the name without a number is a device: «P Smart»
    mark: bool = False  #: may follow a number, too: «Hot 12 Play»
    numbers: tuple[str, ...] = ()  #: words that are its numbers: «SE» of iPhones
    sizes: tuple[str, ...] = ()  #: units that tell its devices apart: iPad Pro 11"


@dataclass(frozen=True, kw_only=True)
class Connectors:
    """Which plug a line of devices has."""

    default: str  #: "" where it has none
    of: Lists  #: connector → model numbers


@dataclass(frozen=True, kw_only=True)
class Negation:
    """How somebody says what he does not want, as negation.yml says it."""

    all_that_follows: frozenset[str]  #: take back everything that they list
    next: frozenset[str]  #: take back the next thing
    after: tuple[str, ...]  #: take back what stands before them; of one word or more
    verbs: frozenset[str]  #: dictionary forms of words that do the same behind «не»
    through: frozenset[str]  #: may stand between a negation and its thing
    joining: frozenset[str]  #: between the things of one list
    otherwise: Mapping[str, tuple[str, ...]]  #: a word → negations that say it: «без провода»
    literal: Lists  #: a negation → goods beside which it means what it says: «без кабеля»


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How somebody names a price, an order, a sale and a number, as limits.yml says it."""

    price: Lists
    order: Lists
    sale: Lists
    count: Lists
    numerals: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Everything the YAML files say, checked, as written (not yet stemmed)."""

    synonyms: Lists  #: word → other ways to say it, in rows and questions
    slang: Lists  #: what a customer says → what the goods are called, likeliest first
    links: frozenset[str]  #: prepositions and the like
    fillers: frozenset[str]  #: words that mean nothing for the search
    decisive: frozenset[str]  #: properties that a row must have: what a thing is made of
    talk: frozenset[str]  #: words about the shop: delivery, payment
    optional: frozenset[str]  #: words that a row need not have
    colours: Lists  #: colour → forms; a form that ends in * is a beginning
    units: Mapping[str, Mapping[str, float]]
    unit_names: Mapping[str, str]
    no_values: frozenset[str]  #: what looks like a number with its unit: «4g»
    units_beside: Lists  #: a unit that other things are called by → words it must follow
    brands: Lists  #: brand of devices → how people say it
    series: Mapping[str, Series]
    marks: Lists  #: what follows a model's number → how people say it
    not_marks: frozenset[str]
    nets: Lists
    numbers: Lists  #: model number → words for it
    letters: Lists  #: letter of a model number → how it is said
    model_codes: Mapping[str, Mapping[str, str]]  #: brand → a code's beginning → model number
    part_codes: Lists  #: brand → codes of parts, "#" where the code of a model stands in them
    same_numbers: Mapping[str, Mapping[str, str]]
    connectors: Mapping[str, Connectors]
    plugged: frozenset[str]
    quality: Lists
    negation: Negation
    limits: Limits
    common: frozenset[str]  #: Latin words of the trade that are no brand: «bluetooth»
    plugs: Mapping[str, str]  #: connector → what a button calls it
    ports: Mapping[str, str]  #: connector whose sockets are counted → what an answer calls it
    implied: Lists  #: a word of a row → what the row is, too: PD is a fast charge
    packing: tuple[str, ...]  #: words about the packing
    whole: tuple[str, ...]  #: what is bought whole: its parts are none of it


def load(folder: Path = HERE) -> Vocabulary:
    """The vocabulary in `folder`.

    :raises VocabularyError: a file is missing, is not YAML or is not as its schema says.
    """
    raw = {name: _read(folder / f"{name}.yml") for name in FILES}
    fillers, units, devices = raw["fillers"], raw["units"], raw["devices"]
    _keys(
        "fillers", fillers, {"связки", "ничего_не_значат", "необязательные", "о_магазине", "решают"}
    )
    _keys(
        "devices",
        devices,
        {
            "brands", "series", "marks", "not_marks", "nets", "numbers", "same_numbers",
            "connectors", "plugged", "letters", "model_codes",
        },
        may={"part_codes"},
    )  # fmt: skip
    synonyms, brands = _lists("synonyms", raw["synonyms"]), _lists("brands", raw["brands"])
    if twice := sorted(synonyms.keys() & brands.keys()):
        raise VocabularyError(f"словарь brands.yml: «{twice[0]}» есть и в synonyms.yml")
    facets = raw["facets"]
    _keys("facets", facets, {"разъёмы", "упаковка", "гнёзда", "значит"}, may={"целиком"})
    return Vocabulary(
        synonyms=synonyms | brands,
        common=frozenset(word for word in synonyms if word.isascii()),
        plugs={k: str(v) for k, v in _map("facets: разъёмы", facets["разъёмы"]).items()},
        ports={k: str(v) for k, v in _map("facets: гнёзда", facets["гнёзда"]).items()},
        implied=_lists("facets: значит", facets["значит"]),
        packing=_words("facets: упаковка", facets["упаковка"]),
        whole=_words("facets: целиком", facets.get("целиком", [])),
        slang=_lists("slang", raw["slang"]),
        links=frozenset(_words("fillers: связки", fillers["связки"])),
        fillers=frozenset(_words("fillers: ничего_не_значат", fillers["ничего_не_значат"]))
        | _openers(raw["openers"]),
        decisive=frozenset(_words("fillers: решают", fillers["решают"])),
        talk=frozenset(_words("fillers: о_магазине", fillers["о_магазине"])),
        optional=frozenset(_words("fillers: необязательные", fillers["необязательные"])),
        colours=_lists("colours", raw["colours"]),
        units={name: _unit(name, unit) for name, unit in units.items()},
        unit_names={name: str(unit["name"]) for name, unit in units.items()},
        no_values=frozenset(
            said
            for name, unit in units.items()
            for said in _words(f"units: {name}: кроме", unit.get("кроме", []))
        ),
        units_beside={
            letter: words
            for name, unit in units.items()
            for letter, words in _beside(name, unit.get("только_у"))
        },
        brands=_lists("devices: brands", devices["brands"]),
        series={
            name: _series(name, one)
            for name, one in _map("devices: series", devices["series"]).items()
        },
        marks=_lists("devices: marks", devices["marks"]),
        not_marks=frozenset(_words("devices: not_marks", devices["not_marks"])),
        nets=_lists("devices: nets", devices["nets"]),
        numbers=_lists("devices: numbers", devices["numbers"]),
        letters=_lists("devices: letters", devices["letters"]),
        model_codes={
            name: {str(k): str(v) for k, v in _map(f"devices: model_codes: {name}", one).items()}
            for name, one in _map("devices: model_codes", devices["model_codes"]).items()
        },
        part_codes=_lists("devices: part_codes", devices.get("part_codes", {})),
        same_numbers={
            name: {str(k): str(v) for k, v in _map(f"devices: same_numbers: {name}", one).items()}
            for name, one in _map("devices: same_numbers", devices["same_numbers"]).items()
        },
        connectors={
            name: _connectors(name, one)
            for name, one in _map("devices: connectors", devices["connectors"]).items()
        },
        plugged=frozenset(_words("devices: plugged", devices["plugged"])),
        quality=_lists("quality", raw["quality"]),
        negation=_negation(raw["negation"]),
        limits=_limits(raw["limits"]),
    )


def _openers(raw: dict[str, Any]) -> frozenset[str]:
    """Greetings, addresses and requests of one word: they search for nothing."""
    _keys("openers", raw, {"приветствия", "обращения", "просьбы"})
    said = [word for name in raw for word in _words(f"openers: {name}", raw[name])]
    return frozenset(word for word in said if " " not in word)


def stamp(folder: Path = HERE) -> tuple[published.Stamp, ...]:
    """Something that differs once any file of the vocabulary was changed, or another text was
    published in its place."""
    return tuple(published.stamp(folder / f"{name}.yml") for name in FILES)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = yaml.load(published.read(path), Loader=_Loader)
    except OSError as error:
        raise VocabularyError(f"словарь {path.name}: не читается ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise VocabularyError(f"словарь {path.name}: файл не в кодировке UTF-8") from error
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f", строка {place.line + 1}" if place else ""
        problem = getattr(error, "problem", None) or "не похоже на YAML"
        raise VocabularyError(f"словарь {path.name}{line}: {problem}") from error
    return _map(path.stem, found)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without its surprises: a key twice is an error, words stay words («да», «no», 4)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                mark = node.value[number][0].start_mark
                raise yaml.constructor.ConstructorError(
                    None, None, f"«{key}» записано дважды", mark
                )
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


def _keys(
    file: str,
    found: Mapping[str, Any],
    wanted: set[str],
    *,
    may: frozenset[str] | set[str] = frozenset(),
) -> None:
    if missing := wanted - set(found):
        raise VocabularyError(f"словарь {file}.yml: нет раздела «{sorted(missing)[0]}»")
    if odd := set(found) - wanted - may:
        raise VocabularyError(f"словарь {file}.yml: незнакомый раздел «{sorted(odd)[0]}»")


def _map(place: str, found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise VocabularyError(f"словарь {place}: ожидается «слово: …» в каждой строке")
    return {str(key): value for key, value in found.items()}


def _words(place: str, found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise VocabularyError(f"словарь {place}: ожидается список [слово, слово]")
    for word in found:
        if isinstance(word, bool):  # YAML's own reading of yes, no, on, off
            raise VocabularyError(f"словарь {place}: yes, no, on и off пишутся в кавычках")
        if isinstance(word, (list, dict)) or word is None or not str(word).strip():
            raise VocabularyError(f"словарь {place}: «{word}» — не слово")
    return tuple(str(word).lower() for word in found)


def _lists(place: str, found: object) -> dict[str, tuple[str, ...]]:
    return {key: _words(f"{place}: {key}", value) for key, value in _map(place, found).items()}


def _unit(name: str, found: object) -> dict[str, float]:
    unit = _map(f"units: {name}", found)
    _keys("units", unit, {"name", "units"}, may={"кроме", "только_у"})
    spellings = _map(f"units: {name}", unit["units"])
    for spelling, factor in spellings.items():
        if isinstance(factor, bool) or not isinstance(factor, (int, float)) or factor <= 0:
            raise VocabularyError(
                f"словарь units: {name}: у «{spelling}» ожидается число больше нуля"
            )
    return {spelling: float(factor) for spelling, factor in spellings.items()}


def _beside(name: str, found: object) -> list[tuple[str, tuple[str, ...]]]:
    if found is None:
        return []
    said = _map(f"units: {name}: только_у", found)
    _keys(f"units: {name}: только_у", said, {"буквы", "слова"})
    words = _words(f"units: {name}: только_у", said["слова"])
    return [(letter, words) for letter in _words(f"units: {name}: только_у", said["буквы"])]


def _series(name: str, found: object) -> Series:
    one = _map(f"devices: series: {name}", found)
    place = f"devices: series: {name}"
    if odd := set(one) - {"brand", *_FLAGS, *_SERIES_LISTS}:
        raise VocabularyError(f"словарь {place}: незнакомое «{sorted(odd)[0]}»")
    flags = {flag: one.get(flag) is True for flag in _FLAGS}
    lists = {key: _words(f"{place}: {key}", one.get(key, [])) for key in _SERIES_LISTS}
    return Series(brand=str(one.get("brand", "")), **flags, **lists)  # type: ignore[arg-type]


_FLAGS = ("hidden", "common", "alone", "mark")
_SERIES_LISTS = ("words", "numbers", "sizes")


_LIMITS = {
    "цена": {
        "до",
        "до_после",
        "от",
        "от_после",
        "от_без_рублей",
        "около",
        "рубли",
        "ёмкость_от",
        "тысячи",
        "тысячи_словом",
        "тысяча_словом",
        "не_цена",
    },
    "порядок": {"дешевле", "дороже"},
    "распродажа": {"скидка", "любая", "акция", "хит"},
    "количество": {"штуки", "не_количество", "упаковки", "не_счёт", "объёмы"},
}


def _limits(found: Mapping[str, Any]) -> Limits:
    _keys("limits", found, set(_LIMITS))
    sections = {name: _map(f"limits: {name}", found[name]) for name in _LIMITS}
    numerals = _lists("limits: числа", sections["количество"].pop("числа", None))
    if odd := [number for number in numerals if not number.isdigit()]:
        raise VocabularyError(f"словарь limits: числа: «{odd[0]}» — не число")
    lists = {}
    for name, wanted in _LIMITS.items():
        _keys("limits", sections[name], wanted, may={"не_берут"} if name == "цена" else set())
        lists[name] = _lists(f"limits: {name}", sections[name])
    numbers = (*lists["цена"]["ёмкость_от"], *lists["количество"]["объёмы"])
    if wrong := [word for word in numbers if not word.isdigit()]:
        raise VocabularyError(f"словарь limits: «{wrong[0]}» — не число")
    return Limits(
        price=lists["цена"],
        order=lists["порядок"],
        sale=lists["распродажа"],
        count=lists["количество"],
        numerals={int(number): words for number, words in numerals.items()},
    )


def _negation(found: Mapping[str, Any]) -> Negation:
    names = ("всё_дальше", "следующее", "перед_ними", "не_с_формой", "пропускаются", "соединяют")
    _keys("negation", found, {*names, "иначе", "буквально"})
    every, following, after, verbs, through, joining = (
        _words(f"negation: {name}", found[name]) for name in names
    )
    return Negation(
        all_that_follows=frozenset(every),
        next=frozenset(following),
        after=after,
        verbs=frozenset(verbs),
        through=frozenset(through),
        joining=frozenset(joining),
        otherwise=_lists("negation: иначе", found["иначе"]),
        literal=_lists("negation: буквально", found["буквально"]),
    )


def _connectors(name: str, found: object) -> Connectors:
    one = _map(f"devices: connectors: {name}", found)
    return Connectors(
        default=str(one.get("default", "")),
        of={
            plug: _words(f"devices: connectors: {name}: {plug}", numbers)
            for plug, numbers in one.items()
            if plug != "default"
        },
    )
