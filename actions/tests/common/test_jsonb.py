"""Whatever is typed can be stored as jsonb, and what was no NUL stays as it was typed."""

import json

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from common import jsonb

_ANY = st.text(st.characters(exclude_categories=()))


@given(_ANY)
def test_everything_but_nul_and_half_pairs_comes_back(typed: str):
    """JSON that a strict reader takes, with the same text."""
    back = json.loads(jsonb.dumps({"text": typed}))["text"]
    assert back == typed.replace("\0", "").encode("utf-8", "replace").decode()


def test_a_typed_escape_is_no_nul():
    """Six characters that look like an escape are the customer's text."""
    typed = "цена \\u0000 и \0 тоже \\\\u0000"
    assert json.loads(jsonb.dumps([typed])) == ["цена \\u0000 и  тоже \\\\u0000"]


def test_postgres_takes_it(engine: Engine):
    """The real server stores and gives back all three."""
    typed = "\\u0000 \0 \ud83d"
    with engine.connect() as connection:
        stored = connection.execute(
            text("SELECT CAST(:value AS jsonb) ->> 0"), {"value": jsonb.dumps([typed])}
        ).scalar_one()
    assert stored == "\\u0000  ?"
