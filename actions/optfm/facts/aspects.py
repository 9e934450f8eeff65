"""What a second question of the same topic asks: a part of its facts (aspects.yml)."""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from optfm.facts.wording import manager

FILE = Path(__file__).with_name("aspects.yml")


class _Aspect(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    says: str


def aspect(topic: str, text: str) -> str | None:
    """The part of a topic's facts that a text asks for; None for a text that names no part."""
    plain = " ".join(text.lower().replace("ё", "е").split())
    for one in _aspects().get(topic, ()):
        if any(re.search(rf"\b{re.escape(word)}", plain) for word in one.words):
            return one.says.format(manager=manager())
    return None


@lru_cache(maxsize=1)
def _aspects() -> dict[str, tuple[_Aspect, ...]]:
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, tuple[_Aspect, ...]]).validate_python(read)
