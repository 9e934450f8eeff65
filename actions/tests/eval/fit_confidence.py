"""Fits the confidence curve and writes it where the search reads it.

    OPTFM_EVAL=… OPTFM_REAL_PRICE_LIST=… python -m tests.eval.fit_confidence

Taught by the dev split, by the practice questions and the two older sets beside this file, each
also with a typing slip, and by the good ones asked of a list without their answers. The test split
and the third set are never read.
"""

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from optfm.catalog import PriceRow
from optfm.catalog.read import read_price_list
from optfm.search import PriceIndex, confidence
from optfm.text import load_vocabulary
from tests.eval.evaluate import Asked, Judged, judge, read_questions, with_slip, without_rows

#: an answer below it is refused; .3-.5 refuse the same wrong ones, and .4 keeps a point more
_THRESHOLD = 0.4
#: what says which words it lacks misleads nobody
_THRESHOLD_TOLD = 0.15
_RIDGE = 0.25  #: pulls the weights to the prior, for features that are rarely seen
#: what is believed of each feature before any question is seen
_PRIOR = {
    "bias": 3.0, "uncovered": -5.0, "beside": -2.5, "mended": -0.7, "mended_much": -0.7,
    "closeness": -1.0, "part": -1.5, "no_kind": -0.8, "governed": -0.8,
    "one_word": 0.0, "soft_device": -0.3, "weak_role": -2.0, "body_role": -1.0, "unmet": -0.3,
    "unmet_no_kind": -3.0,
    "idle": -0.3, "idle_no_kind": -2.5, "wished": -1.0, "covered": 0.0,
    "talk": -2.5,
}  # fmt: skip


def practice(rows: Sequence[PriceRow]) -> list[Asked]:
    """The practice questions; what is right is every row whose name fits the pattern."""
    found = []
    path = Path(__file__).with_name("practice.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        pattern = re.compile(one["name"], re.IGNORECASE) if one["name"] else None
        right = frozenset(r.code for r in rows if pattern and pattern.search(r.name))
        found.append(Asked(text=one["q"], right=right, stratum="practice"))
    return found


def table(judged: Sequence[Judged]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Features and truth of the answers that would be given if they were sure enough."""
    rows, truth = [], []
    for one in judged:
        found = one.answer.found
        if found is None or not found.met or not found.features:
            continue
        if not one.asked.right and found.unmet:
            continue  # what is not sold is said to be missing: neither right nor false
        rows.append([found.features.get(name, 0.0) for name in confidence.FEATURES])
        truth.append(1.0 if one.asked.right and one.hit(1) else 0.0)
    return np.array(rows), np.array(truth)


def fit(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weights of a logistic curve by Newton's method, held near the prior by a ridge."""
    prior = np.array([_PRIOR[name] for name in confidence.FEATURES])
    weights = prior.copy()
    ridge = _RIDGE * np.eye(len(prior))
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (y - p) - ridge @ (weights - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def main() -> int:
    """Fit, print, write."""
    rows = read_price_list(Path(os.environ["OPTFM_REAL_PRICE_LIST"])).rows
    vocabulary = load_vocabulary()
    index = PriceIndex.build(rows, vocabulary)
    asked = read_questions(Path(os.environ["OPTFM_EVAL"]) / "price_queries.jsonl", "dev")
    asked += practice(rows)
    for name in ("questions.jsonl", "late_questions.jsonl"):
        asked += read_questions(Path(__file__).with_name(name))
    judged = judge(index, asked)
    for seed in (1, 2):
        judged += judge(index, with_slip(asked, seed))
    judged += without_rows(rows, asked, vocabulary)
    x, y = table(judged)
    weights = fit(x, y)
    p = 1 / (1 + np.exp(-(x @ weights)))
    found = {name: round(float(w), 3) for name, w in zip(confidence.FEATURES, weights, strict=True)}
    for name, weight in found.items():
        seen = int((x[:, confidence.FEATURES.index(name)] != 0).sum())
        print(f"{name:<16} {weight:>8.3f}   seen {seen}")
    for threshold in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        kept, false = (p[y == 1] >= threshold).mean(), (p[y == 0] >= threshold).mean()
        print(f"threshold {threshold:.2f}: kept {kept:.3f}, false {false:.3f} of what met all")
    data = {"threshold": _THRESHOLD, "threshold_told": _THRESHOLD_TOLD, "weights": found}
    confidence.FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
