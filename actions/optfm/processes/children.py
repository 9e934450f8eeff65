"""Child processes that never outlive the one that started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(word: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program, so that the kernel ends it when we are killed.

    :param word: the signal it then gets.
    :returns: a `preexec_fn`; None where the system has no such thing (macOS): there the next
        start ends the orphans by the list in `var`.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_the_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, int(word), 0, 0, 0)
        if os.getppid() != parent:  # killed between fork and here
            os._exit(1)

    return ask_the_kernel
