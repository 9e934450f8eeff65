"""The drill: a machine burns down, and another one goes on with its backup."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest
from conftest import ROOT, Bot

#: Tables of what the shop knows; the others are caches, jobs and measurements.
_COUNTED = ("dialogs", "events", "requests", "consents", "users", "price_lists", "price_rows")
KEY = "a key that nobody guesses"


def optfm(bot: Bot, *words: str) -> str:
    """What a command beside the bot says."""
    done = subprocess.run(
        [str(ROOT / "optfm"), *words],
        env={**bot.environ, "OPTFM_BACKUPS": str(bot.folder / "backups"), "BACKUP_KEY": KEY},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def counts(bot: Bot, *, without: str) -> dict[str, int]:
    """Rows of each table, one dialog's apart."""
    of_dialog = {"dialogs": "external_id", "events": "sender_id"}
    found = {}
    connection = psycopg2.connect(bot.db_url)
    with connection, connection.cursor() as cursor:
        for table in _COUNTED:
            where = f" WHERE {of_dialog[table]} <> %s" if table in of_dialog else ""
            cursor.execute(f"SELECT count(*) FROM {table}{where}", (without,) if where else ())
            found[table] = cursor.fetchone()[0]
    connection.close()
    return found


@pytest.fixture
def burnt(bot: Bot, tmp_path: Path) -> tuple[dict[str, int], Path]:
    """What stood in the tables when a backup was made, and the folder of what is left."""
    said = [bot.text("дисплей iphone 11", f"drill-{number}") for number in range(3)]
    assert all("₽" in text for text in said)
    bot.text("часы работы", "drill-forgotten")
    before = counts(bot, without="drill-forgotten")
    optfm(bot, "backup", "create")
    optfm(bot, "erase", "--dialog", "drill-forgotten", "--yes")  # after the backup
    left = tmp_path / "left"
    shutil.copytree(bot.folder / "backups", left / "backups")
    # Receipts of erasures are sent along: they name nobody.
    (left / "var").mkdir()
    for name in ("erasures.jsonl", "erasure.key"):
        shutil.copy(bot.folder / "var" / name, left / "var" / name)
    return before, left


def test_another_machine_goes_on_where_the_backup_was_made(burnt, own_bot: Bot):
    """dump → empty server → restore → erase --replay → the same counts, and the bot answers."""
    before, left = burnt
    began = time.monotonic()
    shutil.copytree(left, own_bot.folder, dirs_exist_ok=True)
    for folder, _, names in os.walk(own_bot.folder):
        assert "postgres" not in folder, names  # nothing of the old database came along
    assert "Копия цела" in optfm(own_bot, "backup", "verify")
    assert "Восстановлено" in optfm(own_bot, "backup", "restore")
    optfm(own_bot, "erase", "--replay")
    own_bot.start()
    print(f"from a file to an answering bot: {time.monotonic() - began:.0f} s")
    assert counts(own_bot, without="drill-forgotten") == before
    connection = psycopg2.connect(own_bot.db_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events WHERE sender_id = 'drill-forgotten'")
        assert cursor.fetchone() == (0,)
    connection.close()
    assert "₽" in own_bot.text("а чёрный есть?", "drill-1")  # it knows what was talked about
