"""`make run`: what it says when it cannot start, and how it ends."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from conftest import ROOT, Bot, run_folder


def _run(bot: Bot, timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    return subprocess.run(
        [str(ROOT / "optfm"), "run"],
        env=bot.environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout_s,
    )


def _processes_of(bot: Bot) -> list[psutil.Process]:
    """Every process that carries this bot's folder in its environment or command."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("OPTFM_VAR") == bot.environ["OPTFM_VAR"] or any(
                str(bot.folder) in word for word in process.cmdline()
            ):
                found.append(process)
        except psutil.Error:
            continue
    return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]


def _assert_refused(bot: Bot, words: str) -> None:
    ended = _run(bot)
    assert ended.returncode == 1
    assert words in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert _processes_of(bot) == []


def test_a_second_run_says_that_one_is_running(bot: Bot):
    """The same folder is never served twice."""
    ended = _run(bot)
    assert ended.returncode == 1
    assert "уже запущен" in ended.stderr
    assert bot.say("привет")


@pytest.mark.parametrize("setting", ["RASA_PORT", "ACTIONS_PORT", "DESK_PORT"])
def test_a_taken_port_is_named_with_its_setting(own_bot: Bot, setting: str):
    """One line says which port, and what to set."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(own_bot.environ[setting])))
        taken.listen()
        _assert_refused(own_bot, setting)


def test_a_wrong_setting_stops_the_start_by_name(own_bot: Bot):
    """A letter in a port is found before anything starts."""
    own_bot.environ["RASA_PORT"] = "пять"
    _assert_refused(own_bot, "RASA_PORT")


def test_a_database_that_does_not_answer_stops_the_start(own_bot: Bot):
    """A wrong DB_URL is one line without its password."""
    own_bot.environ["DB_URL"] = "postgresql://bot:s3cret@127.0.0.1:9/optfm"
    ended = _run(own_bot)
    assert ended.returncode == 1
    assert "база данных" in ended.stderr
    assert "s3cret" not in ended.stderr
    assert _processes_of(own_bot) == []


def test_a_postgres_that_will_not_start_is_one_line(own_bot: Bot):
    """Damaged data is Postgres' own last word."""
    data = own_bot.folder / "var" / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9.6\n")
    _assert_refused(own_bot, "Postgres не запускается")


def test_a_full_disk_stops_the_start():
    """No half-written cluster on a disk without room."""
    with run_folder() as folder:
        bot = Bot(folder)
        small = folder / "var"
        small.mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(small)], capture_output=True
        )
        if mounted.returncode:
            pytest.skip("only root may mount a small disk")
        try:
            _assert_refused(bot, "на диске")
        finally:
            subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("seconds", [0.3, 1.5, 4.0])
def test_ctrl_c_in_the_middle_of_the_start_leaves_nothing(own_bot: Bot, seconds: float):
    """Whatever was begun by then ends within ten seconds."""
    process = subprocess.Popen(
        [str(ROOT / "optfm"), "run"],
        env=own_bot.environ,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A shell's background job is born deaf to Ctrl-C, and so are its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=10)
    assert _processes_of(own_bot) == []


def test_whatever_is_killed_comes_back(own_bot: Bot):
    """After kill -9 of each part in turn the bot answers again by itself, and the dialog goes on;
    after that of the launcher the next start works at once and leaves no orphans."""
    own_bot.start()
    assert own_bot.say("сколько стоит доставка")
    for name in ("actions", "rasa", "postgres"):
        killed = own_bot.pid(name)
        os.kill(killed, signal.SIGKILL)
        shown = name.capitalize() if name == "postgres" else name
        own_bot.wait_for(f"{shown} остановился", 10)
        _answers_within(own_bot, 60)
        assert own_bot.pid(name) != killed
    own_bot.process.kill()
    own_bot.process.wait()
    own_bot.start()
    assert own_bot.say("привет")
    assert own_bot.stop(signal.SIGTERM) == 0
    assert _processes_of(own_bot) == []


def _answers_within(bot: Bot, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if "₽" in bot.text("дисплей iphone 11"):
                return
        except (OSError, AssertionError):
            time.sleep(0.5)
    pytest.fail(f"no answer within {seconds:.0f} s")


def test_ctrl_c_ends_everything_within_ten_seconds(own_bot: Bot):
    """Nothing is left, and the exit code is that of a wish fulfilled."""
    own_bot.start()
    began = time.monotonic()
    assert own_bot.stop() == 0
    assert time.monotonic() - began < 10
    assert _processes_of(own_bot) == []
    assert not (Path(own_bot.environ["OPTFM_VAR"]) / "processes.json").exists()
