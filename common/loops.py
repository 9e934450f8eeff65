"""Loops that go on for the life of a process: they survive what they do, and tell of it.

A loop that ended in silence is found by its age: the time since it last went round, whether it
had anything to do or not. Both environments show the ages in their /metrics, `optfm doctor` reads
them there.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

_LOOK_S, _AFTER_FAILURE_S = 1.0, 5.0


@dataclass
class Loop:
    """One loop of this process."""

    name: str
    patience_s: float  #: older than that it hangs, or is no more
    clock: Callable[[], float] = time.monotonic
    _last: float = field(init=False)
    _trouble: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self._last = self.clock()

    @property
    def age_s(self) -> float:
        """Seconds since it last went round."""
        return self.clock() - self._last

    @property
    def late(self) -> bool:
        """Whether somebody should look at it."""
        return self.age_s > self.patience_s

    def beat(self) -> None:
        """It goes round."""
        self._last = self.clock()

    @property
    def failing(self) -> bool:
        """Whether its last round failed."""
        return bool(self._trouble)

    @contextlib.contextmanager
    def round(self) -> Iterator[None]:
        """Once around: an exception of the block is logged, once as long as it stays the same.

        Cancellation and the end of the process pass.
        """
        try:
            yield
            self._trouble = ""
        # Whatever it is: a loop that ends is worse than one that fails.
        except Exception as exc:
            if (trouble := repr(exc)) != self._trouble:
                self._trouble = trouble
                log.exception("%s: failed once, and goes on", self.name)
        finally:
            self.beat()


_loops: dict[str, Loop] = {}
_lock = threading.Lock()


def loop(name: str, *, patience_s: float) -> Loop:
    """A loop that begins now; one of the same name that was before is forgotten.

    :param patience_s: how long one round may take, with its pause.
    """
    begun = Loop(name, patience_s)
    with _lock:
        _loops[name] = begun
    return begun


def ended(which: Loop) -> None:
    """It was ended on purpose: nobody waits for it."""
    with _lock:
        if _loops.get(which.name) is which:
            del _loops[which.name]


def running() -> list[Loop]:
    """The loops of this process."""
    with _lock:
        return list(_loops.values())


class Follower:
    """A thread that looks again and again whether something has changed elsewhere.

    :param look: one look; what it raises is logged, and the next look comes later.
    :param patience_s: how long one look may take, with its pause.
    """

    def __init__(self, name: str, look: Callable[[], None], *, patience_s: float) -> None:
        self._look, self._patience_s = look, patience_s
        self._loop: Loop | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=name, daemon=True)

    def start(self) -> None:
        """Look once now, then every second, aside."""
        self._loop = loop(self._thread.name, patience_s=self._patience_s)
        with self._loop.round():
            self._look()
        self._thread.start()

    def close(self) -> None:
        """Look no more; a look that is under way ends by itself."""
        self._closed.set()
        if self._loop:
            ended(self._loop)

    def _follow(self) -> None:
        assert self._loop is not None
        while not self._closed.wait(_AFTER_FAILURE_S if self._loop.failing else _LOOK_S):
            with self._loop.round():
                self._look()
