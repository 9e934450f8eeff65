"""The price list: its files, its revisions, its rows."""

from optfm.catalog.rows import PriceGroup, PriceList, PriceRow

__all__ = ["PriceGroup", "PriceList", "PriceRow"]
