"""An index over the demo list."""

from pathlib import Path

import pytest

from optfm.catalog import PriceRow
from optfm.catalog.read import read_price_list
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

DEMO = Path(__file__).parents[3] / "prices" / "demo.xls"


@pytest.fixture(scope="session")
def demo() -> PriceIndex:
    """The demo list, indexed."""
    return PriceIndex.build(read_price_list(DEMO).rows, load_vocabulary())


def index_of(*names: str) -> PriceIndex:
    """An index over rows of these names."""
    rows = [
        PriceRow(
            code=f"УТ-{at:08}",
            name=name,
            price_kop=100_00,
            status="",
            row_number=at,
            path=("Товары",),
        )
        for at, name in enumerate(names)
    ]
    return PriceIndex.build(rows, load_vocabulary())
