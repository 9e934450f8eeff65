"""How much one dialog, or one address, may ask: so much in ten seconds, so much at once."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum

_WINDOW_S = 10.0
#: Dialogs remembered before the quiet ones are forgotten; more where so many are not quiet.
_SWEEP_AT = 10_000


class Verdict(Enum):
    """What to do with a message."""

    TAKE = "take"
    TELL = "tell"  #: over the limit, for the first time: say so
    DROP = "drop"  #: over the limit, and he knows


@dataclass
class _Flow:
    times: deque[float] = field(default_factory=deque)  #: of the messages taken, oldest first
    open: int = 0  #: taken and not answered yet
    over_at: float = float("-inf")  #: when a message was last over the limit


class Limits:
    """The messages of everybody in the last ten seconds.

    :param per_10_s: messages taken in any ten seconds.
    :param at_once: messages taken while none is answered; None: any number.
    """

    def __init__(self, *, per_10_s: int, at_once: int | None = None) -> None:
        self._per_10_s = per_10_s
        self._at_once = at_once
        self._flows: dict[str, _Flow] = {}
        self._sweep_at = _SWEEP_AT

    @contextmanager
    def message(self, dialog: str, now: float, *, waiting: bool = True) -> Iterator[Verdict]:
        """One message, from its arrival to its answer.

        :param now: when it was sent, in seconds of one clock.
        :param waiting: whether it counts as waiting for an answer.
        """
        flow = self._flow(dialog, now)
        crowded = waiting and self._at_once is not None and flow.open >= self._at_once
        if len(flow.times) >= self._per_10_s or crowded:
            told = now - flow.over_at < _WINDOW_S
            flow.over_at = now
            yield Verdict.DROP if told else Verdict.TELL
            return
        flow.times.append(now)
        flow.open += waiting
        try:
            yield Verdict.TAKE
        finally:
            flow.open -= waiting

    def _flow(self, dialog: str, now: float) -> _Flow:
        if dialog not in self._flows and len(self._flows) >= self._sweep_at:
            self._flows = {
                key: flow
                for key, flow in self._flows.items()
                if flow.open or (flow.times and now - flow.times[-1] < _WINDOW_S)
            }
            self._sweep_at = max(_SWEEP_AT, 2 * len(self._flows))
        flow = self._flows.setdefault(dialog, _Flow())
        while flow.times and now - flow.times[0] >= _WINDOW_S:
            flow.times.popleft()
        return flow
