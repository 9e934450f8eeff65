"""The price list: what the shop sells and what a customer's question finds in it."""

from optfm.catalog.rows import PriceGroup, PriceList, PriceRow

__all__ = ["PriceGroup", "PriceList", "PriceRow"]
