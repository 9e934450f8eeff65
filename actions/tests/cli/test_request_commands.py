"""What the staff see of requests and notices from the command line."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from optfm.cli.main import optfm
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


def test_the_list_says_in_words_how_far_each_is(number: int, engine: Engine):
    """The status, who has it, and in JSON when each step was, in the shop's time."""
    with engine.begin() as connection:
        connection.execute(text(_TAKEN), {"at": NOW})
    shown = _optfm("requests", "list").output
    assert f"№ {number}  23.11.2026 12:00  в работе, Олег  =Анна  +79100000000 Шуя" in shown
    shown = _optfm("requests", "show", str(number)).output
    times = "принята 23.11.2026 12:00, взята 23.11.2026 12:00"
    assert shown.rstrip().endswith(f"Статус: в работе, Олег ({times})")
    line = json.loads(_optfm("requests", "list", "--jsonl").stdout)
    assert (line["status"], line["taken"]) == ("taken", "2026-11-23T12:00:00+03:00")
    assert line["answered"] is None


def test_requests_are_exported_for_excel_without_formulas(
    number: int, engine: Engine, tmp_path: Path
):
    """The same row in CSV and xlsx, in the shop's time; what a customer wrote is never run."""
    book = tmp_path / "r.xlsx"
    with engine.begin() as connection:
        connection.execute(text(_TAKEN), {"at": NOW})
        connection.execute(
            text("UPDATE requests SET about = :about, town = '@SUM(1)', email = '-1'"),
            {"about": "+cmd|'/c calc'!A1;\n\"=1\"\x0b\ufffe"},
        )
    _optfm("requests", "export", str(tmp_path / "r.csv"))
    _optfm("requests", "export", "--xlsx", str(book))
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf\xd0\x9d")
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        titles, row = csv.reader(file, delimiter=";")
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    _, cells = sheet.iter_rows()
    said = dict(zip(titles, row, strict=True))
    assert said | _EXPECTED == said
    assert said["Номер"] == str(number)
    assert [cell.value or "" for cell in cells] == [
        cell.removeprefix("'") if cell[:2] in ("'=", "'+", "'-", "'@") else cell for cell in row
    ]
    assert "f" not in {cell.data_type for cell in cells}
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


_TAKEN = "UPDATE requests SET status = 'taken', taken_by = 'Олег', taken_at = :at"
_EXPECTED = {
    "Создана": "23.11.2026 12:00",
    "Статус": "в работе",
    "Имя": "'=Анна",
    "Телефон": "'+79100000000",
    "Почта": "'-1",
    "Город": "'@SUM(1)",
    "Вопрос": "'+cmd|'/c calc'!A1;\n\"=1\"",
    "Взял(а)": "Олег",
    "Взята": "23.11.2026 12:00",
    "Закрыта": "",
}


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
