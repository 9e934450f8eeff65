"""How deliveries of the outbox end, and how long they take."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram

from optfm.outbox.entries import Entry, Later, Never, Sender, Waits


def counted(senders: Mapping[str, Sender], registry: CollectorRegistry) -> Mapping[str, Sender]:
    """The same senders, each counting what it does.

    Outcomes: `delivered`, `later` (tried again), `waits` (for the customer's next word), `never`,
    `failed` (a bug of ours, tried again).

    :param registry: gets the two metrics.
    """
    outcomes = Counter(
        "optfm_deliveries", "Tries to deliver.", ["kind", "outcome"], registry=registry
    )
    seconds = Histogram(
        "optfm_delivery_seconds",
        "Of a try to deliver.",
        ["kind"],
        buckets=(0.1, 0.5, 1, 2, 5, 10, 30, 60),
        registry=registry,
    )

    def of(kind: str, sender: Sender) -> Callable[[Entry], Mapping[str, Any]]:
        def deliver(entry: Entry) -> Mapping[str, Any]:
            began, outcome = time.monotonic(), "failed"
            try:
                result = sender(entry)
                outcome = "delivered"
                return result
            except Later:
                outcome = "later"
                raise
            except Waits:
                outcome = "waits"
                raise
            except Never:
                outcome = "never"
                raise
            finally:
                outcomes.labels(kind, outcome).inc()
                seconds.labels(kind).observe(time.monotonic() - began)

        return deliver

    return {kind: of(kind, sender) for kind, sender in senders.items()}
