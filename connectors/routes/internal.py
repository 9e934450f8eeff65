"""`POST /webhooks/internal/deliver`: the worker's way to the channels, for this machine's own.

    {"id", "key", "kind", "dialog", …} → 200 {"ok": true, "result": {…}}
    409 {"ok": false, "reason", "waits"}: not now, or never; 429 with Retry-After; 503: try again.

`kind`: `request_topic` (`request`, `added`?), `call_topic` (`said`, `channel`, `why`), `relay`
(`text`, `attachments`, …), `topic_note` (`note`, `quoted`?, `topic`?), `group_note` (`text`),
`customer` (`answer`).
"""

import asyncio
import contextlib
import functools
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from common import loops
from connectors.managers.takeover import note
from connectors.managers.topic_delivery import TopicDelivery, Wrong
from connectors.managers.words import ManagerWords
from connectors.server import published
from connectors.server.agent import inbox_of, managers_of, modes_of, outgoing_of
from connectors.server.callers import bears_token
from connectors.server.database import DatabaseFailed, database
from connectors.server.stopping import RETRY_AFTER_S, all_done, finish, finishers_of
from connectors.settings import settings
from connectors.telegram.api import TelegramAway, TelegramBusy, TelegramError

logger = logging.getLogger(__name__)

#: How often it is looked for managers who say nothing any longer.
_LOOK_S = 2.0
#: While a customer says nothing, his managers are told once that he is away.
_LAST_WORDS = "SELECT max(id) FROM messages WHERE dialog = %s AND author = 'customer'"
#: What managers without a group see in the dialog itself, at the desk.
_SEEN_AT_THE_DESK = ("call_topic", "relay", "topic_note")
#: Entries that are known to be delivered.
_REMEMBERED = 1_000


class InternalChannel(InputChannel):
    """No channel of customers: Rasa's one way to add a route without a fork."""

    @classmethod
    def name(cls) -> str:
        """Its name in credentials.yml, and its place below /webhooks/."""
        return "internal"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The route, and the clock of silent managers."""
        routes = Blueprint("optfm_internal")
        watching: list[asyncio.Task[None]] = []

        @routes.listener("after_server_start")
        async def watch(app: Sanic, loop: object) -> None:
            watching.append(asyncio.ensure_future(published.follow()))
            finishers_of(app).add(functools.partial(_finish_deliveries, app))
            if modes_of(app) is not None:
                watching.append(asyncio.ensure_future(_watch_silence(app)))

        @routes.listener("before_server_stop")
        async def stop(app: Sanic, loop: object) -> None:
            for task in watching:
                task.cancel()
            await finish(app, settings().stop_patience_s)

        @routes.post("/deliver")
        async def deliver(request: Request) -> HTTPResponse:
            if not bears_token(request, settings().internal_token):
                return _said(403, reason="INTERNAL_TOKEN is needed")
            try:
                entry = json.loads(request.body)
                return await _deliver_once(request.app, entry)
            except (ValueError, KeyError, TypeError) as exc:
                logger.exception("the worker's entry is wrong")
                return _said(400, reason=f"{type(exc).__name__}: {exc}")

        return routes


async def _deliver_once(app: Sanic, entry: dict[str, Any]) -> HTTPResponse:
    """Deliver an entry, or give the outcome of the same one: the worker's patience is shorter.

    Where it gave up waiting, the delivery goes on, and the next try gets its outcome.
    """
    going: dict[str, asyncio.Task[HTTPResponse]]
    going = app.ctx.deliveries = getattr(app.ctx, "deliveries", {})
    name = f"{entry['id']} {entry['key']}"
    task = going.get(name)
    if task is None and getattr(app.ctx, "delivers_no_more", False):
        return _said(503, reason="сервер перезапускается", retry_after_s=RETRY_AFTER_S)
    if task is None:
        task = going[name] = asyncio.ensure_future(_deliver(app, entry))
        task.add_done_callback(lambda ended: _remember(going, name, ended))
    done = await asyncio.shield(task)
    return raw(
        done.body,
        status=done.status,
        headers=dict(done.headers),
        content_type="application/json",
    )


async def _finish_deliveries(app: Sanic, patience_s: float) -> None:
    app.ctx.delivers_no_more = True
    await all_done(getattr(app.ctx, "deliveries", {}).values(), patience_s)


def _remember(
    going: dict[str, "asyncio.Task[HTTPResponse]"],
    name: str,
    ended: "asyncio.Task[HTTPResponse]",
) -> None:
    """What is delivered stays so for a while; anything else is tried again when it comes again."""
    if ended.cancelled() or ended.exception() or ended.result().status != 200:
        del going[name]
    while len(going) > _REMEMBERED and next(iter(going.values())).done():
        del going[next(iter(going))]


async def _deliver(app: Sanic, entry: dict[str, Any]) -> HTTPResponse:
    try:
        if entry["kind"] == "customer":
            return await _to_customer(app, entry)
        group = managers_of(app)
        if group is None:
            modes = modes_of(app)
            if entry["kind"] in _SEEN_AT_THE_DESK and modes and await modes.staffed():
                return _said(200, result={})
            return _said(409, reason="TELEGRAM_MANAGERS_CHAT не задан", waits=False)
        result = await TopicDelivery(group, settings().timezone).deliver(entry)
        return _said(200, result=result)
    except Wrong as exc:
        return _said(409, reason=str(exc), waits=False)
    except TelegramBusy as exc:
        words = f"Telegram просит подождать {exc.retry_after_s:.0f} с"
        return _said(429, reason=words, retry_after_s=exc.retry_after_s)
    except TelegramAway as exc:
        return _said(503, reason=f"Telegram не отвечает ({exc})")
    except DatabaseFailed as exc:
        return _said(503, reason=str(exc))
    except TelegramError as exc:  # the group is wrong: its owner mends that within the day
        return _said(503, reason=f"группа менеджеров не принимает ({exc})", retry_after_s=60)


async def _to_customer(app: Sanic, entry: dict[str, Any]) -> HTTPResponse:
    dialog, answer = str(entry["dialog"]), dict(entry["answer"])
    done = await outgoing_of(app).deliver(dialog, answer)
    if done.ok:
        return _said(200, result={})
    refused = done.reason.startswith("refused")
    if not (done.waits or refused):
        return _said(
            429 if done.retry_after_s else 503, reason=done.reason, retry_after_s=done.retry_after_s
        )
    words = ManagerWords.read()
    reason = words.names("reasons").get(done.reason, done.reason)
    if (answer.get("custom") or {}).get("manager"):
        line = words.say("topic", "undelivered", reason=reason)
        rows = await database().ask(_LAST_WORDS, dialog)
        key = f"undelivered {dialog} {done.reason} {rows[0][0]}"
        await database().do(lambda cursor: note(cursor, dialog, line, key))
    return _said(409, reason=reason, waits=not refused)


async def _watch_silence(app: Sanic) -> None:
    """Give dialogs of silent managers back to the bot; after a restart, too."""
    inbox, modes = await inbox_of(app), modes_of(app)
    assert modes is not None
    loop = loops.loop("silent-managers", patience_s=_LOOK_S + 60.0)
    while True:
        await asyncio.sleep(_LOOK_S)
        with loop.round(), contextlib.suppress(DatabaseFailed):  # it is looked for again
            for dialog in await modes.silent_ones():
                async with inbox.in_line(dialog):
                    await modes.end_silence(dialog)


def _said(status: int, *, retry_after_s: float | None = None, **content: object) -> HTTPResponse:
    body = {"ok": status == 200, **content}
    headers = {"Retry-After": f"{retry_after_s:.0f}"} if retry_after_s else {}
    return raw(
        json.dumps(body, ensure_ascii=False).encode(),
        status=status,
        headers=headers,
        content_type="application/json",
    )
