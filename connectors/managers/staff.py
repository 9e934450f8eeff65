"""Who is a manager, and how customers read his name."""

import time
from typing import Any

from connectors.telegram.api import TelegramApi, TelegramRefused

_MEMBERS = ("creator", "administrator", "member")
#: Somebody who was thrown out acts for no longer than this.
_KNOWN_S = 30.0


class Staff:
    """The members of the managers' group.

    :param chat: the group's id.
    :param names: MANAGER_NAMES.
    :param no_name: how the others are called.
    """

    def __init__(self, api: TelegramApi, chat: int, names: str, no_name: str) -> None:
        self._api = api
        self._chat = chat
        pairs = (part.split(":", 1) for part in names.split(",") if part.strip())
        self._names = {int(number): name.strip() for number, name in pairs}
        self._no_name = no_name
        self._known: dict[int, float] = {}

    def name(self, update: dict[str, Any]) -> str:
        """How customers read who wrote or pressed.

        :param update: Telegram's message or callback query.
        """
        user = update.get("from") or {}
        return self._names.get(int(user.get("id") or 0), self._no_name)

    def colleague(self, update: dict[str, Any]) -> str:
        """How the other managers know him: by his own name where no setting has another."""
        user = update.get("from") or {}
        # Behind a channel or the group stands a bot of Telegram's own.
        behind = update.get("sender_chat") or {}
        title = "" if behind.get("id") == self._chat else str(behind.get("title") or "")
        shown = str(update.get("author_signature") or "") or title
        own = shown if user.get("is_bot") else str(user.get("first_name") or "")
        return self._names.get(int(user.get("id") or 0)) or own[:40] or self._no_name

    async def wrote(self, message: dict[str, Any]) -> bool:
        """Whether a message of the group was written by a member.

        A member may write as the group (an administrator without a name) or as a channel of his.
        Telegram shows nobody behind a channel; only members write in a group without a public
        name. What a channel itself posts, and what bots say, is nobody's word to a customer.
        """
        if behind := message.get("sender_chat"):
            if behind.get("id") == self._chat:
                return True
            private = not (message.get("chat") or {}).get("username")
            return private and not message.get("is_automatic_forward")
        user = message.get("from") or {}
        return not user.get("is_bot") and await self.is_member(int(user.get("id") or 0))

    async def is_member(self, user_id: int) -> bool:
        """Whether somebody is in the group.

        :raises TelegramError: nobody knows.
        """
        if self._known.get(user_id, 0.0) > time.monotonic():
            return True
        try:
            member = await self._api.call("getChatMember", chat_id=self._chat, user_id=user_id)
        except TelegramRefused:  # "user not found", "PARTICIPANT_ID_INVALID"
            return False
        inside = member.get("status") in _MEMBERS or (
            member.get("status") == "restricted" and member.get("is_member") is True
        )
        if inside:
            self._known[user_id] = time.monotonic() + _KNOWN_S
        return bool(inside)
