"""Whole conversations over the shop's list: the guard of what `make eval` shows."""

from pathlib import Path

import pytest

from optfm.catalog.read import read_price_list
from tests.eval.talk import HERE, Judged, over, play_all, read_talks


@pytest.fixture(scope="module")
def judged(real_price_list: Path) -> list[Judged]:
    """Every turn about goods of talk.jsonl, with what was wrong with its reply."""
    read = read_price_list(real_price_list)
    prices = over(read.rows, read.groups, read.list_date)
    return play_all(read_talks(HERE / "talk.jsonl"), prices, prices.list_date)


def _share(judged: list[Judged], *acts: str) -> float:
    chosen = [one for one in judged if one.turn["act"] in acts or not acts]
    return sum(not one.faults for one in chosen) / len(chosen)


def test_turns_of_conversations_are_answered_right(judged: list[Judged]):
    """A regression below this is not an accident of one turn (.933 when it was set)."""
    assert _share(judged) >= 0.88


def test_acts_that_were_never_understood_stay_understood(judged: list[Judged]):
    """What is not wanted, rows that are chosen, properties, pieces."""
    assert _share(judged, "negation") >= 0.8
    assert _share(judged, "select", "several", "bare_number") >= 0.7
    assert _share(judged, "attribute", "compare", "compat") >= 0.85
    assert _share(judged, "count") >= 0.85
