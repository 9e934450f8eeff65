"""The editor of orders over the list that is active; made once a revision of list or words."""

import functools

from optfm.orders import Editor, IndexGoods, Matcher
from optfm.orders.edit_words import EditWords, edit_words
from optfm.search import PriceIndex
from optfm.search.live import Current


def editor_of(prices: Current) -> Editor:
    """The editor over a revision of the list, with the words of edits as they are now."""
    return _editor(prices.index, prices.unpriced, edit_words())


@functools.lru_cache(maxsize=2)
def _editor(index: PriceIndex, unpriced: PriceIndex | None, words: EditWords) -> Editor:
    """:param words: what the editor's parts take when they are made; others make another editor."""
    return Editor(Matcher(IndexGoods(index), unpriced=unpriced))
