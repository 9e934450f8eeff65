"""A price turn through our Rasa and through stock Rasa, in one run; turn 1,000 against turn 10.

    .venv/bin/python benchmarks/turns.py [--rounds 3] [--long 1000]

Both servers have the same model, action server, price list and Postgres; stock Rasa has its own
REST channel, SQLTrackerStore and action endpoint. The rounds alternate, so that whatever else
the machine does falls on both. Processor time is that of the Rasa process: it does not depend
on what else runs. Needs a trained model (`make train`).
"""

import argparse
import contextlib
import http.client
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2
import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from conftest import _HOLD_POSTGRES, ACTIONS_PYTHON, free_port, run_folder  # noqa: E402

#: Price questions, each time about another model; what is not in the list is a search, too.
QUESTIONS = ("дисплей на айфон {}", "акб xiaomi note {}", "чехол на самсунг а{}", "кабель {} м")
APOLOGY = "не получилось ответить"
_NUMBERS = itertools.count(1)
TURNS_A_DIALOG = 10
DIALOGS_AT_ONCE = 8


def question(turn: int) -> str:
    """Never the same twice in a run, so that nothing answers from a memory of it."""
    return QUESTIONS[turn % len(QUESTIONS)].format(next(_NUMBERS))


@dataclass
class Rasa:
    """One of the two servers."""

    name: str
    port: int
    process: psutil.Process

    def connected(self) -> contextlib.closing[http.client.HTTPConnection]:
        """A connection that stays open; `requests` would take 2 ms of the same two cores a turn."""
        return contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120))

    def ask(self, connection: http.client.HTTPConnection, dialog: str, question: str) -> float:
        """Seconds until the answer, which must be one."""
        body = json.dumps({"sender": dialog, "message": question})
        began = time.perf_counter()
        connection.request(
            "POST", "/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
        )
        answer = connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - began
        parts = json.loads(content)
        assert answer.status == 200 and parts and APOLOGY not in str(parts), f"{self.name}: {parts}"
        return took

    def cpu_s(self) -> float:
        """Processor seconds of the process so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@dataclass
class Round:
    """Many dialogs of ten turns at once, at one server."""

    per_s: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float


def play(rasa: Rasa) -> Round:
    """One round."""

    def talk(_: int) -> list[float]:
        dialog = uuid.uuid4().hex
        with rasa.connected() as connection:
            return [rasa.ask(connection, dialog, question(turn)) for turn in range(TURNS_A_DIALOG)]

    cpu, began = rasa.cpu_s(), time.perf_counter()
    with ThreadPoolExecutor(DIALOGS_AT_ONCE) as callers:
        took = sorted(s for dialog in callers.map(talk, range(DIALOGS_AT_ONCE)) for s in dialog)
    elapsed = time.perf_counter() - began
    return Round(
        per_s=len(took) / elapsed,
        p50_ms=took[len(took) // 2] * 1000,
        p95_ms=took[int(len(took) * 0.95)] * 1000,
        cpu_ms=(rasa.cpu_s() - cpu) / len(took) * 1000,
    )


def long_dialog(rasa: Rasa, turns: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """One dialog of `turns`.

    :returns: median ms and processor ms of a turn around turn 10, and at the end.
    """
    dialog = uuid.uuid4().hex
    took, cpu = [], []
    with rasa.connected() as connection:
        for turn in range(turns):
            before = rasa.cpu_s()
            took.append(rasa.ask(connection, dialog, question(turn)) * 1000)
            cpu.append((rasa.cpu_s() - before) * 1000)
    return (
        (statistics.median(took[5:25]), statistics.mean(cpu[5:25])),
        (statistics.median(took[-20:]), statistics.mean(cpu[-20:])),
    )


@contextlib.contextmanager
def servers(model: Path, price_list: Path) -> Iterator[tuple[Rasa, Rasa]]:
    """Our Rasa and stock Rasa over one Postgres and one action server."""
    with run_folder() as folder, contextlib.ExitStack() as stack:
        url = stack.enter_context(_postgres(folder))
        environ = {
            **os.environ,
            "DB_URL": url,
            "OPTFM_VAR": str(folder / "var"),
            "OPTFM_LOGS": str(folder / "logs"),
            "DIALOG_MESSAGES_PER_10_S": "1000000",
            "PYTHONPATH": str(ROOT / "actions"),
            "PYTHONWARNINGS": "ignore",
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_HOST": "127.0.0.1",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "OMP_NUM_THREADS": "1",  # of the model: else both wait in a spin
        }
        subprocess.run(
            [str(ROOT / "optfm"), "prices", "import", str(price_list)],
            env=environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        actions_port = free_port()
        _start(
            stack,
            folder,
            [ACTIONS_PYTHON, "-m", "optfm.dialogue", "--port", actions_port],
            environ,
            f"http://127.0.0.1:{actions_port}/health",
        )
        environ.pop("PYTHONPATH")
        ours = folder / "endpoints.yml"
        ours.write_text((ROOT / "endpoints.yml").read_text().replace(":5055/", f":{actions_port}/"))
        stock = folder / "stock.yml"
        stock.write_text(
            f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
            "tracker_store:\n  type: SQL\n  dialect: postgresql\n"
            f'  url: "{url.replace("/optfm?", "/stock?")}"\n'
        )
        rest = folder / "rest.yml"
        rest.write_text("rest:\n")
        found = []
        for name, endpoints, credentials in (
            ("ours", ours, ROOT / "credentials.yml"),
            ("stock", stock, rest),
        ):
            port = free_port()
            program = "components.lean" if name == "ours" else "rasa"
            command = [sys.executable, "-m", program, "run", "--interface", "127.0.0.1"]
            command += ["--port", port, "--model", model]
            command += ["--endpoints", endpoints, "--credentials", credentials]
            process = _start(
                stack, folder, command, environ, f"http://127.0.0.1:{port}/webhooks/rest/"
            )
            found.append(Rasa(name, port, psutil.Process(process.pid)))
        try:
            yield found[0], found[1]
        except AssertionError:
            print((folder / "logs" / "error.log").read_text()[-3000:], file=sys.stderr)
            raise


@contextlib.contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    holder = subprocess.Popen(
        [str(ACTIONS_PYTHON), "-c", _HOLD_POSTGRES, str(folder / "var")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "actions")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdin and holder.stdout
    url = holder.stdout.readline().strip()
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE stock")
    connection.close()
    try:
        yield url
    finally:
        holder.stdin.close()
        holder.wait(timeout=30)


def _start(
    stack: contextlib.ExitStack,
    folder: Path,
    command: list[object],
    environ: dict[str, str],
    health: str,
) -> subprocess.Popen[bytes]:
    number = len(list(folder.glob("*.log")))
    log = folder / f"{number}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command], env=environ, cwd=ROOT, stdout=output, stderr=output
        )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"does not start: {log.read_text()[-2000:]}")
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(health, timeout=5).ok:
                return process
        time.sleep(0.3)
    raise SystemExit(f"does not answer: {health}")


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=1000, help="turns of the long dialog")
    parser.add_argument("--stock-long", action="store_true", help="the long dialog on stock, too")
    parser.add_argument("--model", type=Path, default=ROOT / "models")
    parser.add_argument("--prices", type=Path, default=ROOT / "prices" / "demo.xls")
    options = parser.parse_args()
    with servers(options.model, options.prices) as (ours, stock):
        for rasa in (ours, stock):  # caches, connections
            play(rasa)
        rounds: dict[str, list[Round]] = {"ours": [], "stock": []}
        for _ in range(options.rounds):
            for rasa in (ours, stock):
                rounds[rasa.name].append(play(rasa))
        print(f"\nA price turn, {DIALOGS_AT_ONCE} dialogs of {TURNS_A_DIALOG} turns at once")
        print("| | messages/s | p50 ms | p95 ms | processor ms |\n|---|---|---|---|---|")
        medians = {}
        for name, played in rounds.items():
            medians[name] = [
                statistics.median(getattr(one, field) for one in played)
                for field in ("per_s", "p50_ms", "p95_ms", "cpu_ms")
            ]
            print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in medians[name]) + " |")
        print(
            f"Ours is {medians['ours'][0] / medians['stock'][0]:.1f} × stock by messages, "
            f"{medians['stock'][3] / medians['ours'][3]:.1f} × by processor time."
        )
        print(f"\nOne dialog of {options.long} turns, alone")
        print("| | turn 10: ms (processor ms) | last turn | × |\n|---|---|---|---|")
        for rasa in (ours, stock) if options.stock_long else (ours,):
            (early, early_cpu), (late, late_cpu) = long_dialog(rasa, options.long)
            print(
                f"| {rasa.name} | {early:.1f} ({early_cpu:.1f}) | {late:.1f} ({late_cpu:.1f}) "
                f"| {late / early:.2f} ({late_cpu / early_cpu:.2f}) |",
                flush=True,
            )


if __name__ == "__main__":
    main()
