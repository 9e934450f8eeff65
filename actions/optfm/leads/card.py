"""A request as whoever answers it reads it: the customer's words, the dialog, the rows shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select, text

from optfm.db.tables import dialogs, requests
from optfm.leads.ordered import OrderedLine, order_text, ordered

#: Lines of the dialog that come with a request.
_LINES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One message of a dialog."""

    at: datetime
    author: str  #: "customer", "bot" or "manager"
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A request and what belongs to it."""

    id: int
    created_at: datetime
    status: str
    name: str
    phone: str | None  #: E.164
    email: str | None
    about: str
    town: str | None
    channel: str
    dialog: str
    taken_by: str | None
    crm_id: str | None
    lines: tuple[Line, ...]  #: the last of the dialog but the form's, oldest first
    rows: tuple[dict[str, Any], ...]  #: price rows the customer saw last: code, name, price, status
    list_date: str | None  #: of those rows, ISO
    order: tuple[OrderedLine, ...] = ()  #: what was ordered, in the customer's order
    reach_by: str | None = None  #: beside the phone or in its place: «доб. 205», «Telegram @nick»
    summary: str = ""  #: two lines about the dialog, where a language model made them


def card(engine: Engine, request_id: int, zone: ZoneInfo) -> Card | None:
    """All about one request; None where there is none.

    :param zone: the shop's: whose clock the dialog's times are.
    """
    r, d = requests.c, dialogs.c
    fields = (r.id, r.created_at, r.status, r.name, r.phone, r.email, r.reach_by, r.about, r.town)
    question = (
        select(*fields, r.taken_by, r.crm_id, r.shown, d.channel, d.external_id.label("dialog"))
        .join(dialogs, d.id == r.dialog_id)
        .where(r.id == request_id)
    )
    with engine.connect() as connection:
        found = connection.execute(question).mappings().one_or_none()
        if found is None:
            return None
        said = connection.execute(
            text(
                "SELECT at, author, text FROM talk WHERE dialog = :dialog AND text <> ''"
                " ORDER BY id DESC LIMIT :lines"
            ),
            {"dialog": found["dialog"], "lines": _LINES},
        ).all()
        number, order = ordered(connection, request_id)
    shown = found["shown"] or {}
    about = f"{found['about']}\n{order_text(number, order)}" if order else found["about"]
    return Card(
        **{name: value for name, value in found.items() if name not in ("shown", "about")},
        about=about,
        order=order,
        lines=tuple(
            Line(at=at.astimezone(zone), author=author, text=words)
            for at, author, words in said[::-1]
        ),
        rows=tuple(shown.get("rows", ())),
        list_date=shown.get("list_date"),
    )
