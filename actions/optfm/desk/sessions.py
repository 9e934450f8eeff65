"""Who is signed in: a random token in a cookie, its hash in a table, two ends in time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, not_, select, update

from optfm.db.signed_in import goes_on
from optfm.db.tables import staff, staff_sessions
from optfm.desk.accounts import Staff

#: That a session is used is written down this often.
_NOTED = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One browser of somebody who is signed in."""

    key: str  #: of the row: the token's hash
    staff: Staff
    created_at: datetime
    seen_at: datetime
    address: str


def begin(connection: Connection, staff_id: int, address: str) -> str:
    """Let a browser in.

    :returns: the token for its cookie.
    """
    connection.execute(delete(staff_sessions).where(not_(goes_on())))
    token = secrets.token_urlsafe(32)
    connection.execute(
        staff_sessions.insert().values(
            token_sha256=_hash(token), staff_id=staff_id, address=address
        )
    )
    return token


def find(connection: Connection, token: str) -> Session | None:
    """The session behind a cookie; None: there is none, or no longer."""
    if not token:
        return None
    row = connection.execute(
        _SESSIONS.where(staff_sessions.c.token_sha256 == _hash(token))
    ).mappings().one_or_none()  # fmt: skip
    if row is None:
        return None
    if row["now"] - row["seen_at"] > _NOTED:
        connection.execute(
            update(staff_sessions)
            .where(staff_sessions.c.token_sha256 == row["token_sha256"])
            .values(seen_at=func.now())
        )
    return Session(
        key=row["token_sha256"],
        staff=Staff(
            id=row["id"],
            name=row["name"],
            role=row["role"],
            created_at=row["staff_since"],
            disabled_at=None,
            has_password=True,
        ),
        created_at=row["created_at"],
        seen_at=row["seen_at"],
        address=row["address"],
    )


def is_open(connection: Connection, key: str) -> bool:
    """Whether a session goes on; asking does not keep it alive."""
    return connection.execute(
        _SESSIONS.where(staff_sessions.c.token_sha256 == key)
    ).first() is not None  # fmt: skip


def of_staff(connection: Connection, staff_id: int) -> list[tuple[str, datetime, datetime, str]]:
    """Somebody's sessions, the one used last first: key, since, used, address."""
    rows = connection.execute(
        _SESSIONS.where(staff_sessions.c.staff_id == staff_id).order_by(
            staff_sessions.c.seen_at.desc()
        )
    ).mappings()
    return [(r["token_sha256"], r["created_at"], r["seen_at"], r["address"]) for r in rows]


def end(connection: Connection, key: str) -> None:
    """Sign one browser out."""
    connection.execute(delete(staff_sessions).where(staff_sessions.c.token_sha256 == key))


def end_all(connection: Connection, staff_id: int) -> int:
    """Sign somebody out everywhere; how many browsers that were."""
    return connection.execute(
        delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id)
    ).rowcount


_SESSIONS = (
    select(
        staff_sessions,
        staff.c.id,
        staff.c.name,
        staff.c.role,
        staff.c.created_at.label("staff_since"),
        func.now().label("now"),
    )
    .join(staff, staff.c.id == staff_sessions.c.staff_id)
    .where(staff.c.disabled_at.is_(None), goes_on())
)


def _hash(token: str) -> str:
    """A random token of 256 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
