"""What the server's tests share: a real Postgres, and a whole bot as `make run` starts it."""

import contextlib
import json
import os
import queue
import random
import signal
import socket
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest
import requests

from components.lean import leave_out

# As the running server does: TensorFlow alone is a third of what a process of tests imports.
leave_out()

ROOT = Path(__file__).resolve().parents[1]
ACTIONS_PYTHON = ROOT / "actions" / ".venv" / "bin" / "python"
START_TIMEOUT_S = 300
#: Fixtures of the browser's tests and of those with a managers' group.
pytest_plugins = ["widget.browsing", "managers.group", "desk.desks"]

_HOLD_POSTGRES = """
import sys
from pathlib import Path
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])).borrow() as url:
    engine = connect(url)
    upgrade(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()  # a database in use is no template for others
    print(url, flush=True)
    sys.stdin.readline()
"""


def free_port() -> int:
    """A port that nobody listens on, below those that outgoing connections take by themselves."""
    while True:
        port = random.randrange(10_000, 20_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


_RUN = "TEST_RUN_FOLDER"
#: Files that take one to two minutes, the longest first: begun last they would be waited for alone.
_LONG = (
    "system/test_run.py",
    "nlu/test_understanding.py",
    "system/test_stop.py",
    "system/test_deploy.py",
    "system/test_terminal.py",
    "system/test_faults.py",
    "kills/test_kills.py",
    "connectors/test_language_model.py",
    "connectors/test_telegram_restart.py",
    "desk/test_desk_failures.py",
    "test_rasa_cli.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; the others, and all tests of a file, stay in their order."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(_LONG)}
    items.sort(key=lambda item: places.get(item.path, len(_LONG)))


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the folder that the others share, and throws it away."""
    if _RUN not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="optfm-run-", ignore_cleanup_errors=True)
        os.environ[_RUN] = folder.name
        config.add_cleanup(folder.cleanup)


def run_wide_folder(name: str) -> Path:
    """A folder that all processes of this run of tests share."""
    folder = Path(os.environ[_RUN]) / name
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def run_folder() -> Iterator[Path]:
    """A folder of the test's own; as root Postgres runs as another user and walks through it."""
    with tempfile.TemporaryDirectory(prefix="optfm-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A migrated, embedded Postgres for the whole run of tests."""
    with run_folder() as folder:
        holder = subprocess.Popen(
            [str(ACTIONS_PYTHON), "-c", _HOLD_POSTGRES, str(folder / "var")],
            env={**os.environ, "PYTHONPATH": str(ROOT / "actions")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert holder.stdin and holder.stdout
        yield holder.stdout.readline().strip()
        holder.stdin.close()
        holder.wait(timeout=20)
        holder.stdout.close()


@pytest.fixture
def database_url(postgres_url: str) -> Iterator[str]:
    """A migrated database of the test's own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    connection = psycopg2.connect(postgres_url.replace("/optfm?", "/postgres?"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE optfm")
        yield postgres_url.replace("/optfm?", f"/{name}?")
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@dataclass
class Bot:
    """A whole bot as `make run` starts it, on ports and folders of its own."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    rasa_port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    desk_port: int = field(default_factory=free_port)
    worker_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.environ = {
            **os.environ,
            "OPTFM_VAR": str(self.folder / "var"),
            "OPTFM_LOGS": str(self.folder / "logs"),
            "RASA_PORT": str(self.rasa_port),
            "ACTIONS_PORT": str(self.actions_port),
            "DESK_PORT": str(self.desk_port),
            "WORKER_PORT": str(self.worker_port),
            "DB_URL": "",
            "PRICE_LIST": "prices/demo.xls",
            **self.environ,
        }
        self.printed: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()

    @property
    def url(self) -> str:
        """The root of the Rasa server."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def db_url(self) -> str:
        """The embedded Postgres of this bot."""
        return (self.folder / "var" / "postgres.url").read_text().strip()

    def start(self) -> "Bot":
        """Start it and wait until it says that it runs."""
        self.process = subprocess.Popen(
            [str(ROOT / "optfm"), "run"],
            env=self.environ,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines = queue.Queue()  # a launcher that was killed ended the last one
        reader = threading.Thread(target=self._read, args=(self.process, self._lines), daemon=True)
        reader.start()
        self.wait_for("Бот OptFM запущен")
        return self

    @property
    def runs(self) -> bool:
        """Whether its launcher does."""
        return hasattr(self, "process") and self.process.poll() is None

    def wait_for(self, words: str, timeout_s: float = START_TIMEOUT_S) -> None:
        """Wait until the launcher prints a line with these words."""
        while True:
            line = self._lines.get(timeout=timeout_s)
            assert line is not None, f"the bot ended: {''.join(self.printed)}"
            if words in line:
                return

    def stop(self, word: signal.Signals = signal.SIGINT) -> int:
        """End it as Ctrl-C does; its exit code."""
        self.process.send_signal(word)
        return self.process.wait(timeout=20)

    def say(self, message: str, sender: str = "customer") -> list[dict]:
        """What the bot answers over REST."""
        answer = requests.post(
            f"{self.url}/webhooks/rest/webhook",
            json={"sender": sender, "message": message},
            timeout=60,
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def text(self, message: str, sender: str = "customer") -> str:
        """All the texts of the answer, joined."""
        return "\n".join(part.get("text", "") for part in self.say(message, sender))

    def pid(self, name: str) -> int:
        """The process id of `rasa`, `actions` or `postgres`."""
        if name == "postgres":
            data = self.folder / "var" / "postgres" / "data" / "postmaster.pid"
            return int(data.read_text().split()[0])
        return json.loads((self.folder / "var" / "processes.json").read_text())[name][0]

    def _read(self, process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
        assert process.stdout
        for line in process.stdout:
            self.printed.append(line)
            lines.put(line)
        lines.put(None)


@pytest.fixture(scope="session")
def bot() -> Iterator[Bot]:
    """One bot for all tests that only talk to it."""
    with run_folder() as folder:
        bot = Bot(folder).start()
        yield bot
        bot.stop()


@pytest.fixture
def own_bot() -> Iterator[Bot]:
    """A bot of the test's own, to be killed, stopped and broken."""
    with run_folder() as folder:
        bot = Bot(folder)
        yield bot
        if bot.runs:
            bot.stop()
