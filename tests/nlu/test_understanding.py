"""How well unseen wordings are understood: the guard of what `make eval` shows."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.nlu.evaluate import (
    ROOT,
    Verdict,
    below_floors,
    judge,
    listener,
    read_utterances,
    train,
)
from tests.nlu.kinds import rights

UTTERANCES = read_utterances(sorted(ROOT.glob("tests/nlu/*.yml")))
SOURCES = ("config.yml", "domain.yml", "data", "components", "actions/optfm/text/vocabulary")


@pytest.fixture(scope="module")
def agent(tmp_path_factory):
    """What hears by the model of the working tree, which is trained if it is older."""
    model = ROOT / "models" / "optfm.tar.gz"
    if not model.exists() or model.stat().st_mtime < _newest_source():
        before = Path.cwd()
        os.chdir(ROOT)
        model = train(tmp_path_factory.mktemp("model"))
        os.chdir(before)
    return listener(model)


@pytest.fixture(scope="module")
def verdicts(agent) -> list[Verdict]:
    """What the model makes of every utterance."""
    return asyncio.run(judge(agent, UTTERANCES))


def _newest_source() -> float:
    files = [f for name in SOURCES for f in ((ROOT / name), *(ROOT / name).rglob("*.*"))]
    return max(file.stat().st_mtime for file in files if file.is_file())


def test_unseen_wordings_are_understood(verdicts):
    """The floors are those that `./optfm deploy` holds a new model to."""
    assert below_floors(verdicts) == []


def test_a_model_that_refuses_everything_is_not_let_through():
    """It is harmless, and of no use: three floors are missed."""
    deaf = [
        Verdict(text=text, wanted=wanted, got="nlu_fallback", confidence=0.1)
        for text, wanted in UTTERANCES
    ]
    assert len(below_floors(deaf)) == 3


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("kinds_dev", 0.9),
        ("kinds_test", 0.86),
        ("kinds_third", 0.9),
        ("kinds_fourth", 0.85),
        ("kinds_fifth", 0.85),
        ("kinds_sixth", 0.6),
    ],
)
def test_questions_of_hard_kinds_are_understood(agent, name, least):
    """Typed as heard, in a story, by a case, without the topic's noun, of the shop in no fact."""
    right = asyncio.run(rights(agent, ROOT / "tests" / "nlu" / f"{name}.jsonl"))
    shares = [one for kind, one in right if kind != "alien"]
    aliens = [one for kind, one in right if kind == "alien"]
    assert sum(shares) / len(shares) >= least
    assert sum(aliens) / len(aliens) >= 0.9
