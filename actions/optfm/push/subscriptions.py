"""Browsers that want to be told, each as long as somebody is signed in there."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Connection, delete, exists, select, text

from common.base64url import decoded
from optfm.db.signed_in import goes_on
from optfm.db.tables import push_subscriptions, staff, staff_sessions
from optfm.events.addresses import Allowed, NotAllowed

_LONGEST_ENDPOINT = 2000


class NotUsable(Exception):
    """What a browser sent cannot be told anything; the words are for the staff."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """One browser, as its push service knows it."""

    id: int
    endpoint: str
    p256dh: bytes  #: the browser's public key
    auth: bytes  #: the secret it shares with whoever sends
    manager: str  #: who is signed in there


def keep(
    connection: Connection, session: str, *, endpoint: str, p256dh: str, auth: str, allowed: Allowed
) -> None:
    """Tell a browser from now on; it has one subscription, the last.

    :param session: the key of the session there.
    :param endpoint: an address of its push service.
    :raises NotUsable: no such address, or no keys.
    """
    try:
        allowed.check(endpoint)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(p256dh))
        if len(decoded(auth)) != 16 or len(endpoint) > _LONGEST_ENDPOINT:
            raise ValueError
    except NotAllowed as exc:
        raise NotUsable(f"Адрес сервиса уведомлений не принят: {exc}.") from exc
    except ValueError as exc:
        raise NotUsable("Браузер прислал подписку, которую не прочитать.") from exc
    connection.execute(
        delete(push_subscriptions).where(
            push_subscriptions.c.endpoint == endpoint, push_subscriptions.c.session != session
        )
    )
    connection.execute(
        text(_KEEP), {"session": session, "endpoint": endpoint, "p256dh": p256dh, "auth": auth}
    )


_KEEP = """
INSERT INTO push_subscriptions (session, endpoint, p256dh, auth)
VALUES (:session, :endpoint, :p256dh, :auth)
ON CONFLICT (session) DO UPDATE SET endpoint = :endpoint, p256dh = :p256dh, auth = :auth
"""


def drop(connection: Connection, session: str) -> None:
    """Tell the browser of a session nothing more."""
    connection.execute(delete(push_subscriptions).where(push_subscriptions.c.session == session))


def remove(connection: Connection, subscription_id: int, endpoint: str) -> None:
    """Forget an endpoint that its service knows no longer; one that came in its place stays."""
    connection.execute(
        delete(push_subscriptions).where(
            push_subscriptions.c.id == subscription_id, push_subscriptions.c.endpoint == endpoint
        )
    )


def is_on(connection: Connection, session: str) -> bool:
    """Whether the browser of a session is told."""
    there = exists().where(push_subscriptions.c.session == session)
    return bool(connection.execute(select(there)).scalar_one())


def find(connection: Connection, subscription_id: int) -> Subscription | None:
    """One of them; None: it is gone, or nobody is signed in there any more."""
    return next(iter(_found(connection, subscription_id)), None)


def all_of_them(connection: Connection) -> list[Subscription]:
    """All browsers in which somebody is signed in."""
    return _found(connection)


def _found(connection: Connection, subscription_id: int | None = None) -> list[Subscription]:
    query = (
        select(push_subscriptions, staff.c.name)
        .join(staff_sessions, staff_sessions.c.token_sha256 == push_subscriptions.c.session)
        .join(staff, staff.c.id == staff_sessions.c.staff_id)
        .where(staff.c.disabled_at.is_(None), goes_on())
    )
    if subscription_id is not None:
        query = query.where(push_subscriptions.c.id == subscription_id)
    return [
        Subscription(
            id=row["id"],
            endpoint=row["endpoint"],
            p256dh=decoded(row["p256dh"]),
            auth=decoded(row["auth"]),
            manager=row["name"],
        )
        for row in connection.execute(query).mappings()
    ]
