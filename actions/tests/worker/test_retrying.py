"""How long a failed delivery pauses."""

from datetime import UTC, datetime

import pytest
from procrastinate.jobs import Job

from optfm.outbox.entries import Later
from optfm.worker.retrying import GrowingPauses, Undelivered, pause_s


@pytest.mark.parametrize(
    ("error", "shortest", "longest"),
    [
        (Later("away"), 1400, 2200),
        (Later("busy", after_s=7200), 7100, 7200),
        (Later("near", longest_s=15), 10, 15),
        (KeyError("a bug"), 1400, 2200),
    ],
)
def test_pauses_grow_to_half_an_hour_unless_the_far_side_says_otherwise(
    error: Exception, shortest: float, longest: float
):
    """Retry-After is kept; a part of our own that starts again is asked soon."""
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=20)
    decision = GrowingPauses().get_retry_decision(exception=error, job=job)
    assert decision is not None and decision.retry_at is not None
    assert shortest <= (decision.retry_at - datetime.now(UTC)).total_seconds() <= longest


def test_turns_without_a_try_make_no_pause_longer():
    """Twenty turns in a queue behind a receiver that hangs, and one try that failed."""
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=20)
    failed = Undelivered(1)
    failed.__cause__ = Later("away")
    decision = GrowingPauses().get_retry_decision(exception=failed, job=job)
    assert decision is not None and decision.retry_at is not None
    assert 1 <= (decision.retry_at - datetime.now(UTC)).total_seconds() <= 2.5


def test_pauses_double_with_a_random_part():
    """Many entries that failed at once do not come back at once."""
    assert [round(sum(pause_s(n) for _ in range(400)) / 400 / 2**n) for n in range(4)] == [2] * 4
    assert len({pause_s(3) for _ in range(10)}) > 1
