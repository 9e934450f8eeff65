"""What customers asked in vain is there for the owner, grouped."""

from datetime import timedelta

from sqlalchemy import Engine, func, select, update

from optfm.db.tables import price_searches
from optfm.search import Answer, Query
from optfm.search.query_log import misses, record


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
    answer = Answer(query=Query(text="акб, звоните 8 910 000 00 00"), kind="none", confidence=0.1)
    record(engine, answer, normalised="акб", dialog="d", list_id=None)
    assert misses(engine, since=timedelta(days=1))[0].example == "акб, звоните [телефон]"


def test_the_engine_of_an_answer_is_kept_with_it(engine: Engine):
    """The owner sees how often Weaviate was away."""
    answer = Answer(query=Query(text="акб"), kind="none", confidence=0.1)
    record(engine, answer, normalised="акб", dialog="d", list_id=None)
    record(engine, answer, normalised="акб", dialog="d", list_id=None, candidates_of="weaviate")
    with engine.connect() as connection:
        kept = connection.execute(select(price_searches.c.engine).order_by(price_searches.c.id))
        assert kept.scalars().all() == ["local", "weaviate"]
