"""The methods of the Bot API that are played, each a function of the world and the call."""

import struct
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.peers.telegram import form
from tests.peers.telegram.content import KINDS, again, copied, media
from tests.peers.telegram.refusal import bad
from tests.peers.telegram.updates import Updates
from tests.peers.telegram.world import Chat, World

Json = dict[str, Any]
_TEXT, _CAPTION, _TOPIC = 4096, 1024, 128


class BotMethods:
    """What the bot can do here; `get_updates` is a coroutine, the others answer at once."""

    def __init__(self, world: World, updates: Updates, *, http_webhooks: bool) -> None:
        self.world, self.updates, self._http = world, updates, http_webhooks
        self._methods: dict[str, Callable[[Json], Any]] = {
            name.lower().replace("_", ""): getattr(self, name)
            for name in dir(type(self))
            if not name.startswith("_") and name not in ("find",)
        }
        for kind in KINDS:
            self._methods[f"send{kind.replace('_', '')}"] = lambda call, kind=kind: self._send_file(
                kind, call
            )

    def find(self, method: str) -> Callable[[Json], Any] | None:
        """The method of a name, or None: not played."""
        return self._methods.get(method.lower())

    def get_me(self, call: Json) -> Json:
        return self.world.me

    def get_updates(self, call: Json) -> Any:
        if "allowed_updates" in call:
            self.updates.allowed = call["allowed_updates"] or None
        return self.updates.get(**call)

    def set_webhook(self, call: Json) -> bool:
        url = call["url"]
        if url and urlsplit(url).scheme != "https" and not self._http:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if "allowed_updates" in call:
            self.updates.allowed = call["allowed_updates"] or None
        self.updates.set_webhook(
            url,
            call.get("secret_token", ""),
            call.get("drop_pending_updates", False),
            call.get("max_connections", 40),
        )
        return True

    def delete_webhook(self, call: Json) -> bool:
        self.updates.set_webhook("", "", call.get("drop_pending_updates", False), 40)
        return True

    def get_webhook_info(self, call: Json) -> Json:
        return self.updates.info()

    def set_my_commands(self, call: Json) -> bool:
        self.world.commands = call["commands"]
        return True

    def get_my_commands(self, call: Json) -> list[Json]:
        return self.world.commands

    def send_message(self, call: Json) -> Json:
        chat = self._may_write(call)
        text, entities = form.parsed(call["text"], call.get("parse_mode"), _TEXT)
        content: Json = {"text": text, **({"entities": entities} if entities else {})}
        return self._add(chat, call, content)

    def copy_message(self, call: Json) -> Json:
        source = self._message(self.world.chat(call["from_chat_id"]), call["message_id"])
        chat = self._may_write(call)
        return {"message_id": self._add(chat, call, copied(source))["message_id"]}

    def forward_message(self, call: Json) -> Json:
        source = self._message(self.world.chat(call["from_chat_id"]), call["message_id"])
        origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
        chat = self._may_write(call)
        return self._add(chat, call, {**copied(source), "forward_origin": origin})

    def edit_message_text(self, call: Json) -> Json:
        message = self._own(call)
        text, entities = form.parsed(call["text"], call.get("parse_mode"), _TEXT)
        new = {"text": text, "entities": entities, "reply_markup": call.get("reply_markup")}
        if all((message.get(name) or None) == (value or None) for name, value in new.items()):
            raise bad("message is not modified")
        for name, value in new.items():
            message.pop(name, None)
            message |= {name: value} if value else {}
        return message

    def edit_message_reply_markup(self, call: Json) -> Json:
        message = self._own(call)
        if message.get("reply_markup") == call.get("reply_markup"):
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        message.pop("reply_markup", None)
        if call.get("reply_markup"):
            message["reply_markup"] = call["reply_markup"]
        return message

    def delete_message(self, call: Json) -> bool:
        chat = self.world.open_chat(call["chat_id"])
        self._message(chat, call["message_id"])
        del chat.messages[call["message_id"]]
        return True

    def answer_callback_query(self, call: Json) -> bool:
        query = self.world.queries.get(call["callback_query_id"])
        if query is None or query.get("answered"):
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(call.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        query["answered"] = {"text": call.get("text", "")}
        return True

    def send_chat_action(self, call: Json) -> bool:
        self._may_write(call)
        return True

    def get_chat(self, call: Json) -> Json:
        info = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
        return {**self.world.chat(call["chat_id"]).info, **info}

    def get_chat_member(self, call: Json) -> Json:
        chat = self.world.chat(call["chat_id"])
        member: Json | None = chat.members.get(call["user_id"])
        if member is None:
            raise bad("member not found")
        return member

    def get_chat_administrators(self, call: Json) -> list[Json]:
        chat = self.world.chat(call["chat_id"])
        if chat.info["type"] == "private":
            raise bad("there are no administrators in the private chat")
        found = [m for m in chat.members.values() if m["status"] in ("creator", "administrator")]
        return [member for member in found if not member["user"]["is_bot"]]

    def create_forum_topic(self, call: Json) -> Json:
        chat = self._forum(call)
        if not 1 <= len(call["name"]) <= _TOPIC:
            raise bad("TOPIC_TITLE_EMPTY" if not call["name"] else "TOPIC_TITLE_TOO_LONG")
        color = call.get("icon_color", 7322096)
        created = {"forum_topic_created": {"name": call["name"], "icon_color": color}}
        message = self.world.add_message(chat, self.world.me, created, None)
        thread = message["message_id"]
        chat.topics[thread] = {"name": call["name"], "closed": False}
        message |= {"message_thread_id": thread, "is_topic_message": True}
        return {"message_thread_id": thread, "name": call["name"], "icon_color": color}

    def edit_forum_topic(self, call: Json) -> bool:
        topic = self._topic(call)
        if call.get("name", topic["name"]) == topic["name"]:
            raise bad("TOPIC_NOT_MODIFIED")
        topic["name"] = call["name"]
        return True

    def close_forum_topic(self, call: Json) -> bool:
        return self._close(call, closed=True)

    def reopen_forum_topic(self, call: Json) -> bool:
        return self._close(call, closed=False)

    def delete_forum_topic(self, call: Json) -> bool:
        self._topic(call)
        chat, thread = self._forum(call), call["message_thread_id"]
        del chat.topics[thread]
        chat.messages = {
            key: message
            for key, message in chat.messages.items()
            if message.get("message_thread_id") != thread
        }
        return True

    def get_file(self, call: Json) -> Json:
        file = self.world.files.get(call["file_id"])
        if file is None:
            raise bad("invalid file_id")
        if len(file["content"]) > 20 * 2**20:
            raise bad("file is too big")
        size = {"file_size": len(file["content"]), "file_path": file["path"]}
        return {"file_id": call["file_id"], "file_unique_id": f"u{call['file_id']}", **size}

    def pin_chat_message(self, call: Json) -> bool:
        self._message(self.world.open_chat(call["chat_id"]), call["message_id"])
        return True

    def set_message_reaction(self, call: Json) -> bool:
        self._message(self.world.open_chat(call["chat_id"]), call["message_id"])
        return True

    def send_contact(self, call: Json) -> Json:
        names = ("phone_number", "first_name", "last_name", "vcard")
        contact = {name: call[name] for name in names if call.get(name)}
        return self._add(self._may_write(call), call, {"contact": contact})

    def send_location(self, call: Json) -> Json:
        names = ("latitude", "longitude", "horizontal_accuracy")
        location = {name: call[name] for name in names if name in call}
        return self._add(self._may_write(call), call, {"location": location})

    def send_venue(self, call: Json) -> Json:
        location = {name: call[name] for name in ("latitude", "longitude")}
        venue = {"location": location, "title": call["title"], "address": call["address"]}
        return self._add(self._may_write(call), call, {"venue": venue, "location": location})

    def _send_file(self, kind: str, call: Json) -> Json:
        chat = self._may_write(call)
        if file := call.get("_files", {}).get(kind):
            if kind == "photo" and not _sides_fit(file["content"]):
                raise bad("PHOTO_INVALID_DIMENSIONS")
            kept = self.world.add_file(kind, file["name"], file["mime"], file["content"])
            content = media(self.world, kind, kept, name=file["name"], mime=file["mime"])
        else:
            content = again(self.world, kind, str(call.get(kind)))
        if caption := call.get("caption"):
            text, entities = form.parsed(caption, call.get("parse_mode"), _CAPTION)
            content |= {"caption": text, **({"caption_entities": entities} if entities else {})}
        return self._add(chat, call, content)

    def _add(self, chat: Chat, call: Json, content: Json) -> Json:
        if reply := call.get("reply_parameters"):
            if found := chat.messages.get(reply["message_id"]):
                content["reply_to_message"] = found
            elif not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
        markup = call.get("reply_markup") or {}
        message = self.world.add_message(
            chat, self.world.me, content, call.get("message_thread_id")
        )
        # As the real one: a message carries its inline keyboard, and no other.
        if "inline_keyboard" in markup:
            message["reply_markup"] = markup
        return message

    def _may_write(self, call: Json) -> Chat:
        chat = self.world.open_chat(call["chat_id"])
        thread = call.get("message_thread_id")
        if thread is not None and thread not in chat.topics:
            raise bad("message thread not found")
        if thread is not None and chat.topics[thread]["closed"] and not self._manages(chat):
            raise bad("TOPIC_CLOSED")
        return chat

    def _forum(self, call: Json) -> Chat:
        chat = self.world.open_chat(call["chat_id"])
        if not chat.info.get("is_forum"):
            raise bad("the chat is not a forum")
        if not self._manages(chat):
            raise bad("not enough rights to create a topic")
        return chat

    def _topic(self, call: Json) -> Json:
        topic: Json | None = self._forum(call).topics.get(call["message_thread_id"])
        if topic is None:
            raise bad("TOPIC_ID_INVALID")
        return topic

    def _close(self, call: Json, *, closed: bool) -> bool:
        topic = self._topic(call)
        if topic["closed"] == closed:
            raise bad("TOPIC_NOT_MODIFIED")
        topic["closed"] = closed
        return True

    def _manages(self, chat: Chat) -> bool:
        return bool(chat.members.get(self.world.me["id"], {}).get("can_manage_topics"))

    def _message(self, chat: Chat, message_id: int) -> Json:
        message: Json | None = chat.messages.get(message_id)
        if message is None:
            raise bad("message not found")
        return message

    def _own(self, call: Json) -> Json:
        chat = self.world.open_chat(call["chat_id"])
        message = chat.messages.get(call["message_id"])
        if message is None:
            raise bad("message to edit not found")
        if message["from"]["id"] != self.world.me["id"]:
            raise bad("message can't be edited")
        return message


_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _sides_fit(content: bytes) -> bool:
    """As the real one: no more than 10,000 together, and no strip; told of a PNG, which says it."""
    if content[12:16] != b"IHDR":
        return True
    width, height = struct.unpack(">II", content[16:24])
    return width + height <= 10_000 and max(width, height) <= 20 * min(width, height)
