"""Who is told of events: an address, what it wants to hear, a secret that signs it."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine, func, select, text

from optfm.db.tables import webhook_receivers

#: While a secret is changed events are signed with both.
_BOTH_FOR = timedelta(hours=24)
_COLUMNS = webhook_receivers.c


class EventType(StrEnum):
    """What there is to be told of; the database's triggers write them (migration 0014)."""

    REQUEST_CREATED = "request.created"
    REQUEST_MOVED = "request.moved"
    ORDER_SENT = "order.sent"
    DIALOG_HANDED_OVER = "dialog.handed_over"
    DIALOG_CLOSED = "dialog.closed"
    PRICE_LIST_ACTIVATED = "price_list.activated"
    PRICE_LIST_HELD = "price_list.held"
    WATCH_FIRED = "watch.fired"


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """One address that is told."""

    id: int
    url: str
    types: tuple[str, ...]  #: of EventType; none: all of them
    active: bool
    created_at: datetime
    why_inactive: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Secrets:
    """What signs the events of a receiver, the newest first."""

    url: str
    active: bool
    secrets: tuple[str, ...]


def add(engine: Engine, url: str, types: Iterable[str]) -> tuple[Receiver, str]:
    """Tell an address of events from now on.

    :returns: the receiver and its secret, which is not shown again.
    """
    secret = _new_secret()
    with engine.begin() as connection:
        row = connection.execute(
            webhook_receivers.insert()
            .values(url=url, types=sorted(types), secret=secret)
            .returning(*_SHOWN)
        ).mappings()
        return _receiver(row.one()), secret


def receivers(engine: Engine) -> list[Receiver]:
    """All of them, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(*_SHOWN).order_by(_COLUMNS.id.desc())).mappings()
        return [_receiver(row) for row in rows]


def find(engine: Engine, receiver_id: int) -> Receiver | None:
    """One of them."""
    with engine.connect() as connection:
        row = connection.execute(select(*_SHOWN).where(_COLUMNS.id == receiver_id)).mappings()
        found = row.one_or_none()
    return _receiver(found) if found else None


def remove(engine: Engine, receiver_id: int) -> bool:
    """Tell it nothing any more, nor what waits; whether it was there."""
    with engine.begin() as connection:
        connection.execute(
            text(
                "DELETE FROM outbox WHERE kind = 'webhook'"
                " AND payload ->> 'receiver' = CAST(:id AS text) AND status <> 'sent'"
            ),
            {"id": str(receiver_id)},
        )
        gone = connection.execute(
            webhook_receivers.delete().where(_COLUMNS.id == receiver_id)
        ).rowcount
    return bool(gone)


def switch(engine: Engine, receiver_id: int, *, active: bool, why: str | None = None) -> bool:
    """Begin or stop telling it; whether it is there."""
    with engine.begin() as connection:
        return bool(
            connection.execute(
                webhook_receivers.update()
                .where(_COLUMNS.id == receiver_id)
                .values(active=active, why_inactive=None if active else why)
            ).rowcount
        )


def rotate_secret(engine: Engine, receiver_id: int) -> str | None:
    """A new secret; the old one signs, too, for a day. None: there is no such receiver."""
    secret = _new_secret()
    with engine.begin() as connection:
        found = connection.execute(
            webhook_receivers.update()
            .where(_COLUMNS.id == receiver_id)
            .values(
                old_secret=_COLUMNS.secret,
                old_until=datetime.now(UTC) + _BOTH_FOR,
                secret=secret,
            )
        ).rowcount
    return secret if found else None


def secrets_of(engine: Engine, receiver_id: int) -> Secrets | None:
    """Where a receiver is and what signs for it now; None: it is gone."""
    still = (_COLUMNS.old_until > func.now()).label("still")
    query = select(
        _COLUMNS.url, _COLUMNS.active, _COLUMNS.secret, _COLUMNS.old_secret, still
    ).where(_COLUMNS.id == receiver_id)
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    old = (row.old_secret,) if row.still else ()
    return Secrets(url=row.url, active=row.active, secrets=(row.secret, *old))


_SHOWN = (
    _COLUMNS.id,
    _COLUMNS.url,
    _COLUMNS.types,
    _COLUMNS.active,
    _COLUMNS.created_at,
    _COLUMNS.why_inactive,
)


def _receiver(row: object) -> Receiver:
    values = dict(row)  # type: ignore[call-overload]
    return Receiver(**{**values, "types": tuple(values["types"])})


def _new_secret() -> str:
    """As Standard Webhooks writes them: 24 to 64 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
