"""A bot goes over to new files while customers talk, and back where the new ones are no good."""

import contextlib
import hashlib
import json
import os
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from conftest import ACTIONS_PYTHON, ROOT, Bot, run_folder

_START_S = 120


@pytest.fixture(scope="module")
def changed_bot() -> Iterator[Bot]:
    """A bot of this module's own."""
    with run_folder() as folder:
        bot = Bot(folder).start()
        yield bot
        bot.stop()


@contextlib.contextmanager
def talking(bot: Bot) -> Iterator[None]:
    """Customers talk inside the block, and come back when their connection ends.

    At its end nothing is lost, doubled or out of order, and each has had to come back.
    """
    script = ROOT / "benchmarks" / "socket_clients.py"
    process = subprocess.Popen(
        [
            *(str(ACTIONS_PYTHON), str(script), bot.url, "--clients", "20", "--every", "4"),
            *("--seconds", "900", "--comes-back"),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield
        process.terminate()
        told, _ = process.communicate(timeout=300)
        assert process.returncode == 0, told
        assert "connected again: 20" in told
    finally:
        process.kill()
        process.wait()


class Control:
    """The launcher's socket, without the command that usually speaks to it."""

    def __init__(self, bot: Bot) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(bot.folder / "var" / "control.sock"))
        self._lines = self._socket.makefile("rb")

    def ask(self, what: str, **more: str) -> dict:
        """What it says."""
        self._socket.sendall(json.dumps({"do": what, **more}).encode() + b"\n")
        return json.loads(self._lines.readline())

    def go_away(self) -> None:
        """As a command that is killed."""
        self._lines.close()
        self._socket.close()


def _await(question, what: str) -> None:
    deadline = time.monotonic() + _START_S
    while not question():
        assert time.monotonic() < deadline, what
        time.sleep(0.3)


def _answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/webhooks/rest/", timeout=2).ok
    except requests.RequestException:
        return False


def _hours(bot: Bot) -> bool:
    """Whether a new customer is told when the offices are open."""
    return "9:00–17:30" in bot.text("часы работы", uuid.uuid4().hex)


def _pids(bot: Bot) -> dict[str, int]:
    return {name: bot.pid(name) for name in ("rasa", "actions", "api", "worker")}


def test_customers_who_talk_notice_nothing_of_a_change(changed_bot: Bot):
    """`./optfm deploy`: every process is another one, and every message is answered once."""
    before = _pids(changed_bot)
    _let_pass(changed_bot, ROOT / "models" / "optfm.tar.gz")
    with talking(changed_bot):
        time.sleep(8)  # each of them has said something
        changed = subprocess.run(
            [str(ROOT / "optfm"), "deploy", "--watch", "3"],
            env=changed_bot.environ,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert changed.returncode == 0, changed.stdout + changed.stderr
    _await(lambda: set(_pids(changed_bot).values()).isdisjoint(before.values()), "the worker")
    for port in (changed_bot.actions_port, changed_bot.desk_port):
        assert requests.get(f"http://127.0.0.1:{port}/health", timeout=10).ok


def _let_pass(bot: Bot, model: Path) -> None:
    """Its floors are tests/nlu's business."""
    folder = bot.folder / "var" / "deploy"
    folder.mkdir(exist_ok=True)
    (folder / "passed.sha256").write_text(hashlib.sha256(model.read_bytes()).hexdigest())


def test_a_change_that_is_broken_off_leaves_the_customers_where_they_were(changed_bot: Bot):
    """Also after the switch: with its command gone, a generation is not wanted."""
    before = changed_bot.pid("rasa")
    control, ports = _prepared(changed_bot)
    assert control.ask("switch") == {"ok": True}
    assert changed_bot.pid("rasa") != before
    with talking(changed_bot):
        time.sleep(8)
        control.go_away()
        _await(lambda: changed_bot.pid("rasa") == before, "it does not go back")
        assert _hours(changed_bot)
        _await(lambda: not _answers(ports["rasa"]), "the new generation lives on")


def _prepared(bot: Bot) -> tuple[Control, dict[str, int]]:
    """A second generation that answers; one that was sent away may end its turns yet."""
    control = Control(bot)
    deadline = time.monotonic() + _START_S
    while "error" in (answer := control.ask("prepare", model=str(ROOT / "models/optfm.tar.gz"))):
        assert time.monotonic() < deadline, answer
        time.sleep(0.5)
    _await(lambda: _answers(answer["ports"]["rasa"]), "the new generation does not answer")
    return control, answer["ports"]


def test_a_new_generation_that_dies_is_not_switched_to(changed_bot: Bot):
    """Nobody but the command notices."""
    control, _ = _prepared(changed_bot)
    os.kill(control.ask("look")["pids"]["rasa-next"], 9)
    _await(lambda: control.ask("look")["pids"]["rasa-next"] is None, "it does not die")
    assert "rasa" in control.ask("switch")["error"]
    assert control.ask("back") == {"ok": True}
    control.go_away()
    assert _hours(changed_bot)
