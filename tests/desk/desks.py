"""The desk in a real browser: an API process over a real Postgres, and people signed in there."""

import contextlib
import hashlib
import json
import os
import re
import secrets
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
import requests
from conftest import ACTIONS_PYTHON, ROOT, free_port, run_folder
from playwright.sync_api import BrowserContext, Locator, Page

_STARTS_S = 300
_IMPORT = """import sys
from pathlib import Path
from optfm.catalog import revisions
from optfm.db import connect
revisions.import_file(connect(sys.argv[1]), Path("prices/demo.xls"))
"""
_HASH = "import sys, argon2; print(argon2.PasswordHasher().hash(sys.argv[1]))"


@dataclass
class Desk:
    """An API process that serves the desk."""

    db_url: str
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    environ: dict[str, str] = field(default_factory=dict)  #: settings of its own

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Desk":
        """Start it and wait until it answers."""
        self.process = subprocess.Popen(
            [ACTIONS_PYTHON, "-m", "optfm.api"],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "actions"),
                "DB_URL": self.db_url,
                "DESK_PORT": str(self.port),
                "OPTFM_VAR": str(self.folder),
                "OPTFM_LOGS": str(self.folder / "logs"),
                "WORK_HOURS": "24/7",
                **self.environ,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _STARTS_S
        while time.monotonic() < until:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.url}/health", timeout=5).status_code == 200:
                    return self
            time.sleep(0.1)
        raise AssertionError("the API does not start")

    def stop(self, word: signal.Signals = signal.SIGTERM) -> float:
        """End it; how many seconds that took."""
        assert self.process
        began = time.monotonic()
        self.process.send_signal(word)
        self.process.wait(timeout=30)
        return time.monotonic() - began

    def do(self, statement: str, *values: object) -> list[tuple]:
        """Run one statement."""
        connection = psycopg2.connect(self.db_url)
        with contextlib.closing(connection), connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def without_its_database(self) -> Iterator[None]:
        """For as long as the block runs Postgres ends and refuses all connections of this desk."""
        name = re.search(r"/(\w+)\?", self.db_url)
        assert name
        server = psycopg2.connect(self.db_url.replace(f"/{name[1]}?", "/postgres?"))
        server.autocommit = True
        with contextlib.closing(server), server.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name[1]} ALLOW_CONNECTIONS false")
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (name[1],),
            )
            try:
                yield
            finally:
                cursor.execute(f"ALTER DATABASE {name[1]} ALLOW_CONNECTIONS true")

    def session(self, name: str, role: str = "manager") -> str:
        """The cookie of somebody who is signed in."""
        token = secrets.token_urlsafe(32)
        self.do(
            "INSERT INTO staff (name, login, role, password) VALUES (%s, %s, %s, 'x')"
            " ON CONFLICT DO NOTHING",
            name, name.casefold(), role,
        )  # fmt: skip
        self.do(
            "INSERT INTO staff_sessions (token_sha256, staff_id, address)"
            " SELECT %s, id, '' FROM staff WHERE name = %s",
            hashlib.sha256(token.encode()).hexdigest(), name,
        )  # fmt: skip
        return token

    def wait_for_prices(self) -> None:
        """Until the list is read, which the API does beside everything else."""
        cookies = {"desk": self.session("Анна")}
        goods = f"{self.url}/desk/talk/goods?dialog=x&q=дисплей"
        until = time.monotonic() + _STARTS_S
        while "₽" not in requests.get(goods, cookies=cookies, timeout=30).text:
            assert time.monotonic() < until, "the list is not read"
            time.sleep(0.2)

    def set_password(self, name: str, password: str) -> None:
        """Let somebody sign in by one."""
        hashed = subprocess.run(
            [ACTIONS_PYTHON, "-c", _HASH, password], capture_output=True, text=True, check=True
        ).stdout.strip()
        self.do("UPDATE staff SET password = %s WHERE name = %s", hashed, name)


@dataclass
class Customer:
    """Somebody who writes to the shop."""

    desk: Desk
    dialog: str = field(default_factory=lambda: f"web:{uuid.uuid4().hex}")

    def says(self, words: str) -> "Customer":
        """As Rasa keeps a message of his."""
        said = {"event": "user", "text": words, "input_channel": "web", "metadata": {},
                "parse_data": {"intent": {"name": "price", "confidence": 0.9}}}  # fmt: skip
        return self._event("user", said)

    def hears(self, words: str, manager: str = "", **data: object) -> "Customer":
        """What the bot says, or somebody in the managers' group."""
        metadata = {"manager": manager} if manager else {}
        said = {"event": "bot", "text": words, "data": data, "metadata": metadata}
        return self._event("bot", said)

    def calls(self) -> "Customer":
        """He wants a person."""
        self.desk.do("SELECT dialog_call(%s, 'web', 30)", self.dialog)
        return self

    def outbox(self) -> list[str]:
        """What is on its way to him."""
        rows = self.desk.do(
            "SELECT payload -> 'answer' ->> 'text' FROM outbox"
            " WHERE dialog = %s AND kind = 'customer' ORDER BY id",
            self.dialog,
        )
        return [text for (text,) in rows]

    def _event(self, kind: str, said: dict) -> "Customer":
        self.desk.do(
            'INSERT INTO events (sender_id, type_name, "timestamp", data) VALUES (%s, %s, %s, %s)',
            self.dialog, kind, time.time(), json.dumps(said, ensure_ascii=False),
        )  # fmt: skip
        return self


@dataclass
class Manager:
    """Somebody of the staff with a browser."""

    desk: Desk
    context: BrowserContext
    page: Page

    def open(self, where: "Customer | str" = "/desk/") -> "Manager":
        """Go to a page, and wait until it hears of changes."""
        path = where if isinstance(where, str) else f"/desk/dialogs/{quote(where.dialog)}"
        self.page.goto(self.desk.url + path)
        self.page.wait_for_selector("html[data-stream=up]", state="attached")
        return self

    @property
    def words(self) -> Locator:
        return self.page.locator("#words")

    def write(self, words: str) -> None:
        """Write an answer and press «Отправить»."""
        self.words.fill(words)
        self.page.get_by_role("button", name="Отправить", exact=True).click()

    def said(self) -> list[str]:
        """The texts of the dialog that are on the screen, in order."""
        return self.page.locator("#log .text").all_inner_texts()


@pytest.fixture(scope="session")
def desk(postgres_url: str) -> Iterator[Desk]:
    """One for all tests that do not stop it; it sells the demo list."""
    with _desk(postgres_url, prices=True) as running:
        yield running


@pytest.fixture
def own_desk(postgres_url: str) -> Iterator[Desk]:
    """One that a test may kill."""
    with _desk(postgres_url) as running:
        yield running


@contextlib.contextmanager
def _desk(postgres_url: str, *, prices: bool = False) -> Iterator[Desk]:
    name = f"desk_{uuid.uuid4().hex[:12]}"
    server = psycopg2.connect(postgres_url.replace("/optfm?", "/postgres?"))
    server.autocommit = True
    with contextlib.closing(server), server.cursor() as cursor, run_folder() as folder:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE optfm")
        running = Desk(postgres_url.replace("/optfm?", f"/{name}?"), folder)
        if prices:
            environ = {**os.environ, "PYTHONPATH": str(ROOT / "actions")}
            command = [ACTIONS_PYTHON, "-c", _IMPORT, running.db_url]
            subprocess.run(command, check=True, cwd=ROOT, env=environ)
        running.start()
        try:
            if prices:
                running.wait_for_prices()
            yield running
        finally:
            if running.process and running.process.poll() is None:
                running.stop(signal.SIGKILL)
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def customer(request: pytest.FixtureRequest) -> Customer:
    """Somebody who has called a person, and waits."""
    name = "own_desk" if "own_desk" in request.fixturenames else "desk"
    desk: Desk = request.getfixturevalue(name)
    desk.do("SELECT dialog_release(external_id) FROM dialogs")  # nobody else waits
    return Customer(desk).says("позовите человека").calls()


@pytest.fixture
def manager(
    request: pytest.FixtureRequest, context: Callable[..., BrowserContext]
) -> Callable[..., Manager]:
    """`manager("Анна")`: she, signed in, in a browser of her own."""
    name = "own_desk" if "own_desk" in request.fixturenames else "desk"
    desk: Desk = request.getfixturevalue(name)

    def come(name: str = "Анна", role: str = "manager", **options: object) -> Manager:
        browser = context(**options)
        cookie = {"name": "desk", "value": desk.session(name, role), "url": desk.url}
        browser.add_cookies([cookie])  # type: ignore[list-item]
        return Manager(desk, browser, browser.new_page())

    return come
