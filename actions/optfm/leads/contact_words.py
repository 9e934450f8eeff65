"""The words that people speak of contacts with: a YAML file, checked when it is loaded."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from optfm.errors import Refused
from optfm.text.phrases import plain
from optfm.text.yaml_text import read_yaml

_FILE = Path(__file__).parent / "vocabulary" / "contacts.yml"
_LISTS = (
    *("пишут", "сюда", "добавочный", "о_звонке", "исправляют"),
    *("добавляют", "о_другом", "уходят", "при_уходе", "при_связи", "домены"),
)
_MAPPINGS = ("мессенджеры", "поля")


class ContactWordsError(Refused):
    """The file is not as it must be."""


@dataclass(frozen=True, kw_only=True)
class ContactWords:
    """Patterns over lower-case text without «ё», whole words."""

    messengers: Mapping[str, re.Pattern[str]]  #: a messenger's name → its words
    asks_to_write: re.Pattern[str]  #: at the end of what stands before a messenger's name
    here: re.Pattern[str]
    extension: re.Pattern[str]  #: at the beginning of what follows a number; group 1: its digits
    of_calls: re.Pattern[str]
    corrects: re.Pattern[str]  #: at the beginning
    adds: re.Pattern[str]  #: at the beginning
    instead: re.Pattern[str]  #: at the beginning: what follows takes the place of what was asked
    leaves: re.Pattern[str]  #: a whole clause
    beside: re.Pattern[str]  #: a word that says nothing beside a contact
    beside_leaving: re.Pattern[str]  #: a whole clause that may stand beside one
    fields: Mapping[str, re.Pattern[str]]
    domains: tuple[str, ...]


@functools.cache
def contact_words(path: Path = _FILE) -> ContactWords:
    """The words of `vocabulary/contacts.yml`.

    :raises ContactWordsError: the file is missing or not as it must be.
    """
    raw = _checked(path)
    return ContactWords(
        messengers={name: _anywhere(said) for name, said in raw["мессенджеры"].items()},
        asks_to_write=re.compile(rf"(?:{any_of(raw['пишут'])})\W*$"),
        here=_anywhere(raw["сюда"]),
        extension=re.compile(rf"[\s,(]*(?:{any_of(raw['добавочный'])})\.?[\s:№]*(\d{{1,6}})\)?"),
        of_calls=_anywhere(raw["о_звонке"]),
        corrects=re.compile(rf"(?:(?:нет|да|ну|а|я|извините|простите)\W+)*(?:{any_of(raw['исправляют'])})(?!\w)[\s,:.!-]*"),
        adds=re.compile(rf"(?:(?:{any_of(raw['добавляют'])})(?!\w)[\s,:.!-]*)+"),
        instead=re.compile(rf"(?:(?:нет\s*[,.!;:–—-]|(?:{any_of(raw['о_другом'])})(?!\w))\W*)+"),
        leaves=re.compile(
            rf"(?:(?:{any_of(raw['при_уходе'])})\W+)*(?:{any_of(raw['уходят'])})"
            rf"(?:\W+(?:{any_of((*raw['при_уходе'], *raw['уходят']))}))*"
        ),
        beside=re.compile(any_of(raw["при_связи"])),
        beside_leaving=re.compile(any_of(raw["при_уходе"])),
        fields={name: _anywhere(said) for name, said in raw["поля"].items()},
        domains=tuple(raw["домены"]),
    )  # fmt: skip


def _checked(path: Path) -> dict[str, Any]:
    try:
        raw = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ContactWordsError(f"{path.name}: файл не читается: {error}") from error
    if not isinstance(raw, dict) or set(raw) != {*_LISTS, *_MAPPINGS}:
        raise ContactWordsError(f"{path.name}: нужны разделы {', '.join((*_LISTS, *_MAPPINGS))}")
    lists = [(name, raw[name]) for name in _LISTS]
    for name in _MAPPINGS:
        if not isinstance(raw[name], dict):
            raise ContactWordsError(f"{path.name}: {name}: нужны пары «название: [слова]»")
        lists += [(f"{name}.{key}", said) for key, said in raw[name].items()]
    for name, said in lists:
        if not isinstance(said, list) or not all(isinstance(x, str) and x.strip() for x in said):
            raise ContactWordsError(f"{path.name}: {name}: нужен список слов")
    return raw


def any_of(said: Iterable[str]) -> str:
    """A pattern of any of the words; «*» at the end: a beginning of a word."""
    longest_first = sorted((plain(word) for word in said), key=len, reverse=True)
    return "|".join(map(_pattern, dict.fromkeys(longest_first)))


def _pattern(word: str) -> str:
    begins, word = word.endswith("*"), word.removesuffix("*")
    parts = (re.escape(part).replace(r"\\d\+", r"\d+") for part in word.split())
    return r"\s+".join(parts) + (r"\w*" if begins else "")


def _anywhere(said: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.])(?:{any_of(said)})(?!\w)")
