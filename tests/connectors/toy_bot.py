"""A toy bot on the real parts: `rasa run` with our connectors, rasa-sdk, Postgres."""

import contextlib
import fcntl
import functools
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest
import requests
from conftest import ACTIONS_PYTHON, ROOT, free_port, run_wide_folder

TOY = Path(__file__).parent / "toy"
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
}


@functools.cache
def trained() -> Path:
    """The toy bot's model, trained once for all processes of a run of tests."""
    folder = run_wide_folder("toy")
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "models").is_dir():
            _train(folder)
    return folder / "models"


def _train(folder: Path) -> None:
    for name in ("config.yml", "domain.yml", "data.yml"):
        shutil.copy(TOY / name, folder / name)
    subprocess.run(
        [sys.executable, "-m", "rasa", "train", "--data", "data.yml", "--out", "models"],
        cwd=folder,
        env={**os.environ, **_QUIET},
        check=True,
        capture_output=True,
    )


@dataclass
class Server:
    """A running toy bot."""

    db_url: str
    folder: Path
    model: Path
    environ: dict = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    processes: dict = field(default_factory=dict)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/webhooks/rest/webhook"

    def start_actions(self):
        """The action server; returns when it answers."""
        self._start(
            "actions",
            [ACTIONS_PYTHON, "-m", "rasa_sdk", "--actions", "actions", "--port", self.actions_port],
            cwd=TOY,
            environ={"SANIC_HOST": "127.0.0.1"},
            health=f"http://127.0.0.1:{self.actions_port}/health",
        )

    def start_rasa(self):
        """The Rasa server; returns when it answers."""
        endpoints = self.folder / "endpoints.yml"
        text = (ROOT / "endpoints.yml").read_text().replace(":5055/", f":{self.actions_port}/")
        endpoints.write_text(text)
        command = [sys.executable, "-m", "components.lean", "run", "--interface", "127.0.0.1"]
        command += ["--port", self.port, "--model", self.model, "--endpoints", endpoints]
        self._start(
            "rasa",
            [*command, "--credentials", "credentials.yml"],
            cwd=ROOT,
            environ={
                "DB_URL": self.db_url,
                "OPTFM_VAR": str(self.folder),
                "OPTFM_LOGS": str(self.folder / "logs"),
                "ACTIONS_START_S": "2",  # the toy starts faster than the shop's
                # Its own address is known only here.
                **{
                    name: value.replace("{port}", str(self.port))
                    for name, value in self.environ.items()
                },
            },
            health=f"http://127.0.0.1:{self.port}/webhooks/rest/",
        )

    def kill(self, name):
        """End one of the two as kill -9 does."""
        self.processes[name].kill()
        self.processes[name].wait()

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(timeout=30)

    def post(self, body, **options):
        """The raw answer to a raw body."""
        return requests.post(self.url, data=body, timeout=60, **options)

    def say(self, message, sender="customer"):
        """What the bot answers."""
        answer = requests.post(self.url, json={"sender": sender, "message": message}, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def text(self, message, sender="customer"):
        """All the texts of the answer, joined."""
        return "\n".join(part.get("text", "") for part in self.say(message, sender))

    def sql(self, query, *values):
        """What the database says."""
        with (
            contextlib.closing(psycopg2.connect(self.db_url)) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(query, values or None)
            return cursor.fetchall()

    def _start(self, name, command, *, cwd, environ, health):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env={**os.environ, **_QUIET, **environ},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            assert self.processes[name].poll() is None, (self.folder / f"{name}.log").read_text()
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(health, timeout=5).ok:
                    return
            time.sleep(0.2)
        pytest.fail(f"{name} does not answer")


@contextlib.contextmanager
def running(postgres_url, folder, model, **environ):
    """A toy bot with a database of its own, for the block."""
    name = f"little_{os.getpid()}_{free_port()}"
    admin = psycopg2.connect(postgres_url.replace("/optfm?", "/postgres?"))
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE optfm")
        server = Server(postgres_url.replace("/optfm?", f"/{name}?"), folder, model, environ)
        try:
            server.start_actions()
            server.start_rasa()
            yield server
        finally:
            server.stop()
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()
