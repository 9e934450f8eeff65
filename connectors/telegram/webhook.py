"""Telegram brings updates: where to, how it proves itself, and what it is answered."""

import asyncio
import hashlib
import hmac
import json
import logging
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from connectors.telegram.api import TelegramApi, TelegramError
from connectors.telegram.dispatcher import Dispatcher
from connectors.telegram.updates import KINDS

logger = logging.getLogger(__name__)

_HEADER = "x-telegram-bot-api-secret-token"
#: Telegram hangs up after a minute and brings the update again.
_PATIENCE_S = 50.0
_AGAIN_S = 10.0


def path_of(secret: str) -> str:
    """The last part of the webhook's address: not to be guessed, and not the token."""
    return hmac.new(secret.encode(), b"telegram webhook", hashlib.sha256).hexdigest()[:40]


class Webhook:
    """One address for one secret.

    :param public_url: where Telegram reaches this server.
    """

    def __init__(
        self, api: TelegramApi, dispatcher: Dispatcher, secret: str, public_url: str
    ) -> None:
        self._api, self._dispatcher, self._secret = api, dispatcher, secret
        self._url = f"{public_url.rstrip('/')}/webhooks/telegram/{path_of(secret)}"

    async def set(self) -> None:
        """Tell Telegram the address and look whether it has it; tries until it has."""
        while True:
            try:
                await self._api.call(
                    "setWebhook",
                    url=self._url,
                    secret_token=self._secret,
                    allowed_updates=list(KINDS),
                )
                info = await self._api.call("getWebhookInfo")
                if info.get("url") == self._url:
                    logger.info("Telegram brings its updates here")
                    return
                logger.error("Telegram has another webhook than the one that was set")
            except TelegramError as exc:
                logger.error("the webhook was not set: %s", exc)
            # An answer that nobody thought of must not be the last try.
            except Exception:
                logger.exception("the webhook was not set")
            await asyncio.sleep(_AGAIN_S)

    async def receive(self, request: Request, path: str) -> HTTPResponse:
        """One delivery: 200 once everything is said, 503 where it must come again."""
        shown = request.headers.get(_HEADER, "")
        # Both are compared, whatever the first says: nobody learns which one was wrong.
        known = hmac.compare_digest(path.encode(), path_of(self._secret).encode())
        if not hmac.compare_digest(shown.encode(), self._secret.encode()) or not known:
            return json_response({"error": "forbidden"}, 403)
        update = _update(request.body)
        if update is None:
            return json_response({"error": "the body is no update"}, 400)
        task = self._dispatcher.take(update)
        done, _ = await asyncio.wait([task], timeout=_PATIENCE_S)
        said = done and not task.exception()
        return empty(200) if said else json_response({"error": "not yet"}, 503)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return None
    return update
