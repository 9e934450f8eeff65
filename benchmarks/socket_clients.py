"""Five hundred visitors of the site's chat at once: what is lost, doubled or out of order.

    actions/.venv/bin/python benchmarks/socket_clients.py URL [--clients 500] [--seconds 60]

Against a bot that runs (`make run`). Each client opens a session and writes a numbered message
every ten seconds or so; at the end each has sent M messages and must have got M acknowledgements
and, in order, the answers to each of them, and a history that says the same. Ends with 0 if so.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import socketio

_EVERY_S = 10.0
_QUESTIONS = ("привет", "сколько стоит доставка", "дисплей самсунг а12", "часы работы", "спасибо")


@dataclass
class Visitor:
    """One browser tab."""

    number: int
    sent: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)  #: ids of the bot's messages, as they came
    history: list[str] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    failed: str = ""

    async def stay(self, url: str, seconds: float) -> None:
        """Talk for so long, then look at the history."""
        client = socketio.AsyncClient(reconnection=False)
        confirmed: asyncio.Queue[str] = asyncio.Queue()
        histories: asyncio.Queue[list[dict]] = asyncio.Queue()
        client.on("session_confirm", confirmed.put)
        client.on("session_history", histories.put)
        client.on("bot_uttered", self._answered)
        chance = random.Random(self.number)
        try:
            await asyncio.sleep(chance.uniform(0, _EVERY_S))
            # Visitors do not share an address, and a proxy before the bot would say so.
            address = {"X-Forwarded-For": f"203.0.{self.number // 250}.{self.number % 250 + 1}"}
            await client.connect(url, address, transports=["websocket"], wait_timeout=30)
            await client.emit("session_request", {})
            session_id = await confirmed.get()
            await histories.get()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                await self._say(client, chance.choice(_QUESTIONS))
                await asyncio.sleep(chance.uniform(0.5, 1.5) * _EVERY_S)
            await client.emit("session_request", {"session_id": session_id})
            said = await asyncio.wait_for(histories.get(), 60)
            self.history = [m["id"] for m in said if m["from"] == "user"]
        except (socketio.exceptions.SocketIOError, asyncio.TimeoutError) as exc:
            self.failed = f"{type(exc).__name__}: {exc}"
        finally:
            await client.disconnect()

    async def _say(self, client: socketio.AsyncClient, text: str) -> None:
        message_id = f"m-{self.number}-{len(self.sent)}"
        self.sent.append(message_id)
        began = time.monotonic()
        acknowledged = await client.call(
            "user_uttered", {"message": text, "message_id": message_id}, timeout=60
        )
        self.waits_s.append(time.monotonic() - began)
        if acknowledged["ok"]:
            self.acknowledged.append(acknowledged["message_id"])

    async def _answered(self, message: dict) -> None:
        if not message["id"].endswith(":slow"):
            self.answered.append(message["id"])

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
        if self.history != self.sent:
            found.append("the history is not what was said")
        return found


async def main(arguments: Sequence[str]) -> int:
    """Let them talk, count; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args(arguments)
    visitors = [Visitor(number) for number in range(asked.clients)]
    began = time.monotonic()
    await asyncio.gather(*(visitor.stay(asked.url, asked.seconds) for visitor in visitors))
    took_s = time.monotonic() - began
    waits = sorted(wait for visitor in visitors for wait in visitor.waits_s)
    sent = sum(len(visitor.sent) for visitor in visitors)
    print(
        f"{asked.clients} clients, {sent} messages in {took_s:.0f} s, {sent / took_s:.1f} a second"
    )
    print(f"acknowledged after p50 {waits[len(waits) // 2] * 1000:.0f} ms, ", end="")
    print(f"p95 {waits[int(len(waits) * 0.95)] * 1000:.0f} ms, at most {waits[-1]:.1f} s")
    faults = [(v.number, fault) for v in visitors for fault in v.faults()]
    print(f"faults: {len(faults)} {faults[:10] if faults else ''}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
