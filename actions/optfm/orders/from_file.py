"""An order out of a customer's file."""

from optfm.orders.files import FileRefused, Table, read_tables
from optfm.orders.matching import Matcher
from optfm.orders.order import Line, Order
from optfm.orders.quantities import plain
from optfm.orders.reading import MOST_LINES, of_row, read
from optfm.orders.said import Reading
from optfm.orders.tables import named_alone, read_table
from optfm.orders.words import order_words

_LEAST_FOUND = 0.2  #: a file of which less is goods of the list is another paper
_NOT_GOODS = (
    "Это не похоже на заказ: не нашёл в файле товаров из прайс-листа. "
    "Пришлите список с названиями или кодами и количеством."
)
_TOO_LONG = (
    "Это не похоже на список: в файле слишком длинные строки. "
    "Пришлите по товару в строке, с количеством."
)
#: Letters. Rows are read by patterns that look at each letter more than once: a file of one row of
#: two million kept the action server busy for minutes.
_TITLED = 5  #: rows at the beginning of a sheet that may be its title
_LONGEST_TITLE = 80
_LONGEST_ROW, _LONGEST_TEXT = 1_000, 200_000
_OTHER_PAPER = (
    "Похоже, это не заказ: «{title}». "
    "Пришлите список товаров с названиями или кодами и количеством."
)
_UNCOUNTED = (
    "Количество в файле записано формулами без значений: "
    "откройте его в Excel, сохраните и пришлите снова."
)
_NO_QUANTITY = "Не нашёл в файле столбца с количеством: добавьте его и пришлите файл снова."


def order_of_file(name: str, content: bytes, matcher: Matcher) -> Order:
    """The order that a file holds, matched.

    :param name: as the customer calls the file.
    :raises FileRefused: it is not read, is no order, or has more than 500 lines.
    """
    found = read_tables(name, content)
    if title := _other_paper(found):
        raise FileRefused(_OTHER_PAPER.format(title=title))
    reading = _reading(found, matcher)
    if len(reading.lines) > MOST_LINES:
        raise FileRefused(
            f"В файле {len(reading.lines)} строк заказа, принимаю до {MOST_LINES}: "
            "разделите его на части."
        )
    order = matcher.order(reading)
    of_goods = sum(_is_goods(line, matcher) for line in order.lines)
    if not order.lines or of_goods < max(1, _LEAST_FOUND * len(order.lines)):
        raise FileRefused(_NOT_GOODS)
    if all(line.quantity is None for line in order.lines):
        uncounted = any(line.uncounted for line in reading.lines)
        raise FileRefused(_UNCOUNTED if uncounted else _NO_QUANTITY)
    return order


def _is_goods(line: Line, matcher: Matcher) -> bool:
    """Whether a line is of the list; the 12 of «Возврат от покупателя № 12» is no iPhone."""
    if line.state != "choose":
        return line.state == "sure"
    sense = matcher.goods.sense(line.asked)
    return sense.goods or sense.article or sense.code or sense.known_words > 1


def _other_paper(found: list[Table] | str) -> str:
    """The title of a paper that is no order: «Табель за июнь», «Акт № 12»; "" of any other."""
    tables = [[[row] for row in found.splitlines()]] if isinstance(found, str) else found
    begun = [[c for c in row if c] for table in tables for row in table[:_TITLED]]
    for title in (row[0] for row in begun if len(row) == 1):
        if isinstance(title, str) and order_words().papers.match(plain(title).lstrip(" «\"'")):
            return title[:_LONGEST_TITLE]
    return ""


def _reading(found: list[Table] | str, matcher: Matcher) -> Reading:
    if isinstance(found, str):
        return _of_text(found, matcher)
    if any(
        isinstance(cell, str) and len(cell) > _LONGEST_ROW for t in found for r in t for cell in r
    ):
        raise FileRefused(_TOO_LONG)
    lines = [line for table in found for line in read_table(table, matcher.goods)]
    if lines:
        return Reading(lines=tuple(of_row(line, matcher.goods) for line in lines))
    text = "\n".join(
        " ".join(_text(cell) for cell in row if cell is not None)
        for table in found
        for row in named_alone(table, matcher.goods)
    )
    return _of_text(text, matcher)


def _of_text(text: str, matcher: Matcher) -> Reading:
    if len(text) > _LONGEST_TEXT or any(len(row) > _LONGEST_ROW for row in text.splitlines()):
        raise FileRefused(_TOO_LONG)
    return read(text, matcher.goods, most=None)


def _text(cell: str | float) -> str:
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if cell.is_integer() else str(cell)
