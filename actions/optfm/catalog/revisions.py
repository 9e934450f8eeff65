"""The price lists in Postgres: every import is a revision, one of them is active.

A revision is written and made active in one transaction, so an import that is cut short leaves
the old list as it was; going back is one more switch of the mark.
"""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import batched, chain
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, cast, func, insert, select, text, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import ColumnElement

from optfm.catalog.compare import Changes, compare
from optfm.catalog.errors import PriceListError
from optfm.catalog.guard import doubts
from optfm.catalog.outcome import ListOptions
from optfm.catalog.profile import Profile, read_for_shop
from optfm.catalog.read import price_list_of, read_file
from optfm.catalog.rows import PriceGroup, PriceList, PriceRow, UnpricedRow
from optfm.db.tables import price_lists, price_rows
from optfm.errors import Refused

#: Any number that nobody else uses as an advisory lock on this database.
_LOCK = 7_210_002
_NO_ANSWERS = Profile()

#: Rows that are read or written at once: a list may have 100,000.
_BATCH = 5_000

#: A list with a smaller share of the active one's goods is taken for a part of it.
SMALLEST_SHARE = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A file that was read and may be imported."""

    file_name: str
    sha256: str  #: hex
    price_list: PriceList


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """A price list that was imported; its rows stay in the database."""

    id: int
    file_name: str
    sha256: str  #: of the file, hex
    title: str
    list_date: date
    items: int
    groups: int
    imported_at: datetime
    activated_at: datetime | None  #: the last time
    active: bool
    held: str | None = None  #: why a person must activate it: it came by itself, and is odd


@dataclass(frozen=True, kw_only=True, slots=True)
class ActiveList:
    """What the shop sells now."""

    revision: Revision
    rows: tuple[PriceRow, ...]  #: in the order of the sheet
    groups: tuple[PriceGroup, ...]  #: in the order of the list
    unpriced: tuple[UnpricedRow, ...] = ()  #: in the order of the list; nobody may name a price


class Outcome(Enum):
    """What an import did, or would do."""

    ADDED = "added"  #: a new revision, active now
    SWITCHED = "switched"  #: the same file had been imported before: its revision is active again
    UNCHANGED = "unchanged"  #: the active list is of this very file
    HELD = "held"  #: a revision that waits for a person's word; the active one stays


@dataclass(frozen=True, kw_only=True, slots=True)
class Import:
    """The account of an import or of its dry run."""

    outcome: Outcome
    before: Revision | None  #: active until now
    revision: Revision | None  #: active from now on; None: a dry run would add one
    changes: Changes
    doubts: tuple[str, ...] = ()  #: why it is held, or would be


def source_of(
    price_list: PriceList, data: bytes, file_name: str, options: ListOptions | None = None
) -> Source:
    """A list that was read, with the file that it came from.

    :param options: the answers it was read by; the same file by another price is another list.
    """
    told = b"" if options in (None, ListOptions()) else repr(options).encode()
    return Source(
        file_name=file_name.encode(errors="replace").decode(),
        sha256=hashlib.sha256(data + told).hexdigest(),
        price_list=price_list,
    )


def read_source(path: Path, kept: Profile = _NO_ANSWERS) -> Source:
    """Read a file before the database is needed.

    :param kept: the answers that the shop has given before.
    :raises PriceListError: the file is not a price list to sell from, or raises a question.
    """
    data = read_file(path)
    found = read_for_shop(data, ListOptions(), kept, file_name=path.name)
    told = kept.under(ListOptions(), letters=True)
    return source_of(price_list_of(found), data, path.name, told)


def import_file(engine: Engine, path: Path, kept: Profile = _NO_ANSWERS) -> Import:
    """Read a price list and make it the active one.

    :param kept: as `read_source` takes it.
    :raises PriceListError: as `read_source` and `import_source`.
    """
    return import_source(engine, read_source(path, kept))


def import_source(
    engine: Engine,
    source: Source,
    *,
    force: bool = False,
    dry_run: bool = False,
    most_gone: float | None = None,
) -> Import:
    """Make a price list the active one; the same file again adds no revision.

    Imports that run at once take turns.

    :param force: also take a list with fewer than SMALLEST_SHARE of the active goods, or one
        whose prices are all those of the active list times one factor.
    :param dry_run: change nothing, say what would change.
    :param most_gone: of a list that no person looks at: it is held where more than this share of
        the goods is gone, or its prices are wild (optfm.catalog.guard), and not refused.
    :raises PriceListError: too small a list, or all prices many times higher or lower.
    """
    with engine.begin() as connection:
        _take_turns(connection)
        before = _active(connection)
        old_rows = _rows_of(connection, before.id) if before else ()
        changes = compare(old_rows, source.price_list.rows)
        if before and not force and most_gone is None:
            _refuse_a_part(source, before)
            _refuse_a_jump(changes, before)
        revision = _find(connection, price_lists.c.sha256 == source.sha256)
        if revision is None:
            outcome = Outcome.ADDED
        elif revision.active:
            outcome = Outcome.UNCHANGED
        else:
            outcome = Outcome.SWITCHED
        why: tuple[str, ...] = ()
        if most_gone is not None and not force and outcome is not Outcome.UNCHANGED:
            why = doubts(old_rows, changes, most_gone=most_gone)
            outcome = Outcome.HELD if why else outcome
        if not dry_run and outcome is not Outcome.UNCHANGED:
            revision_id = revision.id if revision else _add(connection, source)
            held = "; ".join(why)
            revision = (
                _hold(connection, revision_id, held) if why else _switch(connection, revision_id)
            )
    return Import(
        outcome=outcome,
        before=before,
        revision=revision,
        changes=changes,
        doubts=why,
    )


def activate(engine: Engine, revision_id: int) -> Revision:
    """Make a revision the active one; also when it is already.

    :raises Refused: no such revision.
    """
    with engine.begin() as connection:
        _take_turns(connection)
        revision = _find(connection, price_lists.c.id == revision_id)
        if revision is None:
            raise Refused(f"нет прайс-листа № {revision_id}: номера показывает optfm prices list")
        return revision if revision.active else _switch(connection, revision_id)


def revisions(engine: Engine) -> list[Revision]:
    """All of them, newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(price_lists).order_by(price_lists.c.id.desc()))
        return [_revision(row) for row in rows]


def active(engine: Engine) -> Revision | None:
    """The active revision, None before the first import; cheap enough to poll."""
    with engine.connect() as connection:
        return _active(connection)


def load_active(engine: Engine) -> ActiveList | None:
    """The active revision with its goods, None before the first import."""
    with engine.connect() as connection:
        revision = _active(connection)
        if revision is None:
            return None
        return ActiveList(
            revision=revision,
            rows=_rows_of(connection, revision.id),
            groups=_groups_of(connection, revision.id),
            unpriced=_unpriced_of(connection, revision.id),
        )


def _refuse_a_part(source: Source, before: Revision) -> None:
    items = len(source.price_list.rows)
    if items < before.items * SMALLEST_SHARE:
        raise PriceListError(
            f"товаров в файле {items}, а в действующем прайс-листе {before.items}: "
            "меньше половины; если так и надо, добавьте --force"
        )


def _refuse_a_jump(changes: Changes, before: Revision) -> None:
    if changes.factor is not None:
        raise PriceListError(
            f"все цены против прайс-листа № {before.id} изменились в {changes.factor:.3g} раза: "
            "другая валюта или не тот столбец? Если так и надо, добавьте --force"
        )


def _take_turns(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _find(connection: Connection, condition: ColumnElement[bool]) -> Revision | None:
    query = select(price_lists).where(condition).order_by(price_lists.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _revision(row)


def _active(connection: Connection) -> Revision | None:
    return _find(connection, price_lists.c.active)


def _revision(row: Row[Any]) -> Revision:
    return Revision(**row._mapping)


def _rows_of(connection: Connection, revision_id: int) -> tuple[PriceRow, ...]:
    columns = price_rows.c
    query = (
        select(
            columns.code,
            columns.name,
            cast(columns.price * 100, BigInteger),  # a Decimal a row takes longer than the query
            columns.status,
            columns.path,
            columns.row_number,
            columns.unit,
            columns.stock,
        )
        .where(columns.list_id == revision_id, ~columns.is_group, columns.price.is_not(None))
        .order_by(columns.position)
    )
    paths: dict[tuple[str, ...], tuple[str, ...]] = {}  # thousands of rows share one
    return tuple(
        PriceRow(
            code=code,
            name=name,
            price_kop=price_kop,
            status=sys.intern(status),
            path=paths.setdefault(tuple(path), tuple(path)),
            row_number=row_number,
            unit=sys.intern(unit),
            stock=sys.intern(stock),
        )
        for code, name, price_kop, status, path, row_number, unit, stock in connection.execute(
            query, execution_options={"yield_per": _BATCH}
        )
    )


def _unpriced_of(connection: Connection, revision_id: int) -> tuple[UnpricedRow, ...]:
    columns = price_rows.c
    query = (
        select(
            columns.code,
            columns.name,
            columns.said,
            columns.status,
            columns.path,
            columns.row_number,
            columns.unit,
            columns.stock,
        )
        .where(columns.list_id == revision_id, ~columns.is_group, columns.price.is_(None))
        .order_by(columns.position)
    )
    return tuple(
        UnpricedRow(**{**row, "path": tuple(row["path"])})
        for row in connection.execute(query).mappings()
    )


def _groups_of(connection: Connection, revision_id: int) -> tuple[PriceGroup, ...]:
    columns = price_rows.c
    query = (
        select(
            columns.code,
            columns.name,
            cast(columns.price * 100, BigInteger).label("price_kop"),
            columns.status,
            columns.path,
            columns.row_number,
            columns.depth,
        )
        .where(columns.list_id == revision_id, columns.is_group)
        .order_by(columns.position)
    )
    return tuple(
        PriceGroup(**{**group, "path": tuple(group["path"])})
        for group in connection.execute(query).mappings()
    )


def _add(connection: Connection, source: Source) -> int:
    price_list = source.price_list
    revision_id = connection.scalar(
        insert(price_lists)
        .values(
            file_name=source.file_name,
            sha256=source.sha256,
            title=price_list.title,
            list_date=price_list.list_date,
            items=len(price_list.rows),
            groups=len(price_list.groups),
        )
        .returning(price_lists.c.id)
    )
    # Goods and groups are read back apart, so only the order within each counts.
    rows: Iterable[PriceRow | UnpricedRow | PriceGroup] = chain(
        price_list.rows, price_list.unpriced, price_list.groups
    )
    for some in batched(enumerate(rows), _BATCH):
        connection.execute(
            insert(price_rows),
            [
                {"list_id": revision_id, "position": position, **_as_record(row)}
                for position, row in some
            ],
        )
    return int(revision_id)


def _as_record(row: PriceRow | PriceGroup | UnpricedRow) -> dict[str, object]:
    price_kop = None if isinstance(row, UnpricedRow) else row.price_kop
    return {
        "is_group": isinstance(row, PriceGroup),
        "code": row.code,
        "name": row.name,
        "price": None if price_kop is None else Decimal(price_kop).scaleb(-2),
        "status": row.status,
        "depth": len(row.path),
        "path": list(row.path),
        "row_number": row.row_number,
        "unit": "" if isinstance(row, PriceGroup) else row.unit,
        "stock": "" if isinstance(row, PriceGroup) else row.stock,
        "said": row.said if isinstance(row, UnpricedRow) else "",
    }


def _switch(connection: Connection, revision_id: int) -> Revision:
    connection.execute(update(price_lists).where(price_lists.c.active).values(active=False))
    row = connection.execute(
        update(price_lists)
        .where(price_lists.c.id == revision_id)
        .values(active=True, activated_at=func.now(), held=None)
        .returning(price_lists)
    ).one()
    return _revision(row)


def _hold(connection: Connection, revision_id: int, why: str) -> Revision:
    row = connection.execute(
        update(price_lists)
        .where(price_lists.c.id == revision_id)
        .values(held=why)
        .returning(price_lists)
    ).one()
    return _revision(row)
