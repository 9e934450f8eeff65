"""Names of the list, whole: «Дисплей совместим с Vivo Y21 (V2111) + тачскрин черный».

Who copies a name means that row, as one who copies its code does.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+")
#: left out by who shortens what he copies
_LITTLE = frozenset({"совместим", "совместима", "совместимо", "совместимы", "с", "со", "для"})
#: tokens of a name that is nobody's own words
_SHORTEST = 4
#: tokens of one that is copied even where nothing else tells so: «аккумулятор iPhone 11 KF» is said
_SURELY_COPIED = 6
#: tokens of a number and a bullet before a name: «12) 3 шт …»
_BEFORE = 4


class WholeName(NamedTuple):
    """Where a name stands in a text."""

    row: int  #: its position in the list
    start: int
    end: int  #: behind its last letter or digit


class WholeNames:
    """Finds names by their words and numbers, whatever signs stand between.

    :param names: of the rows, in their order; a name of several rows is none of theirs.
    """

    def __init__(self, names: Sequence[str]) -> None:
        # A name is one string of its words: tuples of them take six times the memory.
        rows: dict[str, int] = {}
        lengths: set[int] = set()
        for position, name in enumerate(names):
            words = [word for word, _, _ in _tokens(name)]
            if len(words) >= _SHORTEST:
                key = " ".join(words)
                rows[key] = -1 if key in rows else position
                lengths.add(len(words))
        self._rows = rows
        self._lengths = sorted(lengths, reverse=True)

    def read(self, text: str) -> list[WholeName]:
        """The names that begin within the first words of a text, the longest of each first."""
        tokens = _tokens(text)
        words = [word for word, _, _ in tokens]
        found = []
        for start in range(min(_BEFORE, len(words))):
            for length in self._lengths:
                if start + length > len(words):
                    continue
                row = self._rows.get(" ".join(words[start : start + length]), -1)
                if row >= 0:
                    found.append(WholeName(row, tokens[start][1], tokens[start + length - 1][2]))
        return found

    def is_whole(self, text: str) -> int:
        """The row that a text is the copied name of, and nothing but; -1 for none."""
        words = [word for word, _, _ in _tokens(text)]
        return self._rows.get(" ".join(words), -1) if len(words) >= _SURELY_COPIED else -1


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Words and numbers with their places, without the little words."""
    found = ((m[0].lower().replace("ё", "е"), m.start(), m.end()) for m in _TOKEN.finditer(text))
    return [token for token in found if token[0] not in _LITTLE]
