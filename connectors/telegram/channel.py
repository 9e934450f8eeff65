"""The Telegram channel: what a bot of @BotFather hears goes to the inbox, and back.

Off while TELEGRAM_BOT_TOKEN is empty. How updates come is a setting: see `polling` and
`webhook`.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import rasa.shared.utils.cli
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from common.doors import door
from connectors.inbox.dedup_store import DedupStore
from connectors.server.addresses import Addresses
from connectors.server.agent import inbox_of, managers_of, outgoing_of
from connectors.server.database import Database, DatabaseFailed, database
from connectors.server.stopping import finishers_of
from connectors.server.texts import Texts
from connectors.settings import Settings, settings
from connectors.site.links import Links
from connectors.telegram.api import TelegramApi, TelegramError, TelegramRefused
from connectors.telegram.dispatcher import CHANNEL, Dispatcher
from connectors.telegram.linking import Linking
from connectors.telegram.polling import Polling
from connectors.telegram.sender import Sender
from connectors.telegram.webhook import Webhook

logger = logging.getLogger(__name__)

_AGAIN_S = 10.0


@dataclass
class _Running:
    """What a server does for Telegram."""

    api: TelegramApi
    dispatcher: Dispatcher
    sender: Sender
    polling: Polling | None = None
    webhook: Webhook | None = None
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    asking: "asyncio.Task[None] | None" = None

    async def ask(self) -> None:
        """Ask for updates, if they are asked for."""
        if self.polling and self.asking is None:
            self.asking = asyncio.ensure_future(self.polling.run())

    async def rest(self) -> None:
        """Ask no longer, and let another server ask."""
        if self.polling and self.asking is not None:
            self.asking.cancel()
            self.asking = None
            self.polling.stop()

    async def finish(self, patience_s: float) -> None:
        """Hear nothing more, say what is to be said, then let another server ask."""
        for task in [*self.tasks, *([self.asking] if self.asking else [])]:
            task.cancel()
        await asyncio.gather(self.dispatcher.finish(patience_s), self.sender.finish(patience_s))
        await self.rest()
        await self.api.close()


class TelegramChannel(InputChannel):
    """`telegram` of credentials.yml."""

    @classmethod
    def name(cls) -> str:
        """Its place below /webhooks/."""
        return CHANNEL

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The webhook's route, and what begins and ends with the server."""
        routes = Blueprint("optfm_telegram")

        @routes.listener("after_server_start")
        async def start(app: Sanic, loop: object) -> None:
            if not settings().telegram_bot_token.get_secret_value():
                rasa.shared.utils.cli.print_info("Telegram выключен: TELEGRAM_BOT_TOKEN не задан")
                return
            app.ctx.telegram = running = await _start(app, settings())
            door().when(opened=False, do=running.rest)
            door().when(opened=True, do=running.ask)

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @routes.post("/<path:str>")
        async def receive(request: Request, path: str) -> HTTPResponse:
            running: _Running | None = getattr(request.app.ctx, "telegram", None)
            if running is None or running.webhook is None:
                return json_response({"error": "forbidden"}, 403)
            return await running.webhook.receive(request, path)

        return routes


async def _start(app: Sanic, configured: Settings) -> _Running:
    token = configured.telegram_bot_token
    api = api_of(configured)
    texts, addresses = Texts.read(), Addresses(database())
    url = configured.database_url()
    marks = Database(url, durable=False, connections=1)
    with contextlib.suppress(DatabaseFailed):
        await marks.ask("SELECT 1")  # connected before the first answer is on its way
    sender = Sender(
        api_of(configured),
        addresses,
        database(),
        DedupStore(marks),
        texts,
        files=configured.optfm_var,
    )
    managers = managers_of(app)
    outgoing_of(app).register(CHANNEL, sender.deliver)
    inbox = await inbox_of(app)
    inbox.watch(sender.mirror)
    dispatcher = Dispatcher(
        api=api,
        inbox=inbox,
        addresses=addresses,
        database=database(),
        sender=sender,
        linking=Linking(sender, Links(database()), texts),
        group=managers.take if managers else None,
        managers_chat=configured.telegram_managers_chat,
        apology=texts.apology,
        var=configured.optfm_var,
    )
    running = _Running(api, dispatcher, sender)
    finishers_of(app).add(running.finish)
    if configured.telegram_mode == "webhook":
        secret = configured.telegram_webhook_secret.get_secret_value()
        running.webhook = Webhook(api, dispatcher, secret, configured.public_url)
        running.tasks.append(asyncio.ensure_future(running.webhook.set()))
    else:
        running.polling = Polling(api, dispatcher, token.get_secret_value(), url)
        await running.ask()
    running.tasks.append(asyncio.ensure_future(_introduce(app, api, texts)))
    return running


def api_of(configured: Settings) -> TelegramApi:
    """The Bot API of the settings."""
    return TelegramApi(
        configured.telegram_bot_token,
        configured.telegram_api_url,
        configured.telegram_proxy.get_secret_value(),
    )


async def _introduce(app: Sanic, api: TelegramApi, texts: Texts) -> None:
    """Learn the bot's name, which links of the site need, and set the commands of its menu."""
    while True:
        try:
            me = await api.call("getMe")
            break
        except TelegramRefused as exc:
            if exc.code in (401, 404):
                logger.error("Telegram does not know this TELEGRAM_BOT_TOKEN")
                return
        except TelegramError as exc:
            logger.warning("Telegram does not tell the bot's name: %s", exc)
        await asyncio.sleep(_AGAIN_S)
    app.ctx.telegram_name = me["username"]
    commands = [
        {"command": name, "description": getattr(texts, f"command_{name}").text}
        for name in ("start", "help", "request", "manager")
    ]
    with contextlib.suppress(TelegramError):
        await api.call("setMyCommands", commands=commands)
