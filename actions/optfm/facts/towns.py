"""The towns of a message: by their cases, nicknames and misspellings."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz.distance import OSA

from common.latin import from_latin
from optfm.text.morphology import is_word, readings
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).with_name("towns.yml")
Where = Literal["russia", "kazakhstan", "belarus", "abroad"]
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Before a town; a word after one of these may be a misspelt town.
_TO = {"в", "во", "до", "из", "с", "по", "город", "городе", "г"}
_ADJECTIVE = re.compile(r"ск(?:ая|ой|ую)$")
_REGION = {"обл", "губерния", "губернии"}
_LATIN = re.compile(r"[a-z]{4,}")
#: Letters of the neighbours as they stand in the Russian names of towns: «у Мінск», «Қарағанды».
_NEIGHBOURS = str.maketrans("іїєґўқғңүұөһә", "ииегукгнууоха")
#: Endings of Kazakh cases, as they are read here: «Алматыға», «Астанадан».
_KAZAKH_CASES = re.compile(r"(?:[гк][аеэ]|[дтн]ан|[дтн]ен|[дт][ае])$")
_SHORTEST_MISSPELT = 5
_SHORTEST_WITH_TWO_SLIPS = 8
_ENDING = 2
_SOUND_ALIKE = ({"я", "е", "и"}, {"о", "а"})
#: «почтой России», «по России»: where, but no town.
_OURS = "Россия"
#: One of its towns says it, too.
_COUNTRIES = {"kazakhstan": "Казахстан", "belarus": "Беларусь"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """A place to deliver to."""

    name: str  #: as the map has it; "" for one that we do not know by name
    where: Where = "russia"


def towns_of(text: str) -> list[Town]:
    """The towns that a text names, in its order; none twice."""
    plain = text.lower().replace("ё", "е").translate(_NEIGHBOURS)
    words = [town_in_latin(word) or word for word in _WORD.findall(plain)]
    found: dict[Town, None] = {}
    taken = 0
    for start in range(len(words)):
        if start < taken or _names_a_region(words, start):
            continue
        for length in (3, 2, 1):
            chunk = words[start : start + length]
            if len(chunk) == length and (town := _known(" ".join(map(_lemma, chunk)), chunk)):
                found[town] = None
                taken = start + length
                break
        else:
            after = words[start - 1] if start else ""
            if (after in _TO or len(words) <= 2) and (town := _misspelt(words[start])):
                found[town] = None
    known = {town.where for town in found if town.name != _COUNTRIES.get(town.where)}
    countries = {_OURS, *(name for where, name in _COUNTRIES.items() if where in known)}
    return [town for town in found if town.name not in countries]


def _names_a_region(words: list[str], at: int) -> bool:
    """«область ивановская», «Ярославской области»: somewhere in it, not its capital."""
    if not _ADJECTIVE.search(words[at]):
        return False
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return any(word in _REGION or word.startswith("област") for word in beside)


def town_in_latin(word: str) -> str:
    """The town that a word in lower-case Latin letters names, in Russian ones; "" for none."""
    if not _LATIN.fullmatch(word):
        return ""
    return next((way for way in from_latin(word) if _known(_lemma(way), [way])), "")


def _known(lemmas: str, words: list[str]) -> Town | None:
    names = _names()
    for way in (" ".join(words), lemmas):
        if town := names.get(way):
            return town
    if len(words) > 1:
        return None
    if not is_word(words[0]):
        theirs = names.get(_KAZAKH_CASES.sub("", words[0]))
        return theirs if theirs and theirs.where == "kazakhstan" else None
    found = readings(words[0])
    for reading in found:
        if town := names.get(str(reading.normal_form).replace("ё", "е")):
            return town if "Geox" in reading.tag or len(found) < _FEW else None
    if "Geox" in found[0].tag:
        return Town(name=str(found[0].normal_form).capitalize())
    return None


#: A word that may be as many things as this is taken for a town only by its dictionary mark.
_FEW = 4


def _misspelt(word: str) -> Town | None:
    """The town that a word is but for a slip, two in a long one; None for a known word."""
    if len(word) < _SHORTEST_MISSPELT or is_word(word):
        return None
    allowed = 2 if len(word) >= _SHORTEST_WITH_TWO_SLIPS else 1
    best: tuple[int, Town] | None = None
    for name, town in _names().items():
        if not _begin_alike(name, word) or abs(len(name) - len(word)) > allowed + _ENDING:
            continue
        slips = min(OSA.distance(word, way) for way in _cases(name))
        if slips <= allowed and (best is None or slips < best[0]):
            best = (slips, town)
    return best[1] if best else None


def _begin_alike(name: str, word: str) -> bool:
    """Whether their first letters are one, or vowels that sound alike: «Ераславль»."""
    return name[0] == word[0] or any({name[0], word[0]} <= vowels for vowels in _SOUND_ALIKE)


@lru_cache(maxsize=1)
def _names() -> dict[str, Town]:
    read = read_yaml(FILE.read_text(encoding="utf-8"))
    names: dict[str, Town] = {}
    for where, towns in read.items():
        for name, ways in towns.items():
            town = Town(name=name, where=where)
            plain = name.lower().replace("ё", "е")
            lemma = " ".join(_lemma(word) for word in re.split(r"[\s-]", plain))
            for way in (*ways, plain, plain.replace("-", " "), lemma):
                names[way.replace("ё", "е")] = town
    return names


@lru_cache(maxsize=5_000)
def _cases(name: str) -> tuple[str, ...]:
    if " " in name or not (parsed := readings(name)):
        return (name,)
    forms = {str(form.word).replace("ё", "е") for form in parsed[0].lexeme}
    return (name, *forms)


@lru_cache(maxsize=5_000)
def _lemma(word: str) -> str:
    found = readings(word)
    place = next((r for r in found if "Geox" in r.tag), found[0])
    return str(place.normal_form).replace("ё", "е")
