"""Texts made to keep the readers of orders busy: each letter costs as much as the one before."""

import time
from collections.abc import Callable

import pytest

from optfm.orders import Editor, Matcher, read

#: What patterns start at, go on with, or end in; repeated to a message's length.
PIECES = [
    ". ", "\t", "1", "- ", ", ", "по ", "( ", "5 шт ", "5 (", "x1 ", "= 1 ", "и ", "ещё ", "a@",
    "не 5 а ", "первый и ", "+7 ", "1 000 ", "1 р ", "два ", "акб 11 ", "? ", "…", "a\n",
]  # fmt: skip
_SHORT, _TIMES = 1_000, 4
#: Work that grows with the square would be 16 times as much; what takes no time is not measured.
_MOST_TIMES, _UNMEASURED_S = 8, 0.5


def _seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_work_grows_with_the_text_and_no_faster(
    piece: str, matcher: Matcher, editor: Editor
) -> None:
    """Four times the letters, not sixteen times the work; and nothing is raised."""
    order = matcher.order(read("акб 11 - 5, акб xr - 3, дисплей 11 - 2", matcher.goods))

    def heard(text: str) -> None:
        editor.edit(text, order, 2, before=order)
        matcher.order(read(text, matcher.goods))

    short = (piece * _SHORT)[:_SHORT]
    few = _seconds(heard, short)
    most = max(_UNMEASURED_S, few * _MOST_TIMES)
    assert any(_seconds(heard, short * _TIMES) <= most for _ in range(3))
