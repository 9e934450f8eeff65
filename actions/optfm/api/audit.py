"""Which key did what and when: a row for each change, a row a few seconds for the same reading."""

import asyncio
import logging
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from common import loops
from common.masking import mask
from optfm.api.wire import App, Message, Receive, Scope, Send
from optfm.db.connection import reason
from optfm.db.tables import api_audit

log = logging.getLogger(__name__)

_FLUSH_S, _PATIENCE_S = 2.0, 60.0
_LONGEST_TARGET = 200
#: While the database is away no more than so many rows are held.
_HELD = 10_000
_READS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One thing that was done, or read."""

    client: str | None  #: None: nobody whom we know
    key_prefix: str | None
    operation: str  #: the operation's id, else its method
    target: str  #: the values in its path, the dialog that it named or what it made, masked
    status: int
    request_id: str  #: "" for many of the same
    address: str


class Audit:
    """Writes acts into the database: changes before they are answered, readings soon.

    :param engine: the shop's database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._read: Counter[Act] = Counter()
        self._late: list[tuple[datetime, Act]] = []
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._writer = threading.Thread(target=self._write_on, name="audit", daemon=True)

    def start(self) -> "Audit":
        """Write what is read every few seconds, aside."""
        self._writer.start()
        return self

    def close(self) -> None:
        """Write what is left."""
        self._closed.set()
        if self._writer.is_alive():
            self._writer.join(timeout=5)
        self.flush()

    def note(self, act: Act) -> None:
        """Remember something that was read."""
        with self._lock:
            if len(self._read) < _HELD:
                self._read[act] += 1

    def write(self, act: Act) -> None:
        """Write down a change now; later where the database does not answer."""
        at = datetime.now(UTC)
        try:
            self._insert([_row(act, 1, at)])
        except SQLAlchemyError as exc:
            log.error("an act of %s waits to be written down: %s", act.client, reason(exc))
            with self._lock:
                self._late.append((at, act))

    def flush(self) -> None:
        """Write everything that waits."""
        with self._lock:
            read, self._read = self._read, Counter()
            late, self._late = self._late, []
        now = datetime.now(UTC)
        rows = [_row(act, times, now) for act, times in read.items()]
        rows += [_row(act, 1, at) for at, act in late]
        if not rows:
            return
        try:
            self._insert(rows)
        except SQLAlchemyError as exc:
            log.warning("the audit waits: %s", reason(exc))
            with self._lock:
                self._read.update(read)
                self._late += late

    def _insert(self, rows: list[dict[str, object]]) -> None:
        with self._engine.begin() as connection:
            connection.execute(api_audit.insert(), rows)

    def _write_on(self) -> None:
        turning = loops.loop("audit", patience_s=_PATIENCE_S)
        while not self._closed.wait(_FLUSH_S):
            with turning.round():
                self.flush()
        loops.ended(turning)


class Audited:
    """Notes every request below `/v1`, and what else shows a key."""

    def __init__(self, app: App, audit: Audit) -> None:
        self._app = app
        self._audit = audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(("/v1/", "/1c/")):
            await self._app(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                act = _act(scope, message)
                if act.client is None or scope["method"] in _READS:
                    self._audit.note(act)
                else:
                    await asyncio.to_thread(self._audit.write, act)
            await send(message)

        await self._app(scope, receive, noted)


def about(request: Request, thing: str) -> None:
    """What a request is about, where its path does not say so."""
    request.state.about = thing


def _act(scope: Scope, start: Message) -> Act:
    key = scope["state"].get("key")
    route = scope.get("route")
    target = " ".join(str(value) for value in scope.get("path_params", {}).values())
    target = target or _made(start) or scope["state"].get("about", "")
    once = key is not None and scope["method"] not in _READS
    return Act(
        client=key.client if key else None,
        key_prefix=key.prefix if key else None,
        operation=getattr(route, "operation_id", None) or scope["method"],
        target=mask(target).replace("\0", "")[:_LONGEST_TARGET],
        status=start["status"],
        request_id=scope["state"]["request_id"] if once else "",
        address=(scope.get("client") or ("", 0))[0],
    )


def _made(start: Message) -> str:
    """The number of what was created, or was there already: the end of its address."""
    if start["status"] not in (200, 201):
        return ""
    found = (value for name, value in start.get("headers", ()) if name.lower() == b"location")
    return next(found, b"").decode("latin-1").rpartition("/")[2]


def _row(act: Act, times: int, at: datetime) -> dict[str, object]:
    return {
        "at": at,
        "client": act.client,
        "key_prefix": act.key_prefix,
        "operation": act.operation,
        "target": act.target,
        "status": act.status,
        "request_id": act.request_id,
        "address": act.address,
        "times": times,
    }
