"""A backup is whole and of one moment, and nothing else is ever restored."""

import io
import tarfile
import threading
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text

from optfm.backup import Folder, WrongBackup, create, prune, restore, verify
from optfm.backup.copying import rows_of
from optfm.db import connect, upgrade
from optfm.errors import Refused

KEY = "a key that nobody guesses"


@pytest.fixture
def other(postgres: str):
    """A second database, empty: the machine that a backup is brought to."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    engine = connect(postgres.replace("/optfm?", f"/{name}?"))
    yield engine
    engine.dispose()
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> Path:
    """A shop with rows, keys and a customer's file; its `var`."""
    with engine.begin() as connection:
        for number in range(300):
            _notice(connection, f"before {number}")
    var = tmp_path / "var"
    (var / "files" / "site%3A1").mkdir(parents=True)
    (var / "files" / "site%3A1" / "photo.jpg").write_bytes(b"\xff\xd8" + bytes(1000))
    (var / "session.key").write_text("0123456789abcdef")
    (var / "erasures.jsonl").write_text('{"id": 1}\n')
    (var / "vectors.sqlite").write_text("a cache, which is made again")
    return var


def _notice(connection, key: str) -> None:
    connection.execute(
        text("INSERT INTO outbox (kind, key) VALUES ('request_email', :key)"), {"key": key}
    )


@pytest.mark.parametrize("key", ["", KEY], ids=["open", "sealed"])
def test_what_is_restored_is_what_was_copied(engine, other, shop, tmp_path, key):
    """Rows, keys and files come back; caches do not; the counts are the manifest's."""
    file, manifest = create(engine, shop, tmp_path / "backups", key)
    new = tmp_path / "new"
    restore(other, new, file, key, force=False)
    with engine.connect() as before, other.connect() as after:
        assert rows_of(after) == rows_of(before) == manifest.rows
    assert manifest.rows["outbox"] == 300
    photo = "files/site%3A1/photo.jpg"
    assert (new / photo).read_bytes() == (shop / photo).read_bytes()
    assert (new / "session.key").stat().st_mode & 0o777 == 0o600
    assert not (new / "vectors.sqlite").exists()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_backup_under_load_is_of_one_moment(engine, other, shop, tmp_path):
    """Two tables written together agree in the copy, and its counts are those of its dump."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with engine.begin() as connection:
                _notice(connection, f"load {number}")
                connection.execute(
                    text(
                        "INSERT INTO llm_calls (purpose, provider, model, prompt_version, outcome)"
                        " VALUES ('answer', 'openai', 'm', '1', 'ok')"
                    )
                )
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file, manifest = create(engine, shop, tmp_path, "")
    finally:
        stop.set()
        writer.join()
    restore(other, tmp_path / "new", file, "", force=False)
    with other.connect() as connection:
        assert rows_of(connection) == manifest.rows
    assert manifest.rows["outbox"] - 300 == manifest.rows["llm_calls"]


def test_a_restored_database_serves_this_version(engine, other, shop, tmp_path):
    """Migrations find nothing to do, and new rows get numbers that nobody has."""
    file, _ = create(engine, shop, tmp_path, "")
    restore(other, tmp_path / "new", file, "", force=False)
    upgrade(other)
    with other.begin() as connection:
        _notice(connection, "after")
        assert connection.execute(text("SELECT max(id) FROM outbox")).scalar_one() == 301


def test_a_database_with_something_in_it_is_replaced_only_by_force(engine, other, shop, tmp_path):
    """Without --force nothing changes; with it, tables of a later version do not survive."""
    file, _ = create(engine, shop, tmp_path, "")
    upgrade(other)
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE of_a_later_version (id int)"))
    with pytest.raises(Refused, match="--force"):
        restore(other, tmp_path / "new", file, "", force=False)
    restore(other, tmp_path / "new", file, "", force=True)
    with other.connect() as connection:
        rows = rows_of(connection)
    assert rows["outbox"] == 300 and "of_a_later_version" not in rows


def test_files_of_the_machine_stay_and_receipts_are_added(engine, other, shop, tmp_path):
    """A key in use is not replaced; receipts that the backup forgot are kept with its own."""
    file, _ = create(engine, shop, tmp_path, "")
    new = tmp_path / "new"
    new.mkdir()
    (new / "session.key").write_text("fedcba9876543210")
    (new / "erasures.jsonl").write_text('{"id": 1}\n{"id": 2}\n')
    restore(other, new, file, "", force=False)
    assert (new / "session.key").read_text() == "fedcba9876543210"
    assert (new / "erasures.jsonl").read_text() == '{"id": 1}\n{"id": 2}\n'


@pytest.mark.parametrize("key", ["", KEY], ids=["open", "sealed"])
@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda b: b[: len(b) // 2], id="half written"),
        pytest.param(lambda b: b[:-30_000], id="its end is missing"),
        pytest.param(lambda b: b[:9_000] + bytes([b[9_000] ^ 1]) + b[9_001:], id="a bit changed"),
        pytest.param(lambda b: b"", id="empty"),
        pytest.param(lambda b: b"PGDMP" + b, id="something else"),
    ],
)
def test_a_harmed_file_is_refused(engine, other, shop, tmp_path, key, harm):
    """Half a file, a flipped bit, another program's file: one line, and the database untouched."""
    file, _ = create(engine, shop, tmp_path, key)
    file.write_bytes(harm(file.read_bytes()))
    with pytest.raises(WrongBackup):
        verify(file, key)
    with pytest.raises(WrongBackup):
        restore(other, tmp_path / "new", file, key, force=True)
    with other.connect() as connection:
        assert rows_of(connection) == {}


def test_a_foreign_archive_is_refused(tmp_path):
    """A tar of somebody else is no backup, whatever its name."""
    file = tmp_path / "optfm-2026-01-01T00-00-00Z.backup"
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("manifest.json")
        content = b'{"format": "theirs"}'
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    with pytest.raises(WrongBackup):
        verify(file, "")


def test_a_sealed_file_needs_its_key(engine, shop, tmp_path):
    """Nothing of it can be read without, or with another; what it holds does not shine through."""
    file, _ = create(engine, shop, tmp_path, KEY)
    for wrong in ("", "another key of some length"):
        with pytest.raises(WrongBackup, match="BACKUP_KEY"):
            verify(file, wrong)
    assert b"manifest" not in file.read_bytes()


def test_old_backups_go_and_the_newest_always_stay(tmp_path):
    """Three newest stay however old they are; of the others those of the last ten days."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for days in (1, 5, 9, 12, 40):
        at = now - timedelta(days=days)
        (tmp_path / f"optfm-{at:%Y-%m-%dT%H-%M-%SZ}.backup").write_text("x")
    (tmp_path / "optfm-of-somebody.backup").write_text("not ours")
    place = Folder(tmp_path)
    prune(place, keep=4, days=10, now=now)
    assert [(now - backup.at).days for backup in place.backups()] == [1, 5, 9, 12]
    prune(place, keep=1, days=4, now=now)
    assert [(now - backup.at).days for backup in place.backups()] == [1]
    assert (tmp_path / "optfm-of-somebody.backup").exists()
