"""One update of Telegram from its arrival to the last answer delivered."""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from connectors.inbox.inbox import Inbox
from connectors.inbox.incoming import Attachment, Incoming
from connectors.inbox.keyed_queue import KeyedQueue
from connectors.inbox.order_file import FetchFailed
from connectors.server import attachments
from connectors.server.addresses import Addresses
from connectors.server.database import Database, DatabaseAway, DatabaseFailed
from connectors.server.stopping import Stopping, all_done
from connectors.server.texts import Text
from connectors.telegram.api import TelegramApi, TelegramError
from connectors.telegram.keyboards import payload_of
from connectors.telegram.linking import Linking
from connectors.telegram.sender import Sender
from connectors.telegram.updates import CustomerUpdate, chat_of, said

logger = logging.getLogger(__name__)

CHANNEL = "telegram"
#: Shown only where the customer would wonder, and again before Telegram takes it away (5 s).
_TYPING_AFTER_S, _TYPING_AGAIN_S = 0.6, 4.0
_CHATS_REMEMBERED = 10_000
_UPDATES_REMEMBERED = 10_000
_DATABASE_AGAIN_S = 2.0

_WITH_MANAGER = """
SELECT 1 FROM dialogs WHERE external_id = %s AND mode = 'manager' AND until > now()
"""
_HEARD_SINCE = """
SELECT 1 FROM events WHERE sender_id = %s AND type_name = 'user' AND "timestamp" >= %s LIMIT 2
"""

Answered = TypeVar("Answered")
#: Takes what happens in the managers' group.
Group = Callable[[dict[str, Any]], Awaitable[None]]


class Dispatcher:
    """All chats with customers.

    :param group: for updates of the managers' group.
    :param managers_chat: its id; 0: none.
    :param var: OPTFM_VAR: where files of customers are kept.
    :param apology: what a customer reads whose update nobody could take.
    """

    def __init__(
        self,
        *,
        api: TelegramApi,
        inbox: Inbox,
        addresses: Addresses,
        database: Database,
        sender: Sender,
        linking: Linking,
        group: Group | None,
        managers_chat: int,
        apology: Text,
        var: Path,
    ) -> None:
        self._api, self._inbox, self._addresses = api, inbox, addresses
        self._database = database
        self._sender, self._linking = sender, linking
        self._group, self._managers_chat = group, managers_chat
        self._apology = apology
        self._var = var
        self._arriving, self._delivering = KeyedQueue(), KeyedQueue()
        self._last: OrderedDict[int, int] = OrderedDict()  # message ids, by chat
        self._albums: OrderedDict[tuple[int, str], int] = OrderedDict()  # their first messages
        self._going_on: dict[int, asyncio.Task[None]] = {}
        self._done: OrderedDict[str, None] = OrderedDict()  # update ids that all is said to
        self._closed = False

    def hurry(self, *, on: bool) -> None:
        """Tell whether other customers wait until what is in hand is said."""
        self._sender.hurry = on

    def take(self, update: dict[str, Any]) -> "asyncio.Task[None]":
        """Begin with an update, or give the task of the same one that goes on already.

        :returns: ends when everything is said; by then it may be confirmed to Telegram. Raises
            Stopping where the server ends before: then it must come again.
        """
        update_id = int(update["update_id"])
        task = self._going_on.get(update_id)
        if task is None:
            taking = _refuse() if self._closed else self._take(update)
            task = self._going_on[update_id] = asyncio.ensure_future(taking)
            task.add_done_callback(lambda _: self._going_on.pop(update_id, None))
        return task

    async def finish(self, patience_s: float) -> None:
        """Take nothing more; returns when everything is said to what the inbox has taken."""
        self._closed = True
        await all_done(self._going_on.values(), patience_s)

    async def _take(self, update: dict[str, Any]) -> None:
        try:
            chat = chat_of(update)
            if chat is None:
                return
            if chat.get("type") != "private":
                if self._group and self._managers_chat and chat["id"] == self._managers_chat:
                    # A manager's words reach the customer in the order he wrote them in.
                    async with self._arriving.in_line(f"topic {_topic(update)}"):
                        await self._group(update)
            elif changed := update.get("my_chat_member"):
                await self._moved(int(chat["id"]), changed)
            elif words := said(update):
                await self._answer(words, str(update["update_id"]))
        except Stopping:
            raise
        # One update that nobody thought of must not stop those after it, nor be met by silence.
        except Exception:
            logger.exception("update %s was not taken", update["update_id"])
            await self._apologise(update)

    async def _apologise(self, update: dict[str, Any]) -> None:
        """To a customer who wrote something; a manager reads his own words without an answer."""
        try:
            chat = chat_of(update) or {}
            asks = "message" in update or "callback_query" in update
            if chat.get("type") == "private" and asks:
                answer = {"recipient_id": str(chat["id"]), **self._apology.as_response()}
                await self._sender.say_surely(int(chat["id"]), answer)
        except Exception:
            logger.exception("nobody apologised for update %s", update["update_id"])

    async def _answer(self, words: CustomerUpdate, update_id: str) -> None:
        # Whoever came first is first in the inbox, however long the database takes for each.
        async with self._arriving.in_line(str(words.chat)):
            if not await self._patiently(lambda: self._is_asked(words)):
                return
            if words.query:
                await self._confirm(words.query)
            message = await self._patiently(lambda: self._message(words, update_id))
            if message is None:
                return
            taking = asyncio.ensure_future(self._inbox.take(message))
        async with self._typing(words.chat):
            taken = await taking
        async with self._delivering.in_line(str(words.chat)):
            if update_id not in self._done:
                await self._sender.say_all(words.chat, message.dialog, taken, update_id)
            self._done[update_id] = None
            if len(self._done) > _UPDATES_REMEMBERED:
                self._done.popitem(last=False)

    async def _patiently(self, ask: Callable[[], Awaitable[Answered]]) -> Answered:
        """While the database is away the customer's message waits."""
        while True:
            try:
                return await ask()
            except DatabaseAway:
                await asyncio.sleep(_DATABASE_AGAIN_S)

    async def _message(self, words: CustomerUpdate, update_id: str) -> Incoming | None:
        """For the inbox; None where it was about linking, and is answered."""
        dialog = await self._addresses.dialog_of(CHANNEL, str(words.chat))
        text = words.text
        if words.query:
            text = await payload_of(text, dialog, self._database) or text.lstrip("#")
        if await self._linking.takes(words, str(words.chat)):
            return None
        if text.startswith("/start"):
            text = "/start"  # a deep link that leads nowhere is a greeting
        return Incoming(
            channel=CHANNEL,
            sender=str(words.chat),
            dialog=dialog,
            text=text,
            message_id=update_id,
            attachments=words.attachments,
            continues=self._continues(words),
            edited=words.edited,
            quoted=words.quoted,
            sent_at=words.sent_at or None,
            counts_waiting=False,
            fetch=partial(self._fetch, dialog),
            meanwhile=lambda answer: self._sender.say(words.chat, answer),
        )

    async def _fetch(self, dialog: str, file: Attachment) -> str:
        """Keep a customer's file; its path.

        :raises FetchFailed: Telegram does not give it, or the disk does not take it.
        """
        try:
            content = await self._api.download(file.file_id)
            keep = partial(attachments.keep, self._var, dialog, file.shown_name, content)
            return await asyncio.get_running_loop().run_in_executor(None, keep)
        except (TelegramError, OSError) as exc:
            logger.warning("a file is not here: %s", exc)
            raise FetchFailed from exc

    def _continues(self, words: CustomerUpdate) -> bool:
        if not words.album:
            return False
        first = self._albums.setdefault((words.chat, words.album), words.message_id)
        if len(self._albums) > _CHATS_REMEMBERED:
            self._albums.popitem(last=False)
        return words.message_id != first

    async def _confirm(self, query: str) -> None:
        """Let the button stop blinking; a stale one cannot, and that is all right."""
        with contextlib.suppress(TelegramError):
            await self._api.call("answerCallbackQuery", callback_query_id=query, patience_s=2)

    async def _moved(self, chat: int, changed: dict[str, Any]) -> None:
        status = (changed.get("new_chat_member") or {}).get("status")
        with contextlib.suppress(DatabaseFailed):
            if status in ("kicked", "left"):
                await self._addresses.block(CHANNEL, str(chat))
            elif status == "member":
                await self._addresses.unblock(CHANNEL, str(chat))

    async def _is_asked(self, words: CustomerUpdate) -> bool:
        """Edits of anything but the customer's last message are old matters to the bot."""
        if not words.edited:
            if not words.query:
                self._last[words.chat] = max(words.message_id, self._last.get(words.chat, 0))
                self._last.move_to_end(words.chat)
                if len(self._last) > _CHATS_REMEMBERED:
                    self._last.popitem(last=False)
            return True
        last = self._last.get(words.chat)
        dialog = await self._addresses.dialog_of(CHANNEL, str(words.chat))
        if last == words.message_id or (last is None and await self._is_last(words, dialog)):
            return True
        # A person wants to see every edit, of older messages, too.
        return bool(await self._database.ask(_WITH_MANAGER, dialog))

    async def _is_last(self, words: CustomerUpdate, dialog: str) -> bool:
        """Whether the customer has said nothing since, by what the dialog holds.

        :param words: of a message that came before this server began.
        """
        # Telegram counts whole seconds; what was heard within the same one came before it, too.
        heard = await self._database.ask(_HEARD_SINCE, dialog, words.sent_at + 1)
        return len(heard) <= 1

    @contextlib.asynccontextmanager
    async def _typing(self, chat: int) -> AsyncIterator[None]:
        async def show() -> None:
            await asyncio.sleep(_TYPING_AFTER_S)
            while True:
                with contextlib.suppress(TelegramError):
                    await self._api.call("sendChatAction", chat_id=chat, action="typing", tries=1)
                await asyncio.sleep(_TYPING_AGAIN_S)

        showing = asyncio.ensure_future(show())
        try:
            yield
        finally:
            showing.cancel()


async def _refuse() -> None:
    raise Stopping


def _topic(update: dict[str, Any]) -> int:
    """The topic of an update of the group; 0 for General and what has none."""
    query = update.get("callback_query") or {}
    message = update.get("message") or update.get("edited_message") or query.get("message") or {}
    return int(message.get("message_thread_id") or 0)
