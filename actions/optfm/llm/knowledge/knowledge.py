"""What the company knows, cut into passages: pages of Markdown and the answers of the FAQ."""

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from common import published
from common.answer_texts import wordings
from optfm.text.yaml_text import read_yaml

log = logging.getLogger(__name__)

#: A passage is a paragraph or a list; a longer section is cut at its empty lines.
_LONGEST = 900
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_FAQ = "utter_faq_"
#: Words of the trade, explained by optfm.facts.glossary: no promise of the company, so no fact.
GLOSSARY = "словарь.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A piece of text that answers by itself."""

    source: str  #: `delivery.md#Сроки` or `utter_faq_payment`
    title: str
    text: str

    @property
    def digest(self) -> str:
        """Changes with the words."""
        return hashlib.sha256(f"{self.title}\0{self.text}".encode()).hexdigest()[:16]


def pages(folder: Path) -> Iterator[Passage]:
    """The passages of all pages of a folder but the glossary, in the order of names and lines."""
    for file in sorted(folder.glob("*.md")):
        if file.name == GLOSSARY:
            continue
        try:
            yield from page(published.read(file), name=file.name)
        except (OSError, UnicodeDecodeError) as exc:
            log.error("%s: страница знаний не читается: %s", file.name, exc)


def page(text: str, *, name: str) -> Iterator[Passage]:
    """The passages of one page: a section each, long ones by paragraph."""
    titles: list[str] = []
    lines: list[str] = []
    for line in [*text.splitlines(), "# "]:
        heading = _HEADING.match(line) or (line == "# " and re.match("(#)( )", line))
        if not heading:
            lines.append(line)
            continue
        for part in _parts(_MARKS.sub("", "\n".join(lines)).strip()):
            yield Passage(
                source=f"{name}#{titles[-1] if titles else ''}",
                title=" — ".join(titles),
                text=part,
            )
        lines = []
        titles = [*titles[: len(heading[1]) - 1], heading[2]]


def faq(texts: Mapping[str, str]) -> list[Passage]:
    """The answers to frequent questions.

    :param texts: by name; only `utter_faq_…` are facts.
    """
    return [
        Passage(source=name, title="", text=text.strip())
        for name, text in texts.items()
        if name.startswith(_FAQ)
    ]


def faq_texts(domain: Path) -> dict[str, str]:
    """The first wording of each answer in the file that the bot's texts live in."""
    try:
        responses = read_yaml(published.read(domain))["responses"]
        return {
            name: _published(domain, name) or said[0]["text"]
            for name, said in responses.items()
            if said[0].get("text")
        }
    except (OSError, yaml.YAMLError, KeyError, TypeError, IndexError) as exc:
        log.error("%s: ответы на вопросы не читаются: %s", domain.name, exc)
        return {}


def _published(domain: Path, name: str) -> str:
    """The first wording that was published in place of the file's; "" where none was."""
    text = published.text_of(f"{published.name_of(domain)}#{name}")
    return wordings(text)[0] if text else ""


def _parts(text: str) -> Sequence[str]:
    if len(text) <= _LONGEST:
        return [text] if text else []
    parts: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        if parts and len(parts[-1]) + len(paragraph) < _LONGEST:
            parts[-1] = f"{parts[-1]}\n\n{paragraph}"
        else:
            parts.append(paragraph)
    return parts
