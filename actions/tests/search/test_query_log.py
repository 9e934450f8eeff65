"""What customers asked in vain is there for the owner, grouped."""

import contextlib
from datetime import timedelta

from sqlalchemy import Engine, create_engine, event, func, select, update

from optfm.db.tables import price_searches
from optfm.search import Answer, Query
from optfm.search.query_log import QueryLog, misses


def _asked(engine: Engine, question: str, *, kind: str = "none", normalised: str = "") -> None:
    with engine.begin() as connection:
        connection.execute(
            price_searches.insert().values(
                dialog="d",
                question=question,
                normalised=normalised or question,
                answer=kind,
                confidence=0.3,
            )
        )


def test_misses_are_grouped_by_what_was_searched_for(engine: Engine):
    """The most frequent first, with its last wording; what was found is not among them."""
    _asked(engine, "дисплей на iphone 27", normalised="дисплей iphone 27")
    _asked(engine, "акб на луну")
    _asked(engine, "диспл айфон 27", normalised="дисплей iphone 27")
    _asked(engine, "дисплей на iphone 11", kind="found")
    found = misses(engine, since=timedelta(days=7))
    assert [(miss.times, miss.example) for miss in found] == [
        (2, "диспл айфон 27"),
        (1, "акб на луну"),
    ]


def test_old_misses_are_left_out(engine: Engine):
    """Only the days that were asked for."""
    _asked(engine, "старое")
    with engine.begin() as connection:
        connection.execute(update(price_searches).values(at=func.now() - timedelta(days=8)))
    assert misses(engine, since=timedelta(days=7)) == []


def test_a_recorded_question_holds_no_contacts(engine: Engine):
    """Phones and addresses are masked before they are kept."""
    with contextlib.closing(QueryLog(engine)) as searches:
        _keep(searches, "акб, звоните 8 910 000 00 00")
    assert misses(engine, since=timedelta(days=1))[0].example == "акб, звоните [телефон]"


def test_the_engine_of_an_answer_is_kept_with_it(engine: Engine):
    """The owner sees how often Weaviate was away."""
    with contextlib.closing(QueryLog(engine)) as searches:
        _keep(searches, "акб")
        _keep(searches, "акб", candidates_of="weaviate")
    with engine.connect() as connection:
        kept = connection.execute(select(price_searches.c.engine).order_by(price_searches.c.id))
        assert kept.scalars().all() == ["local", "weaviate"]


def _kept(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        questions = select(price_searches.c.question).order_by(price_searches.c.id)
        return list(connection.execute(questions).scalars())


def _keep(
    searches: QueryLog, question: str, list_id: int | None = None, candidates_of: str = "local"
) -> None:
    answer = Answer(query=Query(text=question), kind="none", confidence=0.1)
    searches.keep(
        answer, normalised="акб", dialog="d", list_id=list_id, candidates_of=candidates_of
    )


def test_searches_of_a_moment_are_written_together(engine: Engine):
    """In their order, in one statement; what waits at the end is written, too."""
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    with contextlib.closing(QueryLog(engine)) as searches:
        for number in range(20):
            _keep(searches, f"акб {number}")
    assert _kept(engine) == [f"акб {number}" for number in range(20)]
    assert sum("INSERT INTO price_searches" in said for said in statements) == 1


def test_a_search_that_is_refused_loses_no_others(engine: Engine, caplog):
    """Said, not raised."""
    with contextlib.closing(QueryLog(engine)) as searches:
        _keep(searches, "первая")
        _keep(searches, "по списку, которого нет", list_id=-1)
        _keep(searches, "третья")
    assert _kept(engine) == ["первая", "третья"]
    assert caplog.text.count("a search is not recorded") == 1


def test_a_database_that_is_away_is_said_only():
    """An answer never fails with it."""
    nowhere = create_engine("postgresql+psycopg://x@127.0.0.1:1/x")
    with contextlib.closing(QueryLog(nowhere)) as searches:
        _keep(searches, "акб")
