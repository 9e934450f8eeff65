"""Tells the staff of a price list that came by itself and waits for a person's word."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from optfm.outbox.entries import Entry, enqueue

_SUBJECT = "Прайс-лист № {price_list} ждёт решения"
_TEXT = """Прайс-лист № {price_list} «{title}» ({items} поз.) загружен, но не включён: {held}.
Клиенты видят прежние цены.

Если всё верно, включите его: ./optfm prices activate {price_list}
Если нет, исправьте выгрузку и пришлите её снова."""


def tell_of_held_list(engine: Engine, ways: tuple[str, ...], entry: Entry) -> Mapping[str, Any]:
    """Let each way that the shop has be tried by itself.

    :param ways: kinds of entries that carry `subject` and `text`; none: nobody is to be told.
    """
    given = entry.payload
    words = {"subject": _SUBJECT.format(**given), "text": _TEXT.format(**given)}
    with engine.begin() as connection:
        for way in ways:
            enqueue(connection, way, key=f"{way} {entry.key}", payload=words)
    return {"ways": list(ways)}
