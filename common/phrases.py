"""Words of a vocabulary file as one pattern over clean text: «не дороже», «тыс*»."""

import re
from collections.abc import Iterable

#: a phrase begins where no word goes on
START = r"(?<![а-яa-z0-9])"
#: and ends so
END = r"(?![а-яa-z0-9])"


def plain(text: str) -> str:
    """Lower case, «е» for «ё», single spaces: what the patterns are for."""
    return " ".join(text.lower().replace("ё", "е").split())


def alternatives(phrases: Iterable[str]) -> str:
    """Any of the phrases, the longest first; a star stands for any ending.

    :returns: a group without a name, to be put into a greater pattern.
    """
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(_pattern, longest_first))})"


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases as whole words of a text that is :func:`plain`."""
    return re.compile(START + alternatives(phrases))


def _pattern(phrase: str) -> str:
    words = [
        re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) + _end(word)
        for word in phrase.split()
    ]
    return r"\s+".join(words)


def _end(word: str) -> str:
    return END if word[-1:].isalnum() else ""
