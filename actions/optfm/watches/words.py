"""What a message wants of watches: a YAML file of words, checked when it is loaded."""

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import yaml

from optfm.errors import Refused

Wish = Literal["appears", "cheaper", "stop", "show"]

_FILE = Path(__file__).parent / "vocabulary" / "watches.yml"
_SECTIONS = ("сообщите", "появится", "подешевеет", "отписаться", "показать")
_FILLERS = re.compile(
    r"(?<!\w)(?:когда|как только|как|если|пожалуйста|мне|нам|его|ее|их|она|он|оно|они|сюда|и|о|об|"
    r"цена|цены|цену|при|на него|товар|плиз|тогда|мне о)(?!\w)"
)


class WatchWordsError(Refused):
    """The file is not as it must be."""


@functools.cache
def _words(path: Path = _FILE) -> dict[str, re.Pattern[str]]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WatchWordsError(f"{path.name}: файл не читается: {error}") from error
    if not isinstance(raw, dict) or set(raw) != set(_SECTIONS):
        raise WatchWordsError(f"{path.name}: нужны разделы {', '.join(_SECTIONS)}")
    for name, said in raw.items():
        if not isinstance(said, list) or not all(isinstance(x, str) and x.strip() for x in said):
            raise WatchWordsError(f"{path.name}: {name}: нужен список слов")
    return {name: _pattern(said) for name, said in raw.items()}


def wish_of(text: str) -> Wish | None:
    """What a message wants; None where it wants nothing of watches."""
    words, low = _words(), _plain(text)
    if words["отписаться"].search(low):
        return "stop"
    if words["показать"].search(low):
        return "show"
    if not words["сообщите"].search(low):
        return None
    if words["подешевеет"].search(low):
        return "cheaper"
    return "appears" if words["появится"].search(low) else None


def goods_in(text: str) -> str:
    """What is left of a wish without its words: the goods that it names, "" where it names none."""
    left = _plain(text)
    for name in ("сообщите", "появится", "подешевеет"):
        left = _words()[name].sub(" ", left)
    return " ".join(_FILLERS.sub(" ", left).split()).strip(" ,.:;!?-–—«»")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _pattern(said: Iterable[str]) -> re.Pattern[str]:
    ways = sorted((_plain(word) for word in said), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_way, ways))})(?!\w)")


def _way(word: str) -> str:
    return r"\s+".join(
        re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "")
        for part in word.split()
    )
