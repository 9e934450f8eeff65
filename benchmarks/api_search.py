"""How many searches a second the API answers, and how soon: an API of its own on a free port.

`PYTHONPATH=. .venv/bin/python ../benchmarks/api_search.py [searches a second] [seconds]`, from
actions/. Requests are sent by the clock whether or not the last one was answered, so that a slow
server is seen. With `OPTFM_REAL_PRICE_LIST` over the shop's real list, else over the demo list.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from optfm.api import keys
from optfm.api.scopes import Scope
from optfm.catalog import revisions
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.settings import ROOT

QUESTIONS = (
    "дисплей iphone 11",
    "скок стоит акб на самсунг а12",
    "стекло redmi note 10 pro",
    "кабель type-c 2 метра",
    "fray на хонор 10",
    "чехол прозрачный iphone 13 pro max",
    "зарядка 20 вт",
    "дисп",
)
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
                for name, typing in (("search", ""), ("as typed", "&typing=true")):
                    took, wrong = await _load(port, token, per_s, seconds, typing)
                    print(_line(name, took, wrong, seconds))
            finally:
                server.terminate()
                server.wait(10)
                engine.dispose()


async def _load(
    port: int, token: str, per_s: float, seconds: float, typing: str
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
    for number in range(int(per_s * seconds)):
        at = begin + number / per_s
        if (pause := at - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        due.put_nowait((at, QUESTIONS[number % len(QUESTIONS)]))
    for _ in askers:
        due.put_nowait(None)
    await asyncio.gather(*askers)
    return took, wrong


def _line(name: str, took: list[float], wrong: int, seconds: float) -> str:
    took = sorted(took)
    p50, p95, p99 = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.95, 0.99))
    return (
        f"{name:9} {len(took) / seconds:6.0f}/s  p50 {p50:5.1f} ms  p95 {p95:5.1f} ms"
        f"  p99 {p99:6.1f} ms  not 200: {wrong}"
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
