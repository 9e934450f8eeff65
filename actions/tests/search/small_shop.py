"""A list of our own making in a few lines, for tests of one stage."""

from collections.abc import Mapping

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.text import load_vocabulary


def index_of(goods: Mapping[str, tuple[str, str, int]]) -> PriceIndex:
    """An index over rows.

    :param goods: code → name, the group that it lies in, price in roubles.
    """
    rows = [
        PriceRow(
            code=code,
            name=name,
            price_kop=roubles * 100,
            status="",
            path=("Всё", group),
            row_number=number,
        )
        for number, (code, (name, group, roubles)) in enumerate(goods.items())
    ]
    return PriceIndex.build(rows, load_vocabulary())
