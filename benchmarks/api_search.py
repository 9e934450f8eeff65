"""How many searches a second the API answers, and how soon: an API of its own on a free port.

`PYTHONPATH=. .venv/bin/python ../benchmarks/api_search.py [searches a second] [seconds]`, from
actions/. Requests are sent by the clock whether or not the last one was answered, so that a slow
server is seen. With `OPTFM_REAL_PRICE_LIST` over the shop's real list, else over the demo list.
Each question is another one, made of the list's own names: nothing that remembers answers helps.
Where others use the machine, compare the processor's time for an answer, not the wait for it.
"""

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import psutil
from optfm.api import keys
from optfm.api.scopes import Scope
from optfm.catalog import revisions
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.settings import ROOT
from sqlalchemy import Engine

#: How a question begins, and how many words of a name it takes.
BEGINNINGS = ("", "", "сколько стоит ", "есть ", "почём ", "нужен ")
WORDS = (2, 3, 4, 5)
CONNECTIONS = 20


async def main(per_s: float, seconds: float) -> None:
    """Ask, and print a line of numbers."""
    with tempfile.TemporaryDirectory(prefix="optfm-") as folder:
        os.chmod(folder, 0o711)
        var = Path(folder) / "var"
        with EmbeddedPostgres(var).borrow() as url:
            engine = connect(url)
            upgrade(engine)
            given = os.environ.get("OPTFM_REAL_PRICE_LIST")
            revisions.import_file(engine, Path(given) if given else ROOT / "prices" / "demo.xls")
            token = keys.add(engine, "bench", [Scope.SEARCH])
            port = _free_port()
            server = subprocess.Popen(
                [sys.executable, "-m", "optfm.api"],
                env={
                    **os.environ,
                    "DB_URL": url,
                    "DESK_PORT": str(port),
                    "OPTFM_VAR": str(var),
                    "OPTFM_LOGS": f"{folder}/logs",
                },
                stdout=subprocess.DEVNULL,
            )
            try:
                _await(port)
                asked = _questions(engine, 2 * int(per_s * seconds))
                half = len(asked) // 2
                for name, typing, questions in (
                    ("search", "", asked[:half]),
                    ("as typed", "&typing=true", [question[:-1] for question in asked[half:]]),
                ):
                    before = _processor_s(server.pid)
                    took, wrong = await _load(port, token, per_s, questions, typing)
                    used = _processor_s(server.pid) - before
                    print(_line(name, took, wrong, seconds, used))
            finally:
                server.terminate()
                server.wait(10)
                engine.dispose()


def _questions(engine: Engine, count: int) -> list[str]:
    chance = random.Random(1)
    loaded = revisions.load_active(engine)
    assert loaded is not None
    found = []
    for _ in range(count):
        words = chance.choice(loaded.rows).name.lower().replace("/", " ").split()
        said = " ".join(words[: chance.choice(WORDS)])
        found.append(f"{chance.choice(BEGINNINGS)}{said}"[:400])
    return found


def _processor_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


async def _load(
    port: int, token: str, per_s: float, questions: Sequence[str], typing: str
) -> tuple[list[float], int]:
    took: list[float] = []
    wrong = 0
    due: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()

    async def ask() -> None:
        nonlocal wrong
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (job := await due.get()) is not None:
            at, question = job
            writer.write(
                f"GET /v1/search?q={quote(question)}{typing} HTTP/1.1\r\nHost: x\r\n"
                f"Authorization: Bearer {token}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            wrong += b" 200 " not in head[:20]
            took.append(time.perf_counter() - at)
        writer.close()

    askers = [asyncio.create_task(ask()) for _ in range(CONNECTIONS)]
    begin = time.perf_counter()
    for number, question in enumerate(questions):
        at = begin + number / per_s
        if (pause := at - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        due.put_nowait((at, question))
    for _ in askers:
        due.put_nowait(None)
    await asyncio.gather(*askers)
    return took, wrong


def _line(name: str, took: list[float], wrong: int, seconds: float, used_s: float) -> str:
    took = sorted(took)
    p50, p95, p99 = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    return (
        f"{name:9} {len(took) / seconds:6.0f}/s  p50 {p50:5.1f} ms  p95 {p95:5.1f} ms"
        f"  p99 {p99:6.1f} ms"
        f"  processor {used_s / len(took) * 1000:4.2f} ms each  not 200: {wrong}"
    )


def _await(port: int) -> None:
    for _ in range(1500):  # five minutes: others may use the machine
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the API does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    asyncio.run(
        main(*(float(said) for said in (sys.argv[1:] + ["200", "60"][len(sys.argv) - 1 :])))
    )
