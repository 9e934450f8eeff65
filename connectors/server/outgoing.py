"""Saying something to a customer out of turn: in whatever channel reaches his dialog."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from connectors.server.answers import Answer


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """What became of it."""

    ok: bool
    reason: str = ""  #: why not: `waits` (for his next message), `blocked`, `away`, …
    retry_after_s: float | None = None  #: not now, but so much later

    @property
    def waits(self) -> bool:
        """Whether it can only be said when the customer comes back by himself."""
        return self.reason in ("waits", "blocked")


#: Says an answer to a dialog (Rasa's sender id) in one channel.
Deliver = Callable[[str, Answer], Awaitable[Delivered]]


class Outgoing:
    """The channels of this server that can speak first."""

    def __init__(self) -> None:
        self._channels: dict[str, Deliver] = {}

    def register(self, channel: str, deliver: Deliver) -> None:
        """Let a channel deliver.

        :param deliver: gives `waits` for a dialog that it does not reach now.
        """
        self._channels[channel] = deliver

    async def deliver(self, dialog: str, answer: Answer) -> Delivered:
        """Say it in every channel that reaches the dialog now.

        :returns: ok where one did; else the first reason to try again, else why nobody could.
        """
        tries = await asyncio.gather(*(say(dialog, answer) for say in self._channels.values()))
        for done in tries:
            if done.ok:
                return done
        later = [done for done in tries if not done.waits]
        # That a page is closed says little; that he blocked us says why.
        told = [done for done in tries if done.reason != "waits"]
        return (later or told or [Delivered(ok=False, reason="waits")])[0]
