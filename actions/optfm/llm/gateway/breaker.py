"""A provider that fails again and again is left alone for a while: nobody waits for it."""

from collections.abc import Callable

from optfm.llm.gateway.errors import BadAnswer, ModelError, ProviderRefused, Resting

_FAILURES = 5
_REST_S = 60.0


class Breaker:
    """Of one provider. After the rest one call tries; if it fails, the rest begins anew."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """:param clock: seconds that never go back."""
        self._clock = clock
        self._failures = 0
        self._rests_until = 0.0
        self._trying = False

    def enter(self) -> None:
        """:raises Resting: not now."""
        if self._failures < _FAILURES:
            return
        if self._trying or self._clock() < self._rests_until:
            raise Resting("отдыхает после отказов")
        self._trying = True

    def succeeded(self) -> None:
        """It answered, well or badly."""
        self._failures, self._trying = 0, False

    def failed(self, error: ModelError) -> None:
        """Count a failure; a wrong key fails for all, an answer that we do not like for none."""
        if isinstance(error, BadAnswer):
            self.succeeded()
            return
        self._trying = False
        self._failures += _FAILURES if isinstance(error, ProviderRefused) else 1
        self._rests_until = self._clock() + _REST_S
