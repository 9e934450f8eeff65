"""Pages and their cursors, for any list and any sizes of page."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from optfm.api.paging import Paging, cursor_of, page_of, paging, read_cursor
from optfm.api.problems import Problem

_NUMBERS = st.integers(1, 2**63 - 1)
#: No sequence gives the last one, which stands for «from the newest on».
_ROWS = st.integers(1, 2**63 - 2)


def _page(numbers: Sequence[int], asked: Paging) -> tuple[list[int], str | None]:
    """A page as a list of the domain and `page_of` make it."""
    span = asked.span()
    newest_first = sorted((n for n in numbers if n < span["before"]), reverse=True)
    page = page_of(newest_first[: span["limit"]], asked, lambda number: number)
    return page.items, page.next


@given(number=_NUMBERS)
@example(number=1)
@example(number=2**63 - 1)
def test_a_cursor_leads_back_to_its_row(number: int):
    """Whatever the row's number; in signs that an address may carry as they are."""
    cursor = cursor_of(number)
    assert read_cursor(cursor) == number
    assert cursor.isascii() and cursor.replace("-", "").replace("_", "").isalnum()
    assert len(cursor) <= 60


@given(said=st.text(max_size=60) | st.binary(max_size=40).map(lambda b: b.decode("latin-1")))
@example(said="cDA")  # p0
@example(said="cDE=")  # with its padding
@example(said="cC0x")  # p-1
@example(said="cOKFoA")  # digits that are none of ours
def test_what_is_no_cursor_of_ours_is_refused(said: str):
    """Never an exception of another kind, never a page that nobody asked for."""
    try:
        number = read_cursor(said)
    except Problem as problem:
        assert problem.code == "invalid" and problem.errors[0].where == "query.cursor"
    else:
        assert cursor_of(number) == said


@given(
    numbers=st.sets(_ROWS, max_size=40),
    sizes=st.lists(st.integers(1, 200), min_size=1),
    late=st.sets(_ROWS, max_size=5),
)
def test_pages_of_any_sizes_hold_each_row_once(numbers: set[int], sizes: list[int], late: set[int]):
    """Also while newer rows come: those stand before the first page, nothing is shown twice."""
    seen: list[int] = []
    rows, cursor, turn = set(numbers), None, 0
    while True:
        asked = paging(limit=sizes[turn % len(sizes)], cursor=cursor)
        items, cursor = _page(sorted(rows), asked)
        assert len(items) <= asked.limit
        seen += items
        if cursor is None:
            break
        rows |= {number for number in late if number > max(seen)}
        turn += 1
    assert seen == sorted(numbers, reverse=True)


def test_a_full_last_page_leads_nowhere():
    """Exactly as many rows as asked for: there is no empty page behind it."""
    assert _page([1, 2, 3], paging(limit=3)) == ([3, 2, 1], None)


@pytest.mark.parametrize("limit", [1, 200])
def test_an_empty_list_is_one_empty_page(limit: int):
    """With nothing after it."""
    assert _page([], paging(limit=limit)) == ([], None)
