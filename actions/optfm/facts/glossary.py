"""Words of the trade, from the page of general knowledge: which of them a text uses."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_ENTRY = re.compile(
    r"^## (?P<title>.+?) \((?P<ways>[^()]+)\)\n(?P<text>.+?)(?=\n## |\Z)", re.M | re.S
)
_DASH = re.compile(r"[-‐-―]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """An entry of the glossary."""

    title: str
    text: str
    pattern: re.Pattern[str]


class Glossary:
    """Finds the entries that a text is about.

    :param page: Markdown, an entry each `## Title (ways, to write*, it)` and a paragraph.
    :raises ValueError: the page has no such entry.
    """

    def __init__(self, page: str) -> None:
        self.terms = [
            Term(title=e["title"], text=" ".join(e["text"].split()), pattern=_pattern(e["ways"]))
            for e in _ENTRY.finditer(page)
        ]
        if not self.terms:
            raise ValueError("the glossary has no entry")

    def of(self, text: str, *, limit: int) -> list[Term]:
        """The entries that a text names, in its order; of two that overlap, the first."""
        plain = _plain(text)
        found = [
            (hit.start(), -len(hit[0]), number)
            for number, term in enumerate(self.terms)
            if (hit := term.pattern.search(plain))
        ]
        named: list[Term] = []
        covered = -1
        for start, length, number in sorted(found):
            if start >= covered:
                named.append(self.terms[number])
                covered = start - length
        return named[:limit]


@lru_cache(maxsize=4)
def glossary(page: Path) -> Glossary:
    """The glossary of a page.

    :raises OSError: the page cannot be read.
    """
    return Glossary(page.read_text(encoding="utf-8"))


def _pattern(ways: str) -> re.Pattern[str]:
    each = [_plain(way.strip()) for way in ways.split(",")]
    said = "|".join(
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in way.split())
        for way in sorted(each, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)")


def _plain(text: str) -> str:
    return _DASH.sub(" ", text.lower().replace("ё", "е"))
