"""Twenty managers at the desk while five hundred visitors talk: what each of them waits for.

    OPTFM_VAR=… actions/.venv/bin/python benchmarks/desk_live.py BOT_URL DESK_URL
        [--clients 500] [--managers 20] [--seconds 60] [--every 10]

Against a bot that runs (`make run`), from actions/ on PYTHONPATH; the managers are put into its
database. A manager has a dialog open in one tab and the list of all dialogs in another, and asks
for what `desk.js` asks for: what is told of his dialog after 100 ms, the list once in two seconds.
Printed are the time from a visitor's acknowledgement to the answer that shows his words (without
a browser's drawing), and how long visitors wait for the bot without and with managers, as a
ratio: without, with, and without again, in one run.
"""

import argparse
import asyncio
import json
import re
import secrets
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx
from optfm.cli.shop_database import shop_database
from optfm.db.tables import staff
from optfm.desk import sessions
from socket_clients import Visitor

#: desk.js: how long after an event a page asks for its dialog, and for the list of all.
_DIALOG_S, _LIST_S = 0.1, 2.0
_SAID = re.compile(r"часы работы ([\w-]+)")


class WatchedVisitor(Visitor):
    """One whose words can be told from all others on a manager's page."""

    async def stay(self, seconds: float) -> None:
        """As any visitor."""
        self.stored: dict[str, float] = {}
        await super().stay(seconds)

    async def _send(self, text: str, message_id: str) -> dict:
        acknowledged = await super()._send(f"часы работы {message_id}", message_id)
        self.stored[message_id] = time.monotonic()
        return acknowledged


@dataclass
class Manager:
    """Two tabs of a browser: a dialog and the list of all."""

    url: str
    cookie: str
    visitor: WatchedVisitor
    shown: dict[str, float] = field(default_factory=dict)  #: when his words stood on the page
    asked: int = 0

    async def work(self) -> None:
        """Follow the stream until it is cancelled."""
        self._soon: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        cookies = {"desk": self.cookie}
        async with (
            httpx.AsyncClient(base_url=self.url, cookies=cookies, timeout=60) as self._http,
            self._http.stream("GET", "/desk/events") as stream,
        ):
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data:") and (told := json.loads(line[5:])):
                    self._mark = told["at"]
                    self._hears(told["dialogs"])

    def _hears(self, dialogs: Sequence[str] | None) -> None:
        mine = self.visitor.dialog
        if mine and (dialogs is None or mine in dialogs):
            self._later(f"/desk/talk/live?dialog={mine}", _DIALOG_S)
        self._later("/desk/?tab=all", _LIST_S)

    def _later(self, path: str, after_s: float) -> None:
        if path not in self._soon:
            self._soon.add(path)
            task = asyncio.create_task(self._ask(path, after_s))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _ask(self, path: str, after_s: float) -> None:
        await asyncio.sleep(after_s)
        self._soon.discard(path)
        headers = {"HX-Request": "true", "X-Desk-Heard": self._mark}
        answer = await self._http.get(path, headers=headers)
        answer.raise_for_status()
        self.asked += 1
        now = time.monotonic()
        # His acknowledgement may be read after the page: whatever stands there is noted.
        for said in _SAID.findall(answer.text):
            self.shown.setdefault(said, now)


def signed_in(count: int) -> list[str]:
    """Cookies of so many managers of the bot's database."""
    with shop_database() as engine, engine.begin() as connection:
        ids = [
            connection.execute(
                staff.insert()
                .values(
                    name=f"Проба {secrets.token_hex(4)}", login=secrets.token_hex(8), role="manager"
                )
                .returning(staff.c.id)
            ).scalar_one()
            for _ in range(count)
        ]
        return [sessions.begin(connection, one, "") for one in ids]


async def phase(asked: argparse.Namespace, cookies: Sequence[str], first: int) -> list[float]:
    """Let visitors talk, with a manager for each cookie; what each message waited, in seconds."""
    over = asyncio.Event()
    watched = [
        WatchedVisitor(first + n, [asked.bot], asked.every, False, over)
        for n in range(asked.managers)
    ]
    others = [
        Visitor(first + n, [asked.bot], asked.every, False, over)
        for n in range(asked.managers, asked.clients)
    ]
    managers = [Manager(asked.desk, c, v) for c, v in zip(cookies, watched, strict=False)]
    working = [asyncio.create_task(manager.work()) for manager in managers]
    everyone = [*watched, *others]
    await asyncio.gather(*(visitor.stay(asked.seconds) for visitor in everyone))
    await asyncio.sleep(2 * _LIST_S)
    for one in working:
        one.cancel()
    ended = await asyncio.gather(*working, return_exceptions=True)
    broken = [exc for exc in ended if not isinstance(exc, asyncio.CancelledError)]
    faults = [fault for visitor in others for fault in visitor.faults()]
    told = f"{sum(len(v.sent) for v in everyone)} messages, {len(faults)} faults"
    if managers:
        stored = [(m, said, at) for m in managers for said, at in m.visitor.stored.items()]
        waits = [max(m.shown[said] - at, 0.0) for m, said, at in stored if said in m.shown]
        told += f"; {len(waits)} of {len(stored)} seen by managers, p50 {_ms(waits, 50)}, "
        told += f"p95 {_ms(waits, 95)}; pages asked {sum(m.asked for m in managers)}"
        told += f"; streams broken {len(broken)} {broken[:1]}"
    waited = [wait for visitor in everyone for wait in visitor.waits_s]
    print(
        f"{len(managers):2} managers: {told}; answered p50 {_ms(waited, 50)}, p95 {_ms(waited, 95)}"
    )
    return waited


def _ms(waits: Sequence[float], percent: int) -> str:
    if len(waits) < 2:
        return "–"
    return f"{statistics.quantiles(waits, n=100)[percent - 1] * 1000:.0f} ms"


async def main(arguments: Sequence[str]) -> None:
    """Three phases, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bot", metavar="BOT_URL")
    parser.add_argument("desk", metavar="DESK_URL")
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--managers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=10, help="seconds between a client's words")
    asked = parser.parse_args(arguments)
    cookies = signed_in(asked.managers)
    before = await phase(asked, (), 0)
    beside = await phase(asked, cookies, asked.clients)
    after = await phase(asked, (), 2 * asked.clients)
    alone = (statistics.median(before) + statistics.median(after)) / 2
    print(f"answers with managers take {statistics.median(beside) / alone:.2f} of the time without")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
