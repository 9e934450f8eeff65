"""The words that acts are told by beside their phrases: vocabulary/words.yml."""

import functools
from dataclasses import dataclass, fields
from pathlib import Path

from common import published
from optfm.conversation.cues import ActWordsError, read_words, texts

_FILE = Path(__file__).with_name("vocabulary") / "words.yml"


@dataclass(frozen=True, kw_only=True, slots=True)
class ActWords:
    """Sets of whole words in lower case, ё as е; the file tells what each is for."""

    is_there: frozenset[str]
    it: frozenset[str]
    its: frozenset[str]
    agreed: frozenset[str]
    so_that: frozenset[str]
    with_: frozenset[str]
    plug: frozenset[str]
    same_as: frozenset[str]
    joins: frozenset[str]
    joins_with: frozenset[str]
    instead: frozenset[str]
    requests: frozenset[str]
    which: frozenset[str]
    of_two: frozenset[str]
    points: frozenset[str]
    polite: frozenset[str]
    plain: frozenset[str]
    whose: frozenset[str]
    higher: frozenset[str]
    lower: frozenset[str]


def act_words(path: Path = _FILE) -> ActWords:
    """The words of the file, as it is now.

    :raises ActWordsError: the file is missing or not as its head says.
    """
    return _words(path)()


@functools.cache
def _words(path: Path) -> published.Following[ActWords]:
    return published.Following(lambda: _read(path), path)


def _read(path: Path) -> ActWords:
    said = read_words(path)
    names = {field.name.rstrip("_"): field.name for field in fields(ActWords)}
    if wrong := set(said) ^ set(names):
        raise ActWordsError(f"{path.name}: нет или лишнее: {sorted(wrong)[0]}")
    return ActWords(
        **{
            names[name]: frozenset(texts(f"{path.name}: {name}", words))
            for name, words in said.items()
        }
    )
