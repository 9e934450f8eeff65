"""From a question to the rows of the price list that answer it, and to how sure that is."""

from optfm.search.answer import Answer, Choice, Gap, Hit, Option
from optfm.search.index import PriceIndex

__all__ = ["Answer", "Choice", "Gap", "Hit", "Option", "PriceIndex"]
