"""The Bot API's side of the server: takes calls, judges their form, plays them, notes them."""

import asyncio
import inspect
import json
import time
from typing import Any

from aiohttp import web

from tests.peers.telegram import form
from tests.peers.telegram.bot_methods import BotMethods
from tests.peers.telegram.faults import Fault
from tests.peers.telegram.refusal import Refusal, bad

Json = dict[str, Any]


class BotApi:
    """Calls of the bot."""

    def __init__(self, methods: BotMethods) -> None:
        self.methods = methods
        self.faults: list[Fault] = []
        self.calls: list[Json] = []  #: in order: at, method, params, ok, code, words
        self.per_minute: dict[int, int] = {}  #: by chat: how many messages the bot may send

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One HTTP call of `/bot<token>/<method>`."""
        method = request.match_info["method"]
        note: Json = {"at": time.time(), "method": method, "params": {}, "ok": False}
        try:
            if request.match_info["token"] != self.methods.world.token:
                raise Refusal(401, "Unauthorized")
            if not form.known(method) or (play := self.methods.find(method)) is None:
                raise Refusal(404, "Not Found")
            params, files = await _params(request, method)
            note["params"] = params
            self.calls.append(note)
            fault = self._fault(method, params.get("chat_id"))
            if fault and (answer := await self._fail(request, fault)) is not None:
                note["fault"] = fault.kind
                return answer
            form.check(method, params)
            self._limit(method, params)
            result = play({**params, "_files": files} if files else params)
            if inspect.isawaitable(result):
                result = await result
            note["ok"] = True
            note["result"] = result
            if fault and fault.kind == "cut_after":
                note["fault"] = fault.kind
                return _cut(request)
            return web.json_response({"ok": True, "result": result})
        except Refusal as exc:
            note |= {"code": exc.code, "words": exc.words}
            return web.json_response(exc.body(), status=exc.code)

    async def download(self, request: web.Request) -> web.Response:
        """`/file/bot<token>/<path>`."""
        world = self.methods.world
        if request.match_info["token"] == world.token:
            for file in world.files.values():
                if file["path"] == request.match_info["path"]:
                    return web.Response(body=file["content"], content_type=file["mime"])
        return web.json_response(Refusal(404, "Not Found").body(), status=404)

    def _fault(self, method: str, chat: object) -> Fault | None:
        for fault in self.faults:
            if fault.concerns(method, chat):
                fault.times -= 1
                return fault
        return None

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        if refusal := fault.refusal():
            raise refusal
        if fault.kind == "cut":
            return _cut(request)
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        if fault.kind == "page":
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        return None

    def _limit(self, method: str, params: Json) -> None:
        most = self.per_minute.get(int(params.get("chat_id") or 0))
        if most is None or not method.lower().startswith(("send", "copy")):
            return
        since = time.time() - 60
        sent = [
            call["at"]
            for call in self.calls
            if call["ok"]
            and call["at"] > since
            and call["method"] == method
            and call["params"].get("chat_id") == params["chat_id"]
        ]
        if len(sent) >= most:
            after = max(1, int(sent[0] + 60 - time.time()))
            raise Refusal(429, f"Too Many Requests: retry after {after}", after)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _params(request: web.Request, method: str) -> tuple[Json, dict[str, Json]]:
    """The parameters, and the files by the parameter that they are for."""
    params: Json = dict(request.query)
    files: dict[str, Json] = {}
    if request.content_type == "application/json":
        try:
            params |= json.loads(await request.read() or b"{}")
        except ValueError as exc:
            raise bad("can't parse JSON object") from exc
        return params, files
    parts: dict[str, Json] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            content = value.file.read()
            parts[name] = {"name": value.filename, "mime": value.content_type, "content": content}
        else:
            params[name] = value
    params = form.decoded(method, params)
    for name in list(params):  # aiogram's way: attach://<part>
        if isinstance(params[name], str) and params[name].startswith("attach://"):
            files[name] = parts.pop(params[name].removeprefix("attach://"))
    for name, part in parts.items():
        files[name], params[name] = part, f"attach://{name}"
    return params, files
