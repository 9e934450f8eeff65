"""Pages of lists: the newest first, each with a cursor to the next."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypedDict

from fastapi import Query
from pydantic import Field

from optfm.api.fields import Moment, Out
from optfm.api.problems import FieldError, Problem

_LARGEST = 2**63 - 1


class Page[Item](Out):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(description="Передайте как cursor, чтобы получить следующую страницу")


class Span(TypedDict):
    """A page as the lists of the domain take it."""

    limit: int
    before: int
    since: Moment | None
    until: Moment | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paging:
    """Which page is asked for."""

    limit: int
    before: int  #: rows with a smaller number
    since: Moment | None
    until: Moment | None

    def span(self) -> Span:
        """With one row more than the page holds: `page_of` sees by it whether another follows."""
        return Span(limit=self.limit + 1, before=self.before, since=self.since, until=self.until)


PageSize = Annotated[int, Query(ge=1, le=200, description="Сколько на странице")]
Cursor = Annotated[str | None, Query(max_length=60, description="Значение next прошлой страницы")]


def paging(
    limit: PageSize = 50,
    cursor: Cursor = None,
    since: Annotated[Moment | None, Query(description="Не раньше этого времени")] = None,
    until: Annotated[Moment | None, Query(description="Раньше этого времени")] = None,
) -> Paging:
    """The parameters of every list.

    :raises Problem: a cursor that we did not give.
    """
    before = _LARGEST if cursor is None else read_cursor(cursor)
    return Paging(limit=limit, before=before, since=since, until=until)


def cursor_of(number: int) -> str:
    """What leads on from the row of a number."""
    return base64.urlsafe_b64encode(f"p{number}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> int:
    """:raises Problem: it is none of ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        said = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
        number = int(said.removeprefix("p")) if said[:1] == "p" and said[1:].isdecimal() else -1
    except (binascii.Error, ValueError):
        number = -1
    if not 0 < number <= _LARGEST or cursor_of(number) != cursor:
        error = FieldError(where="query.cursor", message="нужно значение next прошлой страницы")
        raise Problem("invalid", errors=[error])
    return number


def page_of[Item](
    found: Sequence[Item], asked: Paging, number: Callable[[Item], int]
) -> Page[Item]:
    """A page of rows that were asked for with one more than the page holds.

    :param found: at most `asked.limit + 1` rows, the largest number first.
    :param number: of a row, by which they are sorted.
    """
    items = list(found[: asked.limit])
    more = len(found) > asked.limit
    return Page(items=items, next=cursor_of(number(items[-1])) if more else None)
