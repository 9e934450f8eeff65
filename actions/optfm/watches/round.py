"""A round over a new price list: whoever waits for what it brings is told once."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.dialects.postgresql import insert

from common import jsonb
from common.money import price
from optfm.catalog import PriceRow, revisions
from optfm.db.tables import watch_rounds
from optfm.leads.speaking import say_answer
from optfm.search import PriceIndex
from optfm.search.live import Current, LiveIndex, NoPriceList
from optfm.watches import store
from optfm.watches.texts import texts
from optfm.watches.watch import Watch

#: Nobody is woken: what a list of the night brings is told in the morning.
_DAY = range(9, 21)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A watch and what the new list has for it."""

    watch: Watch
    row: PriceRow


def run(engine: Engine, *, now: datetime) -> int:
    """Check the active list, once a list, in the shop's day; a list that comes back is no news.

    :param now: with the shop's time zone.
    :returns: how many watches were told.
    :raises SQLAlchemyError: nothing was told.
    """
    if now.hour not in _DAY:
        return 0
    active = revisions.active(engine)
    if active is None or _was_checked(engine, active.id):
        return 0
    live = LiveIndex(engine)
    live.refresh()
    try:
        current = live.current()
    except NoPriceList:
        return 0
    return _round(engine, current)


def _was_checked(engine: Engine, list_id: int) -> bool:
    """Whether this list or a later one was: going back to an older one tells nobody."""
    with engine.connect() as connection:
        latest = connection.execute(select(func.max(watch_rounds.c.list_id))).scalar_one_or_none()
    return latest is not None and latest >= list_id


def _round(engine: Engine, current: Current) -> int:
    with engine.begin() as connection:
        # Several workers: one of them does it, the others wait and find it done.
        begun = connection.execute(
            insert(watch_rounds)
            .values(list_id=current.list_id)
            .on_conflict_do_nothing()
            .returning(watch_rounds.c.list_id)
        ).scalar_one_or_none()
        if begun is None:
            return 0
        store.end_old(connection)
        waiting = store.to_check(connection, current.list_id)
        found = [one for watch in waiting if (one := found_for(watch, current.index))]
        for dialog, several in itertools.groupby(found, key=lambda one: one.watch.dialog):
            _tell(connection, dialog, list(several), current)
        return len(found)


def found_for(watch: Watch, index: PriceIndex) -> Found | None:
    """What a list has for a watch; None where it brings nothing."""
    wanted = watch.wanted
    if wanted.code:
        facts = index.facts(wanted.code)
        rows = [facts.row] if facts else []
    else:
        rows = _rows(wanted.asked, index)
    if wanted.kind == "cheaper":
        rows = [row for row in rows if row.price_kop < wanted.price_kop]
    if not rows:
        return None
    return Found(watch=watch, row=min(rows, key=lambda row: row.price_kop))


def _rows(asked: str, index: PriceIndex) -> list[PriceRow]:
    """The rows that are all that was asked for."""
    queries = index.parse(asked)
    if not queries:
        return []
    answer = index.find(queries[0], limit=10)
    if answer.kind == "none" or answer.unmet:
        return []
    return [hit.row for hit in answer.rows]


def _tell(connection: Connection, dialog: str, found: Sequence[Found], current: Current) -> None:
    said = texts()
    lines = "\n".join(_line(one) for one in found)
    answer = {
        "text": said["fired"].format(date=f"{current.list_date:%d.%m.%Y}", lines=lines),
        "buttons": [
            {"title": said["buttons"]["request"], "payload": "/leave_request"},
            {"title": said["buttons"]["stop"], "payload": said["buttons"]["stop"]},
        ],
        "custom": {
            "watches": [{"code": one.row.code, "kind": one.watch.wanted.kind} for one in found]
        },
    }
    say_answer(connection, dialog, answer, key=f"watches {dialog} {current.list_id}")
    for one in found:
        store.told(connection, one.watch.id, current.list_id)
        data = {"watch": one.watch.id, "dialog": dialog, "code": one.row.code}
        connection.execute(
            text("SELECT tell_event('watch.fired', :dialog, CAST(:data AS jsonb), :key)"),
            {
                "dialog": dialog,
                "data": jsonb.dumps({**data, "price_list": current.list_id}),
                "key": str(one.watch.id),
            },
        )


def _line(found: Found) -> str:
    row, wanted = found.row, found.watch.wanted
    return str(
        texts()["fired_line"][wanted.kind].format(
            name=" ".join(row.name.split()),
            price=price(row.price_kop),
            before=price(wanted.price_kop),
            code=row.code,
        )
    )
