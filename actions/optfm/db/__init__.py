"""The business tables in Postgres: their shape, their migrations, the way in."""

from optfm.db.connection import connect, upgrade

__all__ = ["connect", "upgrade"]
