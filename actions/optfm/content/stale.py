"""Where else an old value still stands, once it has been changed in one document."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from optfm.content.documents import Document

#: Times, sums and numbers of two digits or more: «17:30», «25 000», «10».
_VALUE = re.compile(r"\d{1,2}:\d{2}|\d{1,3}(?:[ \u00a0]\d{3})+|\d{2,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stale:
    """A document that still says what was changed."""

    document: Document
    values: tuple[str, ...]


def stale(
    changed: Document,
    before: str,
    after: str,
    *,
    others: Iterable[Document],
    text_of: Callable[[Document], str],
) -> Iterator[Stale]:
    """The others that hold a value which a document no longer has.

    :param text_of: what another document says now.
    """
    gone = _values(before) - _values(after)
    for other in others if gone else ():
        if other.name == changed.name or other.chapter == "vocabulary":
            continue
        if there := gone & _values(text_of(other)):
            yield Stale(document=other, values=tuple(sorted(there)))


def _values(text: str) -> set[str]:
    """As one writes them: «09:00» is «9:00», «25 000» is «25000»."""
    return {re.sub(r"[ \u00a0]|^0(?=\d:)", "", found) for found in _VALUE.findall(text)}
