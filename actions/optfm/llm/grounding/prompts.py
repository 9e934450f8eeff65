"""The prompts, from the file beside this module; a changed one gets another version by itself."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from optfm.text.yaml_text import read_yaml

_TEXTS = read_yaml(Path(__file__).with_name("prompts.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompting:
    """The rules of one purpose."""

    text: str
    version: str


def _of(purpose: str) -> Prompting:
    text = _TEXTS[purpose].strip()
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    return Prompting(text=text, version=f"{purpose}-{digest}")


ANSWER, UNDERSTAND, SUMMARY = _of("answer"), _of("understand"), _of("summary")
