"""The one way in: every channel hands its messages here and gets back what to say.

A message is cleaned, counted against the dialog's limits and put in line behind the dialog's
earlier ones; then it is a turn of Rasa, or, where it cannot be one, a civil text. Whatever goes
wrong in a turn ends here, as the apology.
"""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from connectors import log, metrics
from connectors.action_server import one_apology
from connectors.answers import Answer, Answers, source_of
from connectors.limits import Limits, Verdict
from connectors.private import loggable
from connectors.reading import Reader
from connectors.settings import Settings
from connectors.texts import Text, Texts
from connectors.typed import (
    LONGEST_MESSAGE,
    cleaned,
    dialog_id,
    has_words,
    is_command,
    known_command,
    without_slash,
)

#: A turn must end before Rasa's lock on its dialog does (60 s), or two would run at once.
TURN_S = 25.0
#: Apologies whose button is remembered though the database was away.
_APOLOGIES_KEPT = 10_000


class Offers(Protocol):
    """Knows the buttons of a dialog: components.dialog_store."""

    async def offered(self, dialog: str, payload: str) -> str | None:
        """The title of a button that the dialog was shown with this payload, or None."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message as a channel received it."""

    channel: str
    sender: str  #: whoever writes, as the channel calls him; becomes the dialog's id
    text: str
    message_id: str = field(default_factory=lambda: uuid.uuid4().hex)


class Inbox:
    """All dialogs of this process.

    :param agent: with a loaded model, prepared by `connectors.agent.prepare`.
    :param offers: the store of dialogs.
    """

    def __init__(self, agent: Agent, offers: Offers, settings: Settings, texts: Texts) -> None:
        self._agent = agent
        self._reader = Reader(agent)
        self._offers = offers
        self._texts = texts
        self._limits = Limits(
            per_10_s=settings.dialog_messages_per_10_s,
            at_once=settings.dialog_messages_at_once,
        )
        self._lines: dict[str, _Line] = {}
        self._apologised: dict[str, None] = {}

    async def receive(self, message: Incoming) -> list[Answer]:
        """What to say to a message, in order; the turn is stored by then.

        A caller who goes away does not break the turn off.

        :returns: nothing only where the customer was told that he writes too often.
        """
        return await asyncio.shield(asyncio.ensure_future(self._receive(message)))

    async def _receive(self, message: Incoming) -> list[Answer]:
        began = time.monotonic()
        dialog = dialog_id(message.sender)
        ids = {"dialog": dialog, "message_id": message.message_id}
        arrived = time.time()
        metrics.message(message.channel, "in")
        with self._limits.message(dialog, began) as verdict:
            outcome, said = await self._answer(message, dialog, verdict)
        for _ in said:
            metrics.message(message.channel, "out")
        metrics.replied(outcome, time.monotonic() - began)
        words = loggable(message.text[:LONGEST_MESSAGE], said, outcome)
        log.incoming(channel=message.channel, text=words.incoming, at=arrived, **ids)
        log.answer(
            texts=words.answers,
            took_ms=round((time.monotonic() - began) * 1000),
            outcome=outcome,
            **ids,
        )
        return said

    async def _answer(
        self, message: Incoming, dialog: str, verdict: Verdict
    ) -> tuple[str, list[Answer]]:
        def instead(name: str) -> tuple[str, list[Answer]]:
            text: Text = getattr(self._texts, name)
            return name, [{"recipient_id": message.sender, **text.as_response()}]

        if verdict is Verdict.DROP:
            return "too_many", []
        if verdict is Verdict.TELL:
            return instead("too_many")
        if len(message.text) > LONGEST_MESSAGE:
            return instead("too_long")
        text = cleaned(message.text)
        if not has_words(text):
            return instead("no_words")
        failure: Exception | None = None
        source, said = "", list[Answer]()
        async with self._in_line(dialog):
            try:
                source, said = await asyncio.wait_for(self._turn(message, dialog, text), TURN_S)
            # Whatever it was, the customer is answered and the other dialogs go on.
            except Exception as exc:
                failure = exc
        if said:
            return source, said
        log.error(
            dialog=dialog,
            message_id=message.message_id,
            what=f"{type(failure).__name__}: {failure}" if failure else "the turn said nothing",
            exc=failure,
        )
        self._remember_apology(dialog)
        return instead("apology")

    async def _turn(self, message: Incoming, dialog: str, text: str) -> tuple[str, list[Answer]]:
        """The turn: who answered, and what."""
        output = Answers(message.channel, message.sender)
        text, button = await self._as_rasa_reads_it(dialog, text)
        if not text:
            said = [{"recipient_id": message.sender, **self._texts.no_words.as_response()}]
            return "no_words", said
        for_rasa = UserMessage(
            text,
            output,
            dialog,
            input_channel=message.channel,
            message_id=message.message_id,
            metadata={"button": button} if button else None,
        )
        await self._reader.read(for_rasa)
        with one_apology():
            await self._agent.handle_message(for_rasa)
        intent = (for_rasa.parse_data or {}).get("intent", {}).get("name") or ""
        return source_of(output.messages, intent), output.messages

    async def _as_rasa_reads_it(self, dialog: str, text: str) -> tuple[str, str | None]:
        """The text for Rasa, and the title of the button if one was pressed.

        Rasa obeys whatever begins with a slash; here only what this dialog was really offered,
        and the commands that people know from messengers.
        """
        if not is_command(text):
            return text, None
        if command := known_command(text):
            return command, None
        if title := await self._offers.offered(dialog, text):
            return text, title
        if dialog in self._apologised:
            for button in self._texts.apology.buttons:
                if button["payload"] == text:
                    return text, button["title"]
        return without_slash(text), None

    def _remember_apology(self, dialog: str) -> None:
        """Its button must work, though no tracker knows that it was shown."""
        self._apologised[dialog] = None
        if len(self._apologised) > _APOLOGIES_KEPT:
            del self._apologised[next(iter(self._apologised))]

    @contextlib.asynccontextmanager
    async def _in_line(self, dialog: str) -> AsyncIterator[None]:
        """The dialog's messages one after the other, as they came.

        Rasa's own lock does so too, but looks only once a second whether it is its turn.
        """
        line = self._lines.setdefault(dialog, _Line())
        line.length += 1
        try:
            async with line.lock:
                yield
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[dialog]


@dataclass
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    length: int = 0
