"""What tells rows apart: the words of a name that the other names do not have."""

import re
from collections.abc import Sequence

from optfm.catalog import PriceRow

_WORD = re.compile(r"[^\s(),\[\]]+")


def differences(rows: Sequence[PriceRow]) -> tuple[tuple[PriceRow, str], ...]:
    """Each row with the words of its name that not all of the rows have, as printed."""
    sets = [{_plain(word) for word in _WORD.findall(row.name)} for row in rows]
    shared = set.intersection(*sets) if len(sets) > 1 else set()
    return tuple(
        (row, " ".join(w for w in _WORD.findall(row.name) if _plain(w) not in shared))
        for row in rows
    )


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е").strip(".;:/\"'-")
