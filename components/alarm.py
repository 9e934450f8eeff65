"""Insults, alarm words and waiting too long (alarm.yml): who writes them wants no bot's rules."""

import re
from pathlib import Path

import yaml

from common import published

VOCABULARY = Path(__file__).with_suffix(".yml")


def _read() -> dict[str, re.Pattern[str]]:
    raw = yaml.safe_load(published.read(VOCABULARY))
    return {
        kind: re.compile("|".join(f"(?:{part})" for part in parts)) for kind, parts in raw.items()
    }


_words = published.Following(_read, VOCABULARY)


def alarming(
    text: str, *, only_annoyed: bool = False, of_papers: bool = False, of_others: bool = False
) -> bool:
    """Whether a customer is beyond what a bot should answer.

    :param only_annoyed: what somebody may say of a nuisance that he wants to stop is left out.
    :param of_papers: he asks for papers, which authorities may want of him.
    :param of_others: he tells of his neighbours: whom he threatens is not the shop.
    """
    of_us = _is("court", text) or (not of_papers and _is("authorities", text))
    threatened = of_us and not of_others
    return _is("alarming", text) or threatened or (not only_annoyed and _is("annoyed", text))


def waits_too_long(text: str) -> bool:
    """Whether a customer says that he waits longer than he should."""
    return _is("waits", text)


def outraged(text: str) -> bool:
    """Whether who waits too long is angry about it."""
    return waits_too_long(text) and (indignant(text) or _is("outraged", text))


def indignant(text: str) -> bool:
    """Whether a customer speaks as one whose patience ends: «ну вы даёте», «стыд какой»."""
    return _is("indignant", text)


def _is(kind: str, text: str) -> bool:
    return bool(_words()[kind].search(text.lower().replace("ё", "е")))
