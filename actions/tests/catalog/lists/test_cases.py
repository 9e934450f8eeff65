"""Lists of every kind, read, asked about or refused as is right for each."""

import pytest

from optfm.catalog.outcome import ListOptions, Questions, ReadList, Refused
from optfm.catalog.reading import read_list
from tests.catalog.lists.cases_of_counters import CASES as OF_COUNTERS
from tests.catalog.lists.cases_of_mixtures import CASES as OF_MIXTURES
from tests.catalog.lists.cases_of_offices import CASES as OF_OFFICES
from tests.catalog.lists.cases_of_trades import CASES as OF_TRADES
from tests.catalog.lists.cases_of_trades import Case
from tests.catalog.lists.cases_of_yards import CASES as OF_YARDS

CASES = {**OF_TRADES, **OF_YARDS, **OF_OFFICES, **OF_MIXTURES, **OF_COUNTERS}


def options_of(case: Case) -> ListOptions:
    """The options of a case; one name may stand for several."""
    given = dict(case.options)
    for many in ("price", "sheet"):
        if isinstance(given.get(many), str):
            given[many] = (given[many],)
    return ListOptions(**given)


@pytest.mark.parametrize("name", CASES)
def test_each_list_gets_what_is_right_for_it(name: str):
    """The goods, the questions, or one sentence."""
    case = CASES[name]
    found = read_list(case.data, options_of(case))
    if case.refused:
        assert isinstance(found, Refused), found
        assert "\n" not in found.message
        for word in case.says:
            assert word in found.message
    elif case.asks:
        assert isinstance(found, Questions), found
        assert {question.kind for question in found.questions} == case.asks, found
        for word in case.says:
            assert word in found.message
    else:
        assert isinstance(found, ReadList), found
        read = found.price_list
        assert (len(read.rows), len(read.unpriced)) == (case.goods, case.unpriced), found.report
        if case.groups is not None:
            assert len(read.groups) == case.groups, read.groups
        by_name = {row.name: row for row in read.rows}
        for wanted, kop in case.rows.items():
            assert by_name[wanted].price_kop == kop
        for wanted, code in case.codes.items():
            assert by_name[wanted].code == code
        for wanted, stock in case.stock.items():
            assert by_name[wanted].stock == stock
        for wanted, path in case.paths.items():
            assert by_name[wanted].path == path
        assert len({row.code for row in (*read.rows, *read.groups, *read.unpriced)}) == len(
            (*read.rows, *read.groups, *read.unpriced)
        )
        names = [(row.path, row.name) for row in read.rows]
        assert len(set(names)) == len(names) or "repeated" in name
