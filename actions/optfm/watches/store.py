"""Watches in the database, by dialog."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text

from optfm.db.tables import watches
from optfm.watches.watch import LASTS, MOST, Agreed, Wanted, Watch


class TooMany(Exception):
    """A dialog watches as much as it may."""


def add(
    engine: Engine,
    dialog: str,
    wanted: Wanted,
    agreed: Agreed,
    *,
    channel: str,
    list_id: int | None,
    now: datetime,
) -> tuple[Watch, bool]:
    """Begin to watch; the same goods of the same dialog are watched once.

    :param now: with a time zone.
    :returns: the watch, and whether it is new.
    :raises TooMany: nothing was written.
    """
    with engine.begin() as connection:
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended('watch ' || :d, 0))"), {"d": dialog}
        )
        there = _of_dialog(connection, dialog)
        for one in there:
            same = (one.wanted.kind, one.wanted.code, one.wanted.asked.lower())
            if same == (wanted.kind, wanted.code, wanted.asked.lower()):
                return one, False
        if len(there) >= MOST:
            raise TooMany
        row = connection.execute(
            watches.insert()
            .values(
                dialog=dialog,
                channel=channel,
                kind=wanted.kind,
                asked=wanted.asked,
                name=wanted.name,
                code=wanted.code or None,
                price_kop=wanted.price_kop or None,
                list_id=list_id,
                consent_version=agreed.version,
                consent_wording=agreed.wording,
                consent_message=agreed.message_id,
                created_at=now,
                ends_at=now + LASTS,
            )
            .returning(watches)
        ).mappings().one()  # fmt: skip
        return _watch(row), True


def of_dialog(engine: Engine, dialog: str) -> list[Watch]:
    """What a dialog watches now, the oldest first."""
    with engine.connect() as connection:
        return _of_dialog(connection, dialog)


def listed(
    engine: Engine,
    *,
    dialog: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 200,
) -> list[Watch]:
    """What people wait for now, the newest first.

    :param dialog: only its own.
    :param since: asked for at that time or later, and before `until`.
    :param before: with a smaller number.
    """
    query = select(watches).where(watches.c.state == "on", watches.c.ends_at > func.now())
    if dialog is not None:
        query = query.where(watches.c.dialog == dialog)
    if since is not None:
        query = query.where(watches.c.created_at >= since)
    if until is not None:
        query = query.where(watches.c.created_at < until)
    if before is not None:
        query = query.where(watches.c.id < before)
    with engine.connect() as connection:
        found = connection.execute(query.order_by(watches.c.id.desc()).limit(limit)).mappings()
        return [_watch(row) for row in found]


def of_number(engine: Engine, number: int) -> Watch | None:
    """The watch of a number, also one that has ended."""
    with engine.connect() as connection:
        found = connection.execute(select(watches).where(watches.c.id == number)).mappings()
        row = found.one_or_none()
    return None if row is None else _watch(row)


def stop(engine: Engine, dialog: str, numbers: Sequence[int] = ()) -> list[Watch]:
    """End watches of a dialog.

    :param numbers: which of them; none: all.
    :returns: those that were ended.
    """
    query = watches.update().where(watches.c.dialog == dialog, watches.c.state == "on")
    if numbers:
        query = query.where(watches.c.id.in_(numbers))
    with engine.begin() as connection:
        rows = connection.execute(query.values(state="off").returning(watches)).mappings().all()
    return [_watch(row) for row in rows]


def to_check(connection: Connection, list_id: int) -> list[Watch]:
    """What is watched since before a list came, each locked for the caller's transaction."""
    query = (
        select(watches)
        .where(
            watches.c.state == "on",
            watches.c.ends_at > func.now(),
            (watches.c.list_id.is_(None)) | (watches.c.list_id < list_id),
        )
        .order_by(watches.c.dialog, watches.c.id)
        .with_for_update(skip_locked=True)
    )
    return [_watch(row) for row in connection.execute(query).mappings().all()]


def end_old(connection: Connection) -> None:
    """Close those whose days are over."""
    connection.execute(
        watches.update()
        .where(watches.c.state == "on", watches.c.ends_at <= func.now())
        .values(state="over")
    )


def told(connection: Connection, number: int, list_id: int) -> None:
    """A watch has done what it was for."""
    connection.execute(
        watches.update()
        .where(watches.c.id == number)
        .values(state="told", told_at=func.now(), told_list_id=list_id)
    )


def _of_dialog(connection: Connection, dialog: str) -> list[Watch]:
    query = select(watches).where(
        watches.c.dialog == dialog, watches.c.state == "on", watches.c.ends_at > func.now()
    )
    return [_watch(row) for row in connection.execute(query.order_by(watches.c.id)).mappings()]


def _watch(row: Any) -> Watch:  # noqa: ANN401 - a row mapping
    wanted = Wanted(
        kind=row["kind"],
        asked=row["asked"],
        name=row["name"],
        code=row["code"] or "",
        price_kop=row["price_kop"] or 0,
    )
    return Watch(
        id=row["id"],
        dialog=row["dialog"],
        channel=row["channel"],
        wanted=wanted,
        state=row["state"],
        created=row["created_at"],
        ends=row["ends_at"],
        list_id=row["list_id"],
    )
