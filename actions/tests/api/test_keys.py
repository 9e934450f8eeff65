"""Keys: who gets in, with what, and for how long."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from optfm.api import keys
from optfm.api.scopes import Scope
from optfm.db.tables import api_keys
from optfm.errors import Refused
from tests.api.conftest import Server


def test_a_key_is_not_kept(engine: Engine):
    """Nothing in the database opens the door."""
    token = keys.add(engine, "site", [Scope.SEARCH])
    secret = token.rpartition("_")[2]
    with engine.connect() as connection:
        kept = str(connection.execute(select(api_keys)).all())
    assert secret not in kept
    assert keys.prefix_of(token) in kept


def test_a_client_has_two_keys_while_rotating_and_never_three(engine: Engine):
    """The old key works on beside the new one; the next rotation ends it at once."""
    first = keys.add(engine, "crm", [Scope.SEARCH, Scope.REQUESTS_READ])
    second = keys.rotate(engine, "crm", keep=timedelta(hours=1))
    now = datetime.now(UTC)
    assert keys.find(engine, first).works_at(now)
    assert keys.find(engine, second).works_at(now)
    assert keys.find(engine, second).scopes == keys.find(engine, first).scopes
    third = keys.rotate(engine, "crm", keep=timedelta(hours=1))
    works = [keys.find(engine, token).works_at(datetime.now(UTC)) for token in (first, second)]
    assert works == [False, True]
    assert keys.find(engine, third).works_at(datetime.now(UTC))


def test_rotated_key_ends_by_itself(engine: Engine):
    """After the time that it was kept for the old key opens nothing."""
    first = keys.add(engine, "crm", [Scope.SEARCH])
    keys.rotate(engine, "crm", keep=timedelta(0))
    assert not keys.find(engine, first).works_at(datetime.now(UTC))


def test_second_key_of_a_name_is_refused(engine: Engine):
    """A name that has a key is told how to get a new one."""
    keys.add(engine, "site", [Scope.SEARCH])
    with pytest.raises(Refused, match="rotate"):
        keys.add(engine, "site", [Scope.SEARCH])


@pytest.mark.parametrize(
    "token",
    ["", "optfm", "optfm__", "optfm_12345678_", "Bearer x", "optfm_12345678_" + "я" * 40],
)
def test_what_is_no_key_opens_nothing(server: Server, token: str):
    """Anything at all is told, in the same words, that a key is needed."""
    with server.anonymous() as client:
        answer = client.get("/v1/search?q=x", headers={"X-API-Key": token.encode()})
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthorized"
    assert answer.headers["content-type"] == "application/problem+json"


def test_key_with_the_right_searches(server: Server):
    """A key and a question are all that is needed."""
    with server.client(Scope.SEARCH) as client:
        answer = client.get("/v1/search", params={"q": "дисплей iphone 11"})
    assert answer.status_code == 200
    assert answer.json()["rows"]


def test_key_without_the_right_is_told_which(server: Server):
    """403 names the right that is missing."""
    with server.client(Scope.PRICES_READ) as client:
        answer = client.get("/v1/search", params={"q": "дисплей"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "search" in answer.json()["detail"]


def test_expired_key_opens_nothing(server: Server):
    """A key works until its time and not a second longer."""
    ends = datetime.now(UTC) + timedelta(seconds=1.5)
    token = keys.add(server.engine, "guest", [Scope.SEARCH], expires_at=ends)
    with server.anonymous(headers={"X-API-Key": token}) as client:
        assert client.get("/v1/search?q=x").status_code == 200
        time.sleep(1.6)
        assert client.get("/v1/search?q=x").status_code == 401


def test_revoked_key_ends_within_a_second(server: Server):
    """Nobody waits for a cache."""
    token = server.key(Scope.SEARCH, client="leaving")
    with server.anonymous(headers={"X-API-Key": token}) as client:
        assert client.get("/v1/search?q=x").status_code == 200
        keys.revoke(server.engine, "leaving")
        time.sleep(1.05)
        assert client.get("/v1/search?q=x").status_code == 401


def test_use_of_a_key_is_noted(server: Server):
    """The owner sees when a key was used last."""
    token = server.key(Scope.SEARCH)
    assert keys.find(server.engine, token).last_used_at is None
    with server.anonymous(headers={"X-API-Key": token}) as client:
        client.get("/v1/search?q=x")
    assert keys.find(server.engine, token).last_used_at is not None
