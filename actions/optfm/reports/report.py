"""A report: one question whose rows are shown, and whose rows are counted.

The number of a report, the bars below it and the rows behind each of them come of the same SQL, so
they cannot tell different things.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import Connection, text

from optfm.reports.period import Period

Counts = Literal["rows", "people", "roubles"]
_SUMS: dict[Counts, str] = {
    "rows": "count(*)",
    "people": "count(DISTINCT person)",
    "roubles": "coalesce(sum(amount), 0)",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What is counted, in words and in SQL."""

    name: str  #: as an address has it
    title: str
    definition: str  #: what is counted and what is not, for the owner
    #: A SELECT of `key`, `dialog`, `person`, `at`, `what`, `amount`: a row for each thing counted.
    #: Parameters: `since`, `until` (moments), `zone` (the shop's).
    sql: str
    counts: Counts = "rows"
    whole: str = ""  #: the report that this one is a share of
    by: str = ""  #: what the bars are by; none: no bars
    keys: Mapping[str, str] = field(default_factory=dict)  #: key → as the owner reads it
    ordered: bool = False  #: bars in the order of the keys, not the largest first
    amount: str = ""  #: what `amount` is, as a column is headed; none: not shown

    def label(self, key: str) -> str:
        """A key as the owner reads it."""
        return self.keys.get(key, key) or "не указано"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing that was counted."""

    key: str
    dialog: str | None  #: Rasa's sender id
    person: str | None
    at: datetime
    what: str
    amount: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a report's number."""

    key: str
    label: str
    number: Decimal


def number(connection: Connection, report: Report, period: Period) -> Decimal:
    """What the report counts."""
    found = connection.execute(
        text(f"SELECT {_SUMS[report.counts]} FROM ({report.sql}) AS counted"),
        period.values(),
    ).scalar_one()
    return Decimal(found)


def parts(connection: Connection, report: Report, period: Period, *, most: int = 30) -> list[Part]:
    """The number by key, the largest first unless the keys have an order of their own."""
    order = "key" if report.ordered else "number DESC, key"
    found = connection.execute(
        text(
            f"SELECT key, {_SUMS[report.counts]} AS number"
            f" FROM ({report.sql}) AS counted GROUP BY key ORDER BY {order} LIMIT :most"
        ),
        {**period.values(), "most": most},
    )
    return [Part(key=k, label=report.label(k), number=Decimal(n)) for k, n in found]


def rows(
    connection: Connection,
    report: Report,
    period: Period,
    *,
    key: str | None = None,
    limit: int = 100,
    after: int = 0,
) -> list[Row]:
    """What was counted, the latest first.

    :param key: only this part of it.
    :param after: so many are left out: the next page.
    """
    found = connection.execute(
        text(
            "SELECT key, dialog, person, at, coalesce(what, '') AS what, amount"
            f" FROM ({report.sql}) AS counted"
            " WHERE CAST(:key AS text) IS NULL OR key = :key"
            " ORDER BY at DESC, dialog, what LIMIT :limit OFFSET :after"
        ),
        {**period.values(), "key": key, "limit": limit, "after": after},
    )
    return [Row(**row) for row in found.mappings()]
