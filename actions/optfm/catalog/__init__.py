"""The price list: its files, its revisions, its rows."""

from optfm.catalog.outcome import (
    ListOptions,
    ListQuestion,
    Outcome,
    Questions,
    ReadList,
    Refused,
    Report,
    Suggestion,
    as_json,
)
from optfm.catalog.reading import read_list
from optfm.catalog.rows import PriceGroup, PriceList, PriceRow, UnpricedRow

__all__ = [
    "ListOptions",
    "Outcome",
    "PriceGroup",
    "PriceList",
    "PriceRow",
    "ListQuestion",
    "Questions",
    "ReadList",
    "Refused",
    "Report",
    "Suggestion",
    "UnpricedRow",
    "as_json",
    "read_list",
]
