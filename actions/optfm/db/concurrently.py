"""Indexes of big tables, built and dropped while others write to them; for migrations."""

from alembic import op
from sqlalchemy import text

from optfm.db.connection import LOCK_PATIENCE

#: Nobody waits for one that waits: it only has to end some day where a transaction never does.
_PATIENCE = "10min"
_BROKEN_OFF = text(
    "SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass(:name) AND NOT indisvalid"
)


def build_index(name: str, on: str) -> None:
    """CREATE INDEX CONCURRENTLY, unless it is there; what a killed one left is built anew.

    It commits what the migration did before it, so it stands in a migration of its own that may
    be begun again.

    :param on: table, columns and condition, in SQL.
    """
    with op.get_context().autocommit_block():
        op.execute(f"SET lock_timeout = '{_PATIENCE}'")
        if op.get_bind().execute(_BROKEN_OFF, {"name": name}).scalar_one():
            op.execute(f"DROP INDEX CONCURRENTLY {name}")
        op.execute(f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {on}")
        op.execute(f"SET lock_timeout = '{LOCK_PATIENCE}'")


def drop_index(name: str) -> None:
    """DROP INDEX CONCURRENTLY."""
    with op.get_context().autocommit_block():
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
