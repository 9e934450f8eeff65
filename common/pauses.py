"""How long another server asks to be left alone: its Retry-After, which may say anything."""

import math

_LONGEST_S = 86_400.0


def asked_pause(said: str | float | None) -> float | None:
    """Seconds to wait, a day at most.

    :param said: the header's value, or a number of a body.
    :returns: None where nothing is said that can be waited for: a date (the caller's own growing
        pause will do), no number, a negative one.
    """
    try:
        seconds = float(said or "")
    except (TypeError, ValueError, OverflowError):
        return None
    return min(seconds, _LONGEST_S) if math.isfinite(seconds) and seconds >= 0 else None
