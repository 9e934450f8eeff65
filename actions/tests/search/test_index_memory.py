"""An index that was swapped leaves at once."""

import gc
import weakref

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.text import load_vocabulary


def test_a_swapped_index_is_freed_without_the_collector():
    """Nothing of it stands in a circle, whatever was asked of it."""
    row = PriceRow(
        code="УТ-1", name="Дисплей совместим с iPhone 11 черный", price_kop=10_000, status="",
        path=("Дисплеи iPhone",), row_number=1,
    )  # fmt: skip
    index = PriceIndex.build([row], load_vocabulary())
    assert index.search("дсплей на айфон 11 чорный").kind == "found"
    gone = weakref.ref(index.shelf)
    gc.disable()
    try:
        del index
        assert gone() is None
    finally:
        gc.enable()
