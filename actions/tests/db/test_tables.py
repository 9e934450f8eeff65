"""The database: its migrations against the tables, and its errors in one line."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from optfm.db import connect, upgrade
from optfm.db.tables import metadata
from optfm.errors import Refused


def test_migrations_make_the_tables_that_the_code_describes(engine: Engine):
    """Autogenerate has nothing to add to a freshly migrated database."""
    known = set(metadata.tables)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda o, name, kind, *_: kind != "table" or name in known},
        )
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine):
    """A second start finds the database as the first one left it."""
    upgrade(engine)


@pytest.mark.parametrize("url", ["mysql://root@/shop", "просто текст"])
def test_an_address_that_is_not_postgres_is_refused_by_name(url: str):
    """The owner learns which setting is wrong."""
    with pytest.raises(Refused, match="DB_URL"):
        connect(url)


def test_a_server_that_is_away_is_one_line_without_the_password():
    """Nothing of the address's secret part reaches the screen."""
    engine = connect("postgresql://bot:s3cret@127.0.0.1:1/optfm")
    with pytest.raises(Refused) as refused:
        upgrade(engine)
    assert "s3cret" not in refused.value.message
    assert "\n" not in refused.value.message
