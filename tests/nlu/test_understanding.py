"""How well unseen wordings are understood: the guard of what `make eval` shows."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.nlu.evaluate import REFUSALS, ROOT, Verdict, judge, read_utterances, train

UTTERANCES = read_utterances(sorted(ROOT.glob("tests/nlu/*.yml")))
SOURCES = ("config.yml", "domain.yml", "data", "components", "actions/optfm/text/vocabulary")

#: Answered without a fact of the shop: small talk, «о вакансиях не знаю», a hand-over to people.
NO_FACTS = {"small_talk", "jobs", "complaint"}


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


def share(verdicts: list[Verdict], wanted: str, *, got: set[str] | None = None) -> float:
    """Of the utterances whose intent begins with `wanted`, how many are right (or among `got`)."""
    chosen = [v for v in verdicts if v.wanted.startswith(wanted)]
    assert chosen, wanted
    return sum(v.got in got if got else v.got == v.wanted for v in chosen) / len(chosen)


def test_unseen_wordings_are_understood(verdicts):
    """A regression below these shares is not an accident of one utterance."""
    assert share(verdicts, "faq_") >= 0.93
    assert share(verdicts, "faq_", got=REFUSALS) <= 0.04
    assert share(verdicts, "price_question") >= 0.95


def test_other_peoples_business_is_not_answered(verdicts):
    """Refused, answered by no fact, or looked for in the price list, where it is not."""
    harmless = {*REFUSALS, *NO_FACTS, "price_question"}
    assert share(verdicts, "out_of_scope", got=harmless) >= 0.94
    topics = [v for v in verdicts if v.wanted == "out_of_scope" and v.got.startswith("faq_")]
    assert len(topics) <= 2, "a fact of the shop is no answer to it"
