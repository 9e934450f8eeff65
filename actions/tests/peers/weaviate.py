"""A real Weaviate server of the test's own: found or built, on free ports, killed at will.

By hand `actions/.venv/bin/python actions/tests/peers/weaviate.py` builds it if it is missing.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VERSION = "v1.38.11"
BINARY = ROOT / ".tools" / "bin" / "weaviate-server"
API_KEY = "test-key-of-the-price-bot"
READY_IN_S = 60.0
BUILD_IN_S = 1800.0


def binary() -> Path | None:
    """The server in `.tools/bin`; built there with Go where it is missing, None without Go.

    Several test processes may ask at once: one builds (3.5 minutes), the others wait for it.
    """
    if BINARY.exists():
        return BINARY
    if shutil.which("go") is None:
        return None
    BINARY.parent.mkdir(parents=True, exist_ok=True)
    with (BINARY.parent / ".weaviate-server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not BINARY.exists():
            package = f"github.com/weaviate/weaviate/cmd/weaviate-server@{VERSION}"
            build = subprocess.run(
                ["go", "install", package],
                env={**os.environ, "GOBIN": str(BINARY.parent)},
                timeout=BUILD_IN_S,
                check=False,
            )
            if build.returncode != 0:
                return None
    return BINARY if BINARY.exists() else None


def _free(port: int) -> bool:
    """Nobody listens there for TCP or UDP (the cluster gossips over both)."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                return False
    return True


def _free_ports(how_many: int) -> int:
    """The first of so many neighbouring free ports, below the range of outgoing connections."""
    start = 20000 + os.getpid() * 37 % 9000
    for first in range(start, start + 3000, how_many):
        if all(_free(port) for port in range(first, first + how_many)):
            return first
    raise RuntimeError("no neighbouring free ports")


class WeaviateServer:
    """One server with an API key over a folder that outlives its restarts."""

    def __init__(self, program: Path, data: Path) -> None:
        """Choose the ports; nothing runs until `start`."""
        self._program = program
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        first = _free_ports(6)
        self.http_port, self.grpc_port = first, first + 1
        self._gossip, self._raft = first + 2, first + 4
        self.api_key = API_KEY

    @property
    def url(self) -> str:
        """Where REST answers."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def pid(self) -> int:
        """Of the running server."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return (self._data / "server.log").read_text(errors="replace")

    def start(self) -> "WeaviateServer":
        """Start and wait until it is ready (2-3 s)."""
        self._data.mkdir(parents=True, exist_ok=True)
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self._data),
            "PERSISTENCE_DATA_PATH": str(self._data / "data"),
            "DEFAULT_VECTORIZER_MODULE": "none",
            "AUTOSCHEMA_ENABLED": "false",
            "AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED": "false",
            "AUTHENTICATION_APIKEY_ENABLED": "true",
            "AUTHENTICATION_APIKEY_ALLOWED_KEYS": self.api_key,
            "AUTHENTICATION_APIKEY_USERS": "bot",
            "CLUSTER_HOSTNAME": "node1",
            "CLUSTER_ADVERTISE_ADDR": "127.0.0.1",
            "CLUSTER_BIND_ADDR": "127.0.0.1",
            "CLUSTER_IN_LOCALHOST": "true",
            # The gossip and its data port, like raft and its RPC port, must be neighbours.
            "CLUSTER_GOSSIP_BIND_PORT": str(self._gossip),
            "CLUSTER_DATA_BIND_PORT": str(self._gossip + 1),
            "CLUSTER_BASIC_AUTH_USERNAME": "cluster",
            "CLUSTER_BASIC_AUTH_PASSWORD": "cluster",
            "RAFT_BOOTSTRAP_EXPECT": "1",
            "RAFT_JOIN": f"node1:{self._raft}",
            "RAFT_PORT": str(self._raft),
            "RAFT_INTERNAL_RPC_PORT": str(self._raft + 1),
            "RAFT_TIMEOUTS_MULTIPLIER": "1",
            "GRPC_PORT": str(self.grpc_port),
            "DISABLE_TELEMETRY": "true",
            "GO_PROFILING_DISABLE": "true",
            "LOG_LEVEL": "warning",
        }
        with (self._data / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, "--scheme", "http", "--host", "127.0.0.1"]
                + ["--port", str(self.http_port)],
                env=environment,
                cwd=self._data,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + READY_IN_S
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"Weaviate did not start:\n{self.log[-2000:]}")
            time.sleep(0.05)
        return self

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/v1/.well-known/ready", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def pause(self) -> None:
        """Stop answering without closing a connection, as a machine that swaps."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Go on after `pause`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End at once, as by a lack of memory; the data stay."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End as an operator does; nothing is left behind."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


if __name__ == "__main__":
    found = binary()
    print(found or "Weaviate cannot be built here: Go is missing or the build failed")
    sys.exit(0 if found else 1)
