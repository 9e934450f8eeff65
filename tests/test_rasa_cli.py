"""What the maintainer types: rasa's own commands over the real data, model and stories."""

import os
import subprocess
from pathlib import Path

from conftest import ROOT

_RASA = ROOT / ".venv" / "bin" / "rasa"


def _rasa(*words: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return subprocess.run(
        [str(_RASA), *words], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=300
    )


def _tell(stories: Path, out: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return _rasa(
        *("test", "core", "--model", "models/optfm.tar.gz", "--stories", str(stories)),
        *("--out", str(out), "--endpoints", os.devnull, *flags),
    )


def test_the_training_data_is_valid_without_a_warning():
    """Every response is used, no example stands under two intents, no story contradicts."""
    ended = _rasa("data", "validate", "--fail-on-warnings")
    assert ended.returncode == 0, ended.stderr
    warned = [line for line in ended.stderr.splitlines() if "UserWarning" in line]
    # What a button of goods sends is no wording: NLU never hears it.
    assert all("'press_goods'" in line for line in warned), warned


def test_every_conversation_goes_as_it_is_told(tmp_path: Path):
    """The stories in tests/stories, their wordings read by the model."""
    ended = _tell(ROOT / "tests" / "stories", tmp_path, "--fail-on-prediction-errors")
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    assert ended.returncode == 0, failed
    assert "None of the test stories failed" in failed


def test_a_story_that_goes_wrong_fails(tmp_path: Path):
    """The check above can fail: on a wording's topic, and on an action; each is named."""
    stories = tmp_path / "test_wrong.yml"
    told = 'version: "3.1"\nstories:\n'
    for wrong, intent, action in (
        ("topic", "thanks", "action_answer_facts"),
        ("action", "faq_delivery_cost", "utter_bye"),
    ):
        told += (
            f"  - story: wrong {wrong}\n    steps:\n"
            "      - user: |\n          сколько стоит доставка\n"
            f"        intent: {intent}\n      - action: {action}\n"
        )
    stories.write_text(told, encoding="utf-8")
    _tell(stories, tmp_path)  # without the flag it goes on after the first that fails
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    assert "wrong topic" in failed and "wrong action" in failed
