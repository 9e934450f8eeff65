"""A real API server over a real Postgres, and keys to talk to it with."""

import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
import uvicorn
from sqlalchemy import Engine, text

from optfm.api import keys
from optfm.api.app import build
from optfm.api.opening import services_over
from optfm.api.protocol import BoundedHeaders
from optfm.api.scopes import Scope
from optfm.api.services import Services
from optfm.catalog import revisions
from optfm.db import connect, upgrade
from optfm.settings import ROOT, Settings

DEMO = ROOT / "prices" / "demo.xls"


@dataclass(frozen=True)
class Server:
    """A server that listens."""

    url: str
    services: Services

    @property
    def engine(self) -> Engine:
        return self.services.engine

    def key(self, *scopes: Scope, client: str = "") -> str:
        """A new key with these rights; with all of them where none is named."""
        return keys.add(self.engine, client or f"test-{uuid.uuid4().hex[:8]}", scopes or Scope)

    def client(self, *scopes: Scope, **more: object) -> httpx.Client:
        """A client that shows such a key."""
        return self.anonymous(headers={"Authorization": f"Bearer {self.key(*scopes)}"}, **more)

    def anonymous(self, **more: object) -> httpx.Client:
        """A client without a key."""
        return httpx.Client(base_url=self.url, timeout=30, trust_env=False, **more)


def speak(server: Server, dialog: str, said: str = "привет") -> None:
    """A customer says something."""
    event = {"event": "user", "text": said, "input_channel": "rest", "timestamp": time.time()}
    with server.engine.begin() as connection:
        connection.execute(
            text(
                'INSERT INTO events (sender_id, type_name, "timestamp", data)'
                " VALUES (:dialog, 'user', :at, :data)"
            ),
            {"dialog": dialog, "at": time.time(), "data": json.dumps(event, ensure_ascii=False)},
        )


@contextmanager
def serving(engine: Engine, settings: Settings) -> Iterator[Server]:
    """A server on a free port for as long as the block runs."""
    with services_over(engine, settings) as services:
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            build(services),
            http=BoundedHeaders,
            ws="none",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Server(f"http://127.0.0.1:{listener.getsockname()[1]}", services)
        finally:
            server.should_exit = True
            thread.join(timeout=10)


@pytest.fixture(scope="session")
def settings_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Settings]:
    """Settings with folders of the tests' own; what is given replaces them."""
    folder = tmp_path_factory.mktemp("api")

    def made(**given: object) -> Settings:
        var = Path(folder) / uuid.uuid4().hex[:8]
        var.mkdir()
        places = {"optfm_var": var, "optfm_logs": var / "logs"}
        # The tests are faster than any client.
        rates = {"api_reads_per_s": 10_000.0, "api_writes_per_s": 10_000.0}
        return Settings(**{**places, **rates, **given})

    return made


@pytest.fixture(scope="module")
def database(postgres: str) -> Iterator[Engine]:
    """A migrated database of the module's own, with the demo list active."""
    name = f"api_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        engine = connect(postgres.replace("/optfm?", f"/{name}?"))
        upgrade(engine)
        revisions.import_file(engine, DEMO)
        yield engine
        engine.dispose()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def server(database: Engine, settings_for: Callable[..., Settings]) -> Iterator[Server]:
    """A server over the module's database."""
    with serving(database, settings_for()) as running:
        yield running
