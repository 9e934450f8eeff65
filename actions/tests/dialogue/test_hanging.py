"""Neighbours that accept and hang: prices are answered all the same, at once."""

import contextlib
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import Engine

from optfm.catalog import revisions
from optfm.settings import ROOT
from tests.peers import models
from tests.peers import weaviate as weaviate_peer

DOMAIN = {"intents": [], "slots": {}, "responses": {}, "actions": [], "forms": {}, "entities": []}
PATIENCE_S = 1.0


class Wire:
    """A port that leads to a server, until it hangs: then it accepts and says nothing."""

    def __init__(self, target: str | tuple[str, int]) -> None:
        self._target = target
        self._hangs = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def hang(self) -> None:
        """Say nothing from now on, on connections that are open, too."""
        self._hangs.set()

    def mend(self) -> None:
        """Serve new connections."""
        self._hangs.clear()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        if self._hangs.is_set():
            time.sleep(60)
            return
        family = socket.AF_UNIX if isinstance(self._target, str) else socket.AF_INET
        with socket.socket(family) as far, near, contextlib.suppress(OSError):
            far.connect(self._target)
            with selectors.DefaultSelector() as ready:
                ready.register(near, selectors.EVENT_READ, far)
                ready.register(far, selectors.EVENT_READ, near)
                while True:
                    for key, _ in ready.select():
                        if self._hangs.is_set():
                            time.sleep(60)
                            return
                        data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                        if not data:
                            return
                        key.data.sendall(data)


@dataclass
class Server:
    """A running action server and its neighbours."""

    port: int
    wires: list[Wire]
    log: Path

    def call(self, action: str, text: str) -> tuple[float, requests.Response]:
        """An action as Rasa calls it: seconds, and what was answered."""
        tracker = {
            "sender_id": "rest-1",
            "slots": {},
            "latest_message": {"text": text, "intent": {"name": ""}, "message_id": "m"},
            "events": [],
            "active_loop": {},
            "latest_input_channel": "rest",
            "latest_action_name": "action_listen",
            "paused": False,
            "followup_action": None,
        }
        call = {
            "next_action": action,
            "sender_id": "rest-1",
            "tracker": tracker,
            "domain": DOMAIN,
        }
        began = time.monotonic()
        answer = requests.post(f"http://127.0.0.1:{self.port}/webhook", json=call, timeout=60)
        return time.monotonic() - began, answer


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def server(engine: Engine, database_url: str) -> Iterator[Server]:
    """Prices with a second opinion from afar, models, managers; all neighbours on wires."""
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    url = urlsplit(database_url)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="optfm-hang-")))
        database = Wire(f"{parse_qs(url.query)['host'][0]}/.s.PGSQL.5432")
        peer = stack.enter_context(models.serving(models.ModelServer()))
        model = Wire(("127.0.0.1", urlsplit(peer.url).port or 0))
        wires = [database, model]
        environ = {
            "DB_URL": f"postgresql://postgres@127.0.0.1:{database.port}{url.path}",
            "OPTFM_VAR": str(folder),
            "OPTFM_LOGS": str(folder),
            "EMBEDDINGS_PROVIDER": "openai",
            "EMBEDDINGS_URL": f"http://127.0.0.1:{model.port}/v1",
            "EMBEDDINGS_MODEL": "m",
            "AI_PROVIDER": "openai",
            "AI_BASE_URL": f"http://127.0.0.1:{model.port}/v1",
            "AI_API_KEY": models.KEY,
            "AI_MODEL": "m",
            "TELEGRAM_BOT_TOKEN": "1:token",
            "TELEGRAM_MANAGERS_CHAT": "-1001",
            "WORK_HOURS": "24/7",
        }
        if weaviate_peer.BINARY.exists():
            running = weaviate_peer.WeaviateServer(weaviate_peer.BINARY, folder / "w").start()
            stack.callback(running.stop)
            rest, grpc = (
                Wire(("127.0.0.1", running.http_port)),
                Wire(("127.0.0.1", running.grpc_port)),
            )
            wires += [rest, grpc]
            environ |= {
                "WEAVIATE_URL": f"http://127.0.0.1:{rest.port}",
                "WEAVIATE_GRPC_PORT": str(grpc.port),
                "WEAVIATE_API_KEY": running.api_key,
            }
        for wire in wires:
            stack.callback(wire.close)
        port, log = _free_port(), folder / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "optfm.dialogue", "--port", str(port)],
                cwd=ROOT / "actions",
                env={**os.environ, **environ},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        stack.callback(process.wait, timeout=20)
        stack.callback(process.kill)
        deadline = time.monotonic() + 300  # the vectors are made at the lowest priority
        while not ("вектора" in log.read_text() and _answers(port)):
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        yield Server(port, wires, log)


def _answers(port: int) -> bool:
    with contextlib.suppress(requests.RequestException):
        return requests.get(f"http://127.0.0.1:{port}/health", timeout=5).ok
    return False


def test_prices_are_answered_while_every_neighbour_hangs(server: Server) -> None:
    """Postgres, the embedder, Weaviate where there is one, the model; and customers who call."""
    question = "дисплей айфон 11 оригинальный"
    usual_s = 0.0  # of a machine that does other things, too
    for _ in range(3):
        took_s, usual = server.call("action_price_search", question)
        assert usual.ok, server.log.read_text()
        usual_s = max(took_s, usual_s)
    assert "₽" in str(usual.json())
    for wire in server.wires:
        wire.hang()
    with ThreadPoolExecutor(8) as pool:
        calling = [pool.submit(server.call, "action_hand_off", "менеджера") for _ in range(3)]
        calling += [
            pool.submit(server.call, "action_answer_other", "а вы кто такие вообще")
            for _ in range(3)
        ]
        time.sleep(0.2)
        for asked in (question, "чехол на айфон 11", "фрай на самсунг а12", question):
            took_s, answer = server.call("action_price_search", asked)
            assert answer.ok
            assert took_s < PATIENCE_S + usual_s, asked
        assert any(not one.done() for one in calling)
        calls = [one.result() for one in calling]
    # Whoever calls a manager hears soon that nobody was called, the next ones at once.
    assert [answer.status_code for _, answer in calls[:3]] == [500] * 3
    assert max(took_s for took_s, _ in calls[:3]) < 12
    took_s, answer = server.call("action_hand_off", "менеджера")
    assert answer.status_code == 500
    assert took_s < PATIENCE_S + usual_s
    server.wires[0].mend()
    deadline = time.monotonic() + 15
    while not server.call("action_hand_off", "менеджера")[1].ok:
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.3)
