"""What the API's process tells Prometheus of its requests."""

import re

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from optfm.api.measuring import REGISTRY, Measured


def counted(text: str) -> dict[tuple[str, str], float]:
    """Requests by part and class of status."""
    sample = r'^optfm_api_requests_total\{part="(\w+)",status="(\w+)"\} (\S+)$'
    return {(p, s): float(n) for p, s, n in re.findall(sample, text, re.MULTILINE)}


def test_requests_are_counted_by_part_and_by_how_they_ended(server):
    """As the caller saw them, refusals too; a path that nobody knows is no series of its own."""
    with server.client() as client, server.anonymous() as prometheus:
        before = counted(prometheus.get("/metrics").text)
        assert client.get("/v1/requests").status_code == 200
        assert client.get("/v1/nothing-there").status_code == 404
        assert client.get("/wp-login.php").status_code == 404
        text = prometheus.get("/metrics").text
    after = counted(text)
    grown = {key: after[key] - before.get(key, 0) for key in after}
    assert grown["v1", "2xx"] == 1
    assert grown["v1", "4xx"] == 1
    assert grown["other", "4xx"] == 1
    assert 'optfm_api_seconds_bucket{le="0.5",part="v1"}' in text
    assert "wp-login" not in text


def test_background_loops_tell_when_they_went_round_last(server):
    """One that stands still is found by its age, and by `optfm doctor`."""
    with server.anonymous() as prometheus:
        text = prometheus.get("/metrics").text
    late = dict(re.findall(r'^optfm_loop_late\{loop="([\w-]+)"\} (\S+)$', text, re.MULTILINE))
    assert late["audit"] == "0.0"


def test_a_request_that_breaks_off_is_an_error():
    """Nothing has answered: what stands around all layers will make it a 500."""

    def broken(request: Request) -> None:
        raise RuntimeError("broken")

    app = Starlette(routes=[Route("/exchange", broken)])
    app.add_middleware(Measured)
    named = {"part": "exchange", "status": "5xx"}
    before = REGISTRY.get_sample_value("optfm_api_requests_total", named) or 0
    answer = TestClient(app, raise_server_exceptions=False).get("/exchange")
    assert answer.status_code == 500
    assert REGISTRY.get_sample_value("optfm_api_requests_total", named) == before + 1
