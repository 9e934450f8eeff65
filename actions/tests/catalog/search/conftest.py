"""An index over the demo list."""

from pathlib import Path

import pytest

from optfm.catalog import PriceIndex, load_vocabulary
from optfm.catalog.read import read_price_list

DEMO = Path(__file__).parents[4] / "prices" / "demo.xls"


@pytest.fixture(scope="session")
def demo() -> PriceIndex:
    """The demo list, indexed."""
    return PriceIndex.build(read_price_list(DEMO).rows, load_vocabulary())
