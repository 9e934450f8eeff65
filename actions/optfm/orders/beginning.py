"""What a message says of an order that is not there yet: a count, goods to put into it."""

import re

from optfm.orders import clauses
from optfm.orders.bare_amounts import bare_amount
from optfm.orders.edit_words import edit_words
from optfm.orders.goods import IndexGoods
from optfm.orders.quantities import explicit_amount, only_amount, plain
from optfm.orders.words import order_words

_POINTS = re.compile(
    r"^\W*(?:(?:а|и|ну|да|давай\w*|беру|возьму|лучше|хочу|мне)\s+){0,3}"
    r"(?:тот|та|ту|то|те|того|той|тех)\s*,?\s+(?:\w+\s*,?\s+)?(?:что|котор\w+|где|у котор\w+)(?!\w)"
)


def only_counts(text: str) -> bool:
    """Whether a message is a number of pieces and nothing else: «беру 2», «5 штук»."""
    amount = explicit_amount(text)
    core = clauses.core(amount.rest if amount else text)
    return not core if amount else only_amount(core) is not None


def with_goods(text: str, code: str) -> str:
    """The message with a code in place of «его» and «такой», where it says no goods itself."""
    low = plain(text)
    match = edit_words().verbs["pronoun"].search(low)
    if match is None or clauses.command(text) or clauses.asks(text) or "?" in text:
        return text
    rest = f"{low[: match.start()]} {low[match.end() :]}"
    takes = clauses.verb(low) == "replace" or only_counts(rest) or clauses.accepts(rest)
    if not takes or clauses.verb(low) == "remove":
        return text
    return f"{text[: match.start()]}{code}{text[match.end() :]}"


def points(text: str) -> bool:
    """Whether a message tells which of several it means: «та, что набором 5 штук»."""
    return _POINTS.match(plain(text)) is not None


def says_count(text: str, goods: IndexGoods) -> bool:
    """Whether a message plainly counts what it names: «колонка 2 шт», «wtr-55 1»."""
    if clauses.says_count(text, goods):
        return True
    if clauses.asks(text):
        return False
    amount = bare_amount(clauses.core(text), goods, ending=True)
    if amount is None or not amount.value:
        return False
    sense = goods.sense(amount.rest)
    whole = sense.article or sense.code or (sense.goods and (sense.device or sense.value))
    whole = whole or (sense.goods and goods.names_by_number(amount.rest))
    return bool(order_words().orders.match(plain(text))) or whole


def adds_to_order(text: str) -> bool:
    """«добавь в заказ …»: goods for an order, whether there is one or not."""
    return edit_words().verbs["into_order"].search(plain(text)) is not None
