"""Rows of the list as a customer reads them, and the same as data."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from common.money import amount
from optfm.catalog import PriceRow
from optfm.catalog.discount import discount_percent, final_price_kop
from optfm.dialogue.texts import TEXTS
from optfm.search import Hit

#: Units that a price is for unless something else is said.
_PIECES = ("шт", "штука", "pcs")


def rows_text(hits: Sequence[Hit], first: int = 1) -> str:
    """The rows as a numbered text."""
    return "\n".join(row_text(f"{number}.", hit) for number, hit in enumerate(hits, first))


def day(when: date) -> str:
    """A date as people here write it: `25.06.2025`."""
    return f"{when:%d.%m.%Y}"


def row_text(mark: str, hit: Hit) -> str:
    """One row after its mark: «1.», «•»."""
    row = hit.row
    status = _status_text(row.status)
    colours = ""
    if len(hit.colours) > 1:
        colours = TEXTS["colours"].format(colours=", ".join(hit.colours))
    text: str = TEXTS["row"].format(
        mark=mark,
        name=" ".join(row.name.split()),
        colours=colours,
        price=price_text(row),
        code=row.code,
        status=f" · {status}" if status else "",
    )
    return text + "".join(f" · {part}" for part in _of_the_list(hit))


def _of_the_list(hit: Hit) -> list[str]:
    """The unit and the stock as the list of that day has them; several colours have their own."""
    row = hit.row
    parts = []
    if row.unit and row.unit.casefold().strip(". ") not in _PIECES:
        parts.append(TEXTS["unit"].format(unit=row.unit))
    if row.stock and len(hit.rows) == 1:
        parts.append(TEXTS["stock"].format(stock=row.stock))
    return parts


def price_text(row: PriceRow, count: int = 1) -> str:
    """What so many cost; a sale's price beside the list's."""
    percent = discount_percent(row.status)
    text: str = TEXTS["sale_price" if percent else "price"].format(
        price=amount(row.price_kop * count),
        percent=percent,
        final=amount(final_price_kop(row) * count),
    )
    return text


def _status_text(status: str) -> str:
    if not status or discount_percent(status):
        return ""  # a discount is said with the price
    number = re.search(r"\d+", status)
    n = number[0] if number else ""
    text: str = TEXTS["statuses"].get(status.replace(n, "{n}", 1) if n else status, status)
    return text.format(n=n)


def rows_data(hits: Sequence[Hit], list_date: date) -> dict[str, Any]:
    """The rows as data, for the `custom` part of a message."""
    return {
        "rows": [
            {
                "code": hit.row.code,
                "codes": [row.code for row in hit.rows],
                "name": hit.row.name,
                "price": hit.row.price_kop / 100,
                "final_price": final_price_kop(hit.row) / 100,
                "status": hit.row.status,
                "colours": list(hit.colours),
                **({"unit": hit.row.unit} if hit.row.unit else {}),
                **({"stock": hit.row.stock} if hit.row.stock and len(hit.rows) == 1 else {}),
            }
            for hit in hits
        ],
        "list_date": list_date.isoformat(),
    }
