"""The desk on a real server, and people who are signed in there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import Engine

from optfm.desk import accounts, sessions
from optfm.settings import Settings
from tests.api.conftest import Server, database, serving, settings_for

__all__ = ["database", "server", "settings_for", "sign_in", "signed_in"]


def invite(engine: Engine, name: str, role: accounts.Role = "manager") -> str:
    """A new account; the token of its link."""
    with engine.begin() as connection:
        return accounts.add(connection, name, role)


def session_of(engine: Engine, name: str, role: accounts.Role = "manager") -> str:
    """The cookie of somebody who is signed in; his account is made when he has none."""
    with engine.begin() as connection:
        found = accounts.of_login(connection, name)
        if found is None:
            accounts.add(connection, name, role)
            found = accounts.of_login(connection, name)
        assert found is not None
        return sessions.begin(connection, found[0].id, "127.0.0.1")


@dataclass
class SignedIn:
    """Makes clients of people who are signed in."""

    server: Server
    made: list[httpx.Client] = field(default_factory=list)

    def __call__(
        self, name: str = "Анна", role: accounts.Role = "manager", **more: object
    ) -> httpx.Client:
        """A client as a browser would be, from a page of ours."""
        cookies = {"desk": session_of(self.server.engine, name, role)}
        client = self.server.anonymous(cookies=cookies, headers=FROM_OUR_PAGE, **more)
        self.made.append(client)
        return client


#: As browsers say it.
FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture(scope="module")
def server(database: Engine, settings_for: Callable[..., Settings]) -> Iterator[Server]:
    """A server over the module's database."""
    with serving(database, settings_for()) as running:
        yield running


@pytest.fixture
def signed_in(server: Server) -> Iterator[SignedIn]:
    """`signed_in("Анна", "owner")`: a client of hers."""
    people = SignedIn(server)
    yield people
    for client in people.made:
        client.close()


@pytest.fixture
def sign_in(server: Server) -> Callable[..., str]:
    """`sign_in("Анна")`: the value of her cookie `desk`, for a browser."""
    return lambda name="Анна", role="manager": session_of(server.engine, name, role)
