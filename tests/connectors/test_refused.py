"""What Postgres does not take: a customer of any channel is answered all the same."""

import contextlib
import json

import psycopg2
import pytest
from channels import CHANNELS, InTelegram, somebody
from telegram_bot import talking
from toy_bot import trained

from connectors.server.database import Database, DatabaseRefused
from connectors.server.texts import Texts

APOLOGY = Texts.read().apology.text
#: The six characters of an escaped NUL, a NUL, half an emoji: typed, or pasted from somewhere.
ODD = ["привет \\u0000", "привет \\\\u0000 и \\", "привет \x00", 'привет \\"\\u0000\\ud83d']
#: Refuses whatever has the word in it, as a column that is too short would.
_REFUSING = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF position('запретное' in to_jsonb(NEW)::text) > 0 THEN
        RAISE EXCEPTION 'refused' USING ERRCODE = 'data_exception';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON inbox FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER refuse BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION refuse();
"""


@pytest.fixture(scope="module")
def talk(postgres_url, tmp_path_factory):
    """A bot, its address and its Telegram."""
    folder = tmp_path_factory.mktemp("refused")
    with talking(postgres_url, folder, trained()) as (server, telegram):
        yield server, f"http://127.0.0.1:{server.port}", telegram


def do(server, *statements: str) -> None:
    """Statements that give no rows."""
    with contextlib.closing(psycopg2.connect(server.db_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_escaped_nul_is_a_text_like_any_other(talk, channel):
    """It is answered, what follows it too, and the dialog can be read as a whole."""
    server, *place = talk
    with somebody(channel, *place) as customer:
        for text in ODD:
            assert customer.say(text) == ["Здравствуйте!"]
        assert customer.say("привет") == ["Здравствуйте!"]
        said = server.sql(
            "SELECT text FROM messages WHERE dialog = %s AND author = 'customer' ORDER BY id",
            customer.dialog,
        )
        events = server.sql("SELECT data FROM events WHERE sender_id = %s", customer.dialog)
    assert [text for (text,) in said] == [
        *(text.replace("\x00", "").strip() for text in ODD),
        "привет",
    ]
    assert all(json.loads(data) for (data,) in events)


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_the_database_refuses_gets_the_apology(talk, channel):
    """The next message is answered as ever."""
    server, *place = talk
    do(server, _REFUSING)
    try:
        with somebody(channel, *place) as customer:
            assert customer.say("привет запретное") == [APOLOGY]
            assert customer.say("привет") == ["Здравствуйте!"]
    finally:
        do(server, "DROP FUNCTION refuse CASCADE")


def test_an_update_that_nobody_can_take_gets_the_apology(talk):
    """Before the inbox, too: it is confirmed to Telegram only because he was answered."""
    server, *place = talk
    with somebody(InTelegram, *place) as customer:
        do(server, "ALTER TABLE dialog_addresses RENAME TO elsewhere")
        try:
            assert customer.say("привет") == [APOLOGY]
        finally:
            do(server, "ALTER TABLE elsewhere RENAME TO dialog_addresses")
        assert customer.say("привет") == ["Здравствуйте!"]


async def test_a_refusal_is_told_from_an_absence(database_url):
    """Trying again helps the one and not the other; a NUL is no reason for either."""
    database = Database(database_url)
    assert await database.ask("SELECT %s::text", "a\x00b\ud800") == [("ab?",)]
    assert await database.do(lambda cursor: cursor.execute("SELECT %s", (["\x00"],))) is None
    with pytest.raises(DatabaseRefused):
        await database.ask("SELECT 'x'::int")
    assert await database.ask("SELECT 1") == [(1,)]
