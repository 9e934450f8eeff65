"""The connectors' logs (connectors/server/log.py)."""

import json
import logging
import subprocess
import sys

import psycopg2
import pytest

from connectors.server.log_table import LogTable
from connectors.settings import ROOT

_SAY = """
import logging, sys
from pathlib import Path
from connectors.server import log
log.open_logs(Path(sys.argv[1]))
log.incoming(dialog="d1", message_id="m1", channel="rest", text="мой номер 8 912 345-67-89")
log.answer(dialog="d1", message_id="m1", texts=["да", "нет"], took_ms=5, outcome="faq")
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


def _record(text, **extra):
    record = logging.LogRecord("optfm", logging.INFO, "", 0, "%s", (text,), None)
    record.__dict__.update(event="incoming", dialog="d1", message_id="m1", **extra)
    return record


def test_the_table_says_the_same(database_url):
    """Lines are there after the end of the process at the latest, masked, NUL and all."""
    table = LogTable(database_url)
    table.emit(_record("мой номер 8 912 345-67-89", detail={"channel": "rest\x00"}))
    table.emit(_record("\x00 и \ud800"))
    table.close()
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT event, dialog, message_id, text, detail FROM logs ORDER BY id")
        rows = cursor.fetchall()
    connection.close()
    assert rows == [
        ("incoming", "d1", "m1", "мой номер [телефон]", {"channel": "rest"}),
        ("incoming", "d1", "m1", " и ?", {}),
    ]


def test_a_database_that_is_away_holds_nothing_up(tmp_path):
    """Lines are taken until too many wait, then dropped; the end does not wait for it."""
    table = LogTable(f"postgresql://postgres@/optfm?host={tmp_path}")
    for number in range(20_000):
        table.emit(_record(str(number)))
    assert table._waiting.full()
    table.close()


def test_a_line_that_the_table_refuses_takes_no_other_with_it(database_url):
    """Lines before and after it are written, and the thread goes on."""
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE logs ADD CHECK (text NOT LIKE '%плохо%')")
    connection.close()
    table = LogTable(database_url)
    for text in [*map(str, range(7)), "плохо", *map(str, range(7, 9)), "плохо"]:
        table.emit(_record(text))
    table.close()
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT text FROM logs ORDER BY id")
        assert [text for (text,) in cursor.fetchall()] == [str(number) for number in range(9)]
    connection.close()
