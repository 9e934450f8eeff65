"""Orders in the database, by dialog: the open one, those that were sent, choices of goods."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, case, cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from optfm.db.tables import order_choices, orders
from optfm.orders.order import Order, OrderFormatError


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An order as the database has it."""

    id: int
    dialog: str
    state: str  #: "open" or "sent"
    order: Order
    before: Order | None  #: as it was before the last change
    focus: int  #: place of the line that the talk is about, -1 for none
    list_id: int | None
    request_id: int | None
    created: datetime
    updated: datetime
    sent: datetime | None


def opened(engine: Engine, dialog: str) -> Kept | None:
    """The order of a dialog that is not sent."""
    with engine.connect() as connection:
        row = connection.execute(
            select(orders).where(orders.c.dialog == dialog, orders.c.state == "open")
        ).mappings().one_or_none()  # fmt: skip
    return _kept(row) if row else None


def last_sent(engine: Engine, dialog: str) -> Kept | None:
    """The order that a dialog sent last."""
    query = select(orders).where(orders.c.dialog == dialog, orders.c.state == "sent")
    with engine.connect() as connection:
        row = connection.execute(query.order_by(orders.c.id.desc()).limit(1)).mappings().first()
    return _kept(row) if row else None


def of_number(engine: Engine, number: int) -> Kept | None:
    """The order of a number."""
    with engine.connect() as connection:
        row = connection.execute(select(orders).where(orders.c.id == number)).mappings().first()
    return _kept(row) if row else None


def of_request(engine: Engine, request_id: int) -> Kept | None:
    """The order that was sent with a request, the last where there were several."""
    query = select(orders).where(orders.c.request_id == request_id).order_by(orders.c.id.desc())
    with engine.connect() as connection:
        row = connection.execute(query.limit(1)).mappings().first()
    return _kept(row) if row else None


def listed(
    engine: Engine,
    *,
    state: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Kept]:
    """Orders, the newest first.

    :param state: "open" or "sent"; None: both.
    :param since: made at that time or later, and before `until`.
    :param before: with a smaller number.
    """
    query = select(orders).order_by(orders.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(orders.c.state == state)
    if since is not None:
        query = query.where(orders.c.created_at >= since)
    if until is not None:
        query = query.where(orders.c.created_at < until)
    if before is not None:
        query = query.where(orders.c.id < before)
    with engine.connect() as connection:
        found = map(_kept, connection.execute(query).mappings().all())
    return [kept for kept in found if kept]


def begin(engine: Engine, dialog: str, order: Order, *, list_id: int | None) -> int | None:
    """Open an order in a dialog.

    :returns: its number; None where the dialog has an open one already.
    """
    with engine.begin() as connection:
        number: int | None = connection.execute(
            insert(orders)
            .values(dialog=dialog, body=order.to_json(), list_id=list_id)
            .on_conflict_do_nothing(index_elements=["dialog"], index_where=orders.c.state == "open")
            .returning(orders.c.id)
        ).scalar_one_or_none()
    return number


def save(
    engine: Engine,
    dialog: str,
    order: Order,
    *,
    before: Order | None,
    focus: int,
    list_id: int | None,
) -> int:
    """Keep the open order of a dialog; one without lines is kept, too: «верни» brings it back.

    :param before: what «верни» brings back.
    :returns: its number.
    """
    said: dict[str, Any] = {
        "body": order.to_json(),
        "before": before.to_json() if before else None,
        "focus": focus,
        "list_id": list_id,
    }
    with engine.begin() as connection:
        number: int = connection.execute(
            insert(orders)
            .values(dialog=dialog, **said)
            .on_conflict_do_update(
                index_elements=["dialog"],
                index_where=orders.c.state == "open",
                set_={
                    **said,
                    "updated_at": case(  # an offer is dated by it: looking changes nothing
                        (orders.c.body == cast(said["body"], JSONB), orders.c.updated_at),
                        else_=func.now(),
                    ),
                },
            )
            .returning(orders.c.id)
        ).scalar_one()
    return number


def send(
    connection: Connection, dialog: str, request_id: int, *, number: int | None = None
) -> Order | None:
    """Make the open order of a dialog a part of its request, in the request's transaction.

    :param number: only if it is this order.
    :returns: the order, None where there is none.
    """
    those = (orders.c.dialog == dialog, orders.c.state == "open")
    row = connection.execute(
        update(orders)
        .where(*those, *([] if number is None else [orders.c.id == number]))
        .values(state="sent", request_id=request_id, sent_at=func.now(), updated_at=func.now())
        .returning(orders)
    ).mappings().one_or_none()  # fmt: skip
    kept = _kept(row) if row else None
    if kept is None:
        return None
    # Ids alone: what is told to other systems holds nothing of the customer's.
    told = {"order": kept.id, "request": request_id, "dialog": dialog}
    connection.execute(
        select(func.tell_event("order.sent", dialog, cast(told, JSONB), str(kept.id)))
    )
    return kept.order


def resave(connection: Connection, number: int, order: Order) -> None:
    """Write what has become of an order, in the caller's transaction."""
    connection.execute(
        update(orders)
        .where(orders.c.id == number)
        .values(body=order.to_json(), updated_at=func.now())
    )


def of_dialog(connection: Connection, dialog: str) -> Kept | None:
    """The last order of a dialog, sent or not."""
    query = select(orders).where(orders.c.dialog == dialog).order_by(orders.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return _kept(row) if row else None


def change(connection: Connection, kept: Kept, order: Order, *, list_id: int | None) -> bool:
    """Write what somebody else has made of an order, in the caller's transaction.

    :param kept: as he saw it: what was written since is not overwritten.
    :returns: whether it was written; «верни» of the customer takes it back.
    """
    changed = connection.execute(
        update(orders)
        .where(
            orders.c.id == kept.id,
            orders.c.state == kept.state,
            orders.c.updated_at == kept.updated,
        )
        .values(
            body=order.to_json(),
            before=kept.order.to_json(),
            focus=-1,
            list_id=list_id,
            updated_at=func.clock_timestamp(),
        )
    )
    return bool(changed.rowcount)


def remember(engine: Engine, dialog: str, words: str, code: str) -> None:
    """Keep which goods a customer has chosen for his words."""
    chosen = {"code": code, "at": func.now()}
    with engine.begin() as connection:
        connection.execute(
            insert(order_choices)
            .values(dialog=dialog, words=words, **chosen)
            .on_conflict_do_update(index_elements=["dialog", "words"], set_=chosen)
        )


def forget(engine: Engine, dialog: str) -> int:
    """Drop what a customer has chosen for his words; how many there were."""
    with engine.begin() as connection:
        gone = connection.execute(order_choices.delete().where(order_choices.c.dialog == dialog))
        return gone.rowcount


def choices(engine: Engine, dialog: str) -> dict[str, str]:
    """Words of a customer → code of the goods that he chose for them last."""
    query = select(order_choices.c.words, order_choices.c.code)
    with engine.connect() as connection:
        found = connection.execute(query.where(order_choices.c.dialog == dialog))
        return {row.words: row.code for row in found}


def _kept(row: Any) -> Kept | None:  # noqa: ANN401 - a row mapping
    try:
        order = Order.from_json(row["body"])
        before = Order.from_json(row["before"]) if row["before"] else None
    except OrderFormatError:
        return None  # of an older version: the customer begins anew
    return Kept(
        id=row["id"], dialog=row["dialog"], state=row["state"], order=order, before=before,
        focus=row["focus"], list_id=row["list_id"], request_id=row["request_id"],
        created=row["created_at"], updated=row["updated_at"], sent=row["sent_at"],
    )  # fmt: skip
