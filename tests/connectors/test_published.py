"""A publication reaches the server that talks, also after the database was away."""

import asyncio

import psycopg2
import pytest

from common import published
from connectors.server import published as following
from connectors.server.database import Database


@pytest.fixture
def database(database_url, monkeypatch):
    """The server's database is the test's."""
    monkeypatch.setattr(following, "database", lambda: Database(database_url))
    yield database_url
    published.publish({})


def _publish(url: str, document: str, text: str | None) -> None:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO content_revisions (document, text, author, file_sha256)"
            " VALUES (%s, %s, 'Ольга', '')",
            (document, text),
        )


def test_the_newest_text_of_an_answer_is_read(database):
    """Other documents are not its business; a text taken back is the file's again."""
    _publish(database, "domain.yml#utter_bye", "Пока.")
    _publish(database, "domain.yml#utter_bye", "До свидания.")
    _publish(database, "actions/optfm/facts/facts.yml", "…")
    seen = asyncio.run(following._look(0))
    assert following.wordings("utter_bye", ["Пока!"]) == ["До свидания."]
    assert published.text_of("actions/optfm/facts/facts.yml") is None
    _publish(database, "domain.yml#utter_bye", None)
    assert asyncio.run(following._look(seen)) > seen
    assert following.wordings("utter_bye", ["Пока!"]) == ["Пока!"]


def test_a_database_that_is_away_changes_nothing(database, monkeypatch):
    """What was said before is said on."""
    _publish(database, "domain.yml#utter_bye", "Пока.")
    seen = asyncio.run(following._look(0))
    monkeypatch.setattr(
        following, "database", lambda: Database("host=127.0.0.1 port=1 dbname=none")
    )
    assert asyncio.run(following._look(seen)) == seen
    assert following.wordings("utter_bye", ["Пока!"]) == ["Пока."]
