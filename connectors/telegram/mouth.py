"""Saying things in chats of Telegram: part by part, each counted once it is there."""

import asyncio
import html
import logging
import re

from connectors.addresses import Addresses
from connectors.answers import Answer
from connectors.aside import Aside
from connectors.database import DatabaseAway
from connectors.inbox.incoming import Incoming
from connectors.inbox.lines import Lines
from connectors.inbox.received import Received, Taken
from connectors.outgoing import Delivered
from connectors.telegram.api import (
    PATIENCE_S,
    TelegramApi,
    TelegramAway,
    TelegramBlocked,
    TelegramBusy,
    TelegramRefused,
)
from connectors.telegram.text import Call, calls
from connectors.texts import Texts

logger = logging.getLogger(__name__)

CHANNEL = "telegram"
#: Before the chat in the ids of dialogs that were begun here.
_OWN = "tg:"
#: While Telegram is away an answer waits; so much later nobody needs it.
_GIVE_UP_S = 3600.0
_AGAIN_S = 5.0
_TAG = re.compile(r"</?[a-z-]+(?: [^<>]*)?>")


class Mouth:
    """What the bot says.

    :param api: of its own: its connections belong to the loop that speaks.
    :param received: notes what was delivered; better at once than for ever (`Database.durable`).
    """

    def __init__(
        self, api: TelegramApi, addresses: Addresses, received: Received, texts: Texts
    ) -> None:
        self._api, self._addresses, self._received = api, addresses, received
        self._aside = Aside("telegram")
        self._texts, self._phone_button = texts, texts.share_phone.text
        self._mirroring: set[asyncio.Task[None]] = set()
        self._lines = Lines()

    async def say_all(self, chat: int, taken: Taken, update_id: str) -> None:
        """Say what is not said yet of the answers to an update, whatever time it takes."""
        await self._aside.run(self._say_all(chat, taken, update_id))

    async def say_surely(self, chat: int, answer: Answer) -> None:
        """Say something that is kept nowhere, whatever time it takes."""
        await self._aside.run(self._say_surely(chat, answer))

    async def say(self, chat: int, answer: Answer) -> None:
        """Say it now or not at all.

        :raises TelegramError: it was not said.
        """
        await self._aside.run(self._say(chat, answer))

    async def deliver(self, dialog: str, answer: Answer) -> Delivered:
        """Say something out of turn in every chat that holds a dialog."""
        return await self._aside.run(self._deliver(dialog, answer))

    async def _say_all(self, chat: int, taken: Taken, update_id: str) -> None:
        parts = [part for answer in taken.answers for part in calls(answer, self._phone_button)]
        for number, part in enumerate(parts[taken.delivered :], taken.delivered + 1):
            if not await self._until_said(chat, part):
                return
            try:
                await self._received.delivered(CHANNEL, update_id, number)
            except DatabaseAway as exc:
                logger.warning("not noted as delivered: %s", exc)

    async def _say_surely(self, chat: int, answer: Answer) -> None:
        for part in calls(answer, self._phone_button):
            if not await self._until_said(chat, part):
                return

    async def _say(self, chat: int, answer: Answer) -> None:
        for part in calls(answer, self._phone_button):
            await self._send(chat, part)

    async def _deliver(self, dialog: str, answer: Answer) -> Delivered:
        try:
            places = [
                place
                for place in await self._addresses.addresses_of(dialog)
                if place.channel == CHANNEL
            ]
        except DatabaseAway:
            return Delivered(ok=False, reason="away")
        tries = [
            Delivered(ok=False, reason="blocked")
            if place.blocked
            else await self._try(int(place.address), answer)
            for place in places
        ]
        done = next((one for one in tries if one.ok), None)
        return done or (tries or [Delivered(ok=False, reason="waits")])[-1]

    async def mirror(self, message: Incoming, dialog: str, answers: list[Answer]) -> None:
        """Show what was said on the site in the chats that hold the dialog, too, without haste."""
        if message.channel == CHANNEL or dialog.startswith(_OWN):
            return
        said = [{"text": self._texts.from_site.text.format(text=message.text)}]
        if message.text.startswith("/"):  # a pressed button: its payload means nothing to a person
            said = []
        task = asyncio.ensure_future(self._mirror(dialog, [*said, *answers]))
        self._mirroring.add(task)
        task.add_done_callback(self._mirroring.discard)

    async def _mirror(self, dialog: str, answers: list[Answer]) -> None:
        async with self._lines.in_line(dialog):
            for answer in answers:
                if not (await self.deliver(dialog, answer)).ok:
                    return

    async def _try(self, chat: int, answer: Answer) -> Delivered:
        try:
            for part in calls(answer, self._phone_button):
                await self._send(chat, part, patience_s=3)
        except TelegramBusy as exc:
            return Delivered(ok=False, reason="busy", retry_after_s=exc.retry_after_s)
        except TelegramBlocked:
            await self._blocked(chat)
            return Delivered(ok=False, reason="blocked")
        except TelegramAway as exc:
            return Delivered(ok=False, reason=f"away: {exc}")
        except TelegramRefused as exc:
            return Delivered(ok=False, reason=f"refused: {exc}")
        return Delivered(ok=True)

    async def _until_said(self, chat: int, part: Call) -> bool:
        """Whether the customer has it; no is for good."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _GIVE_UP_S
        while loop.time() < deadline:
            try:
                await self._send(chat, part)
                return True
            except TelegramBusy as exc:
                await asyncio.sleep(exc.retry_after_s)
            except TelegramAway as exc:
                logger.warning("an answer waits: %s", exc)
                await asyncio.sleep(_AGAIN_S)
            except TelegramBlocked:
                await self._blocked(chat)
                return False
            except TelegramRefused as exc:
                logger.error("an answer was refused: %s", exc)
                return False
        logger.error("Telegram was away too long, an answer is lost")
        return False

    async def _send(self, chat: int, part: Call, patience_s: float = PATIENCE_S) -> None:
        method, params = part
        try:
            await self._api.call(method, chat_id=chat, **params, patience_s=patience_s)
        except TelegramRefused as exc:
            if exc.code != 400 or params.get("parse_mode") != "HTML":
                raise
            logger.error("said without marks and buttons: %s", exc)
            await self._api.call(
                "sendMessage", chat_id=chat, text=_plain(params), patience_s=patience_s
            )

    async def _blocked(self, chat: int) -> None:
        try:
            await self._addresses.block(CHANNEL, str(chat))
        except DatabaseAway as exc:
            logger.warning("not noted as blocked: %s", exc)


def _plain(params: dict[str, object]) -> str:
    """The words of a message whose marks Telegram does not take."""
    return html.unescape(_TAG.sub("", str(params.get("text") or params.get("caption") or "…")))
