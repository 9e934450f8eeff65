"""When no row meets all of a query: what is given up, and what to say of it.

First the words that a row need not have (they are said to be missing, and the rows are an answer
all the same), then one constraint of all (the rows are then no answer but what comes near).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from optfm.search.answer import Gap
from optfm.search.constraining import Constrained
from optfm.search.constraints import (
    ColourConstraint,
    Constraint,
    DeviceConstraint,
    ExcludeConstraint,
    GoodsConstraint,
    PriceConstraint,
    SaleConstraint,
    ValueConstraint,
    WordConstraint,
    meet,
)
from optfm.search.postings import NONE, Ids
from optfm.search.query import Query, Words
from optfm.search.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Rows that meet what was kept."""

    ids: Ids
    unmet: tuple[Words, ...] = ()  #: words given up: the rows are an answer without them
    dropped: Constraint | None = None  #: the constraint given up: the rows only come near
    met: bool = False  #: whether the rows are an answer


def relax(shelf: Shelf, query: Query, constrained: Constrained) -> Relaxed:
    """Rows for constraints that no row meets together."""
    if without_words := _without_words(shelf, query, constrained):
        return without_words
    ids, dropped = _nearly(shelf, constrained)
    return Relaxed(ids, dropped=dropped)


def _without_words(shelf: Shelf, query: Query, constrained: Constrained) -> Relaxed | None:
    """Goods that are there, where only words beside them are not; as few words as may be."""
    if constrained.goods is None:
        return None
    optional = [
        c
        for c in constrained.constraints
        if isinstance(c, WordConstraint) and _is_aside(shelf, constrained.goods, query, c)
    ]
    kept = [c for c in constrained.constraints if not any(c is o for o in optional)]
    ids = meet(shelf, kept)
    if not optional or not len(ids):
        return None
    unmet: list[Words] = []
    first = constrained.goods.words[:1]
    for constraint in sorted(optional, key=lambda c: (c.words not in first, -len(c.ids))):
        narrower = shelf.among(ids, constraint.ids)
        if len(narrower):
            ids = narrower
        else:
            unmet.append(constraint.words)
    return Relaxed(ids, unmet=tuple(unmet), met=True)


#: so large a share of goods that name a device are goods for devices
_FOR_DEVICES = 0.5
#: so large a share of rows called by a word makes it goods of the list
_SOLD = 0.1
#: digits of a number that is a name of goods rather than a count or a size
_LONG_NUMBER = 4


def _is_aside(
    shelf: Shelf, goods: GoodsConstraint, query: Query, constraint: WordConstraint
) -> bool:
    """Whether the goods are what was asked for without the word, too.

    What goods for devices are for is as much as a model: «стекло для духовки» is no glass for a
    phone; «наушники для бега» are headphones.
    """
    word = constraint.words
    if constraint.missing != "word":
        return False
    if word.name == "goods":  # «люлька колыбель»: the goods said twice, and called one of both
        return len(goods.words) > 1 and not word.governed
    if word.speech == "number" and word.options and len(word.said) >= _LONG_NUMBER:
        return False  # «18650»: as much as a part number where the list has it
    known = any(shelf.heads.get(x, 0.0) >= _SOLD for option in word.options for x in option)
    purpose = word.governed and (word.how == "unknown" or known) and not query.devices
    return not purpose or float(shelf.has_device[goods.ids].mean()) < _FOR_DEVICES


def _nearly(shelf: Shelf, constrained: Constrained) -> tuple[Ids, Constraint | None]:
    """Rows that meet all constraints but one, and that one; else those that meet most."""
    every, goods = constrained.constraints, constrained.goods
    best: tuple[Constraint, Ids] | None = None
    for constraint in every:
        rest = [c for c in every if c is not constraint]
        if not rest or (goods is not None and constraint is not goods and not len(goods.ids)):
            continue
        ids = meet(shelf, rest)
        if len(ids) and (best is None or constraint.rank < best[0].rank):
            best = (constraint, ids)
    if best is not None:
        return best[1], best[0]
    count = np.zeros(len(shelf.rows), dtype=np.uint8)
    for constraint in every:
        count[constraint.ids] += 2 if constraint is goods or constraint.missing == "model" else 1
    most = int(count.max(initial=0))
    return (np.flatnonzero(count == most).astype(np.int32) if most else NONE), None


#: what may be missing though the question does not say what the thing is
_ALWAYS_SAID = (PriceConstraint, SaleConstraint, ColourConstraint, ValueConstraint)


def gap_of(
    shelf: Shelf, query: Query, constrained: Constrained, dropped: Constraint | None, ids: Ids
) -> Gap | None:
    """The gap between the query and the list, or None when such goods are not sold at all.

    :param dropped: the one constraint that the rows do not meet.
    :param ids: the rows that meet all the others.
    """
    if dropped is None or not len(ids):
        return None
    unsaid = constrained.goods is None and not query.models
    if unsaid and not (isinstance(dropped, _ALWAYS_SAID) and len(constrained.constraints) > 1):
        return None
    if isinstance(dropped, GoodsConstraint) and not query.models:
        return None
    if dropped.missing in ("word", "goods") and constrained.goods is None:
        return None
    return Gap(
        missing=dropped.missing,
        asked=dropped.asked,
        nearest=dropped.nearest(shelf, query, ids),
        excluded=isinstance(dropped, ExcludeConstraint),
    )


def nearest_devices(gap: Gap, dropped: Constraint | None) -> Sequence[str]:
    """Labels of the devices that come near, the nearest first."""
    return [one.label for one in gap.nearest] if isinstance(dropped, DeviceConstraint) else []
