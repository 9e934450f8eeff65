"""The bot's index, Weaviate and the vectors follow the active list together."""

import time

import pytest

from optfm.catalog import revisions
from optfm.search.live import LiveIndex
from optfm.search.vectors.embedding import LocalEmbedder, VectorStore
from optfm.search.vectors.meaning import Meaning
from optfm.search.weaviate.engine import WeaviateEngine
from tests.catalog.price_files import Line, Sheet, saved

PARTS = Sheet(
    lines=[
        Line(name="Запчасти", code="Г-1", price=None),
        Line(name="Дисплеи", code="Г-2", price=None, depth=1),
        Line(name="Дисплей Honor 8X черный", code="УТ-1", price=900, depth=2),
        Line(name="Дисплей Honor 9A черный", code="УТ-2", price=700, depth=2),
        Line(name="Вибромоторы", code="Г-3", price=None, depth=1),
        Line(name="Вибромотор iPhone X", code="УТ-3", price=150, depth=2),
    ]
)
CABLES = Sheet(
    title="Прайс-лист на 26 июня 2025 г.",
    lines=[
        Line(name="Кабели", code="Г-1", price=None),
        Line(name="Кабель USB - Type-C 1м", code="УТ-4", price=90, depth=1),
        Line(name="Кабель USB - Lightning 1м", code="УТ-5", price=95, depth=1),
    ],
)


@pytest.fixture
def bot(engine, address, tmp_path):
    """A live index over Weaviate and vectors, and a way to import a list."""
    weaviate = WeaviateEngine(address, retry_s=0.1)
    meaning = Meaning(
        LocalEmbedder, VectorStore(tmp_path / "vectors.sqlite"), ready=weaviate.enrich
    )
    live = LiveIndex(engine, weaviate, meaning)

    def load(sheet: Sheet, name: str) -> None:
        file = saved(tmp_path, sheet, name)
        revisions.import_source(engine, revisions.read_source(file), force=True)
        live.refresh()

    yield live, weaviate, load
    live.close()
    meaning.close()
    weaviate.close()


def first(live: LiveIndex, question: str) -> str:
    (answer,) = live.current().search_all(question, limit=3)
    return answer.hits[0].row.code if answer.hits else ""


def until(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


def test_answers_come_before_any_engine_is_ready(bot):
    """The first question after an import does not wait for Weaviate or the vectors."""
    live, _, load = bot
    load(PARTS, "parts.xls")
    assert first(live, "дисплей хонор 9а") == "УТ-2"


def test_new_list_is_answered_at_once_and_reaches_weaviate(bot, link):
    """Nothing of the old list is shown after the switch, whichever engine answers."""
    live, weaviate, load = bot
    load(PARTS, "parts.xls")
    assert weaviate.wait(60)
    assert first(live, "дисплей хонор 8х") == "УТ-1"
    load(CABLES, "cables.xls")
    assert first(live, "кабель type-c") == "УТ-4"
    assert weaviate.wait(60)
    assert first(live, "кабель type-c") == "УТ-4"
    assert first(live, "дисплей хонор 8х") not in {"УТ-1", "УТ-2", "УТ-3"}


def test_vectors_show_the_nearest_of_what_nobody_has_a_word_for(bot, link):
    """Before them there is nothing to show; with them the nearest, and still a «нет»."""
    live, _, load = bot
    load(PARTS, "parts.xls")
    asked = "финтифлюшка"
    assert live.current().index.search(asked).hits == ()
    until(lambda: first(live, asked) != "")
    (answer,) = live.current().search_all(asked, limit=3)
    assert answer.kind == "none"
