"""The difference of two revisions in the database says what the one in memory says."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from optfm.catalog import PriceList, PriceRow
from optfm.catalog.compare import compare
from optfm.catalog.differences import Difference, differences
from optfm.catalog.revisions import Source, import_source
from optfm.catalog.rows import UnpricedRow

_GOODS = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["A-1", "A-2", "a-2", "Б-3", "4", "05"]),
        "name": st.sampled_from(["дисплей", "Дисплей", "акб %"]),
        "price_kop": st.sampled_from([1, 100, 12_345]),
        "status": st.sampled_from(["", "Новинка"]),
        "path": st.sampled_from([(), ("Запчасти",), ("Запчасти", "АКБ")]),
    }
)
_LISTS = st.lists(_GOODS, min_size=1, max_size=6, unique_by=lambda row: row["code"])


def _import(engine: Engine, rows: list[dict], unpriced: tuple[UnpricedRow, ...] = ()) -> int:
    made = tuple(PriceRow(**row, row_number=n) for n, row in enumerate(rows, 1))
    price_list = PriceList(
        title="x", list_date=date(2026, 11, 1), rows=made, groups=(), unpriced=unpriced
    )
    digest = f"{hash((made, unpriced)):x}"
    done = import_source(
        engine, Source(file_name="x", sha256=digest, price_list=price_list), force=True
    )
    assert done.revision
    return done.revision.id


def _codes(found: list[Difference], kind: str) -> list[str]:
    return [one.code for one in found if kind in one.kinds]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
    derandomize=True,
)
@given(old=_LISTS, new=_LISTS)
def test_rows_are_told_as_the_account_of_an_import_counts_them(
    engine: Engine, old: list[dict], new: list[dict]
):
    """For any two lists, in the order of their lists, and in pages of any size."""
    before, after = _import(engine, old), _import(engine, new)
    found = differences(engine, before=before, after=after, limit=100)
    rows = [[PriceRow(**row, row_number=n) for n, row in enumerate(x, 1)] for x in (old, new)]
    changes = compare(*rows)
    assert _codes(found, "new") == [row.code for row in changes.new]
    assert _codes(found, "gone") == [row.code for row in changes.gone]
    for kind in ("dearer", "cheaper", "renamed", "moved"):
        assert _codes(found, kind) == [pair.after.code for pair in getattr(changes, kind)]
    assert _codes(found, "status") == [pair.after.code for pair in changes.status_changed]
    pages, place = [], 0
    while page := differences(engine, before=before, after=after, after_place=place, limit=2):
        pages += page
        place = page[-1].place
    assert pages == found


@pytest.mark.parametrize("lost", [True, False])
def test_a_good_that_loses_its_price_is_not_gone(engine: Engine, lost: bool):
    """Nor is one that gets its price new."""
    same = {"code": "U-1", "name": "стекло", "status": "", "path": ()}
    said = UnpricedRow(**same, said="по запросу", row_number=9)
    row = {**same, "price_kop": 500}
    other = {**row, "code": "V-1", "name": "шлейф"}
    lists = [_import(engine, [other, row]), _import(engine, [other], (said,))]
    before, after = lists if lost else reversed(lists)
    (one,) = differences(engine, before=before, after=after)
    assert one.kinds == (("unpriced",) if lost else ("priced",))
    assert one.before and one.after
    assert (one.after.price_kop is None) is lost


def test_only_what_is_asked_for_is_told(engine: Engine):
    """By kind; a list against itself is no difference."""
    row = {"code": "K-1", "name": "кабель", "price_kop": 500, "status": "", "path": ()}
    before = _import(engine, [row, {**row, "code": "K-2"}])
    after = _import(engine, [{**row, "price_kop": 600}, {**row, "code": "K-3"}])
    found = differences(engine, before=before, after=after, kinds=["dearer", "gone"])
    assert [(one.code, one.kinds) for one in found] == [("K-1", ("dearer",)), ("K-2", ("gone",))]
    assert differences(engine, before=after, after=after) == []
