"""How well unseen wordings are understood: the guard of what `make eval` shows."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.nlu.evaluate import ROOT, Verdict, below_floors, judge, read_utterances, train

UTTERANCES = read_utterances(sorted(ROOT.glob("tests/nlu/*.yml")))
SOURCES = ("config.yml", "domain.yml", "data", "components", "actions/optfm/text/vocabulary")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory) -> list[Verdict]:
    """What the model of the working tree makes of every utterance; trained if it is older."""
    model = ROOT / "models" / "optfm.tar.gz"
    if not model.exists() or model.stat().st_mtime < _newest_source():
        before = Path.cwd()
        os.chdir(ROOT)
        model = train(tmp_path_factory.mktemp("model"))
        os.chdir(before)
    return asyncio.run(judge(model, UTTERANCES))


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
