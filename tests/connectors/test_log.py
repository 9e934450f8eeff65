"""The connectors' logs (connectors/log.py)."""

import json
import subprocess
import sys

import pytest

from connectors.log import masked
from connectors.settings import ROOT

_SAY = """
import logging, sys
from pathlib import Path
from connectors import log
log.open_logs(Path(sys.argv[1]))
log.incoming(dialog="d1", message_id="m1", channel="rest", text="мой номер 8 912 345-67-89")
log.answer(dialog="d1", message_id="m1", texts=["да", "нет"], took_ms=5, outcome="answered")
try:
    raise ValueError("почта ivan@mail.example")
except ValueError as exc:
    log.error(dialog="d1", message_id="m1", what="беда", exc=exc)
logging.getLogger("rasa.core").error("сломалось %s", "там")
logging.getLogger("rasa.core").warning("не ошибка")
"""


@pytest.fixture
def lines(tmp_path):
    """What a process that logged and ended left in the two files."""
    subprocess.run([sys.executable, "-c", _SAY, str(tmp_path)], cwd=ROOT, check=True)
    return {
        name: [json.loads(line) for line in (tmp_path / name).read_text().splitlines()]
        for name in ("app.log", "error.log")
    }


def test_a_turn_is_two_lines_joined_by_their_ids(lines):
    """Whoever reads app.log finds the answer of a message."""
    asked, answered = lines["app.log"][:2]
    assert (asked["event"], answered["event"]) == ("incoming", "answer")
    assert {(line["dialog"], line["message_id"]) for line in (asked, answered)} == {("d1", "m1")}
    assert answered["text"] == "да\n\nнет" and answered["took_ms"] == 5


def test_personal_data_is_masked_everywhere(lines):
    """Neither a message nor a traceback keeps a phone or an address."""
    text = json.dumps(lines, ensure_ascii=False)
    assert "345-67-89" not in text and "ivan@" not in text
    assert "[телефон]" in text and "[почта]" in text


def test_error_log_has_errors_only_and_those_of_rasa_too(lines):
    """The maintainer reads one file when something is wrong."""
    assert [line["text"] for line in lines["error.log"]] == ["беда", "сломалось там"]
    assert "ValueError" in lines["error.log"][0]["traceback"]


@pytest.mark.parametrize(
    "text", ["код УТ-00025677", "дисплей 12345678", "от 25 000 ₽", "18650 3500 mah"]
)
def test_codes_and_prices_are_not_taken_for_phones(text):
    """The log still says what was asked for."""
    assert masked(text) == text
