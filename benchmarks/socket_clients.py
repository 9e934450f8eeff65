"""Five hundred visitors of the site's chat at once: what is lost, doubled or out of order.

    actions/.venv/bin/python benchmarks/socket_clients.py URL… [--clients 500] [--seconds 60]
        [--every 10] [--comes-back]

Against a bot that runs (`make run`). Each client opens a session and writes a numbered message
every ten seconds or so; at the end each has sent M messages and must have got M acknowledgements
and, in order, the answers to each of them, and a history that says the same. Ends with 0 if so.
Only what was answered with an apology may be missing there: the database was away, and the
customer was asked to say it again; how many these were is told.

With `--comes-back` a client does what the page does when its connection ends: it connects again,
to any of the addresses, continues its session, sends what was not acknowledged once more by the
same id and shows an answer of the same id once. So servers may be killed or replaced meanwhile.
SIGTERM lets all of them look at their history and leave.
"""

import argparse
import asyncio
import contextlib
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import socketio

#: What ends a connection, or keeps one from being made.
_AWAY = (socketio.exceptions.SocketIOError, asyncio.TimeoutError, OSError)
_LONGEST_AWAY_S = 120.0
#: Of a visitor's messages, with an answer or two each.
_SURELY_SHOWN = 50
#: Begins what is said while a part is away (connectors/server/texts.yml).
_APOLOGY = "не получилось ответить"
_QUESTIONS = ("привет", "сколько стоит доставка", "дисплей самсунг а12", "часы работы", "спасибо")


@dataclass
class Visitor:
    """One browser tab."""

    number: int
    urls: Sequence[str]
    every_s: float
    comes_back: bool
    over: asyncio.Event
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)  #: ids of the bot's messages, as they came
    apologised: set[str] = field(default_factory=set)  #: ids of his messages
    history: list[dict] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    connections: int = 0
    failed: str = ""

    @property
    def dialog(self) -> str | None:
        """What the server calls the dialog; None before it has begun."""
        session: str | None = getattr(self, "_session", None)
        return f"web:{session.partition('.')[0]}" if session else None

    async def stay(self, seconds: float) -> None:
        """Talk for so long, then look at the history."""
        self._chance = random.Random(self.number)
        self._client: socketio.AsyncClient | None = None
        self._session: str | None = None
        try:
            await asyncio.sleep(self._chance.uniform(0, self.every_s))
            until = time.monotonic() + seconds
            while time.monotonic() < until and not self.over.is_set():
                await self._say(self._chance.choice(_QUESTIONS))
                pause_s = self._chance.uniform(0.5, 1.5) * self.every_s
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self.over.wait(), pause_s)
            self.history = await self._opened()
        except _AWAY as exc:
            self.failed = f"{type(exc).__name__}: {exc}"
        finally:
            if self._client is not None:
                await self._client.disconnect()

    async def _opened(self) -> list[dict]:
        """Be connected and in the session; what was said in it."""
        if self._client is None or not self._client.connected:
            self._client = socketio.AsyncClient(reconnection=False)
            self._histories: asyncio.Queue[list[dict]] = asyncio.Queue()
            self._confirmed: asyncio.Queue[str] = asyncio.Queue()
            self._client.on("session_confirm", self._confirmed.put)
            self._client.on("session_history", self._histories.put)
            self._client.on("bot_uttered", self._answered)
            # Visitors do not share an address, and a proxy before the bot would say so.
            address = {"X-Forwarded-For": f"203.0.{self.number // 250}.{self.number % 250 + 1}"}
            url = self.urls[(self.number + self.connections) % len(self.urls)]
            self.connections += 1
            try:
                await self._client.connect(url, address, transports=["websocket"], wait_timeout=30)
            except _AWAY:
                if self._client.eio.http is not None:
                    await self._client.eio.http.close()
                raise
        await self._client.emit("session_request", {"session_id": self._session})
        self._session = await asyncio.wait_for(self._confirmed.get(), 60)
        return await asyncio.wait_for(self._histories.get(), 60)

    async def _say(self, text: str) -> None:
        message_id = f"m-{self.number}-{len(self.sent)}"
        self.sent.append(message_id)
        began = time.monotonic()
        while True:
            try:
                acknowledged = await self._send(text, message_id)
                break
            except _AWAY:
                if not self.comes_back or time.monotonic() - began > _LONGEST_AWAY_S:
                    raise
                await asyncio.sleep(self._chance.uniform(0.3, 1.0))
        self.waits_s.append(time.monotonic() - began)
        if acknowledged["ok"]:
            self.acknowledged.append(acknowledged["message_id"])

    async def _send(self, text: str, message_id: str) -> dict:
        if self._client is None or not self._client.connected:
            await self._opened()
        client = self._client
        assert client is not None
        call = asyncio.ensure_future(
            client.call("user_uttered", {"message": text, "message_id": message_id}, timeout=60)
        )
        while not call.done():  # the library waits on, though nobody can answer any more
            await asyncio.wait([call], timeout=0.2)
            if not client.connected and not call.done():
                call.cancel()
                raise ConnectionError("the connection ended")
        return await call

    async def _answered(self, message: dict) -> None:
        known = self.comes_back and message["id"] in self.answered
        if not message["id"].endswith(":slow") and not known:
            self.answered.append(message["id"])
            if _APOLOGY in message.get("text", ""):
                self.apologised.add(message["id"].rpartition(":")[0])

    def faults(self) -> list[str]:
        """What is wrong with what this visitor saw."""
        found = [self.failed] if self.failed else []
        if self.acknowledged != self.sent:
            found.append("a message was not acknowledged")
        if len(set(self.answered)) != len(self.answered):
            found.append("an answer came twice")
        asked = list(dict.fromkeys(answer.rpartition(":")[0] for answer in self.answered))
        if asked != self.sent:
            found.append("answers are lost or out of order")
        said = [message["id"] for message in self.history if message["from"] == "user"]
        kept = [sent for sent in self.sent if sent in said or sent not in self.apologised]
        shown = kept[-len(said) :]  # a history is no longer than HISTORY_LENGTH
        if said != shown or len(said) < min(len(kept), _SURELY_SHOWN):
            found.append("the history is not what was said")
        told = [message["id"] for message in self.history if message["from"] == "bot"]
        if len(set(told)) != len(told):
            found.append("an answer is twice in the history")
        answered = list(dict.fromkeys(answer.rpartition(":")[0] for answer in told))
        if answered[-len(said) :] != shown:
            found.append("the history has no answer, or in another order")
        return found


async def main(arguments: Sequence[str]) -> int:
    """Let them talk, count; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("urls", nargs="+", metavar="URL")
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=10, help="seconds between a client's words")
    parser.add_argument("--comes-back", action="store_true")
    asked = parser.parse_args(arguments)
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    visitors = [
        Visitor(number, asked.urls, asked.every, asked.comes_back, over)
        for number in range(asked.clients)
    ]
    began = time.monotonic()
    await asyncio.gather(*(visitor.stay(asked.seconds) for visitor in visitors))
    took_s = time.monotonic() - began
    waits = sorted(wait for visitor in visitors for wait in visitor.waits_s)
    sent = sum(len(visitor.sent) for visitor in visitors)
    print(
        f"{asked.clients} clients, {sent} messages in {took_s:.0f} s, {sent / took_s:.1f} a second"
    )
    print(f"acknowledged after p50 {waits[len(waits) // 2] * 1000:.0f} ms, ", end="")
    print(f"p95 {waits[int(len(waits) * 0.95)] * 1000:.0f} ms, at most {waits[-1]:.1f} s")
    print(f"connected again: {sum(visitor.connections - 1 for visitor in visitors)}")
    print(f"apologies: {sum(len(visitor.apologised) for visitor in visitors)}")
    faults = [(v.number, fault) for v in visitors for fault in v.faults()]
    print(f"faults: {len(faults)} {faults[:10] if faults else ''}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
