"""Which price lists a person must look at before customers see them."""

from collections.abc import Sequence

from optfm.catalog.compare import Changes
from optfm.catalog.rows import PriceRow

#: More of the goods gone, or so many of the prices changed, is no usual day.
MOST_GONE = 0.3
MOST_MOVED = 0.5
#: A price that changes so many times over has lost or won a digit.
WILD = 10.0
_EXAMPLES = 3


def doubts(
    before: Sequence[PriceRow], changes: Changes, *, most_gone: float = MOST_GONE
) -> tuple[str, ...]:
    """Why a list that comes by itself should not be shown yet, in Russian; nothing: it may be.

    :param before: the rows that are shown now.
    :param changes: from them to the new ones.
    :param most_gone: the share of them that may be missing.
    """
    if not before:
        return ()
    found = []
    gone = len(changes.gone) / len(before)
    if gone > most_gone:
        found.append(f"нет {_percent(gone)} прежних товаров ({len(changes.gone)})")
    same = len(before) - len(changes.gone)
    moved = len(changes.dearer) + len(changes.cheaper)
    if same and moved / same >= MOST_MOVED:
        found.append(f"другие цены у {_percent(moved / same)} товаров ({moved})")
    wild = [j for j in changes.jumps(moved) if max(j.growth, 1 / j.growth) >= WILD]
    if wild:
        codes = ", ".join(jump.after.code for jump in wild[:_EXAMPLES])
        found.append(f"цена изменилась в {WILD:g} раз и больше у товаров: {len(wild)} ({codes})")
    return tuple(found)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
