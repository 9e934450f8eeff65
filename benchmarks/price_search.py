"""How fast and how right the price search is beside what anybody would try first.

    PYTHONPATH=actions OPTFM_REAL_PRICE_LIST=… OPTFM_EVAL=… python benchmarks/price_search.py

Every line asks the same questions of the same rows, one after another in one thread. 100,000
rows are the shop's list and made-up relatives of its rows (other phones, colours, numbers).
Without the shop's list the demo list and no hit@1. Postgres is the embedded one. «cpu» is the
processor's own time of this process: what a question costs however busy the machine is.
The package bm25s joins in where it is installed (`uv pip install bm25s`).
"""

import argparse
import gc
import json
import math
import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import psutil
import snowballstemmer
from optfm.catalog import PriceRow
from optfm.catalog.read import read_price_list
from optfm.search import PriceIndex
from optfm.text import load_vocabulary
from weaviate_engines import ENGINES as WEAVIATE

ROOT = Path(__file__).parents[1]
_WORD = re.compile(r"\w+")
_PHONE = re.compile(r"(?<=[A-Za-z ])\d{2}(?=[ A-Za-z/])")
_COLOUR = re.compile(r"\b(черн|бел|красн|син)\w*")
_PART = re.compile(r"\b[A-Z]{2}\d{2,3}\b")
_LETTERS = "ABCDEFGHKLMNPRST"
_COLOURS = ("черный", "белый", "красный", "синий", "зеленый", "розовый", "серый", "золото")

Search = Callable[[str], list[str]]  #: question → codes, best first


@dataclass(frozen=True)
class Question:
    """A question and the codes that answer it."""

    text: str
    right: frozenset[str]


def main() -> int:
    """Print a line for each engine and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[0, 100_000], help="0: as it is")
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    real = os.environ.get("OPTFM_REAL_PRICE_LIST")
    rows = read_price_list(Path(real or ROOT / "prices" / "demo.xls")).rows
    questions = _questions(bool(real))
    print(f"{len(questions)} questions, {psutil.cpu_count()} cores")
    print(
        f"{'engine':<26}{'rows':>8}{'build s':>9}{'MB':>7}{'p50 ms':>9}{'p95':>8}{'p99':>8}"
        f"{'cpu p50':>9}{'cpu p99':>9}{'hit@1':>8}"
    )
    for size in arguments.rows:
        listed = list(rows) if not size else list(_more(rows, size))
        for name, engine in _ENGINES:
            with engine(listed) as (search, build_s, megabytes):
                _line(name, len(listed), build_s, megabytes, search, questions, arguments.repeat)
    return 0


def _line(
    name: str,
    rows: int,
    build_s: float,
    megabytes: float,
    search: Search,
    questions: Sequence[Question],
    repeat: int,
) -> None:
    for question in questions[:20]:
        search(question.text)
    took: list[float] = []
    worked: list[float] = []
    hits = good = 0
    for again in range(repeat):
        for question in questions:
            start, work = time.perf_counter(), time.process_time()
            found = search(question.text)
            took.append((time.perf_counter() - start) * 1000)
            worked.append((time.process_time() - work) * 1000)
            if again == 0 and question.right:
                good += 1
                hits += bool(found) and found[0] in question.right
    p50, p95, p99 = np.percentile(took, [50, 95, 99])
    cpu50, cpu99 = np.percentile(worked, [50, 99])
    share = f"{hits / good:.3f}" if good else "—"
    print(
        f"{name:<26}{rows:>8}{build_s:>9.1f}{megabytes:>7.0f}{p50:>9.2f}{p95:>8.2f}{p99:>8.2f}"
        f"{cpu50:>9.2f}{cpu99:>9.2f}{share:>8}",
        flush=True,
    )


def _questions(with_truth: bool) -> list[Question]:
    folder = os.environ.get("OPTFM_EVAL")
    if not folder:
        texts = ("дисплей самсунг а12", "чехол на 13 про", "акб ми 9т", "lbcgktq yf fqajy 11")
        return [Question(text, frozenset()) for text in texts]
    path = Path(folder) / "price_queries.jsonl"
    asked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Question(q["q"], frozenset(q["rel"] if with_truth else ())) for q in asked]


def _more(rows: Sequence[PriceRow], size: int) -> Iterator[PriceRow]:
    """The rows and relatives of them up to the size; the same every time."""
    chance = random.Random(0)
    yield from rows
    for number in range(len(rows), size):
        row = chance.choice(rows)
        name = _PHONE.sub(lambda _: str(chance.randint(30, 99)), row.name)
        name = _COLOUR.sub(lambda _: chance.choice(_COLOURS), name)
        name = _PART.sub(
            lambda _: "".join(chance.choices(_LETTERS, k=2)) + str(chance.randint(100, 999)), name
        )
        yield replace(row, code=f"ЯЯ-{number:08d}", name=name, row_number=number)


@contextmanager
def _measured() -> Iterator[Callable[[], tuple[float, float]]]:
    gc.collect()
    before, start = psutil.Process().memory_info().rss, time.perf_counter()

    def taken() -> tuple[float, float]:
        seconds = time.perf_counter() - start
        gc.collect()
        return seconds, (psutil.Process().memory_info().rss - before) / 2**20

    yield taken


@contextmanager
def _ours(rows: Sequence[PriceRow]) -> Iterator[tuple[Search, float, float]]:
    with _measured() as taken:
        index = PriceIndex.build(rows, load_vocabulary())
        cost = taken()
    yield (lambda text: [h.row.code for h in index.search(text).hits]), *cost


def _text(row: PriceRow) -> str:
    return f"{row.name} {' '.join(row.path[1:])} {row.code}".lower().replace("ё", "е")


@contextmanager
def _bm25(rows: Sequence[PriceRow]) -> Iterator[tuple[Search, float, float]]:
    """Okapi BM25 (k1 1.2, b .75) over Snowball stems of name and path."""
    stem = snowballstemmer.stemmer("russian").stemWord
    known: dict[str, str] = {}

    def stems(text: str) -> list[str]:
        words = _WORD.findall(text)
        for word in words:
            if word not in known:
                known[word] = stem(word)
        return [known[word] for word in words]

    with _measured() as taken:
        postings: dict[str, list[tuple[int, int]]] = {}
        lengths = np.zeros(len(rows), dtype=np.float32)
        for number, row in enumerate(rows):
            words = stems(_text(row))
            lengths[number] = len(words)
            for word in set(words):
                postings.setdefault(word, []).append((number, words.count(word)))
        norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
        weights = {}
        for word, found in postings.items():
            ids, counts = np.array(found, dtype=np.int32).T
            idf = math.log(1 + (len(rows) - len(ids) + 0.5) / (len(ids) + 0.5))
            weights[word] = ids, (idf * counts * 2.2 / (counts + norm[ids])).astype(np.float32)
        postings.clear()
        cost = taken()
    codes = [row.code for row in rows]

    def search(text: str) -> list[str]:
        score = np.zeros(len(codes), dtype=np.float32)
        for word in stems(text.lower().replace("ё", "е")):
            if word in weights:
                ids, weight = weights[word]
                score[ids] += weight
        best = np.argpartition(-score, 10)[:10]
        return [codes[i] for i in best[np.argsort(-score[best])] if score[i] > 0]

    yield search, *cost


@contextmanager
def _bm25s(rows: Sequence[PriceRow]) -> Iterator[tuple[Search, float, float]]:
    """The package bm25s with its own tokeniser and Snowball stems."""
    import bm25s

    stem = snowballstemmer.stemmer("russian").stemWords
    with _measured() as taken:
        words = bm25s.tokenize([_text(r) for r in rows], stemmer=stem, show_progress=False)
        index = bm25s.BM25()
        index.index(words, show_progress=False)
        cost = taken()

    def search(text: str) -> list[str]:
        asked = bm25s.tokenize([text.lower()], stemmer=stem, show_progress=False)
        found, _ = index.retrieve(asked, k=10, show_progress=False)
        return [rows[i].code for i in found[0]]

    yield search, *cost


@contextmanager
def _fts5(rows: Sequence[PriceRow]) -> Iterator[tuple[Search, float, float]]:
    """SQLite FTS5, words joined by OR, its own BM25."""
    with _measured() as taken:
        base = sqlite3.connect(":memory:")
        base.execute("CREATE VIRTUAL TABLE t USING fts5(code UNINDEXED, body)")
        base.executemany("INSERT INTO t VALUES (?, ?)", [(r.code, _text(r)) for r in rows])
        cost = taken()

    def search(text: str) -> list[str]:
        words = " OR ".join(f'"{w}"' for w in _WORD.findall(text.lower()))
        if not words:
            return []
        asked = "SELECT code FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT 10"
        return [code for (code,) in base.execute(asked, (words,))]

    yield search, *cost
    base.close()


@contextmanager
def _postgres(rows: Sequence[PriceRow]) -> Iterator[tuple[Search, float, float]]:
    """Postgres full text with the Russian dictionary, words joined by OR, ts_rank_cd."""
    import psycopg
    from optfm.db.embedded import EmbeddedPostgres

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        with EmbeddedPostgres(Path(folder) / "var").borrow() as url:
            plain = url.replace("postgresql+psycopg://", "postgresql://")
            with psycopg.connect(plain, autocommit=True) as base, _measured() as taken:
                base.execute("CREATE TEMP TABLE t (code text, body text, words tsvector)")
                with base.cursor().copy("COPY t (code, body) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row((row.code, _text(row)))
                base.execute("UPDATE t SET words = to_tsvector('russian', body)")
                base.execute("CREATE INDEX ON t USING gin (words)")
                cost = taken()

                def search(text: str) -> list[str]:
                    found = base.execute(
                        "SELECT code FROM t, (SELECT to_tsquery('russian', %s) AS q) AS asked"
                        " WHERE words @@ q ORDER BY ts_rank_cd(words, q) DESC, code LIMIT 10",
                        (" | ".join(_WORD.findall(text.lower())) or "я",),
                    )
                    return [code for (code,) in found]

                yield search, *cost


_ENGINES = (
    ("ours", _ours),
    ("BM25, Russian stems", _bm25),
    *((("bm25s", _bm25s),) if find_spec("bm25s") else ()),
    ("SQLite FTS5", _fts5),
    ("Postgres full text", _postgres),
    *WEAVIATE,
)

if __name__ == "__main__":
    sys.exit(main())
