"""Orders: from a customer's list of goods to lines of the price list with quantities and sums."""

from optfm.orders.edited import Edited
from optfm.orders.editing import Editor
from optfm.orders.files import FileRefused
from optfm.orders.from_file import order_of_file
from optfm.orders.goods import IndexGoods
from optfm.orders.loading import load_words
from optfm.orders.matching import Matcher
from optfm.orders.order import Line, Option, Order, OrderFormatError
from optfm.orders.outcomes import joined
from optfm.orders.reading import read
from optfm.orders.refresh import refreshed
from optfm.orders.said import Reading, SaidLine
from optfm.orders.senses import Goods

__all__ = [
    "Edited",
    "Editor",
    "FileRefused",
    "Goods",
    "IndexGoods",
    "Line",
    "Matcher",
    "Option",
    "Order",
    "OrderFormatError",
    "Reading",
    "SaidLine",
    "joined",
    "load_words",
    "order_of_file",
    "read",
    "refreshed",
]
