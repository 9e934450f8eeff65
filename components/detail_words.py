"""Messages that are nothing but a town, a sum, a day or an hour: «Шуя», «а на 30 тысяч?»."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from common import published
from components.wording import morphology

VOCABULARY = Path(__file__).with_suffix(".yml")
#: The towns that the computed answers know, by their names in everyday speech.
TOWNS = Path("actions/optfm/facts/towns.yml")
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)?|₽")
_NUMBER = re.compile(r"\d")
#: A smaller number alone is the number of a row, or of pieces.
_SMALLEST_SUM = 500
_LONGEST = 9


def _read_words() -> tuple[frozenset[str], frozenset[str]]:
    """Little words, and those that say a sum or a time."""
    read = yaml.safe_load(published.read(VOCABULARY))
    said = {name: {word.replace("ё", "е") for word in words} for name, words in read.items()}
    return frozenset(said.pop("little")), frozenset().union(*said.values())


def _read_towns() -> frozenset[str]:
    read = yaml.safe_load(published.read(TOWNS))
    names = {name for group in read.values() for name in group}
    names |= {way for group in read.values() for ways in group.values() for way in ways}
    parts = {part for name in names for part in re.split(r"[\s-]", name.lower())}
    return frozenset(part.replace("ё", "е") for part in parts if len(part) > 1)


_words = published.Following(_read_words, VOCABULARY)
_towns = published.Following(_read_towns, TOWNS)


def only_details(text: str) -> bool:
    """Whether a message says a town, a sum, a day or an hour, and nothing else."""
    tokens = [token.lower().replace("ё", "е") for token in _TOKEN.findall(text)]
    if not 1 <= len(tokens) <= _LONGEST:
        return False
    little, measures = _words()
    details, numbers = 0, []
    for token in tokens:
        if _NUMBER.match(token):
            numbers.append(token)
        elif token in little:
            continue
        elif token in measures or _is_town(token):
            details += 1
        else:
            return False
    if numbers and not details:
        return len(numbers) == 1 and _is_sum(numbers[0])
    return details > 0


def _is_sum(number: str) -> bool:
    """Of a number alone: a sum of money, or an hour that is written as one."""
    if ":" in number:
        return True
    return number.isdigit() and number[0] != "0" and _SMALLEST_SUM <= int(number) < 1_000_000


def _is_town(word: str) -> bool:
    towns = _towns()
    return word in towns or any(form in towns for form in _forms(word)) or _names_a_place(word)


@lru_cache(maxsize=5_000)
def _forms(word: str) -> frozenset[str]:
    readings = morphology().parse(word)
    return frozenset(str(one.normal_form).replace("ё", "е") for one in readings)


@lru_cache(maxsize=5_000)
def _names_a_place(word: str) -> bool:
    return morphology().word_is_known(word) and "Geox" in morphology().parse(word)[0].tag
