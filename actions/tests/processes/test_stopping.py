"""Ctrl-C and SIGTERM end the start and the run, whatever code they meet."""

import os
import signal
import time

import pytest

from optfm.processes.supervisor import Stopped, _signals


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_a_word_that_is_swallowed_is_said_again(word: signal.Signals) -> None:
    """A destructor prints what is raised in it, and nobody hears of it."""
    with pytest.raises(Stopped), _signals():
        try:
            os.kill(os.getpid(), word)
            time.sleep(5)
        except BaseException:
            pass
        time.sleep(5)


def test_a_library_that_minds_its_own_errors_does_not_swallow_it() -> None:
    """`except Exception` is of errors, and this is none."""
    with pytest.raises(Stopped), _signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        except Exception as error:
            pytest.fail(f"taken for an error: {error!r}")
