"""A customer cannot tell which of the two engines answered."""

import json
import os
from pathlib import Path

import pytest

from optfm.catalog import PriceRow
from optfm.catalog.read import parse_price_list, read_file
from optfm.search import Answer, PriceIndex
from optfm.search.weaviate.engine import WeaviateEngine
from optfm.text import load_vocabulary
from tests.conftest import skip_or_fail

EVAL = Path(__file__).parents[1] / "eval"
OTHER = Path(__file__).parents[2] / "optfm" / "content"
EVERY = 2_000  #: lines: all that meet any question


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def index_of(rows) -> PriceIndex:
    return PriceIndex.build(rows, load_vocabulary())


@pytest.fixture(scope="module")
def other_shop() -> PriceIndex:
    """The index of the list of our own making."""
    return index_of(
        [
            PriceRow(
                code=row["code"],
                name=row["name"],
                price_kop=row["price"] * 100,
                status=row["status"],
                path=tuple(row["path"]),
                row_number=number,
            )
            for number, row in enumerate(lines(OTHER / "floor_list.jsonl"), start=1)
        ]
    )


@pytest.fixture
def weaviate(address):
    """An engine that follows an index until the test ends."""
    engine = WeaviateEngine(address, retry_s=0.1)

    def follow(index: PriceIndex) -> WeaviateEngine:
        engine.follow(index)
        assert engine.wait(60), engine.trouble
        return engine

    yield follow
    engine.close()


def shown(answer: Answer) -> tuple[object, ...]:
    """Everything of an answer that a customer sees: all of its lines, whatever their order."""
    gap = answer.gap
    return (
        answer.hits[0].row.code if answer.hits else "",
        answer.kind,
        answer.total,
        answer.unmet,
        frozenset(row.code for hit in answer.hits for row in hit.rows),
        gap and (gap.missing, gap.asked, tuple(one.label for one in gap.nearest)),
        answer.choice and tuple(one.label for one in answer.choice.options),
    )


def differing(index: PriceIndex, engine: WeaviateEngine, questions: list[str]) -> list[str]:
    """Questions of which anything that is shown depends on the engine."""
    find = engine.candidates(index)
    found = [
        question
        for question in questions
        if shown(index.search(question, limit=EVERY))
        != shown(index.search(question, limit=EVERY, candidates=find))
    ]
    assert engine.using == "weaviate", engine.trouble
    return found


def test_other_shops_questions_get_the_same_answers(other_shop, weaviate):
    """Same first row, same decision, same lines, same words about what is missing."""
    questions = [line["q"] for line in lines(OTHER / "floor_questions.jsonl")]
    assert differing(other_shop, weaviate(other_shop), questions) == []


def test_real_lists_questions_get_the_same_answers(real_price_list, weaviate):
    """At least 99 of 100 questions over the shop's own list."""
    development = Path(os.environ.get("OPTFM_EVAL", "")) / "price_queries.jsonl"
    if not development.is_file():
        skip_or_fail("OPTFM_EVAL names no folder: the two engines are not compared on it")
    index = index_of(parse_price_list(read_file(real_price_list)).rows)
    questions = [q["q"] for q in lines(development)]
    questions += [q["q"] for q in lines(EVAL / "questions.jsonl")]
    assert len(differing(index, weaviate(index), questions)) <= len(questions) / 100


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "🙂",
        "a" * 10_000,
        "дисплей " * 500,
        '{"query": "x"} AND (a OR "b"^5)~2',
        "\x00",
        "7",
    ],
)
def test_odd_questions_are_survived_by_both(other_shop, weaviate, question):
    """Nothing a person can type breaks the engine or takes it out of use."""
    assert differing(other_shop, weaviate(other_shop), [question]) == []


def test_answers_go_on_while_the_server_is_killed(other_shop, weaviate, server):
    """The index answers alone and the row is the same."""
    engine = weaviate(other_shop)
    find = engine.candidates(other_shop)
    before = other_shop.search("дисплей самсунг а12", candidates=find)
    server.kill()
    after = other_shop.search("дисплей самсунг а12", candidates=find)
    assert engine.using == "local"
    server.start()
    assert [hit.row for hit in after.hits] == [hit.row for hit in before.hits]
