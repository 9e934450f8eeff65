"""Play docker-compose.yml: people talk while each container is killed and stopped in turn.

    actions/.venv/bin/python tests/containers/play.py [--profiles weaviate,scale] [--no-build]
        [--no-kills]

`make containers` runs this as root of the machine that has Docker, or podman with
`ENGINE=podman COMPOSE=docker-compose`. It builds the images, starts a project of its own beside
any other (own port, own volumes), and removes it at the end. Ends with 0 only where no message was
lost, doubled or answered out of order, every stop by SIGTERM was an orderly one, and `down` and
`up` kept every row. With `--no-kills` people only talk, and `optfm doctor` is asked.
"""

import argparse
import contextlib
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGINE = shlex.split(os.environ.get("ENGINE", "docker"))
COMPOSE = shlex.split(os.environ.get("COMPOSE", "docker compose"))
PROFILES = ("weaviate", "chroma", "ollama", "monitoring", "scale")
#: In the order in which they are killed, each container of them.
PARTS = ("worker", "api", "actions", "proxy", "rasa", "postgres")
#: What customers' answers go through besides, by its profile.
PARTS_OF = {"weaviate": "weaviate", "chroma": "chroma", "scale": "redis"}
_BACK_IN_S = 240
_UP_IN_S = 600
#: Ended by SIGTERM itself, or by itself after it.
_ORDERLY = (0, 143)
_REST = "http://127.0.0.1:5005/webhooks/rest/webhook"
_REQUEST = (
    *("оставить заявку", "Согласен", "Анна", "+7 999 123-45-67", "Пропустить"),
    *("дисплей на а12", "Пропустить", "Отправить"),
)
_COUNTS = (
    "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM requests),"
    " (SELECT count(*) FROM consents), (SELECT count(*) FROM price_rows)"
)


@dataclass(frozen=True)
class Project:
    """One start of docker-compose.yml under a name of its own."""

    folder: Path
    port: int
    environ: dict[str, str]
    parts: Sequence[str]  #: what is killed

    @property
    def url(self) -> str:
        """Where its proxy answers."""
        return f"http://127.0.0.1:{self.port}"

    def compose(self, *words: str, patience_s: float = 3600) -> str:
        """What Compose printed; its own words are shown where it fails."""
        command = [*COMPOSE, "-p", "optfm-played", "--env-file", str(self.folder / "env")]
        command += ["-f", str(ROOT / "docker-compose.yml"), "-f", str(self.folder / "own.yml")]
        done = subprocess.run(
            [*command, *words],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=patience_s,
        )
        if done.returncode:
            sys.exit(f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def containers(self, part: str) -> list[str]:
        """The ids of a part's containers."""
        return self.compose("ps", "-aq", part).split()

    def state(self, container: str) -> dict:
        """What the engine knows of it."""
        command = [*ENGINE, "inspect", container]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return json.loads(told)[0]["State"]

    def healthy(self, container: str) -> bool:
        """Whether the engine calls it so; of one that it never asks, whether it runs."""
        state = self.state(container)
        health = state.get("Health") or state.get("Healthcheck") or {}
        return bool(state["Running"]) and health.get("Status") in ("healthy", "", None)

    def counts(self) -> list[str]:
        """Rows of the tables that must not lose one."""
        words = ("psql", "-U", "optfm", "-At", "-c", _COUNTS)
        return self.compose("exec", "-T", "postgres", *words).strip().split("|")


@contextlib.contextmanager
def project(profiles: str, without: str) -> Iterator[Project]:
    """A project with an .env of its own; nothing of it is left.

    :param without: services whose images are not to be had, with commas.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="optfm-played-") as name:
        folder = Path(name)
        servers = 2 if "scale" in profiles else 1
        (folder / "env").write_text(
            f"COMPOSE_PROFILES={profiles}\nHTTP_PORT={port}\nOPTFM_VERSION=played\n"
            f"RASA_SERVERS={servers}\nACTION_SERVERS={servers}\n"
            + ("AI_PROVIDER=ollama\nAI_MODEL=stand-in\n" if "ollama" in profiles else "")
        )
        (folder / "own.yml").write_text(
            "services:\n  settings:\n    volumes:\n"
            f"      - {{type: bind, source: {folder}/env, target: /owner/.env, read_only: true}}\n"
            + "".join(
                f"  {name}:\n    profiles: !override [left-out]\n"
                for name in without.split(",")
                if name
            )
        )
        environ = {**os.environ, "COMPOSE_PROFILES": profiles}
        also = [PARTS_OF[profile] for profile in profiles.split(",") if profile in PARTS_OF]
        one = Project(folder, port, environ, (*PARTS, *also))
        try:
            yield one
        finally:
            one.compose("down", "-v", "--timeout", "20")


def say(words: str) -> None:
    """A line with the time."""
    print(time.strftime("%H:%M:%S"), words, flush=True)


def await_that(question: Callable[[], bool], what: str, patience_s: float) -> float:
    """Seconds until it is so."""
    began = time.monotonic()
    while not question():
        if time.monotonic() - began > patience_s:
            sys.exit(f"{what}: not within {patience_s:.0f} s")
        time.sleep(0.3)
    return time.monotonic() - began


def answers(url: str) -> bool:
    """Whether the proxy, the chat's server and the API answer there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        for path in ("/healthz", "/socket.io/?EIO=4&transport=polling", "/openapi.json"):
            with opener.open(url + path, timeout=10):
                pass
    except OSError:  # an answer that is no 2xx is one, too
        return False
    return True


class Talk:
    """Visitors who talk all the while; at the end nothing is lost, doubled or out of order."""

    def __init__(self, one: Project, clients: int, every_s: float) -> None:
        script = ROOT / "benchmarks" / "socket_clients.py"
        words = ("--clients", clients, "--every", every_s, "--seconds", 7200, "--comes-back")
        command = [sys.executable, str(script), one.url, *(str(word) for word in words)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def end(self) -> bool:
        """Print what they met; whether all was well."""
        self._process.send_signal(signal.SIGTERM)
        told, _ = self._process.communicate(timeout=300)
        print(told, flush=True)
        return self._process.returncode == 0

    def go_away(self) -> None:
        """Where the play broke off."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def kill(one: Project, part: str, container: str) -> None:
    """SIGKILL to a container's first process: the engine starts it again by itself."""
    state = one.state(container)
    began_at = state["StartedAt"]
    os.kill(int(state["Pid"]), signal.SIGKILL)
    began = time.monotonic()
    await_that(lambda: one.state(container)["StartedAt"] != began_at, f"{part} again", _BACK_IN_S)
    await_that(lambda: one.healthy(container) and answers(one.url), part, _BACK_IN_S)
    say(f"{part}: killed, whole again after {time.monotonic() - began:.0f} s")


def stop(one: Project, part: str) -> bool:
    """SIGTERM to all containers of a part and a new start; whether they ended by themselves."""
    began = time.monotonic()
    containers = one.containers(part)
    one.compose("stop", part)
    took_s = time.monotonic() - began
    codes = [one.state(container)["ExitCode"] for container in containers]
    one.compose("start", part)
    await_that(lambda: all(map(one.healthy, containers)) and answers(one.url), part, _BACK_IN_S)
    say(f"{part}: stopped by SIGTERM in {took_s:.1f} s, exit {codes}")
    return all(code in _ORDERLY for code in codes)


def under_talk(one: Project, clients: int, every_s: float) -> bool:
    """Kill and stop each part while people talk."""
    talk = Talk(one, clients, every_s)
    try:
        time.sleep(3 * every_s)
        orderly = True
        for part in one.parts:
            for container in one.containers(part):
                kill(one, part, container)
                time.sleep(2 * every_s)
        for part in one.parts:
            orderly &= stop(one, part)
            time.sleep(2 * every_s)
        return talk.end() and orderly
    finally:
        talk.go_away()


def in_peace(one: Project, clients: int, every_s: float) -> bool:
    """Let people talk for a while; whether the doctor finds every part of the profiles."""
    talk = Talk(one, clients, every_s)
    try:
        time.sleep(10 * every_s)
        right = talk.end()
    finally:
        talk.go_away()
    told = one.compose("exec", "-T", "worker", "optfm", "doctor")
    print(told, flush=True)
    # A lawyer has not filled in the texts of a fresh clone.
    missing = [
        line for line in told.splitlines() if line.startswith("НЕТ") and "согласия" not in line
    ]
    return right and not missing


def down_and_up(one: Project) -> bool:
    """`down` and `up`: every row is there, and the bot answers."""
    one.compose("exec", "-T", "rasa", "python", "/app/health.py", _REST, *_REQUEST)
    one.compose("stop", "rasa", "worker", "api")  # nothing is written any more
    before = one.counts()
    one.compose("down")
    start(one)
    after = one.counts()
    say(f"down and up: events, requests, consents, price rows {before} before, {after} after")
    return before == after and all(int(count) > 0 for count in before)


def start(one: Project) -> None:
    """`up`, until the chat answers."""
    began = time.monotonic()
    one.compose("up", "-d", "--no-build")
    await_that(lambda: answers(one.url), "up", _UP_IN_S)
    say(f"up: the chat answers after {time.monotonic() - began:.0f} s")


def watched(one: Project) -> bool:
    """Profile monitoring: every part is scraped, every rule is evaluated."""

    def asked(path: str) -> dict:
        url = f"http://127.0.0.1:9090/api/v1/{path}"
        told = one.compose("exec", "-T", "prometheus", "wget", "-q", "-O", "-", url)
        return json.loads(told)["data"]

    def scraped() -> set[str]:
        targets = asked("targets?state=active")["activeTargets"]
        return {target["labels"]["job"] for target in targets if target["health"] == "up"}

    await_that(lambda: scraped() >= {"rasa", "actions", "worker", "api", "proxy"}, "scrapes", 120)
    rules = [rule for group in asked("rules")["groups"] for rule in group["rules"]]
    wrong = [rule["name"] for rule in rules if rule["health"] == "err"]
    say(f"monitoring: scraped {sorted(scraped())}, {len(rules)} rules, in error {wrong}")
    return not wrong


def main() -> int:
    """The whole play; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profiles", default="", help="what runs besides, with commas")
    parser.add_argument("--without", default="", help="services left out, with commas")
    parser.add_argument("--no-build", action="store_true", help="with the images of last time")
    parser.add_argument("--no-kills", action="store_true", help="whether it starts and answers")
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument("--every", type=float, default=4.0, help="seconds between a client's words")
    asked = parser.parse_args()
    say(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with project(asked.profiles, asked.without) as one:
        for profile in ("", *PROFILES):
            one.compose(*(("--profile", profile) if profile else ()), "config", "-q")
        if not asked.no_build:
            began = time.monotonic()
            one.compose("build", "actions", "rasa")
            say(f"images built in {time.monotonic() - began:.0f} s")
        start(one)
        right = True
        if "monitoring" in asked.profiles:
            right &= watched(one)
        talk = in_peace if asked.no_kills else under_talk
        right &= talk(one, asked.clients, asked.every)
        right &= down_and_up(one)
        if not right:
            print(one.compose("logs", "--tail", "100"))
    say("all is well" if right else "NOT well")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
