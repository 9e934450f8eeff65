"""What one row says, for answers about a row that was shown."""

from dataclasses import dataclass

from optfm.catalog.rows import PriceRow
from optfm.search import roles
from optfm.search.query import Colour, Facet, Value
from optfm.search.shelf import Shelf
from optfm.text.mention import Mention
from optfm.text.units import Quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFacts:
    """A row's own words, by what they say."""

    row: PriceRow
    goods: str  #: the first words, as printed: «Дисплей»
    devices: tuple[Mention, ...]  #: that it fits, in the order of the name
    values: tuple[Quantity, ...]  #: dimension and value, in main units
    colours: frozenset[str]  #: plain names
    colour: str  #: as printed, "" where there is none


def facts_of(shelf: Shelf, position: int) -> RowFacts:
    """The facts of a row by its position."""
    return RowFacts(
        row=shelf.rows[position],
        goods=shelf.head_of[position],
        devices=tuple(shelf.mentions[at] for at in shelf.mentions_of[position]),
        values=tuple(Quantity(name, amount) for name, amount in shelf.values_of[position]),
        colours=shelf.colours_of[position],
        colour=shelf.variants[position],
    )


def has_facet(shelf: Shelf, position: int, facet: Facet) -> bool | None:
    """Whether a row has the facet; None where it says nothing of that kind.

    A row that does not have a word does not say that the thing is without it, unless it says
    «без» itself.
    """
    if isinstance(facet, Colour):
        colours = shelf.colours_of[position]
        return facet.colour in colours if colours else None
    if isinstance(facet, Value):
        amounts = {a for name, a in shelf.values_of[position] if name == facet.name}
        if not amounts:
            return None
        return facet.amount in amounts or any(map(facet.is_near, amounts))
    # How the shop sorts its goods says it of each: «Наушники проводные» of the tree.
    deepest = roles.PATH if facet.name == "property" else roles.PURPOSE
    for option in facet.options:
        if all(_named(shelf, position, lexeme, deepest) for lexeme in option):
            return True
        if any(_named(shelf, position, f"без {lexeme}") for lexeme in option):
            return False
    return None


def _named(shelf: Shelf, position: int, lexeme: str, deepest: int = roles.PURPOSE) -> bool:
    ids = shelf.postings.ids(lexeme)
    at = int(ids.searchsorted(position))
    if at >= len(ids) or ids[at] != position:
        return False
    return bool(shelf.postings.roles(lexeme)[at] <= deepest)
