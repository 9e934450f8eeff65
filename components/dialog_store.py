"""Rasa's tracker store on the shop's Postgres: every event is kept, a turn loads the last few.

Why not Rasa's own `SQLTrackerStore`: docs/adr/0008-dialog-store.md. The `events` table is made by
the migrations (actions/optfm/db/migrations), with Rasa's columns.
"""

import asyncio
import itertools
import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import rasa.shared.utils.cli
import sqlalchemy
import sqlalchemy.event
from psycopg2.extras import execute_values
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError

from common import jsonb
from components import console, rasa_patches
from connectors.routes import metrics
from connectors.server.database import alive
from connectors.settings import settings

#: The customer's messages that a turn sees. Slots, the open form and a pause come from before
#: them all the same; nothing else in a turn depends on what was said earlier.
TURNS_LOADED = 6
#: How long a turn waits for the database before the customer gets the apology.
PATIENCE_S = 6.0
_CONNECTIONS = 10

Result = TypeVar("Result")


class DialogStoreAway(RasaException):
    """The database does not answer: nothing was read, or nothing was written."""


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how many of its events need no saving."""

    stored = 0


class DialogStore(TrackerStore):
    """The dialogs in Postgres, as endpoints.yml names it.

    Every call takes a thread, so that one slow answer of the database does not hold up the
    other dialogs, and ends after `PATIENCE_S` with `DialogStoreAway`.

    :param domain: the slots a tracker has; Rasa sets it when the model is loaded.
    :param event_broker: Rasa's, if endpoints.yml has one.
    :param host: unused: the address is a setting.
    :param url: the database in place of the one of the settings (tests).
    """

    #: Each reading is the start of a turn; `rasa interactive` reads between actions, too.
    begins_turns = False

    def __new__(
        cls,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        url: str | None = None,
        **kwargs: object,
    ) -> "DialogStore | MemoryStore":
        console.install()
        # Rasa's commands by hand, beside no running bot: they work, with Rasa's own store.
        if url or settings().db_url.get_secret_value() or _answers(settings().database_url()):
            return super().__new__(cls)
        rasa.shared.utils.cli.print_warning(
            "База не запущена (её держит ./optfm run): разговор останется только в памяти."
        )
        return MemoryStore(domain, event_broker)

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        url: str | None = None,
        **kwargs: object,
    ) -> None:
        rasa_patches.apply()
        address = url or settings().database_url()
        self._engine = _engine(address)
        sqlalchemy.event.listen(self._engine, "checkout", _must_live)
        # One statement a question: no transaction around it, and no trip to set one up. A pool
        # without a look before each use: a question may be asked again.
        self._reading = _engine(address, isolation_level="AUTOCOMMIT")
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="dialog-store")
        super().__init__(domain, event_broker, **kwargs)

    def close(self) -> None:
        """Close its connections; the next question opens new ones."""
        self._engine.dispose()
        self._reading.dispose()

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        """What the next turn of a dialog needs to know of it.

        :returns: the tracker since the start of its session, but of the turns before the last
            `TURNS_LOADED` only their outcome; None where the dialog has not begun.
        :raises DialogStoreAway: the database does not answer.
        """
        slots = [slot.name for slot in self.domain.slots]
        rows = await self._ask(_read_recent, sender_id, slots)
        earlier = [data for recent, data in rows if not recent]
        recent = [data for recent, data in rows if recent]
        if not recent:
            return None
        events = _events(earlier)
        if events or recent[0]["event"] == "user":
            # What was cut off ended so; the rules look at the action before a message.
            events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=recent[0]["timestamp"]))
        events += _events(recent)
        if self.begins_turns and not _listens(events):
            # The last turn broke off; without this no rule would know the next one's beginning.
            events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=events[-1].timestamp))
        return self._tracker(sender_id, events)

    async def retrieve_full_tracker(self, conversation_id: str) -> StoredTracker | None:
        """All of a dialog, over all its sessions.

        :raises DialogStoreAway: the database does not answer.
        """
        rows = await self._ask(_read_all, conversation_id)
        return self._tracker(conversation_id, _events(rows)) if rows else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add what is new in a tracker, all of it or nothing.

        A turn that runs out of its time in here is let finish: it counts as answered.

        :raises DialogStoreAway: the database does not answer; nothing was added.
        """
        if not isinstance(tracker, StoredTracker):
            await self._replace(tracker)
            return
        count = len(tracker.events)
        new = list(itertools.islice(tracker.events, tracker.stored, count))
        if not new:
            return
        if self.event_broker:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)
        await self._write(_append, [event_row(tracker.sender_id, event) for event in new])
        if not tracker.stored:
            metrics.dialog_began()
        tracker.stored = count

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything was ever said in a dialog."""
        return bool(await self._ask(_read_any, conversation_id))

    async def keys(self) -> Iterable[str]:
        """The ids of all dialogs."""
        return await self._ask(_read_keys)

    async def said(self, dialog: str, limit: int) -> list[Any]:
        """The last messages of a dialog: rows of the view `messages`, oldest first.

        :raises DialogStoreAway: the database does not answer.
        """
        return await self._ask(_read_said, dialog, limit)

    async def offered(self, dialog: str, payload: str) -> str | None:
        """The title of a button that this dialog was shown with this payload, or None.

        :raises DialogStoreAway: the database does not answer.
        """
        for data in await self._ask(_read_offers, dialog, payload):
            if title := _title(data.get("data") or {}, payload):
                return title
        return None

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """A tracker of a dialog that begins."""
        return StoredTracker(sender_id, self.domain.slots, self.max_event_history)

    def _tracker(self, dialog: str, events: list[Event]) -> StoredTracker:
        tracker = StoredTracker(dialog, self.domain.slots)
        for event in events:
            tracker.update(event)
        tracker.stored = len(events)
        return tracker

    async def _replace(self, tracker: DialogueStateTracker) -> None:
        """`rasa interactive` hands in whole dialogs, shorter ones after an undo."""
        rows = [event_row(tracker.sender_id, event) for event in tracker.events]
        await self._write(_rewrite, tracker.sender_id, rows)

    async def _ask(self, question: Callable[..., Result], *arguments: object) -> Result:
        def once() -> Result:
            with self._reading.connect() as connection:
                return question(connection, *arguments)

        def work() -> Result:
            try:
                return once()
            except DBAPIError as exc:
                if not exc.connection_invalidated:
                    raise
                return once()  # the database was started anew: the old connections are dropped

        return await self._in_thread(work)

    async def _write(self, writing: Callable[..., None], *arguments: object) -> None:
        given_up = threading.Event()

        def work() -> None:
            with self._engine.begin() as connection:
                writing(connection, *arguments)
                if given_up.is_set():  # the customer was told that it failed: so it must
                    raise DialogStoreAway("the database answered too late")

        async def patient() -> None:
            try:
                await self._in_thread(work)
            except DialogStoreAway:
                given_up.set()
                raise

        saving = asyncio.ensure_future(patient())
        try:
            await asyncio.shield(saving)
        except asyncio.CancelledError:
            await saving

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(future, PATIENCE_S)
        except asyncio.TimeoutError as exc:
            raise DialogStoreAway(f"no answer of the database in {PATIENCE_S:.0f} s") from exc
        # psycopg2 says of a NUL in a text only that the value is wrong.
        except (SQLAlchemyError, ValueError) as exc:
            raise DialogStoreAway(_reason(exc)) from exc


class MemoryStore(InMemoryTrackerStore):
    """Rasa's store in memory, for commands by hand without a database."""

    async def offered(self, dialog: str, payload: str) -> str | None:
        """As `DialogStore.offered`."""
        tracker = await self.retrieve_full_tracker(dialog)
        for event in reversed(tracker.events if tracker else ()):
            if isinstance(event, BotUttered) and (title := _title(event.data, payload)):
                return title
        return None


def _engine(url: str, **options: Any) -> Engine:  # noqa: ANN401 - SQLAlchemy's
    address = sqlalchemy.engine.make_url(url.replace("postgres://", "postgresql://", 1))
    return sqlalchemy.create_engine(
        address.set(drivername="postgresql+psycopg2"),
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE_S,
        connect_args={
            "connect_timeout": 3,
            "options": "-c statement_timeout=5000 -c timezone=UTC",
            "tcp_user_timeout": 5000,
        },
        **options,
    )


def _must_live(dbapi_connection: Any, record: object, proxy: object) -> None:  # noqa: ANN401
    """SQLAlchemy's own ping is a trip to the database for each turn; this is a look at the socket.

    :raises DisconnectionError: the server has ended it: the pool makes another.
    """
    if not alive(dbapi_connection):
        raise DisconnectionError


def _answers(url: str) -> bool:
    """Whether the address that a bot left behind still leads to a database."""
    if not url:
        return False
    engine = _engine(url)
    try:
        with engine.connect():
            return True
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()


# `origin` is the last beginning (a session, a restart), `edge` the first message that a turn
# sees. Between them: the last value of each slot, the last form, the last pause. Each is one
# step down an index, however long the dialog is.
_RECENT = """
WITH origin AS MATERIALIZED (
    SELECT greatest(
        (SELECT id FROM events WHERE sender_id = %(dialog)s AND type_name = 'session_started'
         ORDER BY id DESC LIMIT 1),
        (SELECT id FROM events WHERE sender_id = %(dialog)s AND type_name = 'restart'
         ORDER BY id DESC LIMIT 1),
        0) AS id
), edge AS MATERIALIZED (
    SELECT greatest(origin.id, (
        SELECT id FROM events
        WHERE sender_id = %(dialog)s AND type_name = 'user' AND id > origin.id
        ORDER BY id DESC OFFSET %(turns)s - 1 LIMIT 1)) AS id
    FROM origin
), emptied AS MATERIALIZED (
    SELECT greatest(origin.id, (
        SELECT id FROM events
        WHERE sender_id = %(dialog)s AND type_name = 'reset_slots' AND id < edge.id
        ORDER BY id DESC LIMIT 1)) AS id
    FROM origin, edge
)
SELECT recent, data FROM (
    SELECT events.id, true AS recent, data FROM events, edge
    WHERE sender_id = %(dialog)s AND events.id >= edge.id
    UNION ALL
    SELECT last.id, false, last.data
    FROM unnest(%(slots)s::text[]) AS slot, emptied, edge, LATERAL (
        SELECT events.id, data FROM events
        WHERE sender_id = %(dialog)s AND type_name = 'slot' AND action_name = slot
            AND events.id > emptied.id AND events.id < edge.id
        ORDER BY events.id DESC LIMIT 1) AS last
    UNION ALL
    SELECT last.id, false, last.data
    FROM unnest(ARRAY['active_loop', 'pause', 'resume']) AS kind, origin, edge, LATERAL (
        SELECT events.id, data FROM events
        WHERE sender_id = %(dialog)s AND type_name = kind
            AND events.id > origin.id AND events.id < edge.id
        ORDER BY events.id DESC LIMIT 1) AS last
) AS needed ORDER BY id
"""


def _read_recent(
    connection: Connection, dialog: str, slots: list[str]
) -> list[tuple[bool, dict[str, Any]]]:
    found = connection.exec_driver_sql(
        _RECENT, {"dialog": dialog, "slots": slots, "turns": TURNS_LOADED}
    )
    return [(recent, json.loads(data)) for recent, data in found]


def _read_all(connection: Connection, dialog: str) -> list[dict[str, Any]]:
    found = connection.exec_driver_sql(
        "SELECT data FROM events WHERE sender_id = %s ORDER BY id", (dialog,)
    )
    return [json.loads(data) for (data,) in found]


def _read_any(connection: Connection, dialog: str) -> bool:
    found = connection.exec_driver_sql(
        "SELECT 1 FROM events WHERE sender_id = %s LIMIT 1", (dialog,)
    )
    return found.first() is not None


def _read_keys(connection: Connection) -> list[str]:
    return [key for (key,) in connection.exec_driver_sql("SELECT DISTINCT sender_id FROM events")]


def _read_said(connection: Connection, dialog: str, limit: int) -> list[Any]:
    found = connection.exec_driver_sql(
        "SELECT at, author, text, message_id, buttons, custom,"
        " data::jsonb #> '{metadata,file}' AS file FROM messages JOIN events USING (id)"
        " WHERE dialog = %s ORDER BY id DESC LIMIT %s",
        (dialog, limit),
    )
    return list(found)[::-1]


def _read_offers(connection: Connection, dialog: str, payload: str) -> list[dict[str, Any]]:
    # As `event_row` writes it. The text is only a sieve: the caller looks into the buttons.
    needle = f'"payload": {jsonb.dumps(payload)}'
    found = connection.exec_driver_sql(
        "SELECT data FROM events WHERE sender_id = %s AND type_name = 'bot'"
        " AND position(%s in data) > 0 ORDER BY id DESC LIMIT 10",
        (dialog, needle),
    )
    return [json.loads(data) for (data,) in found]


Row = tuple[str, str, float, str | None, str | None, str]


def _append(connection: Connection, rows: list[Row]) -> None:
    with connection.connection.cursor() as cursor:
        execute_values(
            cursor,
            'INSERT INTO events (sender_id, type_name, "timestamp", intent_name, action_name, data)'
            " VALUES %s",
            rows,
            page_size=len(rows),
        )


def _rewrite(connection: Connection, dialog: str, rows: list[Row]) -> None:
    """Make a dialog be `rows`: keep what is common, drop what was undone, add what is new."""
    stored = connection.exec_driver_sql(
        'SELECT id, type_name, "timestamp" FROM events WHERE sender_id = %s ORDER BY id', (dialog,)
    ).all()
    common = 0
    for (_, kind, at), row in zip(stored, rows, strict=False):
        if (kind, at) != row[1:3]:
            break
        common += 1
    if common < len(stored):
        connection.exec_driver_sql(
            "DELETE FROM events WHERE sender_id = %s AND id >= %s", (dialog, stored[common][0])
        )
    if rows[common:]:
        _append(connection, rows[common:])


def event_row(dialog: str, event: Event) -> Row:
    """An event as a row of `events`, in the order of its columns."""
    data = event.as_dict()
    intent = data.get("parse_data", {}).get("intent", {}).get("name")
    return dialog, event.type_name, event.timestamp, intent, data.get("name"), jsonb.dumps(data)


def _events(rows: Iterable[dict[str, Any]]) -> list[Event]:
    return deserialise_events(list(rows))


def _listens(events: list[Event]) -> bool:
    """Whether the turns came to their end."""
    for event in reversed(events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted):
            return bool(event.action_name == ACTION_LISTEN_NAME)
    return False


def _title(said: dict[str, Any], payload: str) -> str | None:
    for button in said.get("buttons") or ():
        if button.get("payload") == payload:
            return str(button.get("title") or payload)
    return None


def _reason(exc: Exception) -> str:
    """What went wrong, in one line, without the statement and its values."""
    return " ".join(str(getattr(exc, "orig", None) or type(exc).__name__).split())
