"""Calls of Telegram's Bot API: tried again where that helps, and never naming the token.

TelegramError
├── TelegramAway      no answer, or none that is one (a proxy's page, a 5xx)
├── TelegramBusy      429: not before so many seconds
├── TelegramBlocked   403: the customer blocked the bot, or it was thrown out of the group
└── TelegramRefused   any other refusal, with Telegram's code and words
"""

import asyncio
import json
import random
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import SecretStr

from common.pauses import asked_pause

#: Pauses after which a call is tried again, each of them stretched by up to a half by chance:
#: many callers whom one failure threw off do not come back in one moment.
_AGAIN_S = (0.3, 1.0, 3.0)
_CALL_S = 20.0
#: The longest "not before" that a call waits for by itself.
PATIENCE_S = 60.0


class TelegramError(Exception):
    """A call that did not succeed."""


class TelegramAway(TelegramError):
    """Telegram does not answer, after all tries."""


class TelegramBusy(TelegramError):
    """Too many calls.

    :param retry_after_s: how long Telegram wants to hear nothing.
    """

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"too many calls, wait {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s


class TelegramBlocked(TelegramError):
    """This chat may not be written to."""


class TelegramRefused(TelegramError):
    """The call is wrong, or wrong now.

    :param code: Telegram's `error_code`: 400, 401, 404, 409…
    :param description: its English words.
    """

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description


@dataclass(frozen=True)
class Upload:
    """A file to be sent with a call."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class TelegramApi:
    """One bot of Telegram, or of a Bot API server of one's own.

    :param token: as @BotFather gave it.
    :param root: where the API is, without a slash at the end.
    :param proxy: an HTTP proxy's address; "": none.
    """

    def __init__(
        self, token: SecretStr, root: str = "https://api.telegram.org", proxy: str = ""
    ) -> None:
        self._token = token
        self._root = root.rstrip("/")
        self._proxy = proxy or None
        self._connections: aiohttp.ClientSession | None = None

    # Names of parameters are Telegram's; values are whatever JSON holds.
    async def call(
        self,
        method: str,
        *,
        wait_s: float = _CALL_S,
        patience_s: float = PATIENCE_S,
        tries: int = len(_AGAIN_S) + 1,
        **params: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Call a method; network errors and 5xx are tried again, a short 429 is waited for.

        :param wait_s: how long one try may take.
        :param patience_s: the longest `retry_after` that is waited for here.
        :param params: None ones are left out; an `Upload` is sent as a file.
        :returns: the `result` of the answer.
        :raises TelegramError: see the module.
        """
        given = {name: value for name, value in params.items() if value is not None}
        for attempt in range(tries):
            last = attempt == tries - 1
            try:
                return await self._once(method, given, wait_s)
            except TelegramBusy as exc:
                if last or exc.retry_after_s > patience_s:
                    raise
                await asyncio.sleep(exc.retry_after_s + random.uniform(0, 0.3))
            except TelegramAway:
                if last:
                    raise
                pause = _AGAIN_S[min(attempt, len(_AGAIN_S) - 1)]
                await asyncio.sleep(pause * random.uniform(1, 1.5))
        raise AssertionError("unreachable")

    async def download(self, file_id: str, *, most_bytes: int = 20 * 2**20) -> bytes:
        """A file that somebody sent to the bot.

        :raises TelegramError: also where it is larger than `most_bytes` (Telegram gives 20 MB).
        """
        file = await self.call("getFile", file_id=file_id)
        url = f"{self._root}/file/bot{self._token.get_secret_value()}/{file['file_path']}"
        try:
            async with self._session().get(url, proxy=self._proxy, timeout=_limit(60)) as response:
                if response.status != 200:
                    raise TelegramRefused(response.status, "the file is not there")
                content = bytearray()
                async for piece in response.content.iter_any():  # `read(n)` gives what has come
                    content += piece
                    if len(content) > most_bytes:
                        break
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as exc:
            raise TelegramAway(f"getFile: {type(exc).__name__}") from None
        if len(content) > most_bytes:
            raise TelegramRefused(413, "the file is too large")
        return bytes(content)

    async def close(self) -> None:
        """Close the connections."""
        if self._connections is not None:
            await self._connections.close()

    async def _once(self, method: str, params: dict[str, Any], wait_s: float) -> Any:  # noqa: ANN401
        url = f"{self._root}/bot{self._token.get_secret_value()}/{method}"
        try:
            async with self._session().post(
                url, proxy=self._proxy, timeout=_limit(wait_s), **_body(params)
            ) as response:
                status, raw = response.status, await response.read()
        # `from None`: what aiohttp says may hold the address, and the token is a part of it.
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as exc:
            raise TelegramAway(f"{method}: {type(exc).__name__}") from None
        try:
            answer = json.loads(raw)
            if answer["ok"]:
                return answer["result"]
        except (ValueError, TypeError, KeyError):
            raise TelegramAway(f"{method}: {status}, and no answer of the Bot API") from None
        raise _refusal(method, status, answer)

    def _session(self) -> aiohttp.ClientSession:
        if self._connections is None or self._connections.closed:
            self._connections = aiohttp.ClientSession()
        return self._connections


def _refusal(method: str, status: int, answer: dict[str, Any]) -> TelegramError:
    code = int(answer.get("error_code") or status)
    words = str(answer.get("description", ""))
    if code == 429:
        parameters = answer.get("parameters") or {}
        return TelegramBusy(asked_pause(parameters.get("retry_after")) or 1.0)
    if code == 403:
        return TelegramBlocked(f"{method}: {words}")
    if code >= 500:
        return TelegramAway(f"{method}: {code} {words}")
    return TelegramRefused(code, words)


def _body(params: dict[str, Any]) -> dict[str, Any]:
    if not any(isinstance(value, Upload) for value in params.values()):
        return {"json": params}
    form = aiohttp.FormData(quote_fields=False)  # else a Russian name arrives as %D1%81…
    for name, value in params.items():
        if isinstance(value, Upload):
            form.add_field(
                name, value.content, filename=_in_header(value.name), content_type=value.mime
            )
        else:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return {"data": form}


def _in_header(name: str) -> str:
    """A file's name without what would end it in a header."""
    return "".join("'" if char == '"' else char for char in name if char.isprintable())


def _limit(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, sock_connect=min(seconds, 10))
