"""When a new generation is sent away, and who may ask for one."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from optfm.errors import Refused
from optfm.processes.control import GONE, Control, Launcher, Words
from optfm.processes.deploying import Counted, risen


@pytest.mark.parametrize(
    ("messages", "apologies"), [(0, 0), (1_000, 0), (2, 2), (200, 10), (100, 5)]
)
def test_an_apology_now_and_then_is_an_accident(messages, apologies):
    """Two of two may be a network that stumbled; one of twenty is what the alert allows."""
    assert risen(Counted(50, 1), Counted(50 + messages, 1 + apologies)) == ""


@pytest.mark.parametrize(("messages", "apologies"), [(3, 3), (10, 4), (100, 6)])
def test_more_apologies_than_one_of_twenty_send_it_back(messages, apologies):
    """What the server counted before the switch does not count."""
    assert risen(Counted(9_000, 0), Counted(9_000 + messages, apologies)).startswith("извинений")


@pytest.fixture
def control(tmp_path: Path) -> Iterator[Control]:
    """A launcher that can be asked."""
    made = Control(tmp_path)
    yield made
    made.close()


def heard(control: Control) -> list[Words]:
    """What is said within a moment."""
    return [words for _ in range(5) if (words := control.wait(0.1))]


def test_a_command_that_goes_away_is_noticed(control: Control, tmp_path: Path):
    """Ctrl-C of a deploy must not leave two generations behind."""
    with Launcher(tmp_path) as launcher:
        answers: list[Words] = []
        asking = threading.Thread(target=lambda: answers.append(launcher.ask("look")))
        asking.start()
        assert heard(control) == [{"do": "look"}]
        control.answer({"pids": {}})
        asking.join()
    assert answers == [{"pids": {}}]
    assert heard(control) == [GONE]


def test_only_one_command_changes_a_bot(control: Control, tmp_path: Path):
    """The second is told so, and the first goes on."""
    with Launcher(tmp_path), Launcher(tmp_path) as second:
        heard(control)
        with pytest.raises(Refused, match="другая команда"):
            second.ask("prepare")
        assert heard(control) == []


def test_a_refusal_of_the_launcher_is_the_command_s(control: Control, tmp_path: Path):
    """One line for whoever typed it."""
    with Launcher(tmp_path) as launcher:
        control.wait(0.1)
        control.answer({"error": "ещё нечего заканчивать"})
        with pytest.raises(Refused, match="нечего"):
            launcher.ask("finish")


def test_without_a_bot_there_is_nothing_to_change(tmp_path: Path):
    """And it says how to start one."""
    with pytest.raises(Refused, match="optfm run"):
        Launcher(tmp_path)


def test_the_socket_is_its_owner_s(control: Control, tmp_path: Path):
    """Whoever may ask may make the bot run a model of his own."""
    assert (tmp_path / "control.sock").stat().st_mode & 0o777 == 0o600
