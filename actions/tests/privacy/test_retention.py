"""What was kept long enough goes by itself, what is still to be answered stays."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import procrastinate
from procrastinate.testing import InMemoryConnector
from sqlalchemy import Engine, text

from optfm.leads import Consent, Draft, submit
from optfm.privacy.retention import Periods, expire
from optfm.settings import Settings
from optfm.worker.cleaning import clean_every_night, periods

NOW = datetime.now(UTC)
PERIODS = Periods(
    dialogs=timedelta(days=365),
    logs=timedelta(days=90),
    requests=timedelta(days=1000),
    llm=timedelta(days=30),
)


def customer(engine: Engine, days_ago: int, *, status: str) -> str:
    """A dialog with a request, both that old; its id."""
    dialog, at = uuid.uuid4().hex, NOW - timedelta(days=days_ago)
    consent = Consent(version="1", wording="?", given_at=at, channel="rest", message_id=None)
    draft = Draft(
        dialog=dialog,
        channel="rest",
        name="Аграфена",
        phone=None,
        email=f"{dialog}@example.com",
        about="акб",
        town=None,
        consent=consent,
    )
    number = submit(engine, draft, now=at)
    with engine.begin() as connection:
        for statement in (
            "UPDATE requests SET status = :status WHERE id = :number",
            "UPDATE dialogs SET created_at = :at WHERE external_id = :dialog",
            "UPDATE users SET created_at = :at WHERE email = :dialog || '@example.com'",
            "INSERT INTO events (sender_id, type_name, timestamp, data)"
            " VALUES (:dialog, 'user', extract(epoch FROM CAST(:at AS timestamptz)), '{}')",
            "INSERT INTO logs (at, level, event, dialog) VALUES (:at, 'info', 'incoming', :dialog)",
            "INSERT INTO llm_calls (at, dialog, purpose, provider, model, prompt_version, outcome,"
            " text) VALUES (:at, :dialog, 'answer', 'p', 'm', '1', 'ok', '{}')",
        ):
            connection.execute(
                text(statement),
                {"dialog": dialog, "at": at, "status": status, "number": number},
            )
    return dialog


def kept(engine: Engine, dialog: str) -> set[str]:
    """The tables in which something of a dialog is left."""
    named = {"dialog": dialog}
    queries = {
        "events": "SELECT count(*) FROM events WHERE sender_id = :dialog",
        "logs": "SELECT count(*) FROM logs WHERE dialog = :dialog",
        "texts": "SELECT count(text) FROM llm_calls WHERE dialog = :dialog",
        "users": "SELECT count(*) FROM users WHERE email = :dialog || '@example.com'",
        "dialogs": "SELECT count(*) FROM dialogs WHERE external_id = :dialog",
        "requests": "SELECT count(*) FROM requests WHERE email = :dialog || '@example.com'",
    }
    with engine.connect() as connection:
        return {
            name
            for name, query in queries.items()
            if connection.execute(text(query), named).scalar_one()
        }


def test_each_thing_goes_at_its_time(engine: Engine, tmp_path: Path):
    """The logs first, then the dialog, at last the request with its person and its consent."""
    ages = {days: customer(engine, days, status="closed") for days in (10, 40, 100, 400, 1100)}
    expire(engine, tmp_path, tmp_path, PERIODS, now=NOW)
    people = {"users", "dialogs", "requests"}
    assert kept(engine, ages[10]) == people | {"events", "logs", "texts"}
    assert kept(engine, ages[40]) == people | {"events", "logs"}
    assert kept(engine, ages[100]) == people | {"events"}
    assert kept(engine, ages[400]) == people
    assert kept(engine, ages[1100]) == set()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM consents")).scalar_one() == 4
    assert expire(engine, tmp_path, tmp_path, PERIODS, now=NOW) == {}


def test_topics_go_in_telegram_too_and_one_of_a_request_with_it(engine: Engine, tmp_path: Path):
    """A talk's after a year of silence; a request's when the request goes."""
    for thread, (days, status) in enumerate([(400, "closed"), (1100, "closed"), (1100, "new")]):
        dialog = customer(engine, days, status=status)
        topic(engine, dialog, thread, days, of_request=True)
    topic(engine, "talk", 10, 400)
    topic(engine, "talk in use", 11, 400)
    with engine.begin() as connection:
        connection.execute(text("UPDATE topics SET used_at = now() WHERE thread_id = 11"))
    counts = expire(engine, tmp_path, tmp_path, PERIODS, now=NOW)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT thread_id FROM topics ORDER BY 1")).scalars().all()
        told = connection.execute(text("SELECT payload ->> 'topic_id' FROM outbox ORDER BY 1"))
        assert (left, told.scalars().all()) == ([0, 11], ["1", "10", "2"])
    assert counts["topics"] == 3


def topic(
    engine: Engine, dialog: str, thread: int, days_ago: int, *, of_request: bool = False
) -> None:
    """A topic of that age, of the dialog's request or of a talk."""
    request = "(SELECT id FROM requests WHERE email = :dialog || '@example.com')"
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO topics (chat_id, thread_id, dialog, request_id, created_at, used_at)"
                f" VALUES (-1, :thread, :dialog, {request if of_request else 'NULL'}, :at, :at)"
            ),
            {"dialog": dialog, "thread": thread, "at": NOW - timedelta(days=days_ago)},
        )


def test_what_is_still_to_be_answered_keeps_its_dialog(engine: Engine, tmp_path: Path):
    """A manager who comes late finds what was said."""
    dialog = customer(engine, 400, status="taken")
    expire(engine, tmp_path, tmp_path, PERIODS, now=NOW)
    assert kept(engine, dialog) >= {"events", "requests"}


def test_old_lines_of_a_log_file_and_old_files_go(engine: Engine, tmp_path: Path):
    """The rest of the file stays as it was."""
    log = tmp_path / "app.log"
    ages = (100, 91, 89, 1)
    lines = [json.dumps({"at": (NOW - timedelta(days=d)).isoformat(), "n": d}) for d in ages]
    log.write_text("\n".join(lines) + "\n")
    counts = expire(engine, tmp_path, tmp_path, PERIODS, now=NOW)
    assert counts == {"logs/app.log": 2}
    assert log.read_text().splitlines() == lines[2:]


def test_the_worker_does_it_every_night(engine: Engine, tmp_path: Path):
    """One job of the clock, with the periods of the settings."""
    app = procrastinate.App(connector=InMemoryConnector())
    configured = Settings(optfm_var=tmp_path, optfm_logs=tmp_path, retention_days=7)
    clean_every_night(app, engine, configured)
    dialog = customer(engine, 8, status="closed")
    app.tasks["clean"].func(0)
    assert "events" not in kept(engine, dialog)
    assert periods(configured).dialogs == timedelta(days=7)
    [periodic] = app.periodic_registry.periodic_tasks.values()
    assert periodic.cron == "17 1 * * *"
