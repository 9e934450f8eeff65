"""What every test of the action server may use: a real Postgres of its own."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres

#: The shop's real list and the questions over it are not in the repository.
REAL_PRICE_LIST = os.environ.get("OPTFM_REAL_PRICE_LIST", "")


def skip_or_fail(reason: str) -> None:
    """Skip loudly; where `OPTFM_REQUIRE_PEERS=1` (CI) a missing real part is a failure."""
    if os.environ.get("OPTFM_REQUIRE_PEERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def real_price_list() -> Path:
    """The shop's real list, 6,562 items (OPTFM_REAL_PRICE_LIST)."""
    path = Path(REAL_PRICE_LIST)
    if not REAL_PRICE_LIST or not path.is_file():
        skip_or_fail("OPTFM_REAL_PRICE_LIST names no file: the real price list is not tested")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an embedded Postgres that lives as long as this test process."""
    with tempfile.TemporaryDirectory(prefix="optfm-") as folder:
        os.chmod(folder, 0o711)  # as root the server runs as another user and walks through
        with EmbeddedPostgres(Path(folder) / "var").borrow() as url:
            yield url


@pytest.fixture
def database_url(postgres: str) -> Iterator[str]:
    """An empty database of the test's own."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield postgres.replace("/optfm?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh, migrated database of the test's own."""
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()
