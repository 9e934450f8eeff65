"""The database: its migrations against the tables, and its errors in one line."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, cast, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from optfm.db import connect, upgrade
from optfm.db.tables import llm_calls, metadata, price_searches
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


def test_a_nul_in_what_a_customer_a_file_or_a_model_wrote_is_left_out(engine: Engine) -> None:
    """As a text, in a list and inside JSON; the six characters of an escaped one are kept."""
    with engine.begin() as connection:
        connection.execute(
            price_searches.insert().values(
                question="\0 и \\u0000", normalised="\ud800", answer="none", confidence=0
            )
        )
        connection.execute(
            llm_calls.insert().values(
                purpose="answer",
                provider="p",
                model="m",
                prompt_version="1",
                tokens_in=0,
                tokens_out=0,
                cost_rub=0,
                took_ms=0,
                outcome="ok",
                text={"answer": "\0 и \\u0000"},
            )
        )
        asked = connection.execute(select(price_searches)).one()
        call = connection.execute(select(llm_calls)).one()
        listed = connection.execute(select(cast(["a\0"], ARRAY(Text)))).scalar_one()
    assert (asked.question, asked.normalised) == (" и \\u0000", "?")
    assert call.text == {"answer": " и \\u0000"}
    assert listed == ["a"]
