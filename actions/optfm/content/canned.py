"""Texts that managers answer with again and again."""

import re
from dataclasses import dataclass

import yaml

from common import published
from optfm.content.documents import CANNED, ROOT
from optfm.errors import Refused

_FIELD = re.compile(r"\{[^{}\n]{1,40}\}")
_LONGEST = 3500
_FILE = ROOT / CANNED


class CannedError(Refused):
    """The file is not as its head says; the line names the place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Canned:
    """One of them."""

    title: str
    text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What is to be filled in before it is sent: `{срок}`."""
        return unfilled(self.text)


def unfilled(text: str) -> tuple[str, ...]:
    """The fields that stand in a text still to be filled in; it is not sent with any."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def read() -> tuple[Canned, ...]:
    """What the file says now.

    :raises CannedError: it is not as its head says.
    """
    try:
        found = yaml.safe_load(published.read(_FILE))
    except yaml.YAMLError as exc:
        place = getattr(exc, "problem_mark", None)
        line = f", строка {place.line + 1}" if place else ""
        raise CannedError(f"готовые ответы{line}: не похоже на YAML") from exc
    if not isinstance(found, dict):
        raise CannedError("готовые ответы: нужны строки «название: текст»")
    for title, text in found.items():
        if not isinstance(title, str) or not isinstance(text, str) or not text.strip():
            raise CannedError(f"готовые ответы: «{title}»: нужен текст")
        if len(text) > _LONGEST:
            raise CannedError(f"готовые ответы: «{title}»: {len(text)} знаков, а можно {_LONGEST}")
    return tuple(Canned(title=title, text=text.strip()) for title, text in found.items())


#: What managers may choose from now.
canned = published.Following(read, _FILE)
