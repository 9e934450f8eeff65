"""What a new price list changes for the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from optfm.catalog.rows import PriceRow

#: A factor of all prices is told from so many goods on, this large, within this much.
_ENOUGH_GOODS = 5
_LARGE = 1.8
_ALIKE = 0.03
_NEARLY_ALL = 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """The same code in two lists."""

    before: PriceRow
    after: PriceRow

    @property
    def growth(self) -> float:
        """The new price as a share of the old one: 2.0 is twice as dear."""
        return self.after.price_kop / self.before.price_kop


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The difference of two lists; goods are the same when their codes are.

    One code may stand in several: dearer and renamed, say.
    """

    new: tuple[PriceRow, ...]
    gone: tuple[PriceRow, ...]
    dearer: tuple[Changed, ...]
    cheaper: tuple[Changed, ...]
    renamed: tuple[Changed, ...]
    status_changed: tuple[Changed, ...]
    moved: tuple[Changed, ...]  #: to another group
    factor: float | None = None  #: by which all prices went up or down, where it is one, and large

    def jumps(self, limit: int = 10) -> tuple[Changed, ...]:
        """The largest changes of price, up or down, by how many times.

        A forgotten digit is ten times, whatever the goods cost.
        """
        return tuple(sorted((*self.dearer, *self.cheaper), key=_jump, reverse=True)[:limit])


def compare(before: Sequence[PriceRow], after: Sequence[PriceRow]) -> Changes:
    """What becomes different when `after` replaces `before`; each part in its list's order."""
    old = {row.code: row for row in before}
    codes = {row.code for row in after}
    same = [Changed(before=old[row.code], after=row) for row in after if row.code in old]
    return Changes(
        new=tuple(row for row in after if row.code not in old),
        gone=tuple(row for row in before if row.code not in codes),
        dearer=tuple(pair for pair in same if pair.after.price_kop > pair.before.price_kop),
        cheaper=tuple(pair for pair in same if pair.after.price_kop < pair.before.price_kop),
        renamed=tuple(pair for pair in same if pair.after.name != pair.before.name),
        status_changed=tuple(pair for pair in same if pair.after.status != pair.before.status),
        moved=tuple(pair for pair in same if pair.after.path != pair.before.path),
        factor=_factor(same),
    )


def _factor(same: Sequence[Changed]) -> float | None:
    """The one factor of nearly all prices: another currency, another column, a lost comma."""
    if len(same) < _ENOUGH_GOODS:
        return None
    factor = median(pair.growth for pair in same)
    alike = sum(abs(pair.growth / factor - 1) < _ALIKE for pair in same)
    if 1 / _LARGE < factor < _LARGE or alike < _NEARLY_ALL * len(same):
        return None
    return factor


def _jump(pair: Changed) -> tuple[float, int]:
    times = max(pair.growth, 1 / pair.growth)
    return times, abs(pair.after.price_kop - pair.before.price_kop)
