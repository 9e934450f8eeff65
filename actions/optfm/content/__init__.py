"""What staff may change without a developer: texts, facts, words; published as revisions."""

from optfm.content.documents import CHAPTERS, Chapter, Document, all_documents, document
from optfm.content.revisions import (
    Conflict,
    Revision,
    Standing,
    WrongContent,
    current,
    history,
    publish,
    standing,
)

__all__ = [
    "CHAPTERS",
    "Chapter",
    "Conflict",
    "Document",
    "Revision",
    "Standing",
    "WrongContent",
    "all_documents",
    "current",
    "document",
    "history",
    "publish",
    "standing",
]
