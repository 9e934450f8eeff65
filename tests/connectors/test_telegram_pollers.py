"""Two Rasa servers with one token of Telegram: one asks for updates, the other takes over."""

import pytest
from telegram_bot import talking
from toy_bot import Server, trained


@pytest.fixture(scope="module")
def pollers(postgres_url, tmp_path_factory):
    """Two servers over one database, and their Telegram."""
    with talking(postgres_url, tmp_path_factory.mktemp("first"), trained()) as (first, telegram):
        second = Server(
            first.db_url,
            tmp_path_factory.mktemp("second"),
            first.model,
            first.environ,
            actions_port=first.actions_port,
        )
        second.start_rasa()
        yield first, second, telegram
        second.stop()


def askers(server):
    """The connections that hold the right to ask."""
    return server.sql(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON database = pg_database.oid"
        " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
    )[0][0]


def test_the_other_server_takes_over_from_a_killed_one(pollers):
    """One asks while both run, nobody is answered twice; after kill -9 the other goes on."""
    first, second, telegram = pollers
    customers = [telegram.customer() for _ in range(5)]
    for customer in customers:
        customer.writes("привет")
    for customer in customers:
        customer.waits_for(1)
    assert askers(first) == 1
    assert not [call for call in telegram.calls("getUpdates") if call.get("code") == 409]
    first.kill("rasa")
    for customer in customers:
        customer.writes("помощь")
    for customer in customers:
        said = [message["text"] for message in customer.waits_for(2)]
        assert said == ["Здравствуйте!", "Помогаю."]
    assert askers(second) == 1
    first.start_rasa()
    customers[0].writes("привет")
    customers[0].waits_for(3)
    assert askers(first) == 1
