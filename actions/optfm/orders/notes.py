"""What is said beside a line of an order."""

import re
from pathlib import Path

from common import published
from optfm.orders.order import Line, Order
from optfm.text.yaml_text import read_yaml

_TEXTS = Path(__file__).parent / "notes.yml"
_PACKS = re.compile(r"кратно\s*(\d+)", re.IGNORECASE)
_CHEAPER = re.compile(r"дешевле от\s*(\d+)", re.IGNORECASE)


#: The texts of notes.yml, or what was published in their place.
texts: published.Following[dict[str, str]] = published.Following(
    lambda: dict(read_yaml(published.read(_TEXTS))), _TEXTS
)


def text_of(name: str, **values: object) -> str:
    """A text of notes.yml with its values."""
    return texts()[name].format(**values)


def money(kop: int) -> str:
    """Kopecks as roubles: «1 234», «1 234,50»."""
    roubles, rest = divmod(kop, 100)
    text = f"{roubles:,}".replace(",", " ")
    return f"{text},{rest:02}" if rest else text


def packs_of(status: str) -> int:
    """How many pieces are sold together, 0 where any number is."""
    match = _PACKS.search(status)
    return int(match[1]) if match else 0


def suggested(line: Line) -> int | None:
    """The next quantity that the shop sells, where it does not sell the line's."""
    packs = packs_of(line.status)
    if not packs or not line.quantity or line.quantity % packs == 0:
        return None
    return -(-line.quantity // packs) * packs


def first_to_settle(order: Order) -> int:
    """The place of the line to speak of first: with a choice, or sold by other numbers.

    The last, where all is settled; -1 of an empty order.
    """
    places = [*order.open_lines, *(at for at, line in enumerate(order.lines) if suggested(line))]
    return places[0] if places else len(order.lines) - 1


def of_status(line: Line) -> str:
    """What the row's status means for the line."""
    notes = []
    if (more := suggested(line)) is not None:
        notes.append(text_of("packs", n=packs_of(line.status), suggested=more))
    if match := _CHEAPER.search(line.status):
        enough = line.quantity is not None and line.quantity >= int(match[1])
        notes.append(text_of("cheaper_from" if enough else "cheaper_below", n=match[1]))
    if line.percent:
        final = money(round(line.price_kop * (100 - line.percent) / 100))
        notes.append(text_of("sale", percent=line.percent, final=final))
    return " ".join(notes)
