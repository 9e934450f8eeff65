"""Checked answers to questions that come again, while their facts and prompt are the same.

Kept masked: what is restored belongs to one customer, the answer to all.
"""

import hashlib
import logging
import re
from datetime import timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from optfm.db.connection import reason
from optfm.db.tables import llm_cache
from optfm.text.normalise import clean

log = logging.getLogger(__name__)

_KEPT = timedelta(days=7)
#: `clean` reads as much as a customer's question is long; a dialog is longer, and all of it counts.
_PIECE = 200
_SIGNS = re.compile(r"[^\w\s\[\]%+/.-]|[.](?!\d)")


def key(*parts: str, question: str) -> str:
    """The same for two questions that differ in case, signs and spaces only.

    :param parts: what else the answer depends on: purpose, prompt version, facts, history.
    """
    pieces = (clean(question[at : at + _PIECE]) for at in range(0, len(question), _PIECE))
    same = " ".join(_SIGNS.sub(" ", " ".join(pieces)).split())
    return hashlib.sha256("\0".join((*parts, same)).encode()).hexdigest()


class Cache:
    """The table `llm_cache`; a database that is away is an empty one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str) -> str | None:
        """The model's text of at most a week ago."""
        known = select(llm_cache.c.answer["text"].astext).where(
            llm_cache.c.key == key, llm_cache.c.at > func.now() - _KEPT
        )
        try:
            with self._engine.connect() as connection:
                return connection.execute(known).scalar_one_or_none()
        except SQLAlchemyError as exc:
            log.warning("the models' cache cannot be read: %s", reason(exc))
            return None

    def put(self, key: str, text: str) -> None:
        """Keep a checked text."""
        row = insert(llm_cache).values(key=key, answer={"text": text})
        row = row.on_conflict_do_update(
            index_elements=["key"], set_={"answer": row.excluded.answer, "at": func.now()}
        )
        try:
            with self._engine.begin() as connection:
                connection.execute(row)
        except SQLAlchemyError as exc:
            log.warning("the models' cache cannot be written: %s", reason(exc))
