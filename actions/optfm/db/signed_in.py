"""How long a browser of the staff stays signed in, for the desk and for whoever notifies it."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func

from optfm.db.tables import staff_sessions

#: Without a request for so long, and after so long in any case, one signs in again.
IDLE, LONGEST = timedelta(hours=12), timedelta(days=14)


def goes_on() -> ColumnElement[bool]:
    """Whether a session has not ended by itself."""
    return and_(
        staff_sessions.c.seen_at > func.now() - IDLE,
        staff_sessions.c.created_at > func.now() - LONGEST,
    )
