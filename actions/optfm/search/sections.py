"""Codes of groups: a heading has one, sometimes a price, and nobody sells it."""

from collections.abc import Sequence

from optfm.catalog.rows import PriceGroup, PriceRow
from optfm.search.codes import Codes
from optfm.text.normalise import clean


class Sections:
    """Finds the goods of a group by the group's code."""

    def __init__(self, groups: Sequence[PriceGroup], rows: Sequence[PriceRow]) -> None:
        self._groups = groups
        self._rows = rows
        self._codes = Codes([group.code for group in groups])

    def read(self, text: str) -> tuple[str, tuple[int, ...]] | None:
        """The name of the group whose whole code clean text gives, and the rows below it."""
        found = self._codes.read(text)
        whole = [at for at in found[1] if clean(self._groups[at].code) in text] if found else []
        if not whole:
            return None
        group = self._groups[whole[0]]
        path = (*group.path, group.name)
        below = [at for at, row in enumerate(self._rows) if row.path[: len(path)] == path]
        return group.name, tuple(below)
