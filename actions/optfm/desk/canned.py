"""Texts that managers put into their answers; what is to be filled in stands in braces."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from optfm.db.tables import canned_texts

MOST = 200
#: «{имя}»: to be filled in before it goes out.
_FIELD = re.compile(r"\{[^{}\n]{1,40}\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Canned:
    """One of them."""

    id: int
    title: str
    text: str
    updated_at: datetime


def listed(connection: Connection) -> list[Canned]:
    """All, by their titles."""
    found = connection.execute(select(canned_texts).order_by(canned_texts.c.title)).mappings()
    return [Canned(**row) for row in found]


def keep(connection: Connection, title: str, words: str, number: int | None = None) -> bool:
    """Add one, or change it.

    :returns: False where it is not there any more, or they are too many.
    """
    values = {"title": title, "text": words}
    if number is not None:
        changed = connection.execute(
            canned_texts.update()
            .where(canned_texts.c.id == number)
            .values(**values, updated_at=func.now())
        )
        return bool(changed.rowcount)
    if connection.execute(select(func.count()).select_from(canned_texts)).scalar_one() >= MOST:
        return False
    connection.execute(canned_texts.insert().values(**values))
    return True


def drop(connection: Connection, number: int) -> None:
    """Delete one."""
    connection.execute(canned_texts.delete().where(canned_texts.c.id == number))


def unfilled(words: str) -> list[str]:
    """The fields of a text that nobody has filled in."""
    return _FIELD.findall(words)
