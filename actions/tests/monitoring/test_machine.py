"""Disk and database in numbers."""

from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import text

from optfm.db import connect
from optfm.monitoring import Machine


def numbers(machine: Machine) -> dict[str, float]:
    registry = CollectorRegistry()
    registry.register(machine)
    lines = generate_latest(registry).decode().splitlines()
    return {
        line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if line[0] != "#"
    }


def test_what_waits_and_what_was_spent_is_read_from_the_tables(engine, tmp_path):
    """The oldest notification that waits, what was given up, this month's roubles, the disk."""
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO outbox (kind, key, created_at, status) VALUES"
                " ('request_email', 'a', now() - interval '2 hours', 'pending'),"
                " ('request_email', 'b', now() - interval '9 hours', 'sent'),"
                " ('request_email', 'c', now(), 'given_up')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO llm_calls"
                " (purpose, provider, model, prompt_version, outcome, cost_rub, at) VALUES"
                " ('answer', 'openai', 'm', '1', 'ok', 12.5, now()),"
                " ('answer', 'openai', 'm', '1', 'ok', 99, now() - interval '40 days')"
            )
        )
    found = numbers(Machine(engine, {"var": tmp_path}, month_limit_rub=3000))
    assert 7200 <= found["optfm_outbox_oldest_seconds"] < 7260
    assert found["optfm_outbox_given_up"] == 1
    assert found["optfm_llm_month_rub"] == 12.5
    assert found["optfm_llm_month_limit_rub"] == 3000
    assert found["optfm_postgres_up"] == 1
    assert 1 <= found["optfm_postgres_connections"] <= found["optfm_postgres_connections_limit"]
    assert (
        found['optfm_disk_size_bytes{place="var"}'] >= found['optfm_disk_free_bytes{place="var"}']
    )


def test_a_database_that_is_away_is_said_and_the_disk_all_the_same(tmp_path):
    """A scrape never fails because of what it measures."""
    engine = connect("postgresql://nobody@127.0.0.1:9/none")
    found = numbers(
        Machine(engine, {"var": tmp_path, "gone": tmp_path / "gone"}, month_limit_rub=0)
    )
    assert found["optfm_postgres_up"] == 0
    assert 'optfm_disk_free_bytes{place="var"}' in found
    assert "optfm_outbox_given_up" not in found
