"""Rows inside Weaviate: one collection a revision of a list, the finished one behind an alias.

A collection's name ends in a fingerprint of what it holds, so it does not matter which process
made it or how often a list is switched to and fro. The alias marks what is finished and verified;
questions go to the collection itself, because the positions it answers with belong to exactly
one index in memory, and another process may move the alias at any moment.
"""

import hashlib
import json
import logging
import os
import secrets
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import psutil
from weaviate.classes.config import Configure, DataType, Property, StopwordsPreset, Tokenization

from optfm.search.index import Document
from optfm.search.vectors.embedding import Vectors
from optfm.search.weaviate.address import WeaviateUnusable
from optfm.search.weaviate.link import WeaviateLink

log = logging.getLogger(__name__)

ALIAS = "Prices"
#: Raised when what is stored of a row changes: old collections are then made anew.
_SHAPE = "1"
_FINISHED = "прайс-лист записан целиком"
_BATCH = 1000
#: A writer on another machine cannot be looked at; 100,000 rows take half a minute.
_LONGEST_WRITING_S = 600.0


class BeingWritten(Exception):
    """Another living process is writing the same list: look again in a moment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Writer:
    """Who writes a collection: its description as long as it is not finished."""

    host: str
    pid: int
    started: float  #: of the process, seconds of the epoch: a pid alone may come again
    at: float  #: when it began to write, seconds of the epoch

    @classmethod
    def here(cls) -> "_Writer":
        return cls(
            host=socket.gethostname(),
            pid=os.getpid(),
            started=psutil.Process().create_time(),
            at=time.time(),
        )

    @classmethod
    def read(cls, description: str | None) -> "_Writer | None":
        try:
            return cls(**json.loads(description or ""))
        except (ValueError, TypeError):
            return None

    def written(self) -> str:
        return json.dumps(asdict(self))

    def alive_elsewhere(self) -> bool:
        """Whether another process than this one is still at it, as far as one can see."""
        here = self.here()
        if self.host != here.host:
            return here.at - self.at < _LONGEST_WRITING_S
        if self.pid == here.pid:
            return False
        try:
            return abs(psutil.Process(self.pid).create_time() - self.started) < 1
        except psutil.NoSuchProcess:
            return False


def fingerprint(documents: Sequence[Document], vectors: Vectors | None = None) -> str:
    """16 hexadecimal digits that change with any lexeme or vector of any row, and their order."""
    digest = hashlib.sha256(_SHAPE.encode())
    if vectors is not None:
        digest.update(vectors.astype("<f4").tobytes())
    for document in documents:
        digest.update(" ".join(document.lexemes).encode())
        digest.update(b"\0")
        digest.update(" ".join(document.path_lexemes).encode())
        digest.update(b"\n")
    return digest.hexdigest()[:16]


def _key(name: str) -> str:
    return name.split("_")[1]


class WeaviateStore:
    """Writes lists, keeps the active one and the one before it."""

    def __init__(self, link: WeaviateLink, alias: str = ALIAS) -> None:
        """:param link: an open connection.

        :param alias: also the beginning of its collections' names.
        """
        self._link = link
        self._alias = alias

    def publish(self, documents: Sequence[Document], vectors: Vectors | None = None) -> str:
        """Have exactly these rows in a finished collection and the alias on it.

        Writes nothing where they are there already. What was active before stays, for processes
        that have not changed their list yet; anything older, and what a dead process left
        unfinished, is thrown away.

        :param vectors: of the rows, in their order; None: words only.
        :returns: the collection's own name.
        :raises BeingWritten: another process is at the same list.
        :raises WeaviateUnusable: the server is gone, or holds other rows than it was given.
        """
        key = fingerprint(documents, vectors)
        with self._link.errors():
            before = self._active()
            name = self._finished(key, len(documents))
            if name is None:
                self._discard_unfinished(busy_with=key)
                name = self._write(key, documents, vectors)
                log.info("Weaviate: записано строк: %d (%s)", len(documents), name)
            if name != before:
                self._switch(name)
            damaged = before is not None and _key(before) == key
            self._discard_finished(keep={name} if damaged else {name, before})
            self._discard_unfinished()
            return name

    def _active(self) -> str | None:
        alias = self._link.client.alias.get(alias_name=self._alias)
        return None if alias is None else alias.collection

    def _ours(self) -> Iterator[tuple[str, str | None]]:
        """Our collections and what their descriptions say."""
        for name, config in self._link.client.collections.list_all(simple=True).items():
            if name.startswith(f"{self._alias}_"):
                yield name, config.description

    def _finished(self, key: str, rows: int) -> str | None:
        for name, description in self._ours():
            if description == _FINISHED and _key(name) == key and self._count(name) == rows:
                return name
        return None

    def _discard_finished(self, *, keep: set[str | None]) -> None:
        for name, description in self._ours():
            if description == _FINISHED and name not in keep:
                self._link.client.collections.delete(name)

    def _discard_unfinished(self, *, busy_with: str = "") -> None:
        for name, description in self._ours():
            if description == _FINISHED:
                continue
            writer = _Writer.read(description)
            if writer is None or not writer.alive_elsewhere():
                self._link.client.collections.delete(name)
            elif _key(name) == busy_with:
                raise BeingWritten(name)

    def _write(self, key: str, documents: Sequence[Document], vectors: Vectors | None) -> str:
        name = f"{self._alias}_{key}_{secrets.token_hex(4)}"
        words = {
            "data_type": DataType.TEXT,
            "tokenization": Tokenization.WHITESPACE,
            "index_filterable": False,
        }
        self._link.client.collections.create(
            name,
            description=_Writer.here().written(),
            properties=[
                Property(name="lexemes", **words),  # type: ignore[arg-type]
                Property(name="path_lexemes", **words),  # type: ignore[arg-type]
            ],
            vector_config=Configure.Vectors.self_provided(),
            # As measured in DESIGN section 6; a lexeme that looks like an English stop word is
            # a model's name here.
            inverted_index_config=Configure.inverted_index(
                bm25_k1=0.6, bm25_b=0.3, stopwords_preset=StopwordsPreset.NONE
            ),
        )
        for first in range(0, len(documents), _BATCH):
            some = slice(first, first + _BATCH)
            part = None if vectors is None else vectors[some]
            self._link.add(name, first, documents[some], part)
        count = self._count(name)
        if count != len(documents):
            raise WeaviateUnusable(
                f"Weaviate хранит {count} строк прайса из {len(documents)}: пишем заново"
            )
        self._link.client.collections.get(name).config.update(description=_FINISHED)
        return name

    def _count(self, name: str) -> int:
        counted = self._link.client.collections.get(name).aggregate.over_all(total_count=True)
        return counted.total_count or 0

    def _switch(self, name: str) -> None:
        alias = self._link.client.alias
        if self._active() is None:
            alias.create(alias_name=self._alias, target_collection=name)
        else:
            alias.update(alias_name=self._alias, new_target_collection=name)
