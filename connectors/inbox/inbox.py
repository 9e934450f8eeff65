"""The one way in: every channel hands its messages here and gets back what to say.

A message is cleaned, looked up among those received before, counted against the limits and put in
line behind the dialog's earlier ones; then a manager takes it, or it is a turn of Rasa, or, where
it cannot be one, a civil text. Whatever goes wrong in a turn ends here, as the apology.
"""

import asyncio
import contextlib
import time
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace

from rasa.core.agent import Agent

from connectors.inbox.dedup_store import DedupStore, Taken
from connectors.inbox.incoming import Incoming
from connectors.inbox.kept_files import with_files_kept
from connectors.inbox.keyed_queue import KeyedQueue
from connectors.inbox.limits import Limits, Verdict
from connectors.inbox.locks import MachineLocks, SharedLocks
from connectors.inbox.order_file import NotBrought, brought, order_file
from connectors.inbox.pressed import Offers, Pressed
from connectors.inbox.private import loggable
from connectors.inbox.slow import announced
from connectors.inbox.speaker import BotOnly, Modes
from connectors.inbox.turns import Turns
from connectors.inbox.typed import LONGEST_MESSAGE, cleaned, dialog_id, has_words
from connectors.routes import metrics
from connectors.server import log
from connectors.server.answers import Answer
from connectors.server.database import DatabaseFailed
from connectors.server.stopping import Stopping, all_done
from connectors.server.texts import Text, Texts
from connectors.settings import Settings

#: A turn must end before Rasa's lock on its dialog does (60 s), or two would run at once.
TURN_S = 25.0
#: Answers of this process that are found without asking the database.
_REMEMBERED = 2_000
#: Beyond this nobody typed it, and cleaning it costs time.
_NOT_EVEN_CLEANED = 4 * LONGEST_MESSAGE


#: Is told of a message, its dialog and what was said to it.
Watcher = Callable[[Incoming, str, list[Answer]], Awaitable[None]]


class Inbox:
    """All dialogs of this process.

    :param agent: with a loaded model, prepared by `connectors.server.agent.prepare`.
    :param offers: the store of dialogs.
    :param locks: of the servers that may have a turn of the same dialog; None: there is one.
    :param received: where messages with an id are noted; None: in this process only.
    """

    def __init__(
        self,
        agent: Agent,
        offers: Offers,
        settings: Settings,
        texts: Texts,
        received: DedupStore | None = None,
        modes: Modes | None = None,
        locks: SharedLocks | MachineLocks | None = None,
    ) -> None:
        self._turns = Turns(agent, Pressed(offers, texts))
        self._texts = texts
        self._received = received
        self._modes = modes or BotOnly()
        self._slow_s = settings.slow_answer_s
        self._limits = Limits(
            per_10_s=settings.dialog_messages_per_10_s,
            at_once=settings.dialog_messages_at_once,
        )
        self._address_limits = Limits(per_10_s=settings.address_messages_per_10_s)
        self._lines = KeyedQueue()
        self._no_other_server = locks.message if locks else _alone
        self._watchers: list[Watcher] = []
        self._taken: OrderedDict[tuple[str, str], asyncio.Future[Taken]] = OrderedDict()
        self._in_hand: set[asyncio.Future[Taken]] = set()
        self._closed = False

    async def receive(self, message: Incoming) -> list[Answer]:
        """What to say to a message, in order; the turn is stored by then.

        A caller who goes away does not break the turn off.

        :returns: nothing only where the customer was told that he writes too often, where a
            manager has the dialog, where an album is answered already, or where he went on before a
            slow answer was there.
        :raises Stopping: as `take`.
        """
        return (await self.take(message)).answers

    async def take(self, message: Incoming) -> Taken:
        """As `receive`, with what the customer has got of it before.

        :returns: of a message that came before, what was said then.
        :raises Stopping: the server ends, and did not take it.
        """
        if not message.message_id:
            new = replace(message, message_id=uuid.uuid4().hex)
            return await asyncio.shield(self._begin(new, again=False))
        key = (message.channel, message.message_id)
        taking = self._taken.get(key)
        if taking is None or _may_come_again(taking):
            taking = self._taken[key] = self._begin(message, again=True)
            while len(self._taken) > _REMEMBERED:
                self._taken.popitem(last=False)
        return await asyncio.shield(taking)

    def _begin(self, message: Incoming, *, again: bool) -> "asyncio.Future[Taken]":
        if self._closed:
            raise Stopping
        taking = asyncio.ensure_future(self._take(message, again=again))
        self._in_hand.add(taking)
        taking.add_done_callback(self._in_hand.discard)
        return taking

    async def finish(self, patience_s: float) -> None:
        """Take nothing more; returns when what was taken is answered and stored."""
        self._closed = True
        await all_done(self._in_hand, patience_s)

    def watch(self, watcher: Watcher) -> None:
        """Tell of every message that is answered from now on: other channels show it, too."""
        self._watchers.append(watcher)

    def in_line(self, dialog: str) -> contextlib.AbstractAsyncContextManager[None]:
        """The dialog's line: nobody else's turn in it runs inside the block."""
        return self._lines.in_line(dialog)

    async def _take(self, message: Incoming, *, again: bool) -> Taken:
        """:param again: the channel may deliver this message a second time."""
        began, arrived = time.monotonic(), time.time()
        dialog = message.dialog or dialog_id(message.sender)
        ids = {"dialog": dialog, "message_id": message.message_id}
        metrics.message(message.channel, "in")
        with self._limited(message, dialog) as verdict:
            if verdict is Verdict.TAKE:
                async with self._lines.in_line(dialog), self._no_other_server(dialog):
                    outcome, taken = await self._surely(message, dialog, again=again)
            else:
                told = verdict is Verdict.TELL
                outcome = "too_many"
                said = self._instead(outcome, message)[1] if told else []
                taken = Taken(said, refused=True)
        if outcome not in ("again", "too_many"):
            await self._show_elsewhere(message, dialog, taken.answers)
        for _ in taken.answers:
            metrics.message(message.channel, "out")
        if outcome != "album":
            metrics.replied(outcome, time.monotonic() - began)
        words = loggable(message.text[:LONGEST_MESSAGE], taken.answers, outcome)
        log.incoming(channel=message.channel, text=words.incoming, at=arrived, **ids)
        log.answer(
            texts=words.answers,
            took_ms=round((time.monotonic() - began) * 1000),
            outcome=outcome,
            **ids,
        )
        return taken

    @contextlib.contextmanager
    def _limited(self, message: Incoming, dialog: str) -> Iterator[Verdict]:
        """Count a message against its dialog and, where it has one, its network address."""
        now = min(message.sent_at or time.time(), time.time())
        with contextlib.ExitStack() as counted:
            verdict = Verdict.TAKE
            if message.address:
                verdict = counted.enter_context(
                    self._address_limits.message(message.address, time.time())
                )
            if verdict is Verdict.TAKE:
                verdict = counted.enter_context(
                    self._limits.message(dialog, now, waiting=message.counts_waiting)
                )
            yield verdict

    async def _surely(self, message: Incoming, dialog: str, *, again: bool) -> tuple[str, Taken]:
        """As `_once`; what nobody thought of is the apology, too, and no channel's problem."""
        try:
            return await self._once(message, dialog, again=again)
        except Exception as exc:
            self._failed(message, dialog, exc)
            outcome, said = self._instead("apology", message)
            return outcome, Taken(said)

    async def _show_elsewhere(self, message: Incoming, dialog: str, said: list[Answer]) -> None:
        for watch in self._watchers:
            try:
                await watch(message, dialog, said)
            # He who asked has his answer, whatever another channel makes of it.
            except Exception as exc:
                self._failed(message, dialog, exc)

    async def _once(self, message: Incoming, dialog: str, *, again: bool) -> tuple[str, Taken]:
        received, key = self._received, (message.channel, message.message_id)
        if not again or received is None:
            outcome, said = await self._answer(message, dialog)
            return outcome, Taken(said)
        with contextlib.suppress(DatabaseFailed):  # the turn will say so
            if taken := await received.before(*key, dialog, message.sender):
                return "again", taken
        outcome, said = await self._answer(message, dialog)
        with contextlib.suppress(DatabaseFailed):  # the dialog itself knows
            await received.answered(*key, said)
        return outcome, Taken(said)

    async def _answer(self, message: Incoming, dialog: str) -> tuple[str, list[Answer]]:
        if len(message.text) > _NOT_EVEN_CLEANED:
            return self._instead("too_long", message)
        text = cleaned(message.text)
        failure: BaseException | None = None
        source, said = "", list[Answer]()
        async with announced(message, self._texts.slow, after_s=self._slow_s) as slow:
            try:
                source, said = await asyncio.wait_for(self._reply(message, dialog, text), TURN_S)
            # Whatever it was, the customer is answered and the other dialogs go on.
            except Exception as exc:
                failure = exc
            if slow.is_set() and source == "llm" and self._lines.somebody_waits(dialog):
                return "late", []
        if said or source in ("manager", "album"):
            return source, said
        self._failed(message, dialog, failure)
        self._turns.failed(dialog, text)
        return self._instead("apology", message)

    def _failed(self, message: Incoming, dialog: str, failure: BaseException | None) -> None:
        log.error(
            dialog=dialog,
            message_id=message.message_id,
            what=f"{type(failure).__name__}: {failure}" if failure else "the turn said nothing",
            exc=failure,
        )

    async def _reply(self, message: Incoming, dialog: str, text: str) -> tuple[str, list[Answer]]:
        """Who answers a message that may be answered, and what."""
        message = await with_files_kept(message)
        source, said = "manager", await self._modes.takes(message, dialog, text)
        if said is None:
            source, said = await self._bot(message, dialog, text)
            if not said:
                return source, []
        # Last, because whoever is told of it has it: a turn that fails must not lose it.
        waiting = await self._modes.waiting(dialog)
        return source, [*({"recipient_id": message.sender, **part} for part in waiting), *said]

    async def _bot(self, message: Incoming, dialog: str, text: str) -> tuple[str, list[Answer]]:
        if len(message.text) > LONGEST_MESSAGE:
            return self._instead("too_long", message)
        if file := order_file(message):
            try:
                kept = await brought(message, file)
            except NotBrought as exc:
                source, said = self._instead(exc.text, message)
                await self._turns.keep(message, dialog, text, said)
                return source, said
            return await self._turns.file(message, dialog, text, kept)
        unread = [
            {"recipient_id": message.sender, **self._texts.unread(attachment.kind).as_response()}
            for attachment in message.attachments[: 0 if message.continues else 1]
        ]
        if not has_words(text) and not (text and await self._turns.form_waits(dialog)):
            source, said = ("no_words", unread) if unread else self._instead("no_words", message)
            if message.continues:
                source, said = "album", []
            await self._turns.keep(message, dialog, text, said)
            return source, said
        source, said = await self._turns.turn(message, dialog, text)
        if source == "no_words":
            return self._instead("no_words", message)
        return source, [*unread, *said] if said else said

    def _instead(self, name: str, message: Incoming) -> tuple[str, list[Answer]]:
        text: Text = getattr(self._texts, name)
        return name, [{"recipient_id": message.sender, **text.as_response()}]


@contextlib.asynccontextmanager
async def _alone(dialog: str) -> AsyncIterator[None]:
    """There is no other server."""
    yield


def _may_come_again(taking: "asyncio.Future[Taken]") -> bool:
    """Whether a message that came before is as good as new: it failed, or was one too many."""
    return taking.done() and bool(taking.exception() or taking.result().refused)
