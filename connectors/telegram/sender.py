"""Saying things in chats of Telegram: part by part, each counted once it is there."""

import asyncio
import html
import logging
import re
from pathlib import Path
from typing import Any

from connectors.inbox.dedup_store import DedupStore, Taken
from connectors.inbox.incoming import Incoming
from connectors.inbox.keyed_queue import KeyedQueue
from connectors.server.addresses import Addresses
from connectors.server.answers import Answer
from connectors.server.attachments import find
from connectors.server.background_loop import Aside
from connectors.server.database import Database, DatabaseAway, DatabaseFailed
from connectors.server.dialog_lines import enqueue
from connectors.server.outgoing import Delivered
from connectors.server.stopping import all_done
from connectors.server.texts import Texts
from connectors.telegram.api import (
    PATIENCE_S,
    TelegramApi,
    TelegramAway,
    TelegramBlocked,
    TelegramBusy,
    TelegramRefused,
    Upload,
)
from connectors.telegram.text import Call, Kept, calls, rest

logger = logging.getLogger(__name__)

CHANNEL = "telegram"
#: Before the chat in the ids of dialogs that were begun here.
_OWN = "tg:"
#: While Telegram is away an answer waits here; after so long the worker goes on with it.
_GIVE_UP_S = 3600.0
#: The same where other customers would wait with it (`Sender.hurry`).
_HURRIED_S = 10.0
_AGAIN_S = 5.0
_TAG = re.compile(r"</?[a-z-]+(?: [^<>]*)?>")


class _Late(Exception):
    """It could not be said for so long that others must not wait for it."""


class Sender:
    """What the bot says.

    :param api: of its own: its connections belong to the loop that speaks.
    :param database: keeps what has to be said later.
    :param files: OPTFM_VAR, where this server's own files are.
    :param received: notes what was delivered; better at once than for ever (`Database.durable`).
    """

    def __init__(
        self,
        api: TelegramApi,
        addresses: Addresses,
        database: Database,
        received: DedupStore,
        texts: Texts,
        files: Path,
    ) -> None:
        self._files = files
        self._api, self._addresses, self._received = api, addresses, received
        self._database = database
        #: Whether other customers wait until everything is said that is being said.
        self.hurry = False
        self._aside = Aside("telegram")
        self._texts, self._phone_button = texts, texts.share_phone.text
        self._mirroring: set[asyncio.Task[None]] = set()
        self._lines = KeyedQueue()

    async def say_all(self, chat: int, dialog: str, taken: Taken, update_id: str) -> None:
        """Say what is not said yet of the answers to an update, or leave it to the worker."""
        await self._aside.run(self._say_all(chat, dialog, taken, update_id))

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

    async def _say_all(self, chat: int, dialog: str, taken: Taken, update_id: str) -> None:
        parts = [
            (answer, number, part)
            for answer in taken.answers
            for number, part in enumerate(calls(answer, self._phone_button))
        ]
        for count, (answer, number, part) in enumerate(parts):
            if count < taken.delivered:
                continue
            try:
                if not await self._until_said(chat, part):
                    return
            except _Late:
                await self._leave(dialog, rest(answer, number), f"late {update_id} {count}")
                following = [later for later, first, _ in parts[count + 1 :] if not first]
                for place, later in enumerate(following, count + 1):
                    await self._leave(dialog, later, f"late {update_id} {place}")
                await self._delivered(update_id, len(parts))
                return
            await self._delivered(update_id, count + 1)

    async def _delivered(self, update_id: str, count: int) -> None:
        try:
            await self._received.delivered(CHANNEL, update_id, count)
        except DatabaseFailed as exc:
            logger.warning("not noted as delivered: %s", exc)

    async def _leave(self, dialog: str, answer: Answer, key: str) -> None:
        """Let the worker say it, who has patience for days."""
        while True:
            try:
                await self._database.do(
                    lambda cursor: enqueue(
                        cursor, "customer", dialog=dialog, key=key, payload={"answer": answer}
                    )
                )
                return
            except DatabaseAway:
                await asyncio.sleep(_AGAIN_S)

    async def _say_surely(self, chat: int, answer: Answer) -> None:
        for part in calls(answer, self._phone_button):
            try:
                if not await self._until_said(chat, part):
                    return
            except _Late:
                logger.error("Telegram was away too long, a question about linking is lost")
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
        except DatabaseFailed:
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

    async def finish(self, patience_s: float) -> None:
        """Returns when the chats show what was said on the site until now."""
        await all_done(self._mirroring, patience_s)

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
        """Whether the customer has it; no is for good.

        :raises _Late: nobody knows yet.
        """
        began = asyncio.get_running_loop().time()
        while True:
            try:
                await self._send(chat, part, patience_s=0)
                return True
            except TelegramBusy as exc:
                await self._pause(exc.retry_after_s, began)
            except TelegramAway as exc:
                logger.warning("an answer waits: %s", exc)
                await self._pause(_AGAIN_S, began)
            except TelegramBlocked:
                await self._blocked(chat)
                return False
            except TelegramRefused as exc:
                logger.error("an answer was refused: %s", exc)
                return False

    async def _pause(self, pause_s: float, began: float) -> None:
        """:raises _Late: it goes on for too long since `began`."""
        now = asyncio.get_running_loop().time
        until = now() + pause_s
        while (left := until - now()) > 0:
            if now() - began > (_HURRIED_S if self.hurry else _GIVE_UP_S):
                raise _Late
            await asyncio.sleep(min(left, 1.0))

    async def _send(self, chat: int, part: Call, patience_s: float = PATIENCE_S) -> None:
        method, params = part
        try:
            params = await self._with_files(params)
        except FileNotFoundError:
            logger.error("a file of an answer is not there any more")
            method, params = "sendMessage", {"text": _plain(params)}
        try:
            await self._api.call(method, chat_id=chat, **params, patience_s=patience_s)
        except TelegramRefused as exc:
            if exc.code == 400 and isinstance(params.get("photo"), Upload):
                # Of a picture's sides Telegram has an opinion, of a document's none.
                method, params = "sendDocument", {**params, "document": params["photo"]}
                del params["photo"]
                await self._api.call(method, chat_id=chat, **params, patience_s=patience_s)
                return
            if exc.code != 400 or params.get("parse_mode") != "HTML":
                raise
            logger.error("said without marks and buttons: %s", exc)
            await self._api.call(
                "sendMessage", chat_id=chat, text=_plain(params), patience_s=patience_s
            )

    async def _with_files(self, params: dict[str, Any]) -> dict[str, Any]:
        """The parameters with the contents of this server's own files.

        :raises FileNotFoundError: one has expired.
        """
        if not any(isinstance(value, Kept) for value in params.values()):
            return params
        loop = asyncio.get_running_loop()
        return {
            name: await loop.run_in_executor(None, self._read, value)
            if isinstance(value, Kept)
            else value
            for name, value in params.items()
        }

    def _read(self, file: Kept) -> Upload:
        found = find(self._files, file.path.rpartition("/")[2])
        if found is None:
            raise FileNotFoundError
        return Upload(file.name, found.read_bytes())

    async def _blocked(self, chat: int) -> None:
        try:
            await self._addresses.block(CHANNEL, str(chat))
        except DatabaseFailed as exc:
            logger.warning("not noted as blocked: %s", exc)


def _plain(params: dict[str, object]) -> str:
    """The words of a message whose marks Telegram does not take."""
    return html.unescape(_TAG.sub("", str(params.get("text") or params.get("caption") or "…")))
