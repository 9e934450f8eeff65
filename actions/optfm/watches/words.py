"""What a message wants of watches: a YAML file of words, checked when it is loaded."""

import functools
import re
from pathlib import Path
from typing import Literal

from optfm.text.phrases import START, alternatives, plain, read_sections

Wish = Literal["appears", "cheaper", "stop", "show"]

_FILE = Path(__file__).parent / "vocabulary" / "watches.yml"
_SECTIONS = ("сообщите", "появится", "подешевеет", "отписаться", "показать", "лишнее")


@functools.cache
def _words() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(START + alternatives(map(plain, said)))
        for name, said in read_sections(_FILE, _SECTIONS).items()
    }


def wish_of(text: str) -> Wish | None:
    """What a message wants; None where it wants nothing of watches."""
    words, low = _words(), plain(text)
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
    left = plain(text)
    for name in ("сообщите", "появится", "подешевеет"):
        left = _words()[name].sub(" ", left)
    return " ".join(_words()["лишнее"].sub(" ", left).split()).strip(" ,.:;!?-–—«»")
