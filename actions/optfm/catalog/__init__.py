"""The price list: what the shop sells and what a customer's question finds in it."""

from optfm.catalog.answer import Answer, Choice, Gap, Hit, Option
from optfm.catalog.index import PriceIndex
from optfm.catalog.rows import PriceGroup, PriceList, PriceRow
from optfm.catalog.vocabulary import Vocabulary
from optfm.catalog.vocabulary import load as load_vocabulary

__all__ = [
    "Answer",
    "Choice",
    "Gap",
    "Hit",
    "Option",
    "PriceGroup",
    "PriceIndex",
    "PriceList",
    "PriceRow",
    "Vocabulary",
    "load_vocabulary",
]
