"""How much one dialog may ask (connectors/inbox/limits.py)."""

from connectors.inbox.limits import Limits, Verdict


def verdict(limits, dialog, now):
    with limits.message(dialog, now) as verdict:
        return verdict


def test_the_31st_message_in_ten_seconds_is_told_once():
    """The first message over the limit is answered, the next ones are dropped."""
    limits = Limits(per_10_s=30, at_once=5)
    assert {verdict(limits, "a", i * 0.1) for i in range(30)} == {Verdict.TAKE}
    assert [verdict(limits, "a", 4 + i * 0.1) for i in range(3)] == [
        Verdict.TELL,
        Verdict.DROP,
        Verdict.DROP,
    ]


def test_after_ten_seconds_the_dialog_goes_on():
    """Only the last ten seconds count."""
    limits = Limits(per_10_s=2, at_once=5)
    assert [verdict(limits, "a", at) for at in (0.0, 1.0, 9.9, 10.0)] == [
        Verdict.TAKE,
        Verdict.TAKE,
        Verdict.TELL,
        Verdict.TAKE,
    ]


def test_a_limited_dialog_does_not_hold_up_another():
    """Each dialog has its own limit."""
    limits = Limits(per_10_s=1, at_once=1)
    assert verdict(limits, "a", 0.0) is Verdict.TAKE
    assert verdict(limits, "a", 0.0) is Verdict.TELL
    assert verdict(limits, "b", 0.0) is Verdict.TAKE


def test_the_sixth_message_at_once_waits_for_an_answer():
    """Five may wait for their answers; when one has it, the next is taken."""
    limits = Limits(per_10_s=30, at_once=5)
    waiting = [limits.message("a", 0.0) for _ in range(5)]
    assert {message.__enter__() for message in waiting} == {Verdict.TAKE}
    assert verdict(limits, "a", 0.1) is Verdict.TELL
    waiting[0].__exit__(None, None, None)
    assert verdict(limits, "a", 0.2) is Verdict.TAKE


def test_quiet_dialogs_are_forgotten():
    """A million visitors do not fill the memory."""
    limits = Limits(per_10_s=30, at_once=5)
    for number in range(20_500):
        verdict(limits, str(number), number * 0.01)
    assert len(limits._flows) < 12_000
