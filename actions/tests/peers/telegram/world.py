"""Who and what is in this Telegram: people, chats, topics, messages, files."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiogram import types

from tests.peers.telegram.refusal import bad, forbidden

Json = dict[str, Any]


@dataclass
class Chat:
    """A private chat with one person, or a group."""

    info: Json  #: aiogram's Chat
    members: dict[int, Json] = field(default_factory=dict)  #: by user id: aiogram's ChatMember…
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Json] = field(default_factory=dict)  #: by thread id: name, closed
    blocked: str = ""  #: why the bot may not write here
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))


class World:
    """Everything of one bot."""

    def __init__(self, token: str, username: str = "optfm_test_bot") -> None:
        self.token = token
        self.me: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "OptFM",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Json] = {}  #: by file id: kind, path, name, mime, content
        self.queries: dict[str, Json] = {}  #: callback queries; `answered` once they are
        self.commands: list[Json] = []
        self._numbers = itertools.count(700_000_001)

    def add_user(self, first_name: str = "Покупатель", **more: Any) -> Json:
        """A person who has opened the chat with the bot."""
        user = {"id": next(self._numbers), "is_bot": False, "first_name": first_name, **more}
        self.users[user["id"]] = user
        info = {"id": user["id"], "type": "private", "first_name": first_name}
        self.chats[user["id"]] = Chat(info)
        return user

    def add_group(self, title: str, *, forum: bool, bot: Json | None, members: list[int]) -> Json:
        """A supergroup.

        :param bot: the bot's place in it, as a ChatMember has it; None: it is not in.
        """
        info = {"id": -1_000_000_000_000 - next(self._numbers), "type": "supergroup"}
        info |= {"title": title} | ({"is_forum": True} if forum else {})
        chat = self.chats[info["id"]] = Chat(info)
        for user in members:
            chat.members[user] = member_record({}, self.users[user])
        if bot is None:
            chat.blocked = "bot is not a member of the supergroup chat"
        else:
            chat.members[self.me["id"]] = member_record(bot, self.me)
        next(chat.ids)  # a group's first message tells that it was made
        return info

    def chat(self, chat_id: int | str) -> Chat:
        """The chat of a call.

        :raises Refusal: there is none.
        """
        try:
            return self.chats[int(chat_id)]
        except (KeyError, ValueError):
            raise bad("chat not found") from None

    def open_chat(self, chat_id: int | str) -> Chat:
        """The chat of a call that writes.

        :raises Refusal: there is none, or the bot may not write there.
        """
        chat = self.chat(chat_id)
        if chat.blocked:
            raise forbidden(chat.blocked)
        return chat

    def add_message(self, chat: Chat, sender: Json, content: Json, thread: int | None) -> Json:
        """Put a message into a chat; in a topic with the marks that one has there."""
        message: Json = {
            "message_id": next(chat.ids),
            "date": int(time.time()),
            "chat": chat.info,
            "from": sender,
            **content,
        }
        if thread is not None:
            if thread not in chat.topics:
                raise bad("message thread not found")
            message |= {"message_thread_id": thread, "is_topic_message": True}
            # As the real one: a plain message of a topic "replies" to the topic's first.
            message.setdefault("reply_to_message", chat.messages[thread])
        chat.messages[message["message_id"]] = message
        return message

    def add_file(self, kind: str, name: str, mime: str, content: bytes) -> Json:
        """Keep a file.

        :returns: what stands in a message: file_id, file_unique_id, file_size, …
        """
        number = next(self._numbers)
        file_id = f"{kind}-{number}"
        path = f"{kind}s/file_{number}"
        kept = {"kind": kind, "path": path, "name": name, "mime": mime}
        self.files[file_id] = {**kept, "content": content}
        return {"file_id": file_id, "file_unique_id": f"u{number}", "file_size": len(content)}

    def new_id(self) -> int:
        """A number that nothing else has."""
        return next(self._numbers)


def member_record(given: Json, user: Json) -> Json:
    """A member as `getChatMember` tells of him; rights that are not named he has not.

    :param given: status ("member" without one) and rights.
    """
    record = {"status": "member", **given, "user": user}
    if record["status"] == "administrator":
        fields = types.ChatMemberAdministrator.model_fields.items()
        rights = {name: False for name, field in fields if field.annotation is bool}
        record = {**rights, **record}
    return record
