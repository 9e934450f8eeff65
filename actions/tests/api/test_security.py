"""Who must not get in, and what must not cost us: every operation, every kind of bad body."""

import contextlib
import http.client
import json
import re
import select
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from optfm.api import keys
from optfm.api.app import build
from optfm.api.describing import described
from optfm.api.routes import ROUTERS
from optfm.api.scopes import Scope
from optfm.api.services import Needs
from tests.api.conftest import Server, serving

OPERATIONS = [
    (method.upper(), path)
    for path, item in described()["paths"].items()
    for method in item
    if path.startswith("/v1")
]


def _url(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)


@pytest.fixture(scope="module")
def patient(database, settings_for) -> Iterator[Server]:
    """A server that does not slow down who guesses keys: the tests are faster than any guesser."""
    with contextlib.ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("optfm.api.gate._WRONG_AT_ONCE", 10_000)
            running = stack.enter_context(serving(database, settings_for()))
        yield running


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_operation_opens_without_the_right_key(patient: Server, method: str, path: str):
    """No key, a foreign one, an ended one, one with no right: always refused before anything."""
    now = datetime.now(UTC)
    ended = keys.add(
        patient.engine, f"ended-{method}{path}", Scope, expires_at=now - timedelta(seconds=1)
    )
    bare = keys.add(patient.engine, f"bare-{method}{path}", [])
    shown = {"": 401, "optfm_aaaaaaaa_" + "b" * 40: 401, ended: 401, bare: 403}
    with patient.anonymous() as client:
        for key, status in shown.items():
            headers = {"X-API-Key": key} if key else {}
            answer = client.request(method, _url(path), headers=headers, json={})
            assert answer.status_code == status, (key[:10], answer.text)
            assert answer.json()["code"] in ("unauthorized", "forbidden")


def test_every_operation_needs_one_right():
    """A route that forgets its right does not get into the API."""
    for router in ROUTERS:
        for route in router.routes:
            if route.path.startswith("/v1"):
                needed = [d for d in route.dependencies if isinstance(d.dependency, Needs)]
                assert len(needed) == 1, route.path


def test_many_wrong_keys_are_slowed_down(server: Server, settings_for):
    """Whoever guesses is told to wait; nothing of the guess comes back."""
    with serving(server.engine, settings_for()) as own, own.anonymous() as client:
        answers = [client.get("/v1/search?q=x", headers={"X-API-Key": "x"}) for _ in range(25)]
    assert [a.status_code for a in answers][:20] == [401] * 20
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0


def test_a_client_that_asks_too_often_waits(server: Server, settings_for):
    """429 with Retry-After; another client is not touched."""
    slow = settings_for(api_reads_per_s=2.0)
    with serving(server.engine, slow) as own, own.client() as one, own.client() as other:
        answers = [one.get("/v1/search?q=x") for _ in range(6)]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert other.get("/v1/search?q=x").status_code == 200


def test_a_body_of_a_hundred_megabytes_is_refused_unread(server: Server):
    """By what it says of itself, and by what comes."""
    where = urlsplit(server.url)
    token = server.key()
    for declared in (True, False):
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
        connection.putrequest("POST", "/v1/requests")
        connection.putheader("Authorization", f"Bearer {token}")
        connection.putheader("Content-Type", "application/json")
        if declared:
            connection.putheader("Content-Length", str(100 * 2**20))
            connection.endheaders()
        else:
            connection.putheader("Transfer-Encoding", "chunked")
            connection.endheaders()
            with contextlib.suppress(OSError):  # it hung up: enough
                for _ in range(100):
                    connection.send(b"100000\r\n" + b" " * 0x100000 + b"\r\n")
        try:
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException):
            assert not declared
            continue
        assert answer.status == 413


def test_deep_json_is_refused(server: Server):
    """Ten thousand brackets cost nothing."""
    with server.client() as client:
        answer = client.post(
            "/v1/requests",
            content=b"[" * 10_000 + b"]" * 10_000,
            headers={"Content-Type": "application/json"},
        )
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_what_is_no_http_gets_a_problem_that_helps(server: Server):
    """Russian letters as they are in an address: curl sends them so."""
    with _line(server) as line:
        line.sendall("GET /v1/search?q=дисплей HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        said = b"".join(iter(lambda: line.recv(4096), b""))
    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and b"application/problem+json" in head
    told = json.loads(body)
    assert told["code"] == "bad_request" and "--data-urlencode" in told["detail"]


def test_json_sent_as_a_form_is_told_the_header_that_it_lacks(server: Server):
    """curl -d without a header sends a form."""
    with server.client() as client:
        answer = client.post(
            "/v1/orders",
            content=b'{"lines": [{"text": "x", "quantity": 1}]}',
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("count", [150, 40_000])
def test_a_flood_of_headers_is_cut(server: Server, count: int):
    """431, and the connection is closed."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), timeout=10) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
        try:
            for n in range(count):
                line.sendall(b"X-%d: aaaaaaaaaaaaaaaa\r\n" % n)
            line.sendall(b"\r\n")
            said = line.recv(100)
        except OSError:
            return  # cut in the middle
    assert b" 431 " in said


def test_slow_headers_are_not_waited_for(server: Server, monkeypatch: pytest.MonkeyPatch):
    """Headers that do not end hold a connection for a while, then it is closed."""
    monkeypatch.setattr("optfm.api.protocol._HEADERS_S", 1.0)
    with _line(server) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nX: ")
        began = time.monotonic()
        assert line.recv(100) == b""
        assert time.monotonic() - began > 0.8


def test_slow_bodies_hold_nobody_else(server: Server, monkeypatch: pytest.MonkeyPatch):
    """More of them than threads, into bodies of all kinds: others are served, then they end."""
    monkeypatch.setattr("optfm.api.bodies._PATIENCE_S", 4.0)
    shown = f"Authorization: Bearer {server.key()}\r\n"
    kinds = [
        ("POST /v1/requests", "application/json"),
        ("POST /v1/orders", "application/json\r\nIdempotency-Key: slow"),
        ("PUT /v1/price-list", "application/octet-stream"),
        ("POST /v1/price-lists", "multipart/form-data; boundary=x"),
        ("POST /desk/sign-in", "application/x-www-form-urlencoded"),
    ]
    with contextlib.ExitStack() as stack:
        slow = []
        for what, media_type in kinds * 10:
            line = stack.enter_context(_line(server))
            line.sendall(
                f"{what} HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\n{shown}"
                f"Content-Type: {media_type}\r\nContent-Length: 1000\r\n\r\n-".encode()
            )
            slow.append(line)
        with server.client() as client:  # each of these takes a thread
            assert client.get("/v1/requests").status_code == 200
            assert client.post("/v1/webhooks", json={"url": "https://s.example/"}).is_success
        assert all(_is_open(line) for line in slow)
        for line in slow:
            said = line.recv(100)
            assert b" 408 " in said or said == b""


def _line(server: Server) -> socket.socket:
    where = urlsplit(server.url)
    return socket.create_connection((where.hostname, where.port), timeout=30)


def _is_open(line: socket.socket) -> bool:
    """Whether nothing has come on it, nor its end."""
    return not select.select([line], [], [], 0)[0]


def test_no_secret_is_in_an_answer_or_a_log(server: Server, caplog: pytest.LogCaptureFixture):
    """Keys and phones stay where they belong."""
    token = server.key()
    caplog.set_level("DEBUG")
    with server.anonymous(headers={"Authorization": f"Bearer {token}"}) as client:
        client.post("/v1/persons/export", json={"kind": "phone", "value": "8 910 000-00-09"})
        client.get("/v1/search?q=89100000009")
        client.get(f"/v1/search?q={token}")
        server.services.audit.flush()
        told = client.get("/v1/audit").text
        receiver = client.post("/v1/webhooks", json={"url": "https://x.example/"}).json()
        shown = client.get(f"/v1/webhooks/{receiver['id']}").text
    secret = token.rpartition("_")[2]
    ours = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("optfm"))
    for text in (ours, told):
        assert secret not in text and "9100000009" not in text
    assert receiver["secret"] not in shown


def test_other_origins_are_not_let_in_unless_named(server: Server, settings_for):
    """CORS is closed; a page that is named may ask."""
    asks = {"Origin": "https://shop.example", "Access-Control-Request-Method": "GET"}
    with server.anonymous() as client:
        closed = client.options("/v1/search", headers=asks)
    assert "access-control-allow-origin" not in closed.headers
    named = settings_for(api_origins="https://shop.example")
    with serving(server.engine, named) as own, own.anonymous() as client:
        opened = client.options("/v1/search", headers=asks)
    assert opened.headers["access-control-allow-origin"] == "https://shop.example"


def test_docs_ask_no_other_host(server: Server):
    """The page, its scripts and its styles come from here, by its own policy."""
    with server.anonymous() as client:
        page = client.get("/docs")
        scripts = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert all(s.startswith("/docs/") or s == "data:," for s in scripts)
        assert all(client.get(s).status_code == 200 for s in scripts if s.startswith("/"))
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_errors_are_problems_with_a_request_id(server: Server):
    """The id that was given comes back, and names nothing of ours where something broke."""
    with server.client() as client:
        answer = client.get("/v1/rows/нет", headers={"X-Request-Id": "mine-12345"})
    said = answer.json()
    assert said["request_id"] == answer.headers["x-request-id"] == "mine-12345"
    assert said["type"] == "/problems/not_found"
    assert httpx.get(server.url + said["type"], trust_env=False).status_code == 200


async def test_a_bug_is_a_problem_too(server: Server):
    """500 without a traceback, in the same form."""
    app = build(server.services)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("secret of the house")

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answer = await client.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text
