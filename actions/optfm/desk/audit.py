"""Who did what at the desk, written with what was done; who tried to get in, too."""

from datetime import timedelta

from sqlalchemy import Connection, func, or_, select

from optfm.db.tables import staff_audit

FAILED, SIGNED_IN = "sign_in_failed", "sign_in"
#: Wrong passwords of one name, or from one address, within this time.
WINDOW = timedelta(minutes=15)
#: A name is what customers read: whoever tries it from elsewhere must not keep its owner out.
_MOST_OF_NAME_HERE, _MOST_OF_NAME, _MOST_OF_ADDRESS = 10, 200, 30
_LONGEST_TARGET = 200


def note(
    connection: Connection, staff_id: int | None, act: str, target: str = "", *, address: str = ""
) -> None:
    """Write down one act, in the transaction of it.

    :param act: what was done: `sign_in`, `answer`, `close`, …
    :param target: to what: a dialog's id, a request's number; nothing that somebody typed.
    """
    done = {"staff_id": staff_id, "act": act, "target": target[:_LONGEST_TARGET]}
    connection.execute(staff_audit.insert().values(**done, address=address))


def too_many(connection: Connection, login: str, address: str) -> bool:
    """Whether a name, or an address, has been tried too often of late.

    What was tried before somebody got in by the name does not count.
    """
    since = func.now() - WINDOW
    last = (
        select(func.max(staff_audit.c.id))
        .where(
            staff_audit.c.act == SIGNED_IN, staff_audit.c.target == login, staff_audit.c.at > since
        )
        .scalar_subquery()
    )
    his = (staff_audit.c.target == login, staff_audit.c.id > func.coalesce(last, 0))
    here, of_name, of_address = connection.execute(
        select(
            func.count().filter(*his, staff_audit.c.address == address),
            func.count().filter(*his),
            func.count().filter(staff_audit.c.address == address),
        ).where(
            staff_audit.c.act == FAILED,
            staff_audit.c.at > since,
            or_(staff_audit.c.target == login, staff_audit.c.address == address),
        )
    ).one()
    return bool(
        here >= _MOST_OF_NAME_HERE or of_name >= _MOST_OF_NAME or of_address >= _MOST_OF_ADDRESS
    )
