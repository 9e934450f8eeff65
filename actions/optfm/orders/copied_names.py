"""Names copied from the list: «Дисплей … (V2111) + тачскрин черный (матрица orig) 3 шт».

A name has commas, brackets and a plus of its own, and none of these ends a line of an order. So
where a row is one name and a count, the name is read as the code that it stands for.
"""

import re
from collections.abc import Sequence

from optfm.catalog import PriceRow
from optfm.orders.prices_said import prices_of, without_prices
from optfm.orders.quantities import explicit_amount
from optfm.orders.senses import Copied, Goods
from optfm.search import WholeNames

#: signs that a name ends with
_CLOSING = ')]"/.+'
#: what stands for the name while the rest is read
_NAME = "товар"
#: «3) товар 5», «5 товар»
_BARE = re.compile(rf"\W*(?:\d{{1,3}}[.)]?\s+)?(?:{_NAME}\W*(\d{{1,5}})|(\d{{1,5}})\W*{_NAME})\W*")


class CopiedNames:
    """The names of a list, to be found in rows of messages."""

    def __init__(self, names: WholeNames, rows: Sequence[PriceRow]) -> None:
        self._names = names
        self._rows = rows

    def read(self, row: str) -> Copied | None:
        """A row that is one name and perhaps a count, else None."""
        for found in self._names.read(row):
            before, after = row[: found.start], row[_closed(row, found.end) :]
            if (rest := _counted(before, after)) is not None:
                code = self._rows[found.row].code
                name = row[len(before) : len(row) - len(after)].strip()
                return Copied(f"{code} {rest}".strip(), code, name)
        return None


def by_codes(text: str, goods: Goods) -> tuple[str, dict[str, str]]:
    """A message with the codes of the names that are copied into it, and code → name as typed."""
    rows = [(row, goods.copied_name(row)) for row in text.split("\n")]
    return (
        "\n".join(copied.row if copied else row for row, copied in rows),
        {copied.code: copied.name for _, copied in rows if copied},
    )


def _closed(row: str, end: int) -> int:
    """Where a name ends, with the signs that close what it opened: «…(1мм)», «…/тех.пак/»."""
    return end + len(row[end:]) - len(row[end:].lstrip(_CLOSING))


def _counted(before: str, after: str) -> str | None:
    """The count that stands around a name, to be read behind it; None where more is said."""
    around = without_prices(f"{before}{_NAME} {after}")
    if not re.search(r"[^\W_]", around.replace(_NAME, "", 1)):
        return after.strip() if prices_of(after) else ""
    bare = _BARE.fullmatch(around)
    amount = explicit_amount(around)
    told = amount is not None and amount.rest.strip(' -–—.,:;|\t()"') == _NAME
    if bare:
        return f"- {bare[1] or bare[2]}"
    if amount is None or not told:
        return None
    return after.strip() if amount.low or prices_of(after) else f"- {amount.value}"
