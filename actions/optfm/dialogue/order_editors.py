"""The editor of orders over the list that is active; made once a revision."""

import functools

from optfm.orders import Editor, IndexGoods, Matcher
from optfm.search import PriceIndex


@functools.lru_cache(maxsize=2)
def editor_of(index: PriceIndex) -> Editor:
    """The editor over a revision of the list."""
    return Editor(Matcher(IndexGoods(index)))
