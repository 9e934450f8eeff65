"""What becomes of a line of an order: decided, to be chosen, not there."""

from collections.abc import Sequence
from dataclasses import replace

from optfm.catalog import PriceRow
from optfm.catalog.discount import discount_percent
from optfm.orders.fits import Fit
from optfm.orders.notes import of_status, text_of
from optfm.orders.order import MOST_OPTIONS, Line, Option, Order
from optfm.orders.said import SaidLine


def sure(said: SaidLine, asked: str, fit: Fit, note: str) -> Line:
    """A line decided for a row."""
    row = fit.best
    return Line(
        said=said.said, asked=asked, quantity=said.quantity, state="sure",
        code=row.code, codes=tuple(r.code for r in fit.rows), name=name_of(row),
        price_kop=row.price_kop, percent=discount_percent(row.status), status=row.status,
        note=note,
    )  # fmt: skip


def choose(said: SaidLine, asked: str, fits: Sequence[Fit], note: str) -> Line:
    """A line that the customer is to choose goods for."""
    return Line(
        said=said.said, asked=asked, quantity=said.quantity, state="choose",
        options=tuple(map(option, fits[:MOST_OPTIONS])),
        note=note or (text_of("many", n=len(fits)) if len(fits) > MOST_OPTIONS else ""),
    )  # fmt: skip


def none_such(said: SaidLine, asked: str, near: Sequence[Fit]) -> Line:
    """A line whose goods the list has not, with what is near them."""
    return Line(
        said=said.said, asked=asked, quantity=said.quantity, state="none",
        options=tuple(map(option, near[:3])), note=text_of("none"),
    )  # fmt: skip


def is_missing_a_word(line: Line) -> bool:
    """Whether a line was found without one of its words."""
    return line.note.startswith(text_of("unmet", word="\0").partition("\0")[0])


def with_notes(line: Line) -> Line:
    """The line with what its quantity and its status say."""
    if line.state != "sure":
        return line
    return replace(line, note=" ".join(filter(None, (line.note, of_status(line)))))


def joined(order: Order) -> Order:
    """Repeated goods point to the line that has them first."""
    first: dict[str, int] = {}
    lines = list(order.lines)
    for at, line in enumerate(lines):
        if line.state != "sure":
            continue
        before = first.setdefault(line.code, at)
        if before != at:
            note = text_of("same_goods", n=before + 1)
            if note not in line.note:
                lines[at] = replace(line, note=" ".join(filter(None, (note, line.note))))
    return replace(order, lines=tuple(lines))


def option(fit: Fit) -> Option:
    """Goods to choose."""
    row = fit.best
    return Option(
        code=row.code,
        name=name_of(row),
        price_kop=row.price_kop,
        codes=tuple(r.code for r in fit.rows),
    )


def name_of(row: PriceRow) -> str:
    """A row's name in one line."""
    return " ".join(row.name.split())
