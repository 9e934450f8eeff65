"""A request's status and a dialog's speaker: each way they may go, and who may change them."""

import itertools
import re
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from optfm.leads.consent import Consent
from optfm.leads.lifecycle import call_dialog, move_request, release_dialog, take_dialog
from optfm.leads.requests import Draft, list_requests, submit

ROOT = Path(__file__).resolve().parents[3]
STATUSES = ("new", "taken", "answered", "closed")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def number(engine: Engine) -> int:
    """A request that nobody has taken."""
    consent = Consent(
        version="1", wording="да", given_at=NOW, channel="rest", message_id=None, asked_at=NOW
    )
    draft = Draft(
        dialog="d",
        channel="rest",
        name="Анна",
        phone="+79100000000",
        email=None,
        about="дисплей",
        town=None,
        consent=consent,
    )
    return submit(engine, draft, now=NOW)


@pytest.mark.parametrize(("start", "to"), list(itertools.product(STATUSES, STATUSES[1:])))
def test_a_request_only_goes_forward(engine: Engine, number: int, start: str, to: str):
    """From each status to each: forward it moves, else it stays and says where it is."""
    with engine.begin() as connection:
        if start != "new":
            move_request(connection, number, start, by="Анна")
    before = list_requests(engine, number)[0]
    with engine.begin() as connection:
        moved = move_request(connection, number, to, by="Олег")
    after = list_requests(engine, number)[0]
    forward = STATUSES.index(to) > STATUSES.index(start)
    assert moved.moved is forward
    assert (moved.before, moved.status) == (start, to if forward else start)
    assert after.status == moved.status and after.taken_by == moved.taken_by
    if not forward:
        assert after == before


@pytest.mark.parametrize(
    ("steps", "known"),
    [
        (["taken"], ("Анна", True, False, False)),
        (["answered"], ("Анна", True, True, False)),
        (["closed"], (None, False, False, True)),
        (["taken", "closed"], ("Анна", True, False, True)),
        (["answered", "closed"], ("Анна", True, True, True)),
    ],
)
def test_each_step_leaves_its_moment(engine: Engine, number: int, steps: list[str], known: tuple):
    """Answering is taking, too; closing says neither that it was taken nor that it was answered."""
    with engine.begin() as connection:
        for step in steps:
            move_request(connection, number, step, by="Анна")
    r = list_requests(engine, number)[0]
    assert (r.taken_by, bool(r.taken), bool(r.answered), bool(r.closed)) == known


def test_nobody_moves_a_request_that_is_not_there_or_back_to_new(engine: Engine, number: int):
    """The one is None, the other a mistake of ours."""
    with engine.begin() as connection:
        assert move_request(connection, 77, "taken", by="Анна") is None
    with pytest.raises(IntegrityError), engine.begin() as connection:
        move_request(connection, number, "new", by="Анна")


def test_of_many_who_take_a_request_at_once_one_wins(engine: Engine, number: int):
    """Each of the others reads who it was."""
    told, start = [], threading.Barrier(6)

    def take(who: str) -> None:
        start.wait()
        with engine.begin() as connection:
            told.append((who, move_request(connection, number, "taken", by=who)))

    threads = [threading.Thread(target=take, args=(f"менеджер {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [who for who, moved in told if moved.moved]
    assert len(winners) == 1
    assert {moved.taken_by for _, moved in told} == set(winners)


def dialog(engine: Engine, name: str = "d") -> tuple:
    """Its mode, its manager, and the minutes that he has."""
    with engine.connect() as connection:
        return tuple(
            connection.execute(
                text(
                    "SELECT mode, manager, round(extract(epoch FROM until - now()) / 60)::int"
                    " FROM dialogs WHERE external_id = :name"
                ),
                {"name": name},
            ).one()
        )


def do(engine: Engine, function, *args, **kwargs):
    """One call in a transaction of its own."""
    with engine.begin() as connection:
        return function(connection, *args, **kwargs)


def silent(engine: Engine) -> None:
    """His time is over."""
    with engine.begin() as connection:
        connection.execute(text("UPDATE dialogs SET until = now()"))


def test_a_dialog_goes_from_the_bot_to_a_manager_and_back(engine: Engine):
    """Called, taken, kept by the first who came, released once."""
    assert do(engine, call_dialog, "d", channel="rest", minutes=30) is None
    assert dialog(engine) == ("manager", None, 30)
    assert do(engine, take_dialog, "d", by="Анна", minutes=20) is False
    assert do(engine, take_dialog, "d", by="Олег", minutes=40) is False
    assert dialog(engine) == ("manager", "Анна", 40)
    assert do(engine, release_dialog, "d") is True
    assert dialog(engine) == ("bot", None, None)
    assert do(engine, release_dialog, "d") is None


def test_a_call_that_nobody_answered_is_told_from_a_talk(engine: Engine):
    """The customer reads something else then; and a second call makes room for another manager."""
    do(engine, call_dialog, "d", channel="rest", minutes=30)
    assert do(engine, release_dialog, "d") is False
    do(engine, take_dialog, "d", by="Анна", minutes=30)
    do(engine, call_dialog, "d", channel="rest", minutes=30)
    assert dialog(engine) == ("manager", None, 30)


def test_silence_releases_only_when_the_time_is_over(engine: Engine):
    """Whoever still has time keeps the dialog."""
    do(engine, take_dialog, "d", by="Анна", minutes=30)
    assert do(engine, release_dialog, "d", only_silent=True) is None
    assert dialog(engine)[0] == "manager"
    silent(engine)
    assert do(engine, release_dialog, "d", only_silent=True) is True


def test_whoever_speaks_first_has_a_dialog_that_nobody_knew(engine: Engine):
    """It gets its row, with the channel of its last message."""
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES"
                ' (\'tg:1\', \'user\', 1, \'{"text": "?", "input_channel": "telegram"}\')'
            )
        )
    assert do(engine, take_dialog, "tg:1", by="Анна", minutes=30) is True
    with engine.connect() as connection:
        assert connection.execute(text("SELECT channel FROM dialogs")).scalar_one() == "telegram"


def test_a_correction_takes_no_dialog_from_the_bot(engine: Engine):
    """It prolongs a talk that goes on, and begins none."""
    assert do(engine, take_dialog, "d", by="Анна", minutes=30, only_if_taken=True) is True
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM dialogs")).scalar_one() == 0
    do(engine, take_dialog, "d", by="Анна", minutes=30)
    assert do(engine, take_dialog, "d", by="Олег", minutes=50, only_if_taken=True) is False
    assert dialog(engine) == ("manager", "Анна", 50)


#: A statement that sets what only the functions may set, as SQL and as SQLAlchemy writes it.
_RAW = re.compile(
    r"UPDATE\s+(?:requests\b[^;\"]*?\b(?:status|taken_by|taken_at|answered_at|closed_at)\s*="
    r"|dialogs\b[^;\"]*?\b(?:mode|until|manager)\s*=)"
    r"|\brequests\.update\(\)[^;]*?\.values\([^)]*\b(?:status|taken_by|taken_at|answered_at"
    r"|closed_at)\s*="
    r"|\bdialogs\.update\(\)[^;]*?\.values\([^)]*\b(?:mode|until|manager)\s*=",
    re.IGNORECASE,
)


def test_nobody_else_changes_a_status_or_a_speaker():
    """No statement outside of the migrations does, in either environment."""
    places = [
        f"{path.relative_to(ROOT)}: {found.group()[:60]}"
        for folder in ("actions/optfm", "connectors", "components", "common")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
        for found in _RAW.finditer(path.read_text(encoding="utf-8"))
    ]
    assert places == []
    assert _RAW.search("UPDATE dialogs SET until = NULL, mode = 'bot'")
    assert _RAW.search("requests.update().where(r.id == 1).values(status='taken')")
