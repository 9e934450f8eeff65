"""Accounts of the staff: who they are, and the links by which they set their passwords."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import insert

from optfm.db.tables import staff, staff_sessions
from optfm.desk.passwords import hashed
from optfm.errors import Refused

Role = Literal["owner", "manager"]
#: How long a link that sets a password works.
INVITATION = timedelta(days=1)
LONGEST_NAME = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Somebody of the staff."""

    id: int
    name: str  #: as customers and colleagues read it; he signs in by it
    role: Role
    created_at: datetime
    disabled_at: datetime | None
    has_password: bool

    @property
    def is_owner(self) -> bool:
        """Whether he sees reports and changes what the bot says."""
        return self.role == "owner"


def login_of(name: str) -> str:
    """A name as it is looked for, however somebody types it."""
    return " ".join(name.split()).casefold().replace("ё", "е")


def add(connection: Connection, name: str, role: Role) -> str:
    """Make an account without a password.

    :returns: the token of the link that sets the password.
    :raises Refused: the name is taken or is none.
    """
    name = " ".join(name.split())
    if not (1 <= len(name) <= LONGEST_NAME and name.isprintable()):
        raise Refused(f"имя от 1 до {LONGEST_NAME} знаков: так его увидят клиенты")
    made = connection.execute(
        insert(staff)
        .values(name=name, login=login_of(name), role=role)
        .on_conflict_do_nothing()
        .returning(staff.c.id)
    ).scalar_one_or_none()
    if made is None:
        raise Refused(f"«{name}» уже есть; новую ссылку даёт optfm staff reset «{name}»")
    return _invite(connection, made)


def reset(connection: Connection, name: str) -> str:
    """Let somebody set a new password; the old one and all his sessions end now.

    :returns: as `add`.
    :raises Refused: nobody has this name.
    """
    found = _named(connection, name)
    connection.execute(
        update(staff).where(staff.c.id == found.id).values(password=None, disabled_at=None)
    )
    _sign_out(connection, found.id)
    return _invite(connection, found.id)


def disable(connection: Connection, name: str) -> Staff:
    """Let somebody in no longer; his sessions end now.

    :raises Refused: nobody has this name.
    """
    found = _named(connection, name)
    connection.execute(
        update(staff)
        .where(staff.c.id == found.id)
        .values(disabled_at=func.now(), invitation_sha256=None)
    )
    _sign_out(connection, found.id)
    return found


def listed(connection: Connection) -> list[Staff]:
    """Everybody, in the order in which they came."""
    found = connection.execute(select(*_COLUMNS).order_by(staff.c.id)).mappings()
    return [_staff(row) for row in found]


def invited(connection: Connection, token: str) -> Staff | None:
    """Whom a link lets set his password; None: it has been used, or is too old."""
    row = (
        connection.execute(
            select(*_COLUMNS).where(
                staff.c.invitation_sha256 == _hash(token),
                staff.c.invited_until > func.now(),
                staff.c.disabled_at.is_(None),
            )
        )
        .mappings()
        .one_or_none()
    )
    return _staff(row) if row else None


def set_password(connection: Connection, token: str, password: str) -> Staff | None:
    """Set the password of whomever a link invites; the link works no longer.

    :returns: as `invited`.
    """
    found = invited(connection, token)
    if found is None:
        return None
    done = connection.execute(
        update(staff)
        .where(staff.c.id == found.id, staff.c.invitation_sha256 == _hash(token))
        .values(password=hashed(password), invitation_sha256=None, invited_until=None)
    ).rowcount
    _sign_out(connection, found.id)
    return found if done else None


def of_login(connection: Connection, name: str) -> tuple[Staff, str | None] | None:
    """The account that a name opens, and its password's hash; None: there is none."""
    row = connection.execute(
        select(*_COLUMNS).where(staff.c.login == login_of(name), staff.c.disabled_at.is_(None))
    ).mappings().one_or_none()  # fmt: skip
    return (_staff(row), row["password"]) if row else None


_COLUMNS = (
    staff.c.id,
    staff.c.name,
    staff.c.role,
    staff.c.created_at,
    staff.c.disabled_at,
    staff.c.password,
)


def _staff(row: RowMapping) -> Staff:
    password = row["password"]
    known = {column.name: row[column.name] for column in _COLUMNS if column.name != "password"}
    return Staff(**known, has_password=password is not None)


def _named(connection: Connection, name: str) -> Staff:
    query = select(*_COLUMNS).where(staff.c.login == login_of(name))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise Refused(f"«{name}» нет: optfm staff list")
    return _staff(row)


def _invite(connection: Connection, staff_id: int) -> str:
    token = secrets.token_urlsafe(32)
    connection.execute(
        update(staff)
        .where(staff.c.id == staff_id)
        .values(invitation_sha256=_hash(token), invited_until=datetime.now(UTC) + INVITATION)
    )
    return token


def _sign_out(connection: Connection, staff_id: int) -> None:
    connection.execute(staff_sessions.delete().where(staff_sessions.c.staff_id == staff_id))


def _hash(token: str) -> str:
    """A random token of 256 bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
