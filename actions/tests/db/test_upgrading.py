"""A database that is in use is brought to this version: its data stays, its customers go on."""

import json
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine

from optfm.db import connect, connection, upgrade
from optfm.errors import Refused

#: Before anything was indexed that customers said.
_BEFORE = "0017"
_SAID = json.dumps({"event": "user", "text": "сколько стоит дисплей"}, ensure_ascii=False)
_STORED = (
    "INSERT INTO users (name, phone) VALUES ('Проба', '+79990000000')",
    "INSERT INTO dialogs (channel, external_id, user_id, mode) VALUES ('rest', 'd1', 1, 'manager')",
    "INSERT INTO dialogs (channel, external_id) VALUES ('telegram', 'd2')",
    "INSERT INTO consents (dialog_id, user_id, version, wording, channel, given_at)"
    " VALUES (1, 1, '1', 'Согласен', 'rest', now())",
    "INSERT INTO requests (dialog_id, user_id, consent_id, name, phone, about)"
    " VALUES (1, 1, 1, 'Проба', '+79990000000', 'экран')",
    "INSERT INTO outbox (kind, key, status) VALUES ('request_email', 'a', 'given_up')",
    "INSERT INTO price_lists (file_name, sha256, title, list_date, items, groups, active)"
    " VALUES ('a.xls', repeat('0', 64), 'Прайс', '2025-06-25', 1, 0, true)",
    "INSERT INTO price_rows (list_id, position, is_group, code, name, price, depth, path,"
    " row_number) VALUES (1, 1, false, '001', 'Дисплей', 100, 0, '{}', 1)",
)


@pytest.fixture
def old(empty_database_url: str) -> Iterator[Engine]:
    """A database at an older version, with something in its tables."""
    engine = connect(empty_database_url)
    upgrade(engine, _BEFORE)
    with psycopg.connect(empty_database_url) as connection:
        for statement in _STORED:
            connection.execute(statement)
        _say(connection)
    yield engine
    engine.dispose()


def _say(connection: psycopg.Connection) -> None:
    connection.execute(
        "INSERT INTO events (sender_id, type_name, timestamp, data)"
        " VALUES ('d1', 'user', extract(epoch FROM now()), %s)",
        [_SAID],
    )


def _url(engine: Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _stored(url: str, columns: dict[str, list[str]] | None = None) -> dict[str, list[tuple]]:
    """The rows of every table of ours; only those columns where they are given."""
    with psycopg.connect(url) as connection:
        if columns is None:
            columns = {}
            for table, column in connection.execute(
                "SELECT table_name, column_name FROM information_schema.columns"
                " JOIN information_schema.tables USING (table_schema, table_name)"
                " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
                " AND table_name !~ '^(alembic|procrastinate)_' ORDER BY ordinal_position"
            ):
                columns.setdefault(table, []).append(column)
        return {
            f"{table} {' '.join(names)}": connection.execute(
                f'SELECT {", ".join(f'"{name}"' for name in names)} FROM "{table}" ORDER BY 1'
            ).fetchall()
            for table, names in columns.items()
        }


def test_what_was_stored_is_there_after_an_upgrade(old: Engine):
    """Each row of each table of the older version, column by column, and said words are found."""
    before = _stored(_url(old))
    assert sum(bool(rows) for rows in before.values()) >= 8
    upgrade(old)
    columns = {key.split()[0]: key.split()[1:] for key in before}
    assert _stored(_url(old), columns) == before
    with psycopg.connect(_url(old)) as connection:
        found = connection.execute(
            "SELECT count(*) FROM events WHERE type_name IN ('user', 'bot')"
            " AND event_words(data) @@ to_tsquery('russian', 'дисплеи')"
        ).fetchone()
    assert found == (1,)


def test_customers_write_while_what_they_said_is_indexed(old: Engine):
    """The index waits for a writer who is not done, and nobody waits for the index."""
    upgrade(old, "0025")
    with psycopg.connect(_url(old)) as slow, psycopg.connect(_url(old), autocommit=True) as other:
        _say(slow)
        upgrading = threading.Thread(target=upgrade, args=(old,))
        upgrading.start()
        _await_index(other, upgrading)
        other.execute("SET lock_timeout = '1s'")
        for _ in range(3):
            _say(other)
        assert upgrading.is_alive()
        slow.commit()
        upgrading.join(timeout=60)
        indexes = other.execute(
            "SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid"
            " WHERE indrelid = 'events'::regclass"
        ).fetchall()
    assert all(valid for _, valid in indexes)
    assert {"events_words_idx", "events_said_at_idx"} <= {name for name, _ in indexes}


def _await_index(connection: psycopg.Connection, upgrading: threading.Thread) -> None:
    building = "SELECT count(*) FROM pg_stat_progress_create_index"
    while connection.execute(building).fetchone() == (0,):
        assert upgrading.is_alive(), "no index was built beside the writer"
        time.sleep(0.02)


def test_an_index_whose_building_was_broken_off_is_built_anew(old: Engine):
    """What a killed upgrade leaves is an index that slows writers and serves nobody."""
    upgrade(old, "0025")
    with psycopg.connect(_url(old), autocommit=True) as connection:
        connection.execute("CREATE INDEX events_said_idx ON events (id)")
        connection.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'events_said_idx'::regclass"
        )
        upgrade(old)
        (definition,) = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'events_said_idx'"
        ).fetchone()
    assert "WHERE" in definition


def test_a_migration_that_cannot_have_its_table_lets_go(old: Engine, monkeypatch):
    """It says so, keeps what is done, and the next start goes on from there."""
    monkeypatch.setattr(connection, "LOCK_PATIENCE", "200ms")
    with psycopg.connect(_url(old)) as busy:
        busy.execute("LOCK TABLE dialogs IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(Refused, match="повторите"):
            upgrade(old)
        (reached,) = busy.execute("SELECT version_num FROM alembic_version").fetchone()
    assert _BEFORE < reached < "0026"
    upgrade(old)


def test_two_that_upgrade_at_once_take_turns(empty_database_url: str):
    """Every process of a bot does so when it starts."""
    engines = [connect(empty_database_url) for _ in range(3)]
    failed: list[Exception] = []

    def one(engine: Engine) -> None:
        try:
            upgrade(engine)
        except Exception as exc:  # handed to the test's own thread
            failed.append(exc)

    threads = [threading.Thread(target=one, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    for engine in engines:
        engine.dispose()
    assert failed == []
