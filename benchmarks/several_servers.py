"""One Rasa server and two over one database and one Redis: the same load, and a death under it.

    .venv/bin/python benchmarks/several_servers.py [--clients 100] [--every 4] [--seconds 40]
        [--sockets 500]

Starts a bot of its own (`./optfm run` with REDIS_URL), a second Rasa server and a second action
server beside it, and lets benchmarks/socket_clients.py talk: to one server, to both, and to both
while the second is killed with `--sockets` chats open. Needs redis-server. Prints a table; a lost,
doubled or disordered message ends it with 1. The clients share the machine with the servers: with
less than a core of each server's own the waits are the machine's, and a client gives up after 60 s.
"""

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]
from conftest import ACTIONS_PYTHON, Bot, free_port, run_folder  # noqa: E402

_TALK_STARTS_S = 180


@dataclass
class Servers:
    """What the clients may talk to."""

    urls: list[str]
    second: subprocess.Popen[bytes]
    processes: list[psutil.Process]

    def used_s(self) -> float:
        """Processor time of all servers since their start."""
        spent = 0.0
        for process in self.processes:
            with contextlib.suppress(psutil.Error):
                spent += sum(process.cpu_times()[:2])
        return spent


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """A Redis of our own; its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def servers(folder: Path, redis: str) -> Iterator[Servers]:
    """Two Rasa servers with an action server each."""
    bot = Bot(folder, environ={"REDIS_URL": redis, "ADDRESS_MESSAGES_PER_10_S": "100000"}).start()
    port, actions_port = free_port(), free_port()
    environ = {
        **bot.environ,
        "DB_URL": bot.db_url,
        "INTERNAL_TOKEN": (folder / "var" / "internal.token").read_text().strip(),
        "SESSION_KEYS": (folder / "var" / "session.key").read_text().strip(),
        "PYTHONPATH": str(ROOT / "actions"),
        "SANIC_HOST": "127.0.0.1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    endpoints = folder / "second.yml"
    text = (ROOT / "endpoints.yml").read_text()
    endpoints.write_text(text.replace(":5055/", f":{actions_port}/"))
    with (folder / "second.log").open("wb") as log:
        options = {"cwd": ROOT, "stdout": log, "stderr": subprocess.STDOUT}
        actions = subprocess.Popen(
            [str(ACTIONS_PYTHON), "-m", "optfm.dialogue", "--port", str(actions_port)],
            env=environ,
            **options,
        )
        rasa = subprocess.Popen(
            [
                *(sys.executable, "-m", "components.lean", "run", "--interface", "127.0.0.1"),
                *("--port", str(port), "--endpoints", str(endpoints)),
                *("--credentials", "credentials.yml", "--model", "models"),
            ],
            env={**environ, "PYTHONPATH": ""},
            **options,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        for address in (f"{url}/webhooks/rest/", f"http://127.0.0.1:{actions_port}/health"):
            _await(address)
        pids = [bot.pid("rasa"), bot.pid("actions"), actions.pid, rasa.pid]
        yield Servers([bot.url, url], rasa, [psutil.Process(pid) for pid in pids])
    finally:
        for process in (rasa, actions):
            process.terminate()
            process.wait(timeout=30)
        bot.stop()


def _await(address: str) -> None:
    deadline = time.monotonic() + _TALK_STARTS_S
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(address, timeout=2).ok:
                return
        time.sleep(0.3)
    sys.exit(f"{address} does not answer")


def talking(urls: list[str], *options: object) -> subprocess.Popen[str]:
    """Clients that talk to the servers at `urls`."""
    script = ROOT / "benchmarks" / "socket_clients.py"
    command = [ACTIONS_PYTHON, script, *urls, *options, "--comes-back"]
    return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)


def report(title: str, process: subprocess.Popen[str], servers: Servers, before_s: float) -> bool:
    """Print a line of the table; whether nothing went wrong."""
    told, _ = process.communicate(timeout=1_200)
    messages, rate = re.search(r"(\d+) messages in \d+ s, (\S+) a second", told).groups()
    p50, p95, longest = re.search(r"p50 (\S+) ms, p95 (\S+) ms, at most (\S+) s", told).groups()
    cost_ms = (servers.used_s() - before_s) * 1000 / int(messages)
    again = re.search(r"connected again: (\d+)", told)[1]
    sorry = re.search(r"apologies: (\d+)", told)[1]
    print(
        f"| {title} | {messages} | {rate} | {p50} | {p95} | {longest} | {cost_ms:.0f} | {again} |"
        f" {sorry} | {told.rpartition('faults: ')[2].strip()} |",
        flush=True,
    )
    return process.returncode == 0


def main() -> int:
    """Three loads; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--every", type=float, default=4)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--sockets", type=int, default=500)
    asked = parser.parse_args()
    if not shutil.which("redis-server"):
        sys.exit("redis-server is not installed")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with run_folder() as folder, redis_server() as redis, servers(folder, redis) as two:
        print(
            "| servers | messages | a second | p50 | p95 ms | longest s | CPU ms | again | sorry |"
            " faults |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|")
        load = ("--clients", asked.clients, "--every", asked.every, "--seconds", asked.seconds)
        right = True
        for title, urls in (("one", two.urls[:1]), ("two", two.urls)):
            before_s = two.used_s()
            right &= report(title, talking(urls, *load), two, before_s)
        calm = asked.sockets / (asked.clients / asked.every)  # the same messages a second
        load = ("--clients", asked.sockets, "--every", calm, "--seconds", asked.seconds + calm)
        before_s = two.used_s()
        process = talking(two.urls, *load)
        time.sleep(calm + asked.seconds / 2)  # all have come, and talk
        two.second.kill()
        right &= report(f"two, one of them killed, {asked.sockets} chats", process, two, before_s)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
