"""How deliveries end, counted."""

import pytest
from prometheus_client import CollectorRegistry

from optfm.outbox.entries import Later, Never, Waits
from optfm.worker.counting import counted


@pytest.mark.parametrize(
    ("raised", "outcome"),
    [
        (None, "delivered"),
        (Later, "later"),
        (Waits, "waits"),
        (Never, "never"),
        (OSError, "failed"),
    ],
)
def test_each_end_of_a_delivery_is_counted_and_passes_through(raised, outcome):
    """The sender's result or error reaches the worker as it is."""

    def sender(entry):
        if raised:
            raise raised("so it is")
        return {"message": entry}

    registry = CollectorRegistry()
    deliver = counted({"mail": sender}, registry)["mail"]
    if raised:
        with pytest.raises(raised):
            deliver("entry")
    else:
        assert deliver("entry") == {"message": "entry"}
    labels = {"kind": "mail", "outcome": outcome}
    assert registry.get_sample_value("optfm_deliveries_total", labels) == 1
    assert registry.get_sample_value("optfm_delivery_seconds_count", {"kind": "mail"}) == 1
