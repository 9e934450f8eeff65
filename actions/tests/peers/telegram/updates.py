"""How updates reach the bot: it asks for them, or they are brought to its webhook."""

import asyncio
import itertools
import time
from typing import Any

import aiohttp

from tests.peers.telegram.form import check_update
from tests.peers.telegram.refusal import bad, conflict

Json = dict[str, Any]
#: What the real one sends only when it is asked for by name.
_ON_REQUEST = frozenset(["chat_member", "message_reaction", "message_reaction_count"])
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 2.0


class Updates:
    """The updates that the bot has not confirmed, oldest first."""

    def __init__(self) -> None:
        self.pending: dict[int, Json] = {}
        self.confirmed: list[int] = []
        self.brought: list[Json] = []  #: deliveries to the webhook: update_id, status
        self.allowed: list[str] | None = None
        self.webhook: Json = {"url": ""}
        self._secret = ""
        # As the real one: a peer that is started anew does not begin with the same ids again.
        self._ids = itertools.count(100_000_000 + int(time.time()) % 10**6 * 1000)
        self._changed = asyncio.Condition()
        self._poller = 0
        self._bringing: dict[int, asyncio.Task[None]] = {}
        self._last_of: dict[str, asyncio.Task[None]] = {}  # by queue

    async def add(self, kind: str, content: Json, update_id: int | None = None) -> int:
        """Let something have happened.

        :param update_id: of an earlier one: it is delivered a second time.
        """
        update = {"update_id": update_id or next(self._ids), kind: content}
        check_update(update)
        allowed = kind in self.allowed if self.allowed else kind not in _ON_REQUEST
        if allowed:
            async with self._changed:
                self.pending[update["update_id"]] = update
                self._changed.notify_all()
            self._bring(update)
        return int(update["update_id"])

    async def get(
        self, offset: int = 0, limit: int = 100, timeout: int = 0, **_: Any
    ) -> list[Json]:
        """getUpdates.

        :raises Refusal: 409: a webhook is set, or somebody else began to ask.
        """
        if self.webhook["url"]:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        if not 1 <= limit <= 100:
            raise bad("limit must be between 1 and 100")
        self._poller += 1
        mine = self._poller
        deadline = time.monotonic() + min(timeout, 50)
        async with self._changed:
            self._changed.notify_all()  # whoever asked before ends now
            self._confirm(offset)
            while not self.pending and (left := deadline - time.monotonic()) > 0:
                try:
                    await asyncio.wait_for(self._changed.wait(), left)
                except TimeoutError:
                    break
                if mine != self._poller:
                    raise conflict(
                        "terminated by other getUpdates request; "
                        "make sure that only one bot instance is running"
                    )
            return [update for _, update in sorted(self.pending.items())][:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            kept = sorted(self.pending)[offset:]
            offset = kept[0] if kept else 0
        for update_id in [known for known in self.pending if known < offset]:
            del self.pending[update_id]
            self.confirmed.append(update_id)

    def set_webhook(self, url: str, secret: str, drop: bool, connections: int) -> None:
        """setWebhook and deleteWebhook (an empty address)."""
        if drop:
            self.pending.clear()
        self.webhook = {"url": url, "max_connections": connections}
        self._secret = secret
        for task in self._bringing.values():
            task.cancel()
        self._bringing.clear()
        self._last_of.clear()
        for update in list(self.pending.values()):
            self._bring(update)

    def info(self) -> Json:
        """getWebhookInfo."""
        info = {"has_custom_certificate": False, "pending_update_count": len(self.pending)}
        allowed = {"allowed_updates": self.allowed} if self.allowed else {}
        return {**self.webhook, **info, **allowed}

    def _bring(self, update: Json) -> None:
        if self.webhook["url"]:
            update_id = update["update_id"]
            before = list(self._bringing.values())
            earlier = self._last_of.get(_queue(update))
            task = asyncio.create_task(self._deliver(update, before, earlier))
            self._bringing[update_id] = self._last_of[_queue(update)] = task

    async def _deliver(
        self,
        update: Json,
        before: list[asyncio.Task[None]],
        earlier: asyncio.Task[None] | None,
    ) -> None:
        update_id, pause = update["update_id"], _FIRST_PAUSE_S
        # As the real one: a few chats at once, of each the next update after the last was taken
        # (tdlib/telegram-bot-api, WebhookActor.cpp).
        if earlier:
            await asyncio.wait([earlier])
        most = self.webhook.get("max_connections", 40)
        if len(before) >= most:
            await asyncio.wait(before[: len(before) - most + 1])
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        async with aiohttp.ClientSession() as session:
            while update_id in self.pending:
                status = 0
                try:
                    async with session.post(
                        self.webhook["url"],
                        json=update,
                        headers=headers,
                        timeout=aiohttp.ClientTimeout(total=60),
                    ) as answer:
                        status = answer.status
                except (TimeoutError, aiohttp.ClientError) as exc:
                    self.webhook["last_error_message"] = type(exc).__name__
                self.brought.append({"update_id": update_id, "status": status})
                if 200 <= status < 300:
                    self.pending.pop(update_id, None)
                    self.confirmed.append(update_id)
                    break
                if status:
                    words = f"Wrong response from the webhook: {status}"
                    self.webhook["last_error_message"] = words
                self.webhook["last_error_date"] = int(time.time())
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
        self._bringing.pop(update_id, None)


def _queue(update: Json) -> str:
    """What an update waits behind: its chat's, or its person's pressed buttons."""
    if query := update.get("callback_query"):
        return f"presses {query['from']['id']}"
    content = next((part for part in update.values() if isinstance(part, dict)), {})
    return f"chat {(content.get('chat') or {}).get('id')}"
