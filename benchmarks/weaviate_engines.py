"""Weaviate among the engines of `price_search.py`: its own BM25, and our search over it.

A server is taken from `.tools/bin` (see actions/tests/peers/weaviate.py) and started for each line.
"""

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.search.index import Document
from optfm.search.weaviate.address import WeaviateAddress
from optfm.search.weaviate.engine import WeaviateEngine
from optfm.search.weaviate.link import WeaviateLink
from optfm.search.weaviate.store import WeaviateStore
from optfm.text import load_vocabulary
from pydantic import SecretStr
from tests.peers.weaviate import BINARY, WeaviateServer

Search = Callable[[str], list[str]]
Engine = Iterator[tuple[Search, float, float]]

_WORD = re.compile(r"\w+")


@contextmanager
def ours_over_weaviate(rows: Sequence[PriceRow]) -> Engine:
    """Candidates from Weaviate, our constraints; its memory is the server's."""
    with _server() as (server, address):
        index = PriceIndex.build(rows, load_vocabulary())
        engine = WeaviateEngine(address)
        start = time.perf_counter()
        engine.follow(index)
        if not engine.wait(600):
            raise RuntimeError(engine.trouble)
        took = time.perf_counter() - start
        find = engine.candidates(index)
        yield (
            lambda text: [h.row.code for h in index.search(text, candidates=find).hits],
            took,
            _megabytes(server),
        )
        engine.close()


@contextmanager
def weaviate_alone(rows: Sequence[PriceRow]) -> Engine:
    """BM25 over the words as printed, name + path × 0.6."""
    with _server() as (server, address):
        link = WeaviateLink(address, patience_s=10)
        documents = [
            Document(tuple(_words(row.name)), tuple(_words(" ".join(row.path)))) for row in rows
        ]
        start = time.perf_counter()
        collection = WeaviateStore(link).publish(documents)
        took = time.perf_counter() - start

        def search(text: str) -> list[str]:
            words = _words(text)
            found = link.best(collection, words, limit=200)[:10] if words else []
            return [rows[position].code for position in found]

        yield search, took, _megabytes(server)
        link.close()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


@contextmanager
def _server() -> Iterator[tuple[WeaviateServer, WeaviateAddress]]:
    with tempfile.TemporaryDirectory(prefix="optfm-weaviate-") as folder:
        server = WeaviateServer(BINARY, Path(folder)).start()
        try:
            yield (
                server,
                WeaviateAddress(
                    url=server.url, grpc_port=server.grpc_port, api_key=SecretStr(server.api_key)
                ),
            )
        finally:
            server.stop()


def _megabytes(server: WeaviateServer) -> float:
    return float(psutil.Process(server.pid).memory_info().rss / 2**20)


#: Nothing where no server is built.
ENGINES = (
    (("Weaviate BM25, raw text", weaviate_alone), ("ours over Weaviate", ours_over_weaviate))
    if BINARY.exists()
    else ()
)
