"""What a person sees while something takes longer than two seconds."""

import sys
import threading
import time
from types import TracebackType
from typing import Self

_SILENCE_S = 2.0


class Step:
    """A named step of the start: told once it takes long, with its time; quick ones stay quiet.

    :param title: what is being done, in Russian.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._done = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Self:
        self._started = time.monotonic()
        self._ticker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._ticker.join()
        seconds = time.monotonic() - self._started
        if kind is None and seconds >= _SILENCE_S:
            say(f"  {self._title}: готово за {seconds:.0f} с")

    def _tick(self) -> None:
        pause = _SILENCE_S
        while not self._done.wait(pause):
            say(f"  {self._title}… {time.monotonic() - self._started:.0f} с")
            pause = 10.0


def say(line: str) -> None:
    """One line for whoever started us; a closed pipe is nobody's fault."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115
