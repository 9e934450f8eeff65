"""Orders over the demo list."""

from pathlib import Path

import pytest

from optfm.catalog.read import read_price_list
from optfm.orders import Editor, IndexGoods, Matcher
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

DEMO = Path(__file__).parents[3] / "prices" / "demo.xls"


@pytest.fixture(scope="session")
def goods() -> IndexGoods:
    """What the demo list sells."""
    read = read_price_list(DEMO)
    return IndexGoods(PriceIndex.build(read.rows, load_vocabulary(), read.groups))


@pytest.fixture(scope="session")
def matcher(goods: IndexGoods) -> Matcher:
    """Matches against the demo list."""
    return Matcher(goods)


@pytest.fixture(scope="session")
def editor(matcher: Matcher) -> Editor:
    """Edits over the demo list."""
    return Editor(matcher)
