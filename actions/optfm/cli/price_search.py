"""`optfm prices search` and `optfm prices explain`: the search at the command line."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from optfm import bootstrap
from optfm.catalog import revisions
from optfm.catalog.read import read_price_list
from optfm.content import live as content
from optfm.errors import Refused
from optfm.search.answer import Answer, Hit
from optfm.search.explaining import explained
from optfm.search.index import Candidates, Nearness, PriceIndex
from optfm.search.vectors.meaning import Meaning
from optfm.search.weaviate.address import WeaviateAddress
from optfm.settings import Settings
from optfm.text.vocabulary import load as load_vocabulary

_Search = Callable[[str], list[Answer]]

#: enough to read the vectors that the bot has made; a command does not wait for new ones
_VECTORS_S = 5.0


@click.command("search")
@click.argument("question", required=False)
@click.option("--jsonl", is_flag=True, help="Вопросы строками на входе, ответы JSON на выходе.")
@click.option("--limit", type=click.IntRange(0, 1000), default=10, help="Сколько строк показать.")
@click.option(
    "--engine",
    type=click.Choice(["local", "weaviate"]),
    help="Чем искать; по умолчанию как у бота.",
)
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Искать в этом файле, а не в действующем прайс-листе.",
)
def search(
    question: str | None, jsonl: bool, limit: int, engine: str | None, file: Path | None
) -> None:
    """Найти товары по вопросу покупателя."""
    if not jsonl and question is None:
        raise click.UsageError("Напишите вопрос или укажите --jsonl.")
    with _index(file, engine) as (index, candidates, nearness):

        def answers(text: str) -> list[Answer]:
            return index.search_all(text, limit=limit, candidates=candidates, nearness=nearness)

        if jsonl:
            _answer_lines(answers, limit)
        else:
            _show(answers(question or ""))


@click.command("explain")
@click.argument("question")
@click.option("--rows", type=click.IntRange(1, 20), default=3, help="Сколько строк объяснить.")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="Объяснить по этому файлу, а не по действующему прайс-листу.",
)
def explain(question: str, rows: int, file: Path | None) -> None:
    """Объяснить, как понят вопрос и почему товары стоят в таком порядке."""
    with _index(file, "local") as (index, _, _):
        for number, answer in enumerate(index.search_all(question, limit=rows)):
            if number:
                click.echo()
            for line in explained(index, answer, rows):
                click.echo(line)


@contextmanager
def _index(
    file: Path | None, engine: str | None
) -> Iterator[tuple[PriceIndex, Candidates | None, Nearness | None]]:
    if file is not None:
        read = read_price_list(file)
        yield PriceIndex.build(read.rows, load_vocabulary(), read.groups), None, None
        return
    settings = bootstrap.settings()
    with bootstrap.database(settings) as database:
        content.apply(database)
        loaded = revisions.load_active(database)
    if loaded is None:
        raise Refused("нет действующего прайс-листа; загрузите: optfm prices import ФАЙЛ")
    index = PriceIndex.build(loaded.rows, load_vocabulary(), loaded.groups)
    with ExitStack() as stack:
        yield index, _candidates(settings, index, engine, stack), _nearness(settings, index, stack)


def _candidates(
    settings: Settings, index: PriceIndex, engine: str | None, stack: ExitStack
) -> Candidates | None:
    address = WeaviateAddress.of(settings)
    if engine == "local" or (engine is None and address is None):
        return None
    if address is None:
        raise Refused("WEAVIATE_URL не задан: искать через Weaviate негде")
    from optfm.search.weaviate.engine import WeaviateEngine  # its client takes a second to load

    weaviate = WeaviateEngine(address)
    stack.callback(weaviate.close)
    weaviate.follow(index)
    weaviate.wait(120)  # where it cannot be used it says so itself, and the index goes on alone
    return weaviate.candidates(index)


def _nearness(settings: Settings, index: PriceIndex, stack: ExitStack) -> Nearness | None:
    from optfm.llm.providers.embeddings import price_embedder  # not needed where words are enough

    meaning = Meaning.of_settings(settings, model=lambda: price_embedder(settings))
    if meaning is None:
        return None
    stack.callback(meaning.close)
    meaning.follow(index)
    meaning.wait(_VECTORS_S)
    return meaning.of(index)


def _answer_lines(answers: _Search, limit: int) -> None:
    """One JSON line for each line of stdin, also for a blank one."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    with suppress(BrokenPipeError):
        for line in stdin:
            text = line.decode("utf-8", errors="replace").rstrip("\r\n")
            found = as_json(text, answers(text), limit)
            stdout.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
            stdout.flush()


def as_json(question: str, answers: list[Answer], limit: int) -> dict[str, Any]:
    """The object of DESIGN section 5: several goods in turn, the best of each first.

    :param answers: of `PriceIndex.search_all`.
    """
    kinds = [a.kind for a in answers]
    best = "found" if "found" in kinds else "ask" if "ask" in kinds else "none"
    told = [a for a in answers if a.kind != "none"] or answers
    turns = zip_longest(*(a.hits for a in told))
    hits = [hit for turn in turns for hit in turn if hit is not None][:limit]
    return {
        "query": question,
        "answer": best,
        "confidence": round(max((a.confidence for a in told), default=0.0), 4),
        "items": [_item(hit) for hit in hits],
        "unmet": list(dict.fromkeys(word for a in told for word in a.unmet)),
    }


def _item(hit: Hit) -> dict[str, Any]:
    price = hit.row.price_kop / 100
    return {
        "code": hit.row.code,
        "codes": [row.code for row in hit.rows],
        "name": hit.row.name,
        "price": int(price) if price == int(price) else price,
        "status": hit.row.status,
        "score": hit.score,
    }


_KINDS = {"found": "нашлось", "ask": "переспросить", "none": "не нашлось"}


def _show(answers: list[Answer]) -> None:
    for answer in answers:
        click.echo(
            f"{answer.query.text}: {_KINDS[answer.kind]}, уверенность {answer.confidence:.2f}"
        )
        if answer.gap is not None:
            labels = ", ".join(one.label for one in answer.gap.nearest)
            nearest = f"; ближайшее: {labels}" if labels else ""
            click.echo(f"  нет такого: {answer.gap.asked}{nearest}")
        if answer.unmet:
            click.echo(f"  нет ни в одной строке: {', '.join(answer.unmet)}")
        for hit in answer.hits:
            price = f"{hit.row.price_kop / 100:,.2f}".replace(",", " ").removesuffix(".00")
            status = f" · {hit.row.status}" if hit.row.status else ""
            click.echo(f"  {hit.row.code}  {price:>9} ₽  {hit.row.name}{status}")
            if hit.colours:
                click.echo(f"               цвета: {', '.join(hit.colours[:12])}")
        if answer.choice is not None:
            click.echo(f"  уточнить: {' · '.join(o.label for o in answer.choice.options)}")
