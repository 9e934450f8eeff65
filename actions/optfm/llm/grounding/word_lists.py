"""The lists of `words.yml`, by which questions and answers are read."""

from pathlib import Path
from typing import Any

from optfm.text.morphology import stem
from optfm.text.normalise import clean
from optfm.text.yaml_text import read_yaml

_LISTS: dict[str, Any] = read_yaml(
    Path(__file__).with_name("words.yml").read_text(encoding="utf-8")
)


def words(name: str) -> tuple[str, ...]:
    """The words of a list as they stand there."""
    return tuple(_LISTS[name].split())


def stems(name: str) -> frozenset[str]:
    """The stems of a list's words."""
    return frozenset(stem(clean(word)) for word in words(name))
