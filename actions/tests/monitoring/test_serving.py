"""/metrics and /health of a process that serves nothing else."""

import socket

import pytest
import requests
from prometheus_client import CollectorRegistry, Counter

from optfm.monitoring import may_read, serve_metrics


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_this_machine_reads_what_is_counted_and_whether_it_works():
    """A counter and the health of the process, each at its address; others get 404."""
    registry, well = CollectorRegistry(), [True]
    Counter("told", "Told.", registry=registry).inc(3)
    port = free_port()
    server = serve_metrics("127.0.0.1", port, registry, token="", healthy=lambda: well[0])
    url = f"http://127.0.0.1:{port}"
    try:
        assert "told_total 3.0" in requests.get(f"{url}/metrics", timeout=5).text
        assert requests.get(f"{url}/health", timeout=5).status_code == 200
        well[0] = False
        assert requests.get(f"{url}/health", timeout=5).status_code == 503
        assert requests.get(f"{url}/", timeout=5).status_code == 404
    finally:
        server.shutdown()
        server.server_close()


def test_a_taken_port_does_not_stop_the_process():
    """The second bot on a machine works without numbers."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve_metrics("127.0.0.1", port, CollectorRegistry(), token="") is None


@pytest.mark.parametrize(
    ("peer", "shown", "token", "may"),
    [
        ("127.0.0.1", "", "", True),
        ("::1", "", "t", True),
        ("10.0.0.7", "", "t", False),
        ("10.0.0.7", "Bearer t", "t", True),
        ("10.0.0.7", "Bearer x", "t", False),
        ("10.0.0.7", "Bearer ", "", False),
        ("127.0.0.1", "Bearer x", "t", False),
        ("somewhere", "", "t", False),
    ],
)
def test_others_show_the_token(peer, shown, token, may):
    """No token, no numbers: they say how the shop is doing."""
    assert may_read(peer, shown, token) is may
