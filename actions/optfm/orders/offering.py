"""Where a customer gets his offer: files below an address that nobody guesses and that expires."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from common.kept_files import address
from optfm.orders import offer
from optfm.orders.order import Order

#: an offer's prices are of its list, and lists change
DAYS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """Addresses below the server's root."""

    table: str  #: of the xlsx
    page: str  #: of the page to print
    size: int  #: of the xlsx, in bytes


def put(folder: Path, dialog: str, order: Order, *, number: int, made: date) -> Offered:
    """Keep the offer of an order as files.

    :param folder: OPTFM_VAR; the server gives what lies in its `files`.
    :param number: of the order.
    :raises OSError: the disk does not take it.
    """
    token, place = address(folder, dialog)
    (place / f"{token}.until").write_text(str(int(time.time()) + DAYS * 86_400))
    table = offer.xlsx(order, number=number, made=made)
    (place / f"{token}.xlsx").write_bytes(table)
    (place / f"{token}.html").write_text(
        offer.page(order, number=number, made=made), encoding="utf-8"
    )
    return Offered(table=f"/files/{token}.xlsx", page=f"/files/{token}.html", size=len(table))
