"""How often somebody may ask: buckets of tokens that fill with time."""

import time
from dataclasses import dataclass

#: Callers that are remembered; whoever asked longest ago is forgotten.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class RateLimit:
    """So many requests a second for each caller, with a little more at once.

    :param per_s: tokens that come back each second.
    :param burst: tokens of a full bucket.
    """

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._buckets: dict[str, _Bucket] = {}

    def wait_s(self, caller: str, *, cost: float = 1.0, now: float | None = None) -> float:
        """Take a token of a caller.

        :param now: of `time.monotonic`.
        :returns: 0 where he had one; else the seconds until he has, and nothing is taken.
        """
        now = time.monotonic() if now is None else now
        bucket = self._buckets.pop(caller, None) or _Bucket(self._burst, now)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_s)
        bucket.at = now
        self._buckets[caller] = bucket  # the last of the dict is the newest
        if len(self._buckets) > _REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        if bucket.tokens < cost:
            return (cost - bucket.tokens) / self._per_s
        bucket.tokens -= cost
        return 0.0

    def is_empty(self, caller: str) -> bool:
        """Whether a caller has no token now; takes none."""
        bucket = self._buckets.get(caller)
        if bucket is None:
            return False
        return bucket.tokens + (time.monotonic() - bucket.at) * self._per_s < 1.0
