"""Whom to notify: each browser whose owner a customer waits for, once for each word of his."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from common.masking import mask_for_log
from optfm.leads.waiting import Waiting, waiting
from optfm.outbox.entries import enqueue
from optfm.push.subscriptions import Subscription, all_of_them

KIND = "push"
#: What is older is no news: the worker was away, the shop has just opened, somebody subscribes.
FRESH = timedelta(minutes=5)
_LONGEST_WORDS = 120

_LAST = """
SELECT asked.dialog, last.id, to_timestamp(last.at) AS at
FROM unnest(CAST(:dialogs AS text[])) AS asked (dialog)
CROSS JOIN LATERAL (
    SELECT id, "timestamp" AS at FROM events
    WHERE sender_id = asked.dialog AND type_name = 'user' ORDER BY id DESC LIMIT 1
) AS last
"""
_WORDS = "SELECT left(text, 400) FROM messages WHERE id = :id"


def call(connection: Connection, now: datetime) -> int:
    """Queue a notification of each new word of a customer who waits.

    :param now: with a time zone; a moment at which managers answer.
    :returns: how many are new.
    """
    subscriptions = all_of_them(connection)
    waits = {one.dialog: one for one in waiting(connection)} if subscriptions else {}
    if not waits:
        return 0
    told: list[int | None] = []
    for dialog, asked_id, at in connection.execute(text(_LAST), {"dialogs": list(waits)}).all():
        if max(at, waits[dialog].since) < now - FRESH:
            continue
        told += [
            enqueue(
                connection,
                KIND,
                dialog=dialog,
                key=f"push {one.id} {dialog} {asked_id}",
                payload={"subscription": one.id, "asked": asked_id},
            )
            for one in subscriptions
            if _is_for(waits[dialog], one)
        ]
    return sum(number is not None for number in told)


def still_waits(connection: Connection, dialog: str, subscription: Subscription) -> bool:
    """Whether a customer still waits for whoever has a browser."""
    waits = next((one for one in waiting(connection) if one.dialog == dialog), None)
    return waits is not None and _is_for(waits, subscription)


def words(connection: Connection, asked_id: int) -> str:
    """What a customer said, without his own phone, address and the like; "" where it is erased."""
    said = connection.execute(text(_WORDS), {"id": asked_id}).scalar_one_or_none()
    masked = " ".join(mask_for_log(said or "").split())
    return masked if len(masked) <= _LONGEST_WORDS else f"{masked[:_LONGEST_WORDS]}…"


def _is_for(waits: Waiting, subscription: Subscription) -> bool:
    return waits.manager in (None, subscription.manager)
