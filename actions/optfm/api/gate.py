"""Who asks: the key of a request, known before anything else of it is looked at."""

import asyncio
import math
import threading
import time
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from optfm.api.keys import Key, find, note_use
from optfm.api.limits import RateLimit
from optfm.api.problems import Problem
from optfm.api.wire import App, Receive, Scope, Send, header, send_problem

#: A key is looked up again after this long: so soon an end of it counts.
_KNOWN_S = 1.0
_REMEMBERED = 1_000
#: When a key was used last is written down this often.
_NOTED_S = 60.0
#: Wrong keys from one address: so many at once, then one in so many seconds.
_WRONG_AT_ONCE, _WRONG_EACH_S = 20, 3.0
_READS = ("GET", "HEAD", "OPTIONS")


class KeyRing:
    """Keys as requests show them, looked up at most once a second each.

    :param engine: the shop's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, tuple[Key, float]] = {}
        self._noted: dict[int, float] = {}
        self._lock = threading.Lock()

    async def open(self, token: str) -> Key:
        """The key behind a token.

        :raises Problem: it opens nothing (any more); the words do not say why.
        :raises SQLAlchemyError: nobody knows.
        """
        key = self._fresh(token)
        if key is None:
            key = await asyncio.to_thread(self.look_up, token)
        if key is None or not key.works_at(datetime.now(UTC)):
            raise Problem("unauthorized", headers={"WWW-Authenticate": "Bearer"})
        return key

    def open_now(self, token: str) -> Key:
        """As `open`, for callers outside of the event loop.

        :raises Problem: as `open`.
        """
        key = self.look_up(token)
        if key is None or not key.works_at(datetime.now(UTC)):
            raise Problem("unauthorized")
        return key

    def look_up(self, token: str) -> Key | None:
        """Ask the database; what it says counts for a second."""
        key = find(self._engine, token)
        now = time.monotonic()
        with self._lock:
            if key is None:
                self._known.pop(token, None)
                return None
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[token] = (key, now + _KNOWN_S)
            used = key.works_at(datetime.now(UTC)) and now > self._noted.get(key.id, 0.0)
            if used:
                self._noted[key.id] = now + _NOTED_S
        if used:
            note_use(self._engine, {key.id: datetime.now(UTC)})
        return key

    def _fresh(self, token: str) -> Key | None:
        known = self._known.get(token)
        return known[0] if known and time.monotonic() < known[1] else None


class Gate:
    """Lets requests below `/v1` in with a key, and not too many of them.

    :param reads_per_s: requests a second of one client that change nothing.
    :param writes_per_s: the others.
    """

    def __init__(self, app: App, keys: KeyRing, *, reads_per_s: float, writes_per_s: float) -> None:
        self._app = app
        self._keys = keys
        self._reads = RateLimit(reads_per_s, 2 * reads_per_s)
        self._writes = RateLimit(writes_per_s, 2 * writes_per_s)
        self._wrong = RateLimit(1 / _WRONG_EACH_S, _WRONG_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_guarded(scope["path"]):
            try:
                scope["state"]["key"] = await self._let_in(scope)
            except Problem as problem:
                await send_problem(scope, send, problem)
                return
            except SQLAlchemyError:
                away = Problem("unavailable", "База данных не отвечает.", {"Retry-After": "5"})
                await send_problem(scope, send, away)
                return
        await self._app(scope, receive, send)

    async def _let_in(self, scope: Scope) -> Key:
        address = (scope.get("client") or ("", 0))[0]
        if self._wrong.is_empty(address):
            raise too_many(_WRONG_EACH_S)
        try:
            key = await self._keys.open(shown(scope))
        except Problem:
            self._wrong.wait_s(address)
            raise
        limit = self._reads if scope["method"] in _READS else self._writes
        if wait := limit.wait_s(key.client):
            raise too_many(wait)
        return key


def shown(scope: Scope) -> str:
    """What a request shows as its key: `Authorization: Bearer …` or `X-API-Key: …`."""
    kind, _, token = header(scope, b"authorization").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    return header(scope, b"x-api-key")


def too_many(wait_s: float) -> Problem:
    """:param wait_s: seconds until the next request may come."""
    return Problem("too_many", headers={"Retry-After": str(max(1, math.ceil(wait_s)))})


def _is_guarded(path: str) -> bool:
    return path == "/v1" or path.startswith("/v1/")
