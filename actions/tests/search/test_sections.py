"""Codes of headings in a question."""

from optfm.catalog.read import read_price_list
from optfm.search import PriceIndex
from optfm.text import load_vocabulary
from tests.search.conftest import DEMO


def test_the_code_of_a_group_shows_what_lies_in_it():
    """1C prints codes, and prices, on headings too: nobody sells a heading."""
    whole = read_price_list(DEMO)
    index = PriceIndex.build(whole.rows, load_vocabulary(), whole.groups)
    priced = [group for group in whole.groups if group.price_kop]
    assert priced
    for group in priced:
        answer = index.search(f"сколько стоит {group.code}", limit=1000)
        assert answer.section == group.name
        shown = [row for hit in answer.hits for row in hit.rows]
        assert shown
        assert all(group.name in row.path for row in shown)


def test_the_code_of_goods_is_no_section():
    """A row's own code shows that row."""
    whole = read_price_list(DEMO)
    index = PriceIndex.build(whole.rows, load_vocabulary(), whole.groups)
    for row in whole.rows[::50]:
        answer = index.search(row.code)
        assert answer.section == ""
        assert answer.hits[0].row.code == row.code
