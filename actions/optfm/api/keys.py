"""Keys of the API: shown once, kept as a hash, known by their beginning.

A client is who a key was made for («site», «crm»). While a key is rotated its client has two that
work; a third ends the oldest.
"""

import hashlib
import hmac
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, or_, select

from optfm.api.scopes import Scope
from optfm.db.tables import api_keys
from optfm.errors import Refused

_MARK = "optfm"
_ALPHABET = string.ascii_letters + string.digits
_PREFIX_LENGTH = 8
_SECRET_LENGTH = 40
#: How many keys of one client work at once.
_AT_ONCE = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key as it is kept: enough to recognise it, not to use it."""

    id: int
    client: str
    prefix: str  #: the part that may be shown: `optfm_<prefix>_…`
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def works_at(self, now: datetime) -> bool:
        """Whether it opens the door.

        :param now: with a time zone.
        """
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


def add(
    engine: Engine, client: str, scopes: Iterable[Scope], *, expires_at: datetime | None = None
) -> str:
    """Make the first key of a client.

    :returns: the key itself, which nobody can see again.
    :raises Refused: the client has a key that works.
    """
    with engine.begin() as connection:
        if _working(connection, client):
            raise Refused(
                f"у «{client}» уже есть ключ: новый взамен даёт optfm api keys rotate {client}"
            )
        return _insert(connection, client, sorted(scopes), expires_at)


def rotate(engine: Engine, client: str, *, keep: timedelta) -> str:
    """Give a client a new key with the rights of his newest; that one works on for a while.

    :param keep: how long the old one works.
    :returns: the new key.
    :raises Refused: the client has no key that works.
    """
    with engine.begin() as connection:
        working = _working(connection, client)
        if not working:
            raise Refused(f"у «{client}» нет действующего ключа: optfm api keys add {client}")
        newest, *older = working
        for key in older[_AT_ONCE - 2 :]:
            _end(connection, key.id)
        ends_at = datetime.now(newest.created_at.tzinfo) + keep
        if newest.expires_at is None or ends_at < newest.expires_at:
            connection.execute(
                api_keys.update().where(api_keys.c.id == newest.id).values(expires_at=ends_at)
            )
        return _insert(connection, client, sorted(newest.scopes), newest.expires_at)


def revoke(engine: Engine, name: str) -> int:
    """End all keys of a client, or the one with this prefix, at once.

    :returns: how many that were.
    :raises Refused: there is no such key that works.
    """
    with engine.begin() as connection:
        ended = connection.execute(
            api_keys.update()
            .where(
                or_(api_keys.c.client == name, api_keys.c.prefix == name),
                api_keys.c.revoked_at.is_(None),
            )
            .values(revoked_at=func.now())
        ).rowcount
    if not ended:
        raise Refused(f"действующего ключа «{name}» нет: optfm api keys list")
    return ended


def keys(engine: Engine) -> list[Key]:
    """All of them, the newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(*_COLUMNS).order_by(api_keys.c.id.desc())).mappings()
        return [Key(**{**row, "scopes": frozenset(row["scopes"])}) for row in rows]


def find(engine: Engine, token: str) -> Key | None:
    """The key that somebody shows, whether it still works or not; None: it is none of ours.

    :param token: anything at all.
    """
    prefix = prefix_of(token)
    if prefix is None:
        return None
    query = select(*_COLUMNS, api_keys.c.sha256).where(api_keys.c.prefix == prefix)
    with engine.connect() as connection:
        row = connection.execute(query).mappings().one_or_none()
    if row is None or not hmac.compare_digest(row["sha256"], _hash(token)):
        return None
    return Key(**{**{c.name: row[c.name] for c in _COLUMNS}, "scopes": frozenset(row["scopes"])})


def note_use(engine: Engine, used: dict[int, datetime]) -> None:
    """Write down when keys were used last, by their ids."""
    with engine.begin() as connection:
        for key_id, at in used.items():
            connection.execute(
                api_keys.update().where(api_keys.c.id == key_id).values(last_used_at=at)
            )


def prefix_of(token: str) -> str | None:
    """What of a key may be shown; None where it has not the form of one."""
    mark, _, rest = token.partition("_")
    prefix, _, secret = rest.partition("_")
    well = (
        mark == _MARK
        and len(prefix) == _PREFIX_LENGTH
        and len(secret) == _SECRET_LENGTH
        and token.isascii()
        and prefix.isalnum()
        and secret.isalnum()
    )
    return prefix if well else None


_COLUMNS = (
    api_keys.c.id,
    api_keys.c.client,
    api_keys.c.prefix,
    api_keys.c.scopes,
    api_keys.c.created_at,
    api_keys.c.expires_at,
    api_keys.c.last_used_at,
    api_keys.c.revoked_at,
)


def _working(connection: Connection, client: str) -> list[Key]:
    """A client's keys that work, the newest first; other writers for him wait."""
    connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"api key {client}", 0)))
    )
    rows = connection.execute(
        select(*_COLUMNS)
        .where(
            api_keys.c.client == client,
            api_keys.c.revoked_at.is_(None),
            or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > func.now()),
        )
        .order_by(api_keys.c.id.desc())
    ).mappings()
    return [Key(**{**row, "scopes": frozenset(row["scopes"])}) for row in rows]


def _insert(
    connection: Connection, client: str, scopes: list[str], expires_at: datetime | None
) -> str:
    prefix = _random(_PREFIX_LENGTH)
    token = f"{_MARK}_{prefix}_{_random(_SECRET_LENGTH)}"
    connection.execute(
        api_keys.insert().values(
            client=client, prefix=prefix, sha256=_hash(token), scopes=scopes, expires_at=expires_at
        )
    )
    return token


def _end(connection: Connection, key_id: int) -> None:
    connection.execute(
        api_keys.update().where(api_keys.c.id == key_id).values(revoked_at=func.now())
    )


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _hash(token: str) -> str:
    """A random key of 240 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
