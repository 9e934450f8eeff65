"""Publications: what a document says from then on, by whom, and what it said before."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from optfm.content.checks import WrongContent, check
from optfm.content.documents import Document
from optfm.db.tables import content_revisions
from optfm.errors import Refused

__all__ = ["Conflict", "Revision", "Standing", "WrongContent", "current", "history", "publish"]

Standing = Literal["file", "same", "ahead", "apart"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One publication."""

    id: int
    document: str
    text: str | None  #: None: from here on what the file says counts
    author: str
    note: str
    at: datetime
    file_sha256: str  #: of what the file said then


class Conflict(Refused):
    """Somebody else published after the editor had begun; his text is not lost, nor the other's."""

    def __init__(self, theirs: Revision | None) -> None:
        self.theirs = theirs  #: what counts now; None: the file
        super().__init__(self._words(""))

    def told(self, zone: ZoneInfo) -> str:
        """The message with the time of the other publication, by the shop's clock."""
        at = f" {self.theirs.at.astimezone(zone):%d.%m %H:%M}" if self.theirs else ""
        return self._words(at)

    def _words(self, at: str) -> str:
        by = f"{self.theirs.author} опубликовал(а){at}" if self.theirs else "файл изменён"
        return f"пока вы правили, {by}: сверьте и опубликуйте ещё раз"


def current(connection: Connection, document: str) -> Revision | None:
    """The last publication of a document; None: there was none."""
    return next(iter(history(connection, document, limit=1)), None)


def history(connection: Connection, document: str, *, limit: int = 50) -> list[Revision]:
    """The publications of a document, the newest first."""
    r = content_revisions
    question = select(r).where(r.c.document == document).order_by(r.c.id.desc()).limit(limit)
    return [Revision(**row) for row in connection.execute(question).mappings()]


def all_current(connection: Connection) -> list[Revision]:
    """The last publication of each document that has any."""
    r = content_revisions
    question = select(r).ext(distinct_on(r.c.document)).order_by(r.c.document, r.c.id.desc())
    return [Revision(**row) for row in connection.execute(question).mappings()]


def newest(connection: Connection) -> int:
    """The number of the last publication of all, 0 where there is none."""
    found = connection.execute(text("SELECT coalesce(max(id), 0) FROM content_revisions"))
    return int(found.scalar_one())


def publish(
    connection: Connection,
    document: Document,
    new: str | None,
    *,
    author: str,
    base: int,
    note: str = "",
) -> Revision:
    """Let a document say something else from the commit on, in every process within seconds.

    :param new: None: what the repository's file says.
    :param base: the publication that the editor saw, 0 for none.
    :raises WrongContent: what reads the document cannot read this; nothing was changed.
    :raises Conflict: another publication came first; nothing was changed.
    """
    if new is not None:
        new = new.replace("\r\n", "\n")
        check(document, new)
    connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended('content ' || :name, 0))"),
        {"name": document.name},
    )
    there = current(connection, document.name)
    if (there.id if there else 0) != base:
        raise Conflict(there)
    row = connection.execute(
        content_revisions.insert()
        .values(
            document=document.name,
            text=new,
            author=author,
            note=note,
            file_sha256=digest(document.in_file()),
        )
        .returning(content_revisions)
    ).mappings()
    return Revision(**row.one())


def standing(document: Document, revision: Revision | None) -> Standing:
    """How the page and the repository stand to each other.

    :returns: "file": the file counts; "same": both say the same; "ahead": what was published is
        not in the file yet; "apart": the file was changed since, too; what was published
        counts.
    """
    if revision is None or revision.text is None:
        return "file"
    file = document.in_file()
    if file.strip() == revision.text.strip():
        return "same"
    return "ahead" if digest(file) == revision.file_sha256 else "apart"


def digest(said: str) -> str:
    """Tells whether a file says the same."""
    return hashlib.sha256(said.encode()).hexdigest()
