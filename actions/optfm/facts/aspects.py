"""What a second question of the same topic asks: a part of its facts (aspects.yml)."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

from common import published
from common.phrases import plain
from optfm.facts.wording import manager

FILE = Path(__file__).with_name("aspects.yml")
_ANY = "any"


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    says: str = ""
    topic: str = ""
    case: bool = False

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
    case: bool  #: asked by a case in the first question, too


def aspect(topic: str, text: str) -> Aspect | None:
    """The part of a topic's facts that a text asks for; None for a text that names no part."""
    said = plain(text)
    known = aspects()
    for one in (*known.get(topic, ()), *known.get(_ANY, ())):
        if any(re.search(rf"\b{re.escape(word)}", said) for word in one.words):
            return Aspect(says=one.says.format(manager=manager()), topic=one.topic, case=one.case)
    return None


def _read() -> dict[str, tuple[_Line, ...]]:
    read = yaml.safe_load(published.read(FILE))
    return TypeAdapter(dict[str, tuple[_Line, ...]]).validate_python(read)


_current = published.Following(_read, FILE)


def aspects() -> dict[str, tuple[_Line, ...]]:
    """The parts of each topic, as aspects.yml or what was published in its place says them now.

    :raises pydantic.ValidationError: aspects.yml is not of this form.
    """
    return _current()
