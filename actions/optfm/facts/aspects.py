"""What a second question of the same topic asks: a part of its facts (aspects.yml)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

from common import published
from common.hearing import sound
from common.phrases import plain
from optfm.facts.wording import manager
from optfm.text.morphology import is_word
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).with_name("aspects.yml")
_ANY = "any"
#: «кит.» is the carrier, and not the beginning of «Китай».
_WHOLE = "."
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_HEARD = 3
_NOTHING = re.compile(r"(?!)")


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    says: str = ""
    topic: str = ""
    case: bool | tuple[str, ...] = False
    #: Says no more than what is computed of the case, and is told only where nothing is.
    uncounted: bool = False
    #: Answers the case better than what is computed of its sum.
    instead: bool = False

    @model_validator(mode="after")
    def _one_answer(self) -> "_Line":
        if bool(self.says) == bool(self.topic):
            raise ValueError("нужно или says, или topic")
        try:
            self.says.format(manager="")
        except (LookupError, ValueError) as exc:
            raise ValueError(f"в тексте можно только {{manager}}: {self.says}") from exc
        return self


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """The part of a topic that is asked for: its words, or the topic whose answer it is."""

    says: str
    topic: str
    uncounted: bool = False  #: told only where nothing is computed
    instead: bool = False  #: told in place of what is computed


def aspect(topic: str, text: str, *, first: bool = False) -> Aspect | None:
    """The part of a topic's facts that a text asks for; None for a text that names no part.

    :param first: nothing was said of the topic before, so only words that name a part by
        themselves ask for it: «как» after an answer does, in a first question it does not.
    """
    known = aspects()
    lines = (*known.get(topic, ()), *known.get(_ANY, ()))
    said = plain(text)
    found = next((one for one in lines if _asks(one, said, _begins, first=first)), None)
    if found is None and not all(map(is_word, _WORD.findall(said))):
        heard = _WORD.sub(lambda word: sound(word[0]), said)
        found = next((one for one in lines if _asks(one, heard, _sounds, first=first)), None)
    if found is None:
        return None
    says = found.says.format(manager=manager())
    return Aspect(says=says, topic=found.topic, uncounted=found.uncounted, instead=found.instead)


def _asks(line: _Line, said: str, finds: Callable[[str], re.Pattern[str]], *, first: bool) -> bool:
    return any(finds(word).search(said) for word in _asking(line, first=first))


def _asking(one: _Line, *, first: bool) -> tuple[str, ...]:
    named = () if isinstance(one.case, bool) else one.case
    if first:
        return one.words if one.case is True else named
    return (*one.words, *named)


@lru_cache(maxsize=5_000)
def _begins(word: str) -> re.Pattern[str]:
    """Finds the beginning of a word; all of it where it is written with an end mark."""
    whole = word.endswith(_WHOLE)
    return re.compile(rf"\b{re.escape(word.removesuffix(_WHOLE))}" + (r"\b" if whole else ""))


@lru_cache(maxsize=5_000)
def _sounds(word: str) -> re.Pattern[str]:
    """Finds it among words as they sound; the last letter of a beginning is not muffled.

    Of a short one too little is left to be told by: «ооо» sounds like any word with an «а».
    """
    whole = word.endswith(_WHOLE)
    *before, last = word.removesuffix(_WHOLE).split(" ")
    heard = sound(last) if whole else sound(f"{last}а")[:-1]
    if len(heard) < _SHORTEST_HEARD:
        return _NOTHING
    return _begins(" ".join([*map(sound, before), heard]) + (_WHOLE if whole else ""))


def _read() -> dict[str, tuple[_Line, ...]]:
    read = read_yaml(published.read(FILE))
    return TypeAdapter(dict[str, tuple[_Line, ...]]).validate_python(read)


_current = published.Following(_read, FILE)


def aspects() -> dict[str, tuple[_Line, ...]]:
    """The parts of each topic, as aspects.yml or what was published in its place says them now.

    :raises pydantic.ValidationError: aspects.yml is not of this form.
    """
    return _current()
