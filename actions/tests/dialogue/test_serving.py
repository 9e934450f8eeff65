"""The action server ends in order while Rasa's connections stay open."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

_SERVER = """
import sys, time
from optfm.dialogue.serving import serve_at_the_door
from optfm.dialogue.executor import PooledExecutor
from rasa_sdk.endpoint import run
serve_at_the_door()
executor = PooledExecutor()
executor.register_function("slow", lambda *_: time.sleep(1.5))
run(executor, port=int(sys.argv[1]))
"""
_CALL = (
    b'{"next_action": "slow", "sender_id": "s", "domain": {"actions": ["slow"]},'
    b' "tracker": {"sender_id": "s", "slots": {}, "events": []}}'
)


@pytest.fixture
def address() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """An action server that answers, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(port)], env={**os.environ, "SANIC_HOST": "127.0.0.1"}
    )
    try:
        deadline = time.monotonic() + 60
        while not _healthy(port):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield process, port
    finally:
        process.kill()
        process.wait()


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_what_is_in_hand_is_answered_and_ends_its_connection(
    address: tuple[subprocess.Popen[bytes], int],
):
    """SIGTERM in the middle of a call: its answer comes, and nobody waits for the next one."""
    process, port = address
    idle, busy = (http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(2))
    idle.request("GET", "/health")
    assert idle.getresponse().read()
    busy.request("POST", "/webhook", _CALL, {"Content-Type": "application/json"})
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    answer = busy.getresponse()
    assert (answer.status, answer.getheader("connection")) == (200, "close")
    began = time.monotonic()
    assert process.wait(timeout=60) == 0
    assert time.monotonic() - began < 20  # the server's patience is 24 s
