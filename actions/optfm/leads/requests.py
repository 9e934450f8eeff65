"""Requests: what a customer asked a manager for, written once and in one piece."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.elements import ColumnElement

from optfm.db.tables import consents, dialogs, outbox, requests, users
from optfm.leads.consent import Consent
from optfm.outbox.entries import enqueue

Payload = dict[str, Any]

#: Begins a line of a request's subject that gives one more of something.
ANOTHER = {
    "name": "Ещё имя: ",
    "phone": "Ещё телефон: ",
    "email": "Ещё почта: ",
    "town": "Ещё город: ",
    "reach_by": "Ещё связь: ",
}
_LABELS = {column: label.removeprefix("Ещё ").capitalize() for column, label in ANOTHER.items()}
#: The same person within this time adds to his request instead of making another.
_JOINED = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A request before it is written."""

    dialog: str  #: Rasa's sender id
    channel: str
    name: str
    phone: str | None  #: E.164
    email: str | None
    about: str
    town: str | None
    consent: Consent
    reach_by: str | None = None  #: «доб. 205», «WhatsApp», «Telegram @nick»


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A request as it is listed."""

    id: int
    created: datetime
    status: str  #: "new", "taken", "answered" or "closed"
    name: str
    phone: str | None  #: E.164
    email: str | None
    about: str
    town: str | None
    channel: str
    dialog: str
    taken_by: str | None
    taken: datetime | None
    answered: datetime | None
    closed: datetime | None
    notified: bool  #: whether somebody was told of it
    reach_by: str | None = None  #: beside the phone or in its place


def submit(
    engine: Engine,
    draft: Draft,
    *,
    now: datetime,
    tell: Sequence[str] = (),
    also: Callable[[Connection, int], object] | None = None,
) -> int:
    """Write the person, his consent, his request and whom to tell of it in one transaction.

    The same phone, address or dialog within an hour adds no request: what is new joins the one
    that is there; the consent is kept all the same. Two at once take turns.

    :param now: with a time zone.
    :param tell: kinds of outbox entries (`Settings.notices`).
    :param also: what else is written of the request in the same transaction, by its number; what
        it returns is true where there was something to write.
    :returns: the request's number.
    :raises SQLAlchemyError: nothing was written.
    :raises ValueError: no way to reach him; nothing was written.
    """
    with engine.begin() as connection:
        dialog_id = _dialog(connection, draft)
        _take_turns(connection, draft)
        user_id = _user(connection, draft, dialog_id)
        connection.execute(
            dialogs.update().where(dialogs.c.id == dialog_id).values(user_id=user_id)
        )
        consent_id = _consent(connection, draft.consent, dialog_id, user_id)
        recent = _recent(connection, draft, dialog_id, now - _JOINED)
        if recent is not None:
            wrote = also(connection, recent) if also else None
            added = _join(connection, recent, draft) or (draft.about if wrote else "")
            if added:
                payload = {"added": added, "channel": draft.channel}
                # A second order in the words of the first is another order.
                after = now.isoformat() if wrote else ""
                _tell(connection, tell, recent, draft.dialog, payload, after=after)
            return recent
        request_id: int = connection.execute(
            requests.insert()
            .values(
                dialog_id=dialog_id,
                user_id=user_id,
                consent_id=consent_id,
                name=draft.name,
                phone=draft.phone,
                email=draft.email,
                reach_by=draft.reach_by,
                about=draft.about,
                town=draft.town,
                created_at=now,
                shown=_shown(connection, draft.dialog),
            )
            .returning(requests.c.id)
        ).scalar_one()
        if also:
            also(connection, request_id)
        _tell(connection, tell, request_id, draft.dialog, {})
        return request_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Supplement:
    """What a customer says of his request after it was sent."""

    lines: tuple[str, ...]  #: for whoever was told of the request
    fields: Mapping[str, str] = field(default_factory=dict)  #: columns that are other now


def supplement(
    engine: Engine,
    number: int,
    what: Supplement,
    *,
    dialog: str,
    channel: str,
    tell: Sequence[str] = (),
    also: Callable[[Connection], object] | None = None,
) -> bool:
    """Add to a request that is open, and tell those who were told of it, in one transaction.

    :param also: what else is written in the same transaction.
    :returns: False: it is closed, or is not there; nothing was written.
    :raises SQLAlchemyError: nothing was written.
    """
    with engine.begin() as connection:
        if not supplemented(connection, number, what, dialog=dialog, channel=channel, tell=tell):
            return False
        if also:
            also(connection)
        return True


def supplemented(
    connection: Connection,
    number: int,
    what: Supplement,
    *,
    dialog: str,
    channel: str,
    tell: Sequence[str] = (),
) -> bool:
    """The same in the caller's transaction."""
    r = requests.c
    there = connection.execute(
        select(r.about, r.status, dialogs.c.external_id.label("dialog"))
        .join_from(requests, dialogs, dialogs.c.id == r.dialog_id)
        .where(r.id == number)
        .with_for_update(of=requests)
    ).one_or_none()
    if there is None or there.status == "closed":
        return False
    # Who joined another's request adds lines to it; its fields are his who has sent it.
    fields = what.fields if there.dialog == dialog else {}
    about = "\n".join([fields.get("about", there.about), *what.lines])
    connection.execute(requests.update().where(r.id == number).values(**{**fields, "about": about}))
    payload = {"added": "\n".join(what.lines), "channel": channel}
    _tell(connection, tell, number, dialog, payload, after=about)
    return True


def list_requests(
    engine: Engine,
    number: int | None = None,
    *,
    status: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int | None = None,
    taken_by: str | None = None,
    words: str = "",
) -> list[Request]:
    """All requests, the newest first; or the one of a number, or a page of them.

    :param since: created at this time or later; until: earlier than that.
    :param before: only those with a smaller number.
    :param taken_by: only those that he has.
    :param words: only those in whose number, phone, name, address, town or subject they stand.
    """
    r, d = requests.c, dialogs.c
    query = (
        select(
            r.id,
            r.created_at.label("created"),
            r.status,
            r.name,
            r.phone,
            r.email,
            r.about,
            r.town,
            d.channel,
            d.external_id.label("dialog"),
            r.taken_by,
            r.taken_at.label("taken"),
            r.answered_at.label("answered"),
            r.closed_at.label("closed"),
            r.reach_by,
            exists()
            .where(outbox.c.request_id == r.id, outbox.c.status == "sent")
            .label("notified"),
        )
        .join(dialogs, d.id == r.dialog_id)
        .order_by(r.id.desc())
    )
    if number is not None:
        query = query.where(r.id == number)
    if status is not None:
        query = query.where(r.status == status)
    if since is not None:
        query = query.where(r.created_at >= since)
    if until is not None:
        query = query.where(r.created_at < until)
    if before is not None:
        query = query.where(r.id < before)
    if taken_by is not None:
        query = query.where(r.taken_by == taken_by)
    if words:
        query = query.where(_has(words))
    query = query.limit(limit)
    with engine.connect() as connection:
        return [Request(**row) for row in connection.execute(query).mappings()]


def _has(words: str) -> ColumnElement[bool]:
    """Digits are looked for in numbers and phones, however they are written; words everywhere."""
    r = requests.c
    digits = "".join(char for char in words if char.isdigit())
    places = (r.name, r.about, r.email, r.town)
    found = [func.lower(place).contains(words.lower(), autoescape=True) for place in places]
    if digits and not any(char.isalpha() for char in words):
        short = digits[1:] if len(digits) == 11 and digits[0] in "78" else digits
        found = [r.phone.contains(short), *([r.id == int(digits)] if len(digits) < 10 else [])]
    return or_(*found)


def count_requests(engine: Engine, *, taken_by: str) -> dict[str, int]:
    """How many are at each step, and under "mine" how many of them somebody has open."""
    r = requests.c
    question = select(r.status, func.count(), func.count().filter(r.taken_by == taken_by))
    with engine.connect() as connection:
        rows = connection.execute(question.group_by(r.status)).all()
    counts = {status: many for status, many, _ in rows}
    return {**counts, "mine": sum(his for status, _, his in rows if status != "closed")}


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownContacts:
    """How a dialog wanted to be answered when it sent its last request."""

    name: str | None
    phone: str | None
    email: str | None
    town: str | None
    reach_by: str | None


def known_contacts(engine: Engine, dialog: str) -> KnownContacts | None:
    """The contacts of the last request of a dialog, None where it has sent none.

    :raises SQLAlchemyError: the database does not answer.
    """
    r = requests.c
    question = (
        select(r.name, r.phone, r.email, r.town, r.reach_by)
        .join(dialogs, dialogs.c.id == r.dialog_id)
        .where(dialogs.c.external_id == dialog)
        .order_by(r.id.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(question).mappings().one_or_none()
    return KnownContacts(**row) if row else None


def keep_crm_id(connection: Connection, number: int, crm_id: str) -> bool:
    """Remember what a CRM calls a request.

    :returns: False: there is no such request any more.
    """
    kept = connection.execute(
        requests.update().where(requests.c.id == number).values(crm_id=crm_id)
    )
    return bool(kept.rowcount)


def _dialog(connection: Connection, draft: Draft) -> int:
    named = {"channel": draft.channel, "external_id": draft.dialog}
    dialog_id: int = connection.execute(
        insert(dialogs)
        .values(**named)
        .on_conflict_do_update(index_elements=list(named), set_=named)
        .returning(dialogs.c.id)
    ).scalar_one()
    return dialog_id


def _take_turns(connection: Connection, draft: Draft) -> None:
    """One writer a phone and an address at a time, until the transaction ends."""
    for key in sorted(filter(None, (draft.phone, (draft.email or "").lower()))):
        connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key}
        )


def _recent(connection: Connection, draft: Draft, dialog_id: int, since: datetime) -> int | None:
    r = requests.c
    same = [r.dialog_id == dialog_id]
    if draft.phone:
        same.append(r.phone == draft.phone)
    if draft.email:
        same.append(func.lower(r.email) == draft.email.lower())
    return connection.execute(
        select(r.id)
        .where(or_(*same), r.created_at > since, r.status != "closed")
        .order_by(r.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def _consent(connection: Connection, consent: Consent, dialog_id: int, user_id: int) -> int:
    """The number of this consent, written unless it was: a request may be sent again."""
    c = consents.c
    known: int | None = connection.execute(
        select(c.id).where(c.dialog_id == dialog_id, c.given_at == consent.given_at)
    ).scalar_one_or_none()
    if known is not None:
        return known
    consent_id: int = connection.execute(
        consents.insert()
        .values(
            dialog_id=dialog_id,
            user_id=user_id,
            version=consent.version,
            wording=consent.wording,
            channel=consent.channel,
            message_id=consent.message_id,
            asked_at=consent.asked_at,
            question_id=consent.question_id,
            given_at=consent.given_at,
        )
        .returning(c.id)
    ).scalar_one()
    return consent_id


def _tell(
    connection: Connection,
    kinds: Sequence[str],
    request_id: int,
    dialog: str,
    payload: Payload,
    *,
    after: str = "",
) -> None:
    """Queue a notification of each kind; the same text of the same request only once.

    :param after: what the request says by then: «10», «4» and again «10» are three changes.
    """
    what = sha256(f"{after}{payload['added']}".encode()).hexdigest()[:16] if payload else "new"
    for kind in kinds:
        enqueue(
            connection,
            kind,
            key=f"{kind} {request_id} {what}",
            dialog=dialog,
            request_id=request_id,
            payload=payload,
        )


def _shown(connection: Connection, dialog: str) -> Payload | None:
    """The price rows that this dialog was shown last."""
    shown: Payload | None = connection.execute(
        text(
            "SELECT custom FROM messages WHERE dialog = :dialog AND author = 'bot'"
            " AND jsonb_array_length(CASE jsonb_typeof(custom -> 'rows') WHEN 'array'"
            " THEN custom -> 'rows' ELSE '[]' END) > 0 ORDER BY id DESC LIMIT 1"
        ),
        {"dialog": dialog},
    ).scalar_one_or_none()
    return shown


def _join(connection: Connection, request_id: int, draft: Draft) -> str:
    """Add what is new: to the fields that are empty, else as lines of `about`.

    :returns: what was added, for those who were told of the request; empty: nothing.
    """
    r = requests.c
    there = connection.execute(select(requests).where(r.id == request_id)).mappings().one()
    lines = [] if draft.about in there["about"] else [draft.about]
    new: dict[str, str] = {}
    for column, label in ANOTHER.items():
        value = getattr(draft, column)
        if value and not there[column]:
            new[column] = value
        elif (
            value
            and value.lower() != there[column].lower()
            and f"{label}{value}" not in there["about"]
        ):
            lines.append(f"{label}{value}")
    filled = [f"{_LABELS[column]}{value}" for column, value in new.items()]
    added = "\n".join([*filled, *lines])
    new["about"] = "\n".join([there["about"], *lines])
    connection.execute(requests.update().where(r.id == request_id).values(**new))
    return added


def _user(connection: Connection, draft: Draft, dialog_id: int) -> int:
    """The person of this phone, address or dialog, with what he said of himself last."""
    said = {
        key: value
        for key, value in (
            ("name", draft.name),
            ("phone", draft.phone),
            ("email", draft.email),
            ("town", draft.town),
        )
        if value
    }
    same = []
    if draft.phone:
        same.append(users.c.phone == draft.phone)
    if draft.email:
        same.append(func.lower(users.c.email) == draft.email.lower())
    if not same and not draft.reach_by:
        raise ValueError("a request needs a way to reach him")
    if not same:
        of_dialog = select(dialogs.c.user_id).where(dialogs.c.id == dialog_id)
        same.append(users.c.id == of_dialog.scalar_subquery())
    known: int | None = connection.execute(
        select(users.c.id)
        .where(or_(*same))
        .order_by((users.c.phone == draft.phone).desc().nulls_last(), users.c.id)
        .limit(1)
    ).scalar_one_or_none()
    if known is not None:
        connection.execute(users.update().where(users.c.id == known).values(**said))
        return known
    user_id: int = connection.execute(
        users.insert().values(**said).returning(users.c.id)
    ).scalar_one()
    return user_id
