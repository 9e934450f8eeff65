"""One-time links from the site to Telegram."""

import psycopg2
import pytest

from connectors.server.addresses import Addresses
from connectors.server.database import Database
from connectors.site.links import Links


@pytest.fixture
def links(database_url):
    """Over a real database."""
    return Links(Database(database_url))


async def test_a_link_is_good_once(links):
    """The second one who has it learns nothing; the first may say yes again."""
    token = await links.issue("web:a")
    assert await links.is_open(token)
    assert await links.redeem(token, "telegram", "1")
    assert not await links.is_open(token)
    assert not await links.redeem(token, "telegram", "2")
    assert await links.redeem(token, "telegram", "1")
    addresses = Addresses(links.database)
    assert await addresses.dialog_of("telegram", "1") == "web:a"
    assert await addresses.dialog_of("telegram", "2") == "tg:2"


async def test_a_link_ends_after_ten_minutes(links, database_url):
    """An old message with a link is no key."""
    token = await links.issue("web:a")
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("UPDATE dialog_links SET expires_at = expires_at - interval '601 seconds'")
    connection.close()
    assert not await links.redeem(token, "telegram", "1")


async def test_a_guess_opens_nothing_and_the_table_holds_no_token(links, database_url):
    """Not even whoever reads the database can follow a link."""
    token = await links.issue("web:a")
    assert len(token) == 43
    for guess in ("", token[:-1], token.swapcase(), "web:a"):
        assert not await links.redeem(guess, "telegram", "1")
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT token_sha256 FROM dialog_links")
        assert token not in cursor.fetchone()[0]
    connection.close()
