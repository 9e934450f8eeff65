"""Keeps what a process says as it was published: looked up at its start, then every second."""

import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from common import loops, published
from optfm.content.checks import check
from optfm.content.documents import all_documents
from optfm.content.revisions import all_current, newest
from optfm.db.connection import reason
from optfm.errors import Refused

log = logging.getLogger(__name__)

_PATIENCE_S = 60.0


def apply(engine: Engine) -> int:
    """Let this process say what was published.

    A publication that this version of the product cannot read does not count: the file does.

    :returns: the number of the last publication.
    :raises SQLAlchemyError: nothing was changed.
    """
    with engine.connect() as connection:
        last = newest(connection)
        found = all_current(connection) if last else []
    known = {document.name: document for document in all_documents()} if found else {}
    texts: dict[str, str] = {}
    for revision in found:
        if revision.text is None:
            continue
        try:
            if revision.document not in known:
                raise Refused(f"{revision.document}: такого документа больше нет")
            check(known[revision.document], revision.text)
        except Refused as exc:
            log.error("published %s does not count: %s", revision.document, exc.message)
            continue
        texts[revision.document] = revision.text
    published.publish(texts)
    return last


class LiveContent:
    """Follows the publications; a database that is away changes nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last = -1
        self._follower = loops.Follower("content", self.refresh, patience_s=_PATIENCE_S)

    def start(self) -> "LiveContent":
        """Look once now, then every second, aside."""
        self._follower.start()
        return self

    def close(self) -> None:
        """Stop following."""
        self._follower.close()

    def refresh(self) -> None:
        """Apply what was published since."""
        try:
            with self._engine.connect() as connection:
                last = newest(connection)
            if last != self._last:
                self._last = apply(self._engine)
                log.info("content as of publication %s", self._last)
        except SQLAlchemyError as exc:
            log.warning("publications cannot be looked up: %s", reason(exc))
