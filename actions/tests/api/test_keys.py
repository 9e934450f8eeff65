"""Keys: who gets in, with what, and for how long."""

import time
import uuid
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from hypothesis import HealthCheck
from hypothesis import strategies as st
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


_ALPHABET = st.characters(codec="utf-8") | st.sampled_from("optfm_0aZ")


@hypothesis.given(token=st.text(_ALPHABET, max_size=80))
@hypothesis.example(token="optfm_aaaaaaaa_" + "²" * 40)
@hypothesis.example(token="optfm_aaaaaaaa_" + "b" * 40 + "\0")
def test_only_what_has_the_form_of_a_key_is_looked_up(token: str):
    """Whatever is shown; what of it may be shown on is never the secret."""
    prefix = keys.prefix_of(token)
    if prefix is not None:
        assert token.isascii() and token.startswith(f"optfm_{prefix}_") and len(token) == 55
        assert len(prefix) == 8


_STEPS = st.lists(
    st.one_of(
        st.just(("add",)),
        st.tuples(st.just("rotate"), st.sampled_from([0, 3600])),
        st.tuples(st.just("revoke"), st.integers(-1, 3)),
    ),
    max_size=7,
)


@hypothesis.settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
    derandomize=True,
)
@hypothesis.given(steps=_STEPS)
def test_whatever_is_done_to_keys_at_most_two_of_a_client_work(engine: Engine, steps: list[tuple]):
    """The newest works until it is revoked, what was ended never works again."""
    client, tokens, ended = f"any-{uuid.uuid4().hex[:8]}", [], set()

    def working() -> set[str]:
        now = datetime.now(UTC)
        found = [(token, keys.find(engine, token)) for token in tokens]
        return {token for token, key in found if key and key.works_at(now)}

    for step in steps:
        before = working()
        match step:
            case ("add",):
                if before:
                    with pytest.raises(Refused):
                        keys.add(engine, client, [Scope.SEARCH])
                else:
                    tokens.append(keys.add(engine, client, [Scope.SEARCH]))
            case ("rotate", seconds):
                if before:
                    tokens.append(keys.rotate(engine, client, keep=timedelta(seconds=seconds)))
                    if seconds and tokens[-2] in before:
                        assert tokens[-2] in working()
                else:
                    with pytest.raises(Refused):
                        keys.rotate(engine, client, keep=timedelta(seconds=seconds))
            case ("revoke", place):
                token = tokens[place] if 0 <= place < len(tokens) else None
                name = keys.prefix_of(token) if token else client
                if token in ended or not tokens:
                    continue
                try:
                    keys.revoke(engine, name or client)
                except Refused:
                    assert not before
                assert not (working() & ({token} if token else set(tokens)))
        now_working = working()
        ended |= before - now_working
        assert not ended & now_working
        assert len(now_working) <= 2
        if step[0] in ("add", "rotate") and tokens and now_working:
            assert keys.find(engine, tokens[-1]).scopes == {Scope.SEARCH}


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
