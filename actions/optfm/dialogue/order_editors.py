"""The editor of orders over the list that is active; made once a revision."""

import functools

from optfm.orders import Editor, IndexGoods, Matcher
from optfm.search import PriceIndex
from optfm.search.live import Current


def editor_of(prices: Current) -> Editor:
    """The editor over a revision of the list."""
    return _editor(prices.index, prices.unpriced)


@functools.lru_cache(maxsize=2)
def _editor(index: PriceIndex, unpriced: PriceIndex | None) -> Editor:
    return Editor(Matcher(IndexGoods(index), unpriced=unpriced))
