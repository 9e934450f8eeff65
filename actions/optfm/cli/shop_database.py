"""The shop's database for as long as a command needs it."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from optfm import bootstrap
from optfm.db.connection import reason
from optfm.errors import Refused


@contextlib.contextmanager
def shop_database() -> Iterator[Engine]:
    """The shop's database; its failures as one line instead of a traceback."""
    with bootstrap.database(bootstrap.settings()) as engine:
        try:
            yield engine
        except SQLAlchemyError as exc:
            raise Refused(f"база данных: {reason(exc)}") from exc
