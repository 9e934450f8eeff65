"""What a status means for the price: 1C prints «Распродажа» prices without their discount."""

import re
from decimal import ROUND_HALF_UP, Decimal

from optfm.catalog.rows import PriceRow

_DISCOUNT = re.compile(r"распродажа\s*[-−–]\s*(\d{1,2})\s*%", re.IGNORECASE)


def discount_percent(status: str) -> int:
    """The discount that comes off the printed price, 0 where there is none.

    :param status: as printed, e.g. "Распродажа -50%".
    """
    found = _DISCOUNT.search(status)
    return int(found[1]) if found else 0


def final_price_kop(row: PriceRow) -> int:
    """The price with the discount of the row's status, in kopecks, rounded half up.

    The printed one where the status has none. The shop itself names the final price when the
    order is placed (the list's footnote), so say «около».
    """
    percent = discount_percent(row.status)
    if not percent:
        return row.price_kop
    share = Decimal(100 - percent) / 100
    return int((row.price_kop * share).quantize(Decimal(1), ROUND_HALF_UP))
