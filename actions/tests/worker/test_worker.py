"""The worker, as a process of its own: it tells what was queued, whatever dies meanwhile."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import Engine, text

from optfm.leads import Consent, Draft, submit, wording
from optfm.leads.outbox import undelivered
from optfm.settings import ROOT
from optfm.worker.readiness import is_ready
from tests.peers.crm import Portal, serving

NOW = datetime.now(UTC)


class Mailbox:
    """aiosmtpd's side: keeps the letters, or answers with a scripted refusal."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: list[str] = []
        self.refused = 0
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusals:
            self.refused += 1
            return self.refusals.pop(0)
        letter = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[arg-type]
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


def _password(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
) -> AuthResult:
    right = isinstance(given, LoginPassword) and given.password == b"right"
    return AuthResult(success=right, handled=False)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server that asks for a password."""
    mailbox = Mailbox()
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=_password,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    mailbox.port = controller.port
    yield mailbox
    controller.stop()


def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def worker(database_url: str, folder: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that takes jobs, until the block ends."""
    environ = {
        **os.environ,
        "DB_URL": database_url,
        "OPTFM_VAR": str(folder),
        "OPTFM_LOGS": str(folder),
        "PYTHONPATH": str(ROOT / "actions"),
        **more,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "optfm.worker"], env=environ, stderr=subprocess.DEVNULL
    )
    try:
        _wait(lambda: is_ready(folder))
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not done():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def _request(engine: Engine, *, phone: str = "+79100000000", **more: object) -> int:
    version, words = wording("https://bot.example.ru")
    consent = Consent(version=version, wording=words, given_at=NOW, channel="rest", message_id="m")
    draft = Draft(
        dialog=phone,
        channel="rest",
        name="Анна",
        phone=phone,
        email=None,
        about="дисплей на а12",
        town=None,
        consent=consent,
    )
    return submit(engine, draft, now=NOW, **more)  # type: ignore[arg-type]


def _mail(mailbox: Mailbox, password: str = "right") -> dict[str, str]:
    return {
        "SMTP_URL": f"smtp://bot:{password}@127.0.0.1:{mailbox.port}",
        "NOTIFY_EMAIL": "sales@example.ru",
    }


def test_a_request_reaches_the_mailbox_whole(
    engine: Engine, database_url: str, tmp_path: Path, mailbox: Mailbox
):
    """The letter names the customer, his phone and his question."""
    with worker(database_url, tmp_path, **_mail(mailbox)):
        number = _request(engine, tell=("request_email",))
        _wait(lambda: mailbox.letters)
    [letter] = mailbox.letters
    body = letter.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert f"№ {number}" in letter["Subject"]
    assert "+79100000000" in words and "дисплей на а12" in words
    assert not undelivered(engine)


def test_a_busy_mail_server_is_asked_again(
    engine: Engine, database_url: str, tmp_path: Path, mailbox: Mailbox
):
    """451 passes by itself."""
    mailbox.refusals = ["451 later"]
    with worker(database_url, tmp_path, **_mail(mailbox)):
        _request(engine, tell=("request_email",))
        _wait(lambda: mailbox.letters)
    assert mailbox.refused == 1 and len(mailbox.letters) == 1


def test_a_letter_that_is_refused_for_good_is_seen_in_the_list(
    engine: Engine, database_url: str, tmp_path: Path, mailbox: Mailbox
):
    """554 is not tried again; the entry says why."""
    mailbox.refusals = ["554 no"]
    with worker(database_url, tmp_path, **_mail(mailbox)):
        _request(engine, tell=("request_email",))
        _wait(lambda: undelivered(engine) and undelivered(engine)[0].status == "given_up")
    [entry] = undelivered(engine)
    assert entry.last_error and "554" in entry.last_error


def test_a_wrong_password_is_said_and_kept_for_a_later_try(
    engine: Engine, database_url: str, tmp_path: Path, mailbox: Mailbox
):
    """Somebody mends the setting; the letter is not lost."""
    with worker(database_url, tmp_path, **_mail(mailbox, password="wrong")):
        _request(engine, tell=("request_email",))
        _wait(lambda: undelivered(engine)[0].attempts)
    [entry] = undelivered(engine)
    assert entry.status == "pending" and entry.last_error and "пароль" in entry.last_error


def test_what_joins_a_request_is_told_too_and_once(
    engine: Engine, database_url: str, tmp_path: Path, mailbox: Mailbox
):
    """The same person an hour later adds to his request."""
    with worker(database_url, tmp_path, **_mail(mailbox)):
        first = _request(engine, tell=("request_email",))
        with engine.begin() as connection:
            connection.execute(text("UPDATE requests SET about = 'чехол'"))
        assert _request(engine, tell=("request_email",)) == first
        assert _request(engine, tell=("request_email",)) == first
        _wait(lambda: len(mailbox.letters) == 2)
    assert "Дополнение" in mailbox.letters[1]["Subject"]


def test_a_killed_worker_loses_nothing_and_a_lead_is_made_once(
    engine: Engine, database_url: str, tmp_path: Path
):
    """Killed again and again between its calls; the portal knows each request by its origin."""
    with serving(Portal()) as portal:
        assert isinstance(portal, Portal)
        crm = {"CRM_KIND": "bitrix24", "CRM_URL": f"{portal.url}/rest/1/secret"}
        numbers = [
            _request(engine, phone=f"+7910000{n:04}", tell=("request_crm",)) for n in range(12)
        ]
        for pause in (0.0, 0.02, 0.05, 0.1):
            with worker(database_url, tmp_path, **crm) as process:
                time.sleep(pause)
                process.send_signal(signal.SIGKILL)
            with engine.begin() as connection:  # the clock does so, once a minute
                connection.execute(
                    text(
                        "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL"
                        " WHERE status = 'doing'"
                    )
                )
        with worker(database_url, tmp_path, **crm):
            _wait(lambda: not undelivered(engine))
        origins = [lead["ORIGIN_ID"] for lead in portal.leads.values()]
        assert sorted(origins) == sorted(f"request-{number}" for number in numbers)


def test_jobs_of_a_dead_worker_are_taken_up(engine: Engine, database_url: str, tmp_path: Path):
    """A worker that gave no sign of life for half a minute is dead."""
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (:at)"),
            {"at": NOW - timedelta(minutes=2)},
        )
        connection.execute(text("SELECT enqueue('nobody', 'd', NULL, '{}', 'k')"))
        connection.execute(
            text(
                "UPDATE procrastinate_jobs SET status = 'doing',"
                " worker_id = (SELECT min(id) FROM procrastinate_workers)"
            )
        )
    with worker(database_url, tmp_path):
        _wait(lambda: undelivered(engine)[0].status == "given_up")
