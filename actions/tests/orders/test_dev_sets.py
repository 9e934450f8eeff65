"""Floors: the development sets of orders (OPTFM_EVAL), over the shop's list, by their own judge."""

import importlib.util
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from optfm.orders import FileRefused, IndexGoods, Matcher, order_of_file, read
from optfm.search import PriceIndex
from tests.conftest import skip_or_fail

#: What the sets gave when the floors were written: .984 right, .000 wrong, 1.000 quantities.
_RIGHT, _WRONG, _QUANTITIES = 0.97, 0.0, 0.99


@pytest.fixture(scope="module")
def evaluation() -> Path:
    """The folder of the sets."""
    folder = Path(os.environ.get("OPTFM_EVAL", ""))
    if not os.environ.get("OPTFM_EVAL") or not (folder / "orders_dev.jsonl").is_file():
        skip_or_fail("OPTFM_EVAL names no folder: orders are not read")
    return folder


@pytest.fixture(scope="module")
def judge(evaluation: Path) -> Iterator[ModuleType]:
    """How the sets are judged."""
    spec = importlib.util.spec_from_file_location("judge_orders", evaluation / "judge_orders.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = written
    yield module


@pytest.fixture(scope="module")
def matcher(real_index: PriceIndex) -> Matcher:
    """Matches against the shop's list."""
    return Matcher(IndexGoods(real_index))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _figures(
    judge: ModuleType, sets: list[dict[str, Any]], answers: list[list[dict[str, Any]]]
) -> tuple[float, float, float]:
    """The shares of lines that are right, confidently wrong, and of right quantities."""
    found: Counter[str] = Counter()
    quantities, lines = 0, 0
    for row, answer in zip(sets, answers, strict=True):
        pairs, _ = judge.pairs(row["lines"], answer)
        for at, want in enumerate(row["lines"]):
            line = pairs.get(at)
            lines += 1
            found[judge.judged(want, line)] += 1
            quantities += line is not None and judge.right_quantity(want, line)
    right = found["right"] + found["asked"]
    return right / lines, found["wrong"] / lines, quantities / lines


def test_texts_are_read_as_a_manager_would(
    judge: ModuleType, evaluation: Path, matcher: Matcher
) -> None:
    """Lines right, nothing wrong with confidence, quantities as they were said."""
    sets = _rows(evaluation / "orders_dev.jsonl")
    answers = [matcher.order(read(row["text"], matcher.goods)).public()["lines"] for row in sets]
    right, wrong, quantities = _figures(judge, sets, answers)
    assert right >= _RIGHT and wrong <= _WRONG and quantities >= _QUANTITIES


def test_files_are_read_or_refused(judge: ModuleType, evaluation: Path, matcher: Matcher) -> None:
    """Those that are orders line by line; the others with one sentence."""
    sets, answers = [], []
    for row in _rows(evaluation / "order_files_dev.jsonl"):
        content = (evaluation / "order_files" / row["file"]).read_bytes()
        if row.get("refuse"):
            with pytest.raises(FileRefused):
                order_of_file(row["file"], content, matcher)
            continue
        sets.append(row)
        answers.append(order_of_file(row["file"], content, matcher).public()["lines"])
    right, wrong, quantities = _figures(judge, sets, answers)
    assert (right, wrong, quantities) == (1.0, 0.0, 1.0)
