"""What the maintainer types, typed: in a pseudo-terminal, beside no running bot."""

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import socket
import struct
import subprocess
import termios
import time

import pytest
from conftest import ROOT, free_port, run_folder

_MARKS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r")
_PATIENCE_S = 180
#: rasa interactive draws its tables to the width.
_ROWS_AND_COLUMNS = (50, 200)
_DOWN, _ENTER, _CTRL_C = b"\x1b[B", b"\r", b"\x03"
#: As questionary asks: where the cursor is.
_WHERE = b"\x1b[6n"


class Terminal:
    """A program and what it has shown so far."""

    def __init__(self, command, environ, at):
        self._near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", *_ROWS_AND_COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            [str(word) for word in command],
            cwd=at,
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
        """Until it shows these words after those that were waited for before.

        :returns: what it showed up to them.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while words not in self.shown[self._read :]:
            assert time.monotonic() < deadline and self._more(), self.shown[-3000:]
        start, self._read = self._read, self.shown.index(words, self._read) + len(words)
        return self.shown[start : self._read]

    def types(self, text):
        """A line, as a person does."""
        for char in f"{text}\r":
            os.write(self._near, char.encode())
            time.sleep(0.01)

    def presses(self, *keys):
        """Keys that a menu understands."""
        for key in keys:
            os.write(self._near, key)
            time.sleep(0.2)

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
def terminal(*command, at=ROOT, **environ):
    """A program in a terminal of its own, with a folder and ports of its own.

    :param at: where it is started: the project or a copy of it.
    """
    with run_folder() as folder:
        places = {
            "OPTFM_VAR": str(folder / "var"),
            "OPTFM_LOGS": str(folder / "logs"),
            "RASA_PORT": str(free_port()),
            "ACTIONS_PORT": str(free_port()),
            "PYTHONWARNINGS": "ignore",
        }
        opened = Terminal(command, {**places, **environ}, at)
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


def test_the_shell_shows_texts_and_numbered_buttons():
    """Alone: with the database and the action server that it starts for itself."""
    with terminal("make", "shell") as shell:
        talk(shell)


@pytest.mark.parametrize("words", ["make help", "./optfm --help", "./optfm rasa --help"])
def test_lists_of_commands_are_shown(words):
    """They name the words that the README promises."""
    with terminal(*words.split()) as shown:
        assert shown.ends() == 0
        assert "shell" in shown.shown or "prices" in shown.shown


def test_a_port_that_is_taken_does_not_stop_rasas_own_word():
    """It never listens where the bot does."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with terminal("./optfm", "rasa", "shell", RASA_PORT=port) as shell:
            talk(shell)


def copy_of_project(folder):
    """What `rasa interactive` writes into, and the environments beside it."""
    kept = shutil.ignore_patterns(".*", "var", "logs", "backups", "models", "node_modules")
    shutil.copytree(ROOT, folder, ignore=kept, symlinks=True)
    for environment in (".venv", "actions/.venv"):
        (folder / environment).symlink_to((ROOT / environment).resolve())
    (folder / "models").mkdir()
    model = folder / "models/optfm.tar.gz"
    shutil.copyfile(ROOT / "models/optfm.tar.gz", model)


def test_a_lesson_lands_in_the_file_of_its_topic():
    """A phrase that was misunderstood, its topic named, the answer confirmed, the end."""
    with run_folder() as folder:
        project = folder / "project"
        copy_of_project(project)
        teach("шурум бурум кукуевская мурмулька", project)


def teach(phrase, project):
    """One phrase, in the words of `rasa interactive`."""
    domain = (project / "domain.yml").read_bytes()
    with terminal("./optfm", "rasa", "interactive", "--skip-visualization", at=project) as lesson:
        lesson.waits_for("Your input")
        lesson.types(phrase)
        lesson.waits_for("is this correct?")
        lesson.presses(b"n")
        lesson.waits_for("» <create_new_intent>")
        topics = [
            word for word in lesson.waits_for("faq_certificates").split() if word[0].isalpha()
        ]
        lesson.presses(*[_DOWN] * len(topics), _ENTER)
        lesson.waits_for("mark the entities")
        lesson.presses(_ENTER)
        lesson.waits_for("The bot wants to run 'action_answer_facts', correct?")
        lesson.presses(b"y")
        lesson.waits_for("The bot wants to run 'action_listen', correct?")
        lesson.presses(b"y")
        lesson.waits_for("Your input")
        lesson.presses(_CTRL_C)
        lesson.waits_for("» Continue")
        lesson.presses(*[_DOWN] * 4, _ENTER)
        for file in ("stories", "NLU data", "domain"):
            lesson.waits_for(f"Export {file}")
            lesson.presses(_ENTER)
        assert lesson.ends() == 0, lesson.shown[-3000:]
    homes = [path for path in (project / "data/nlu").glob("*.yml") if phrase in path.read_text()]
    assert [path.name for path in homes] == [home_of("faq_certificates").name]
    assert not (project / "data/nlu.yml").exists()
    assert (project / "domain.yml").read_bytes() == domain
    assert "faq_certificates" in (project / "data/stories.yml").read_text()


def home_of(intent):
    """The file of an intent's examples."""
    return next(
        path
        for path in sorted((ROOT / "data/nlu").glob("*.yml"))
        if f"- intent: {intent}\n" in path.read_text()
    )
