"""The worker, as a process of its own: it tells what was queued, whatever dies meanwhile."""

import contextlib
import os
import random
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import Engine, text

from optfm.leads import Consent, Draft, submit, wording
from optfm.outbox.entries import deliver, enqueue, retry, undelivered
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


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a mail server on this machine; its key lies beside it."""
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mail -keyout key.pem"
    more = "-out cert.pem -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(f"{command} {more}".split(), cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


@pytest.fixture
def tls_mailbox(certificate: Path) -> Iterator[Mailbox]:
    """A real mail server that takes neither a password nor a letter before STARTTLS."""
    mailbox, context = Mailbox(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=_password,
        auth_required=True,
        auth_require_tls=True,
        require_starttls=True,
        tls_context=context,
    )
    controller.start()
    mailbox.port = controller.port
    yield mailbox
    controller.stop()


def free_port() -> int:
    """A port that nobody listens on, below those that outgoing connections take by themselves."""
    while True:
        port = random.randrange(10_000, 20_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


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


@pytest.mark.parametrize("how", ["starttls", "starttls=1"])
def test_a_password_goes_through_starttls_in_the_name_of_the_account(
    engine: Engine,
    database_url: str,
    tmp_path: Path,
    certificate: Path,
    tls_mailbox: Mailbox,
    how: str,
):
    """Mail services take letters from the account's own address only."""
    mail = {
        "SMTP_URL": f"smtp://bot%40example.ru:right@127.0.0.1:{tls_mailbox.port}?{how}",
        "NOTIFY_EMAIL": "sales@example.ru, boss@example.ru",
        "SSL_CERT_FILE": str(certificate),
    }
    with worker(database_url, tmp_path, **mail):
        _request(engine, tell=("request_email",))
        _wait(lambda: tls_mailbox.letters)
    [letter] = tls_mailbox.letters
    assert letter["From"].addresses[0].addr_spec == "bot@example.ru"
    assert [a.addr_spec for a in letter["To"].addresses] == ["sales@example.ru", "boss@example.ru"]
    assert letter.get_body(("html",)) is not None


def test_after_a_day_it_is_given_up_with_an_error_in_the_log(
    engine: Engine, database_url: str, tmp_path: Path, mailbox: Mailbox
):
    """Queued again, it has another chance and goes."""
    mailbox.refusals = ["451 later"]
    number = _request(engine, tell=("request_email",))
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET created_at = now() - interval '25 h'"))
        connection.execute(text("UPDATE outbox SET attempts = 40"))
    with worker(database_url, tmp_path, **_mail(mailbox)):
        _wait(lambda: undelivered(engine)[0].status == "given_up")
        [entry] = undelivered(engine)
        assert entry.request_id == number and "451" in (entry.last_error or "")
        assert "451" in (tmp_path / "error.log").read_text(encoding="utf-8")
        assert retry(engine, entry.id)
        _wait(lambda: mailbox.letters)


def test_a_pause_asked_for_is_kept_until_somebody_says_now(
    engine: Engine, database_url: str, tmp_path: Path
):
    """Retry-After of ten minutes; `optfm outbox retry` does not wait for it."""
    with serving(Portal(faults=[(429, {}, {"Retry-After": "600"})])) as portal:
        crm = {"CRM_KIND": "bitrix24", "CRM_URL": f"{portal.url}/rest/1/secret"}
        with worker(database_url, tmp_path, **crm):
            _request(engine, tell=("request_crm",))
            _wait(lambda: undelivered(engine)[0].attempts and _paused(engine) > 500)
            assert retry(engine, undelivered(engine)[0].id)
            _wait(lambda: not undelivered(engine))


def _paused(engine: Engine) -> float:
    question = "SELECT extract(epoch FROM scheduled_at - now()) FROM procrastinate_jobs"
    with engine.connect() as connection:
        pauses = connection.execute(text(f"{question} WHERE queue_name = 'outbox'")).scalars()
        return float(max((pause or 0 for pause in pauses), default=0))


def test_who_is_erased_while_the_crm_is_told_is_erased_there_too(
    engine: Engine, database_url: str, tmp_path: Path
):
    """The lead was made a moment after the receipt: its CRM is asked to erase it."""

    class Slow(Portal):
        def _crm_lead_add(self, content: dict[str, Any]) -> int:
            with engine.begin() as connection:
                connection.execute(text("DELETE FROM requests"))
            return super()._crm_lead_add(content)

    with serving(Slow()) as portal:
        assert isinstance(portal, Portal)
        crm = {"CRM_KIND": "bitrix24", "CRM_URL": f"{portal.url}/rest/1/secret"}
        with worker(database_url, tmp_path, **crm):
            _request(engine, tell=("request_crm",))
            _wait(lambda: portal.comments)
    [comment] = portal.comments
    assert "удалите" in comment["COMMENT"] and [comment["ENTITY_ID"]] == list(portal.leads)


def test_what_joined_a_request_that_the_crm_never_had_makes_its_lead(
    engine: Engine, database_url: str, tmp_path: Path
):
    """The CRM was connected in between."""
    number = _request(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE requests SET about = 'чехол'"))
    with serving(Portal()) as portal:
        assert isinstance(portal, Portal)
        crm = {"CRM_KIND": "bitrix24", "CRM_URL": f"{portal.url}/rest/1/secret"}
        with worker(database_url, tmp_path, **crm):
            assert _request(engine, tell=("request_crm",)) == number
            _wait(lambda: portal.leads)
    [lead] = portal.leads.values()
    assert "чехол" in lead["COMMENTS"] and "дисплей на а12" in lead["COMMENTS"]


def test_a_bug_of_ours_is_seen_in_the_list(engine: Engine):
    """The entry stays and says what went wrong."""
    with engine.begin() as connection:
        number = enqueue(connection, "odd", key="k")
    assert number is not None
    with pytest.raises(ZeroDivisionError):
        deliver(engine, number, {"odd": lambda entry: {"n": 1 // 0}})
    [entry] = undelivered(engine)
    assert entry.status == "pending" and "ZeroDivisionError" in (entry.last_error or "")


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
