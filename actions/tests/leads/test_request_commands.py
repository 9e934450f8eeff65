"""What the staff see of requests and notices from the command line."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from optfm.cli import optfm
from optfm.leads import Consent, Draft, submit, wording

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def number(engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """A request that the mail is to tell of, in the database of the commands."""
    monkeypatch.setenv("DB_URL", database_url)
    monkeypatch.setenv("TIMEZONE", "Europe/Moscow")
    version, words = wording("https://bot.example.ru")
    consent = Consent(version=version, wording=words, given_at=NOW, channel="rest", message_id="m")
    draft = Draft(
        dialog="d-1",
        channel="rest",
        name="=Анна",
        phone="+79100000000",
        email=None,
        about="дисплей на а12",
        town="Шуя",
        consent=consent,
    )
    return submit(engine, draft, now=NOW, tell=("request_email",))


def _optfm(*words: str) -> Result:
    result = CliRunner().invoke(optfm, words)
    assert result.exit_code == 0, result.output
    return result


def test_a_request_is_shown_whole(number: int):
    """Who, what, and how far it is."""
    shown = _optfm("requests", "show", str(number)).output
    for words in (f"№ {number}", "+79100000000", "дисплей на а12", "Шуя", "Статус: новая"):
        assert words in shown


def test_the_list_says_whether_somebody_was_told(number: int, engine: Engine):
    """`notified` is what the outbox knows."""

    def notified() -> bool:
        [line] = _optfm("requests", "list", "--jsonl").stdout.splitlines()
        return bool(json.loads(line)["notified"])

    assert not notified()
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET status = 'sent'"))
    assert notified()


def test_requests_are_exported_for_excel_without_formulas(number: int, tmp_path: Path):
    """The same row in CSV and xlsx, in the shop's time; a name is never run."""
    _optfm("requests", "export", str(tmp_path / "r.csv"))
    _optfm("requests", "export", "--xlsx", str(tmp_path / "r.xlsx"))
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        _, row = csv.reader(file, delimiter=";")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    _, cells = sheet.iter_rows()
    assert row[:5] == [str(number), "23.11.2026 12:00", "новая", "'=Анна", "'+79100000000"]
    assert [cell.value for cell in cells][1:5] == [row[1], row[2], "=Анна", "+79100000000"]
    assert "f" not in {cell.data_type for cell in cells}


def test_a_notice_that_was_given_up_is_listed_and_tried_again(number: int, engine: Engine):
    """By its number, or all of them."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET status = 'given_up', last_error = '554 no'"))
        connection.execute(text("DELETE FROM procrastinate_jobs"))
    listed = _optfm("outbox", "list").output
    assert "не доставлено" in listed and "554 no" in listed and f"№ {number}" in listed
    assert "1" in _optfm("outbox", "retry").output
    assert "в очереди" in _optfm("outbox", "list").output
    wrong = CliRunner().invoke(optfm, ["outbox", "retry", "999"])
    assert wrong.exit_code == 1 and "999" in str(wrong.output) + str(wrong.exception)
