"""What the maintainer types, typed: in a pseudo-terminal, beside no running bot."""

import contextlib
import os
import pty
import re
import select
import socket
import subprocess
import time

import pytest
from conftest import ROOT, free_port, run_folder

_MARKS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")
_PATIENCE_S = 300
#: As questionary asks: where the cursor is.
_WHERE = b"\x1b[6n"


class Terminal:
    """A program and what it has shown so far."""

    def __init__(self, command, environ):
        self._near, far = pty.openpty()
        self.process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "200", **environ},
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
        )
        os.close(far)
        self.shown = ""
        self._read = 0

    def waits_for(self, words):
        """Until it shows these words after those that were waited for before."""
        deadline = time.monotonic() + _PATIENCE_S
        while words not in self.shown[self._read :]:
            assert time.monotonic() < deadline and self._more(), self.shown[-3000:]
        self._read = self.shown.index(words, self._read) + len(words)

    def types(self, text):
        """A line, as a person does."""
        for char in f"{text}\r":
            os.write(self._near, char.encode())
            time.sleep(0.01)

    def ends(self):
        """Its exit code."""
        while self._more():
            pass
        return self.process.wait(timeout=_PATIENCE_S)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)
        os.close(self._near)

    def _more(self):
        """Read what comes; False at the end."""
        if not select.select([self._near], [], [], 1)[0]:
            return self.process.poll() is None
        try:
            data = os.read(self._near, 65536)
        except OSError:  # Linux' end of a terminal
            return False
        if _WHERE in data:
            os.write(self._near, b"\x1b[1;1R")
        self.shown += _MARKS.sub("", data.decode("utf-8", "replace"))
        return bool(data)


@contextlib.contextmanager
def terminal(*command, **environ):
    """A program in a terminal of its own, with a folder and ports of its own."""
    with run_folder() as folder:
        places = {
            "OPTFM_VAR": str(folder / "var"),
            "OPTFM_LOGS": str(folder / "logs"),
            "RASA_PORT": str(free_port()),
            "ACTIONS_PORT": str(free_port()),
            "PYTHONWARNINGS": "ignore",
        }
        opened = Terminal(command, {**places, **environ})
        try:
            yield opened
        finally:
            opened.close()


def talk(shell):
    """A greeting, a price, a button by its number, the end."""
    shell.waits_for("Бот слушает")
    shell.types("привет")
    shell.waits_for("Здравствуйте")
    shell.waits_for("[1] ")
    shell.types("сколько стоит доставка")
    shell.waits_for("Бесплатная доставка")
    shell.waits_for("[1] ")
    shell.types("1")
    shell.waits_for("> ")
    shell.types("/stop")
    assert shell.ends() == 0, shell.shown[-3000:]
    assert "Custom json" not in shell.shown
    assert "Traceback" not in shell.shown


@pytest.mark.parametrize(
    "command", [("make", "shell"), ("./optfm", "rasa", "shell")], ids=lambda words: " ".join(words)
)
def test_the_shell_shows_texts_and_numbered_buttons(command):
    """Alone: with the database and the action server that it starts for itself."""
    with terminal(*command) as shell:
        talk(shell)


@pytest.mark.parametrize("words", ["make help", "./optfm --help", "./optfm rasa --help"])
def test_lists_of_commands_are_shown(words):
    """They name the words that the README promises."""
    with terminal(*words.split()) as shown:
        assert shown.ends() == 0
        assert "shell" in shown.shown or "prices" in shown.shown


def test_a_port_that_is_taken_does_not_stop_the_shell():
    """It never listens where the bot does."""
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = str(taken.getsockname()[1])
        with terminal("./optfm", "rasa", "shell", RASA_PORT=port) as shell:
            talk(shell)
