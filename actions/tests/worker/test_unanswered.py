"""A letter for whoever waits too long: once, in working hours, with nothing of his in it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from optfm.outbox.entries import find
from optfm.settings import Settings
from optfm.worker import unanswered

_MAIL = {"smtp_url": "smtp://127.0.0.1:1", "notify_email": "shop@example.com"}


def _settings(**given: object) -> Settings:
    return Settings(**{**_MAIL, "work_hours": "24/7", **given})  # type: ignore[arg-type]


def _wait(engine: Engine, dialog: str, minutes: int) -> None:
    with engine.begin() as connection:
        connection.execute(text("SELECT dialog_call(:d, 'web', 30)"), {"d": dialog})
        connection.execute(
            text("UPDATE dialogs SET since = now() - make_interval(mins => :m)"), {"m": minutes}
        )


def test_letter_is_queued_once_for_each_wait(engine: Engine):
    """Not before its time, and not again a minute later."""
    _wait(engine, "web:one", 5)
    assert unanswered.call(engine, _settings()) == 0
    _wait(engine, "web:one", 11)
    assert unanswered.call(engine, _settings()) == 1
    assert unanswered.call(engine, _settings()) == 0
    with engine.connect() as connection:
        number = connection.execute(text("SELECT max(id) FROM outbox")).scalar_one()
    entry = find(engine, number)
    assert entry and (entry.kind, entry.dialog) == (unanswered.KIND, "web:one")


@pytest.mark.parametrize(
    "given",
    [
        {"desk_letter_min": 0},
        {"work_hours": "Mon-Fri 09:00-09:01"},
        {"smtp_url": "", "notify_email": ""},
    ],
    ids=["switched off", "closed", "no mail"],
)
def test_no_letter(engine: Engine, given: dict[str, object]):
    """Where the owner wants none, nobody works, or there is no mail."""
    _wait(engine, "web:one", 60)
    night = datetime(2026, 11, 29, 1, tzinfo=UTC)
    with engine.begin() as connection:
        early = {"at": night - timedelta(hours=2)}
        connection.execute(text("UPDATE dialogs SET since = :at"), early)
    assert unanswered.call(engine, _settings(**given), night) == 0
