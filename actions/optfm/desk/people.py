"""Who is behind a dialog, as far as he has said: his requests and his order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from optfm.orders.order import Order, OrderFormatError

_REQUESTS = """
SELECT r.id, r.status, r.name, r.phone, r.email, r.about, r.town, r.created_at, r.taken_by
FROM requests r JOIN dialogs d ON d.id = r.dialog_id
WHERE d.external_id = :dialog ORDER BY r.id DESC LIMIT 10
"""
_ORDER = """
SELECT id, state, body FROM orders WHERE dialog = :dialog ORDER BY id DESC LIMIT 1
"""
_STATE = """
SELECT channel, mode, manager, until FROM dialogs WHERE external_id = :dialog
ORDER BY mode DESC, id LIMIT 1
"""
_CHANNEL = """
SELECT channel FROM messages WHERE dialog = :dialog AND author = 'customer'
ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request of his."""

    id: int
    status: str
    name: str
    phone: str | None
    email: str | None
    about: str
    town: str | None
    created_at: datetime
    taken_by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cart:
    """His last order."""

    id: int
    state: str  #: "open" or "sent"
    order: Order


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """The side of the customer in a dialog, and who speaks there."""

    dialog: str
    channel: str
    mode: str  #: "bot" or "manager"
    manager: str | None
    until: datetime | None
    requests: Sequence[Asked]
    cart: Cart | None

    @property
    def title(self) -> str:
        """As whom the staff know him."""
        return self.requests[0].name if self.requests else "Клиент"


def customer(connection: Connection, dialog: str) -> Customer:
    """What is known of whoever writes in a dialog."""
    values = {"dialog": dialog}
    state: Any = connection.execute(text(_STATE), values).mappings().one_or_none()
    channel = connection.execute(text(_CHANNEL), values).scalar_one_or_none()
    requests = connection.execute(text(_REQUESTS), values).mappings()
    order = connection.execute(text(_ORDER), values).one_or_none()
    return Customer(
        dialog=dialog,
        channel=str(channel or (state["channel"] if state else "")),
        mode=state["mode"] if state else "bot",
        manager=state["manager"] if state else None,
        until=state["until"] if state else None,
        requests=[Asked(**row) for row in requests],
        cart=_cart(order) if order else None,
    )


def _cart(row: Any) -> Cart | None:  # noqa: ANN401 - a row
    try:
        return Cart(id=row.id, state=row.state, order=Order.from_json(row.body))
    except OrderFormatError:  # of an older version
        return None
