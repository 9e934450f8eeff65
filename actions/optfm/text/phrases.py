"""The lists of words in a vocabulary file; as patterns: common/phrases.py."""

from collections.abc import Collection
from pathlib import Path

import yaml

from common.phrases import END, START, alternatives, plain
from optfm.errors import Refused
from optfm.text.yaml_text import read_yaml

__all__ = ["END", "START", "PhrasesError", "alternatives", "plain", "read_sections"]


class PhrasesError(Refused):
    """A file of phrases is missing or not as it must be."""


def read_sections(path: Path, names: Collection[str]) -> dict[str, list[str]]:
    """A YAML file of lists of words, one a section.

    :param names: the sections that it must have, and no others.
    :raises PhrasesError: it cannot be read, or has other sections, or one is no list of words.
    """
    try:
        raw = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PhrasesError(f"{path.name}: файл не читается: {error}") from error
    if not isinstance(raw, dict) or set(raw) != set(names):
        raise PhrasesError(f"{path.name}: нужны разделы {', '.join(names)}")
    for name, said in raw.items():
        if not isinstance(said, list) or not all(isinstance(x, str) and x.strip() for x in said):
            raise PhrasesError(f"{path.name}: {name}: нужен список слов")
    return raw
