"""From a question to the rows of the price list that answer it, and to how sure that is."""

from optfm.search.answer import Answer, Choice, Choosable, Gap, Hit
from optfm.search.index import PriceIndex
from optfm.search.query import (
    Colour,
    Correction,
    Device,
    Facet,
    FacetName,
    Price,
    Query,
    QueryFormatError,
    Sale,
    Value,
    Words,
)
from optfm.search.row_facts import RowFacts
from optfm.search.whole_names import WholeNames

__all__ = [
    "Answer",
    "Choice",
    "Choosable",
    "Colour",
    "Correction",
    "Device",
    "Facet",
    "FacetName",
    "Gap",
    "Hit",
    "Price",
    "PriceIndex",
    "Query",
    "QueryFormatError",
    "RowFacts",
    "Sale",
    "Value",
    "WholeNames",
    "Words",
]
