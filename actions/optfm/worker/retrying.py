"""How long a job that failed waits before it is tried again."""

import random
from datetime import UTC, datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from optfm.outbox.entries import Later

#: An entry that nobody took for a day is given up, after so many tries at least: half an hour of
#: them for one that is queued again.
GIVE_UP_AFTER = timedelta(days=1)
GIVE_UP_TRIES = 10
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 30 * 60.0


class Undelivered(Exception):
    """An entry stays; why is its cause.

    :param tries: of its delivery, this one too. Turns without a try are none: a job counts them.
    """

    def __init__(self, tries: int) -> None:
        super().__init__(f"not delivered by {tries} tries")
        self.tries = tries


class GrowingPauses(BaseRetryStrategy):
    """Doubling pauses with a random part, longer where the far side asked for it.

    Anything but `Later` is a bug of ours: it is tried again as well, since the entry is worth
    more than a quiet log.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None never comes: the task itself gives up after a day."""
        why: BaseException | None = exception
        tries = job.attempts
        if isinstance(exception, Undelivered):
            why, tries = exception.__cause__, max(exception.tries - 1, 0)
        pause = pause_s(tries)
        if isinstance(why, Later):
            pause = min(pause, why.longest_s or pause)
            pause = max(pause, why.after_s or 0.0)
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause))


def pause_s(attempts: int) -> float:
    """Seconds before the next try.

    :param attempts: tries before this one.
    """
    pause = min(_FIRST_PAUSE_S * 2.0**attempts, _LONGEST_PAUSE_S)
    return pause * random.uniform(0.8, 1.2)
