"""What every test of the action server may use: a real Postgres of its own."""

import contextlib
import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from optfm.catalog.read import read_price_list
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

#: The shop's real list and the questions over it are not in the repository.
REAL_PRICE_LIST = os.environ.get("OPTFM_REAL_PRICE_LIST", "")


#: Fixtures that start a real part: the tests that use one are left out of `make check`.
_PEERS = frozenset({"address", "link", "postgres", "real_price_list", "server"})
_SLOW = frozenset({"engines", "peers", "processes", "worker"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a real part of its own."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & _PEERS or _SLOW & set(item.path.parts):
            item.add_marker("peer")


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
def real_index(real_price_list: Path) -> PriceIndex:
    """The real list, indexed once for all tests that only ask it."""
    whole = read_price_list(real_price_list)
    return PriceIndex.build(whole.rows, load_vocabulary(), whole.groups)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an embedded Postgres that lives as long as this test process."""
    with tempfile.TemporaryDirectory(prefix="optfm-") as folder:
        os.chmod(folder, 0o711)  # as root the server runs as another user and walks through
        with EmbeddedPostgres(Path(folder) / "var").borrow() as url:
            _hurry(url)
            yield url


@pytest.fixture(scope="session")
def migrated(postgres: str) -> str:
    """The name of a migrated database that others are copied from."""
    name = "migrated"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    engine = connect(named(postgres, name))
    upgrade(engine)
    engine.dispose()  # a database in use is no template for others
    return name


@pytest.fixture
def empty_database_url(postgres: str) -> Iterator[str]:
    """A database of the test's own with nothing in it."""
    with copied(postgres, template="template1") as url:
        yield url


@pytest.fixture
def database_url(postgres: str, migrated: str) -> Iterator[str]:
    """A migrated database of the test's own."""
    with copied(postgres, template=migrated) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on the test's own database."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


def _hurry(postgres: str) -> None:
    """Let a server whose machine is never switched off not wait for its disk."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def copied(postgres: str, *, template: str) -> Iterator[str]:
    """The address of a database that is copied from another and dropped after the block."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield named(postgres, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def named(postgres: str, name: str) -> str:
    """The address of another database of the same server."""
    return postgres.replace("/optfm?", f"/{name}?")
