"""How a test plays the people: JSON over HTTP, below /control.

POST user     {first_name?, username?}                             → the user; his chat has his id
POST group    {title, forum?, bot?: {status, can_manage_topics…}, members: [id…]}   → the chat
POST message  {chat, from?, text | photo | document | … (content.KINDS; any value, or
               {name, mime, base64}) | contact | location | venue | dice, caption?, thread?,
               reply_to?, quote?, sender_chat?, media_group_id?, date?}   → {update_id, message}
POST edit     {chat, message_id, text}                             → {update_id, message}
POST press    {chat, message_id, data, from?}                      → {update_id, query}
POST delete_topic {chat, thread}     POST close_topic {chat, thread, from}     by hand
POST leave    {chat}   the customer blocks the bot (my_chat_member)      POST back {chat}
POST again    {update_id, kind, content}    an update that came before comes a second time
POST update   {kind, content}               any update
POST fault    {method, kind, times?, retry_after?, seconds?, chat?}      see faults.py
POST limit    {chat, per_minute}
POST member   {chat, user, member: {status, …} or null}
GET  calls?method=&after=      what the bot called, from the n-th on
GET  chat?chat=                a chat's messages as its people see them, oldest first
GET  topics?chat=              its topics
GET  query?id=                 a pressed button, with `answered`
GET  updates                   {pending, confirmed, brought, webhook, allowed}
"""

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.peers.telegram.content import KINDS, media
from tests.peers.telegram.faults import Fault
from tests.peers.telegram.refusal import Refusal
from tests.peers.telegram.server import BotApi
from tests.peers.telegram.world import member_record

Json = dict[str, Any]


class Control:
    """The test's side of the server."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._world = api.methods.world
        self._updates = api.methods.updates

    async def handle(self, request: web.Request) -> web.Response:
        """One order or question."""
        word = f"{request.method.lower()}_{request.match_info['word']}"
        play: Callable[[Json], Awaitable[Any]] | None = getattr(self, word, None)
        if play is None:
            return web.json_response({"error": f"no {word}"}, status=404)
        given = dict(request.query) if request.method == "GET" else await request.json()
        try:
            return web.json_response(await play(given), dumps=_dumps)
        except (Refusal, KeyError, ValueError, TypeError) as exc:
            return web.json_response({"error": f"{type(exc).__name__}: {exc}"}, status=400)

    async def post_user(self, given: Json) -> Json:
        return self._world.add_user(**given)

    async def post_group(self, given: Json) -> Json:
        return self._world.add_group(
            given["title"],
            forum=given.get("forum", True),
            bot=given.get("bot", _HELPER),
            members=given.get("members", []),
        )

    async def post_message(self, given: Json) -> Json:
        chat = self._world.chat(given["chat"])
        sender = self._world.users[given.get("from", given["chat"])]
        content = {name: given[name] for name in _PLAIN if name in given}
        for kind in KINDS:
            if kind in given:
                content |= self._file(kind, given[kind])
        if "caption" in given:
            content["caption"] = given["caption"]
        if (text := content.get("text", "")).startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if "reply_to" in given:
            content["reply_to_message"] = chat.messages[given["reply_to"]]
        if "quote" in given:
            content["quote"] = {"text": given["quote"], "position": 0}
        content |= {name: given[name] for name in _FIELDS if name in given}
        message = self._world.add_message(chat, sender, content, given.get("thread"))
        # A copy: what is edited later was not so when it was told.
        update_id = await self._updates.add("message", dict(message))
        return {"update_id": update_id, "message": message}

    async def post_edit(self, given: Json) -> Json:
        message = self._world.chat(given["chat"]).messages[given["message_id"]]
        edited = message.get("edit_date", message["date"]) + 1
        message |= {"text": given["text"], "edit_date": edited}
        update_id = await self._updates.add("edited_message", dict(message))
        return {"update_id": update_id, "message": message}

    async def post_press(self, given: Json) -> Json:
        chat = self._world.chat(given["chat"])
        query: Json = {
            "id": str(self._world.new_id()),
            "from": self._world.users[given.get("from", given["chat"])],
            "chat_instance": "1",
            "message": chat.messages[given["message_id"]],
            "data": given["data"],
        }
        self._world.queries[query["id"]] = dict(query)
        return {"update_id": await self._updates.add("callback_query", query), "query": query}

    async def post_delete_topic(self, given: Json) -> Json:
        chat, thread = self._world.chat(given["chat"]), given["thread"]
        del chat.topics[thread]
        for number, message in list(chat.messages.items()):
            if message.get("message_thread_id") == thread:
                del chat.messages[number]
        return {}

    async def post_close_topic(self, given: Json) -> Json:
        self._world.chat(given["chat"]).topics[given["thread"]]["closed"] = True
        return await self.post_message({**given, "forum_topic_closed": {}})

    async def post_leave(self, given: Json) -> Json:
        chat = self._world.chat(given["chat"])
        chat.blocked = "bot was blocked by the user"
        return {}

    async def post_back(self, given: Json) -> Json:
        self._world.chat(given["chat"]).blocked = ""
        return {}

    async def post_again(self, given: Json) -> Json:
        update_id = given["update_id"]
        return {"update_id": await self._updates.add(given["kind"], given["content"], update_id)}

    async def post_update(self, given: Json) -> Json:
        return {"update_id": await self._updates.add(given["kind"], given["content"])}

    async def post_fault(self, given: Json) -> Json:
        self._api.faults.append(Fault(**given))
        return {}

    async def post_limit(self, given: Json) -> Json:
        self._api.per_minute[given["chat"]] = given["per_minute"]
        return {}

    async def post_member(self, given: Json) -> Json:
        chat, user = self._world.chat(given["chat"]), given["user"]
        if given["member"] is None:
            chat.members.pop(user, None)
        else:
            who = self._world.me if user == self._world.me["id"] else self._world.users[user]
            chat.members[user] = member_record(given["member"], who)
        return {}

    async def get_calls(self, given: Json) -> list[Json]:
        method = given.get("method", "").lower()
        calls = self._api.calls[int(given.get("after", 0)) :]
        return [call for call in calls if method in ("", call["method"].lower())]

    async def get_chat(self, given: Json) -> list[Json]:
        return [message for _, message in sorted(self._world.chat(given["chat"]).messages.items())]

    async def get_topics(self, given: Json) -> Json:
        return {str(key): topic for key, topic in self._world.chat(given["chat"]).topics.items()}

    async def get_query(self, given: Json) -> Json:
        return self._world.queries[given["id"]]

    async def get_updates(self, given: Json) -> Json:
        updates = self._updates
        return {
            "pending": sorted(updates.pending),
            "confirmed": updates.confirmed,
            "brought": updates.brought,
            "webhook": updates.info(),
        }

    def _file(self, kind: str, given: Any) -> Json:
        told = given if isinstance(given, dict) else {}
        name, mime = told.get("name", f"{kind}.bin"), told.get("mime", "application/octet-stream")
        content = base64.b64decode(told.get("base64", "AAAA"))
        kept = self._world.add_file(kind, name, mime, content)
        return media(self._world, kind, kept, name=name, mime=mime)


#: What a message holds as it is given.
_PLAIN = ("text", "contact", "location", "venue", "dice", "forum_topic_closed")
_FIELDS = ("date", "sender_chat", "media_group_id")
#: A bot that the managers made their helper.
_HELPER = {"status": "administrator", "can_manage_topics": True, "can_pin_messages": True}


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
