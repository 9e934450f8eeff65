"""Background loops: what they survive, and how an end in silence is found."""

import logging
import threading

import pytest

from common import loops


class Clock:
    """Seconds that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_round_survives_any_exception_and_says_it_once(caplog: pytest.LogCaptureFixture) -> None:
    """The same again is no news; another one is, and the same after a good round."""
    loop = loops.Loop("look", 10)
    for problem in (OSError("away"), OSError("away"), KeyError("x"), None, KeyError("x")):
        with loop.round():
            if problem:
                raise problem
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3
    assert loop.failing


def test_the_end_of_the_process_passes() -> None:
    """Nobody is held back by a guard."""
    loop = loops.Loop("look", 10)
    with pytest.raises(KeyboardInterrupt), loop.round():
        raise KeyboardInterrupt


def test_a_loop_that_goes_round_no_more_is_late() -> None:
    """Its age grows from its last round, good or bad."""
    clock = Clock()
    loop = loops.Loop("look", 10, clock)
    clock.now = 9
    with loop.round():
        raise_nothing = True
    assert raise_nothing and loop.age_s == 0
    clock.now = 19
    assert not loop.late
    clock.now = 19.5
    assert loop.late and loop.age_s == 10.5


def test_a_loop_that_was_ended_on_purpose_is_not_missed() -> None:
    """One of the same name that began since is."""
    first = loops.loop("once", patience_s=1)
    second = loops.loop("once", patience_s=1)
    loops.ended(first)
    assert second in loops.running()
    loops.ended(second)
    assert second not in loops.running()


def test_a_follower_looks_again_after_a_look_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look is over when it has started; closed, it is missed by nobody."""
    monkeypatch.setattr(loops, "_LOOK_S", 0.01)
    monkeypatch.setattr(loops, "_AFTER_FAILURE_S", 0.01)
    looks, third = [], threading.Event()

    def look() -> None:
        looks.append(len(looks))
        if len(looks) == 2:
            raise OSError("away")
        if len(looks) == 3:
            third.set()

    follower = loops.Follower("look-on", look, patience_s=10)
    follower.start()
    assert looks and "look-on" in [one.name for one in loops.running()]
    assert third.wait(30)
    follower.close()
    assert "look-on" not in [one.name for one in loops.running()]
