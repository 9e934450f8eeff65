"""The lines of the order that came with a request, as its readers need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from common.money import price
from optfm.db.tables import orders

#: A message of the managers' group holds about so many; all are in `optfm orders show`.
_SHOWN = 30
_NAME = 80
_STATES = {
    "choose": "выбрать вместе с клиентом",
    "none": "нет в прайс-листе",
    "unread": "не понято",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderedLine:
    """A line of an order."""

    said: str  #: the customer's words
    state: str  #: "sure", "choose", "none" or "unread"
    quantity: int | None  #: None: not said
    code: str
    name: str
    price_kop: int  #: as printed in the list


def ordered(connection: Connection, request_id: int) -> tuple[int, tuple[OrderedLine, ...]]:
    """The number and the lines of the order of a request; 0 and () where there is none."""
    found = connection.execute(
        select(orders.c.id, orders.c.body)
        .where(orders.c.request_id == request_id)
        .order_by(orders.c.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return 0, ()
    return found.id, tuple(map(_line, found.body.get("lines", ())))


def ordered_sums(connection: Connection, request_ids: Sequence[int]) -> dict[int, int]:
    """Kopecks of what was found for the order of each request; those without an order are left
    out."""
    found = connection.execute(
        select(orders.c.request_id, orders.c.body)
        .where(orders.c.request_id.in_(request_ids))
        .order_by(orders.c.id)
    )
    return {number: _sum(tuple(map(_line, body.get("lines", ())))) for number, body in found}


def _sum(lines: Sequence[OrderedLine]) -> int:
    return sum(line.price_kop * (line.quantity or 0) for line in lines if line.state == "sure")


def _line(raw: dict[str, Any]) -> OrderedLine:
    return OrderedLine(
        said=str(raw.get("said", "")), state=str(raw.get("state", "")),
        quantity=raw.get("quantity"), code=str(raw.get("code", "")),
        name=str(raw.get("name", "")), price_kop=int(raw.get("price_kop") or 0),
    )  # fmt: skip


def order_text(number: int, lines: Sequence[OrderedLine]) -> str:
    """The order in plain lines, with its sum."""
    total = _sum(lines)
    shown = [f"{n}. {_words(x)}" for n, x in enumerate(lines[:_SHOWN], 1)]
    if len(lines) > _SHOWN:
        shown.append(f"…и ещё {len(lines) - _SHOWN}: ./optfm orders show {number}")
    return "\n".join([f"Заказ № {number}, по найденным {price(total)}:", *shown])


def _words(line: OrderedLine) -> str:
    quantity = "? шт" if line.quantity is None else f"{line.quantity} шт"
    if line.state == "sure":
        return f"{line.code} {line.name[:_NAME]}: {quantity} × {price(line.price_kop)}"
    return f"«{line.said[:_NAME]}»: {quantity}, {_STATES.get(line.state, line.state)}"
