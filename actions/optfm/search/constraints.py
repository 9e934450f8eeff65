"""What a row must have to be an answer: each constraint of a query with the rows that meet it.

A constraint knows in which order it is given up (`rank`, the first given up lowest), what to say
of it (`missing`, `asked`), and what comes near when nothing meets it (`nearest`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from optfm.search import roles
from optfm.search.answer import Choosable, Missing
from optfm.search.postings import NONE, Ids, union
from optfm.search.query import Colour, Device, Facet, Price, Query, Sale, Value, Words
from optfm.search.shelf import Shelf
from optfm.text.mention import Mention
from optfm.text.units import Quantity

_NEAREST = 4  #: so many values are named
_LOOKED_AT = 3000  #: rows of which values are gathered
#: printed in capitals like the brands of accessories
_NO_BRANDS = frozenset(
    """
    USB HDMI AUX OTG TWS RGB LED OLED AMOLED TFT IPS LCD FHD NFC SIM ANC ENC ORIG FACTORY HARD SOFT
    MINI MAX PRO PLUS HUB DIY NVME SSD MAGSAFE BGA OCA VGA DVI RCA TYPE PORT BOX LITE ULTRA
    """.split()  # noqa: SIM905 - a list of words reads worse
)


@dataclass(frozen=True, slots=True)
class GoodsConstraint:
    """The row is what the question asks for."""

    words: tuple[Words, ...]  #: the first names it; () where a button was pressed
    asked: str
    ids: Ids
    missing: Missing = "kind"
    rank: int = 13

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """What goods there are for all else that is asked."""
        counts: dict[str, int] = {}
        for i in ids[:_LOOKED_AT].tolist():
            counts[shelf.head_of[i]] = counts.get(shelf.head_of[i], 0) + 1
        names = sorted((h for h in counts if h), key=lambda h: -counts[h])[:_NEAREST]
        bare = query.without("goods")
        return tuple(
            Choosable(label=name, query=replace(bare, pressed=name, text=name), count=counts[name])
            for name in names
        )


@dataclass(frozen=True, slots=True)
class WordConstraint:
    """The row has a word of the question."""

    words: Words
    ids: Ids
    missing: Missing = "word"
    rank: int = 12

    @property
    def asked(self) -> str:
        """The word as typed."""
        return self.words.said

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """Brands that the rows have, where the word is one; else nothing comes near."""
        if self.missing != "brand":
            return ()
        counts = _brands(shelf, ids)
        bare = replace(query, facets=tuple(f for f in query.facets if f != self.words))
        return tuple(
            Choosable(
                label=brand if brand.isupper() else brand.capitalize(),
                query=replace(bare.with_facet(_brand(brand)), text=brand),
                count=counts[brand],
            )
            for brand in sorted(counts, key=lambda b: -counts[b])[:_NEAREST]
        )


@dataclass(frozen=True, slots=True)
class ValueConstraint:
    """The row states exactly that value."""

    value: Value
    asked: str
    ids: Ids
    missing: Missing
    rank: int = 6

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """Values of the dimension that the rows have, those in the nearest proportion first."""
        name, asked = self.value.name, max(self.value.amount, 1e-6)
        there = {
            amount
            for i in ids[:_LOOKED_AT].tolist()
            for dimension, amount in shelf.values_of[i]
            if dimension == name and amount > 0
        }
        ranked = sorted(there, key=lambda v: (abs(math.log(v / asked)), v))[:_NEAREST]
        found = []
        for amount in ranked:
            label = shelf.units.spoken(Quantity(name, amount))
            value = Value(name=name, amount=amount, said=label)
            facets = tuple(value if f == self.value else f for f in query.facets)
            found.append(Choosable(label=label, query=replace(query, facets=facets, text=label)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class DeviceConstraint:
    """The row fits one of the devices."""

    devices: tuple[Device, ...]
    ids: Ids
    missing: Missing = "model"
    rank: int = 3

    @property
    def asked(self) -> str:
        """The devices for people."""
        return ", ".join(d.label for d in self.devices)

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """Devices that the rows fit, the ones most like the asked first."""
        if self.missing == "brand":
            return ()
        asked = self.devices[0].readings[0]
        seen: dict[Mention, tuple[float, ...]] = {}
        for there in shelf.devices_of(ids, asked):
            seen.setdefault(there, _unlike(asked, there))
        found: dict[str, Choosable] = {}
        for mention in sorted(seen, key=lambda m: (seen[m], m.label)):
            device = Device(readings=(mention,), said=mention.label)
            other = replace(query.for_device(device), text=mention.label)
            found.setdefault(mention.label, Choosable(label=mention.label, query=other))
        return tuple(found.values())[:_NEAREST]


@dataclass(frozen=True, slots=True)
class ColourConstraint:
    """The row is of one of the colours."""

    colours: frozenset[str]
    ids: Ids
    missing: Missing = "colour"
    rank: int = 1

    @property
    def asked(self) -> str:
        """The colours by their plain names."""
        return ", ".join(sorted(self.colours))

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """The colours that there are."""
        plain: dict[str, str] = {}  # as printed → by its name
        for i in ids[:_LOOKED_AT].tolist():
            for colour in sorted(shelf.colours_of[i]):
                plain.setdefault(shelf.variants[i], colour)
        bare = query.without("colour")
        return tuple(
            Choosable(
                label=printed,
                query=replace(bare.adding(Colour(colour=colour, said=printed)), text=printed),
            )
            for printed, colour in list(plain.items())[:_NEAREST]
        )


@dataclass(frozen=True, slots=True)
class PriceConstraint:
    """The row costs what the question allows."""

    price: Price
    ids: Ids
    missing: Missing = "price"
    rank: int = 2

    @property
    def asked(self) -> str:
        """The bounds for people."""
        return str(self.price)

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """The price that comes nearest to the bound."""
        prices = shelf.real_price[ids]
        if self.price.most is not None:
            amount = float(prices.min())
            other = query.priced(most=amount)
        else:
            amount = float(prices.max())
            other = query.priced(least=amount)
        label = f"{amount:.0f} ₽"
        return (Choosable(label=label, query=replace(other, text=label)),)


@dataclass(frozen=True, slots=True)
class SaleConstraint:
    """The row is in the sale."""

    sale: Sale
    ids: Ids
    missing: Missing = "price"
    rank: int = 2

    @property
    def asked(self) -> str:
        """The sale for people."""
        return str(self.sale)

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """The discounts that there are."""
        found = []
        for percent in shelf.discounts(ids)[:_NEAREST]:
            label = f"скидка {percent} %"
            other = replace(query, sale=Sale(percent=percent), text=label)
            found.append(Choosable(label=label, query=other))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ExcludeConstraint:
    """The row has not what is not wanted."""

    facet: Facet | Device
    ids: Ids
    missing: Missing = "word"
    rank: int = 0

    @property
    def asked(self) -> str:
        """What is not wanted, in words."""
        return self.facet.label if isinstance(self.facet, Device) else self.facet.said

    def nearest(self, shelf: Shelf, query: Query, ids: Ids) -> tuple[Choosable, ...]:
        """The same with it."""
        if isinstance(self.facet, Device):
            other = replace(query, devices=tuple(d for d in query.devices if d != self.facet))
        else:
            other = replace(query, facets=tuple(f for f in query.facets if f != self.facet))
        return (Choosable(label=self.asked, query=replace(other, text=self.asked)),)


Constraint = (
    GoodsConstraint
    | WordConstraint
    | ValueConstraint
    | DeviceConstraint
    | ColourConstraint
    | PriceConstraint
    | SaleConstraint
    | ExcludeConstraint
)


def meet(shelf: Shelf, constraints: Sequence[Constraint]) -> Ids:
    """Rows that meet all of the constraints, ascending; all rows where there are none."""
    if not constraints:
        return np.arange(len(shelf.rows), dtype=np.int32)
    ids = min((c.ids for c in constraints), key=len)
    for constraint in constraints:
        if constraint.ids is not ids and len(ids):
            ids = shelf.among(ids, constraint.ids)
    return ids


def excluded_rows(shelf: Shelf, facet: Facet | Device) -> Ids:
    """Rows that have what a query does not want."""
    if isinstance(facet, Device):
        if facet.whole:
            reading = facet.readings[0]
            found = [shelf.brand_rows(b) for b in reading.brands]
            return union([*found, shelf.series_rows(reading.series)] if reading.series else found)
        return shelf.device_rows(facet)[0]
    if isinstance(facet, Colour):
        return shelf.colour_rows(frozenset({facet.colour}))
    if isinstance(facet, Value):
        return shelf.value_rows(Quantity(facet.name, facet.amount))
    match = shelf.postings.matches(facet.options) if facet.options else None
    if match is None:
        return NONE
    # «не наушники»: what only lies in their group has not the word itself
    return match.ids[match.role < roles.PATH] if facet.name != "goods" else match.ids


def _brand(name: str) -> Words:
    word = name.lower()
    return Words(name="brand", said=name, options=((word,),), speech="name", how="synonym")


def _brands(shelf: Shelf, ids: Ids) -> Mapping[str, int]:
    """Brands of devices and of accessories in the rows, and how many rows have them."""
    counts: dict[str, int] = {}
    for i in ids[:500].tolist():
        named = {b for at in shelf.mentions_of[i] for b in shelf.mentions[at].brands}
        for word in shelf.rows[i].name.split():
            if len(word) > 2 and word.isascii() and word.isalpha() and word.isupper():
                named |= {word} - _NO_BRANDS
        for brand in named:
            counts[brand] = counts.get(brand, 0) + 1
    return counts


def _unlike(asked: Mention, there: Mention) -> tuple[float, ...]:
    """How far two devices are from each other, for an order."""
    return (
        float(there.number != asked.number),
        float(len(there.marks ^ asked.marks)) if there.number == asked.number else 0.0,
        _distance(asked.number, there.number),
        float(len(there.marks ^ asked.marks)),
        float(bool(there.year or there.net)),
    )


def _distance(one: str, two: str) -> float:
    first, second = _split(one), _split(two)
    if first[0] != second[0]:
        return 500.0 + abs(first[1] - second[1])
    return abs(first[1] - second[1]) + (0.5 if first[2] != second[2] else 0.0)


def _split(number: str) -> tuple[str, int, str]:
    digits = "".join(c for c in number if c.isdigit())[:6]
    head = number[: number.find(digits)] if digits else number
    return head, int(digits or 0), number[len(head) + len(digits) :]
