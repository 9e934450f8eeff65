"""A network that answers late, in part or never: Telegram's client and poller on a real socket."""

import asyncio
import contextlib
import json

import pytest
from aiohttp import web
from pydantic import SecretStr

from connectors.telegram import polling
from connectors.telegram.api import TelegramApi, TelegramAway
from connectors.telegram.polling import Polling

TOKEN = "123456789:TEST-peer-token-0000000000000000000"


@contextlib.asynccontextmanager
async def listening(talk):
    """A TCP server for the block; its address."""
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    "begins", ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "]
)
async def test_a_dead_connection_is_given_up(begins):
    """A proxy that took the question and says nothing, or stops in the middle of the answer."""

    async def stall(reader, writer):
        writer.write(begins.encode() + (b'{"ok": tr' if begins.endswith("\r\n\r\n") else b""))
        await reader.read()  # until the other side goes
        writer.close()

    async with listening(stall) as url:
        api = TelegramApi(SecretStr(TOKEN), url)
        with pytest.raises(TelegramAway) as refused:
            await api.call("getUpdates", wait_s=0.3, tries=1)
        await api.close()
    assert TOKEN not in str(refused.value)


class Desk:
    """Counts what it is given; nothing takes time."""

    def __init__(self):
        self.taken = []

    def hurry(self, *, on):
        pass

    def take(self, update):
        async def done():
            self.taken.append(update["update_id"])

        return asyncio.ensure_future(done())


async def test_updates_too_many_for_the_way_come_in_small_parts(database_url, monkeypatch):
    """A proxy lets no more than ten through in time: all sixty come, in order, each once.

    What it makes of an answer now and then is no list of updates at all.
    """
    monkeypatch.setattr(polling, "_ON_ITS_WAY_S", 0.5)
    monkeypatch.setattr(polling, "_HOLD_S", 0)
    monkeypatch.setattr(polling, "_AGAIN_S", (0.01,))
    strange = [[5], {}, [{"update": 1}], "x"]
    pending = {number: {"update_id": number, "message": {}} for number in range(60)}
    asked = []

    async def get_updates(request):
        given = await request.json()
        asked.append(given["limit"])
        if strange:
            return web.Response(text=json.dumps({"ok": True, "result": strange.pop()}))
        for known in [known for known in pending if known < given["offset"]]:
            del pending[known]
        found = list(pending.values())[: given["limit"]]
        if len(found) > 10:
            await asyncio.sleep(30)
        return web.Response(text=json.dumps({"ok": True, "result": found}))

    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/getUpdates", get_updates)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    desk, api = Desk(), TelegramApi(SecretStr(TOKEN), f"http://127.0.0.1:{port}")
    poller = Polling(api, desk, TOKEN, database_url)
    running = asyncio.ensure_future(poller.run())
    while pending:
        await asyncio.sleep(0.02)
    running.cancel()
    poller.stop()
    await api.close()
    await runner.cleanup()
    assert desk.taken == list(range(60))
