"""Words of a vocabulary file as one pattern over clean text: «не дороже», «тыс*»."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

import yaml

from optfm.errors import Refused

#: a phrase begins where no word goes on
START = r"(?<![а-яa-z0-9])"
#: and ends so
END = r"(?![а-яa-z0-9])"


class PhrasesError(Refused):
    """A file of phrases is missing or not as it must be."""


def read_sections(path: Path, names: Collection[str]) -> dict[str, list[str]]:
    """A YAML file of lists of words, one a section.

    :param names: the sections that it must have, and no others.
    :raises PhrasesError: it cannot be read, or has other sections, or one is no list of words.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PhrasesError(f"{path.name}: файл не читается: {error}") from error
    if not isinstance(raw, dict) or set(raw) != set(names):
        raise PhrasesError(f"{path.name}: нужны разделы {', '.join(names)}")
    for name, said in raw.items():
        if not isinstance(said, list) or not all(isinstance(x, str) and x.strip() for x in said):
            raise PhrasesError(f"{path.name}: {name}: нужен список слов")
    return raw


def plain(text: str) -> str:
    """Lower case, «е» for «ё», single spaces: what the patterns are for."""
    return " ".join(text.lower().replace("ё", "е").split())


def alternatives(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first; a star stands for any ending.

    :returns: a group without a name, to be put into a greater pattern.
    """
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(_pattern, longest_first))})"


def _pattern(phrase: str) -> str:
    words = [
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) + _end(word)
        for word in phrase.split()
    ]
    return r"\s+".join(words)


def _end(word: str) -> str:
    return END if word[-1:].isalnum() else ""
