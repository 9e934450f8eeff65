"""What a row must have to be an answer: each demand of a question with the rows that meet it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from optfm.search import roles
from optfm.search.answer import Missing
from optfm.search.naming import Named, Names
from optfm.search.postings import NONE, Ids, Matches, union, within
from optfm.search.question import Question
from optfm.search.shelf import Shelf
from optfm.search.terms import Term

#: below this share of goods that name a device, goods of the kind fit any («кабель для iPhone 13»)
_UNIVERSAL = 0.3
#: a part that so many goods of a kind come with does not tell them apart
_BOILERPLATE = 0.6
#: a word of the tree above so many goods of a kind is how the shop sorts them
_SORTED = 0.1


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a row must have."""

    missing: Missing  #: what the row lacks when it does not have it
    asked: str  #: in words
    ids: Ids  #: rows that have it, ascending
    value: object = None  #: the quantity, the money, the term…


@dataclass(slots=True)
class Demanded:
    """A question's demands, and the rows that meet all of them."""

    demands: list[Demand]
    kind: Demand | None  #: what the thing is
    soft_devices: bool  #: the goods fit any device, so it is no demand
    closeness: tuple[Ids, npt.NDArray[np.float32]]  #: of the rows that fit the device
    unproved: int  #: values asked for that the goods' names do not state at all
    part: bool  #: the goods asked for come only as a part of another thing
    colour: str  #: "", "met", "unstated" or "missing"


def demands_of(shelf: Shelf, question: Question, matches: Sequence[Matches]) -> Demanded:
    """What the question demands.

    :param matches: rows of each of the question's terms, in their order.
    """
    kind, head_terms = _kind(shelf, question.terms, matches)
    if question.goods:
        kind, head_terms = _pressed(shelf, question.goods), []
    demands = _of_words(question.terms, matches, kind, head_terms)
    demands += _of_price(shelf, question)
    device, close = _of_device(shelf, question.names)
    values, unproved = _of_values(shelf, question, meet(shelf, demands))
    demands += values
    soft = device is not None and _fits_any(shelf, question.names, device, kind, demands)
    if device is not None:
        demands.append(_or_for_none(shelf, device) if soft else device)
    part = False
    if kind is not None and question.names.devices and not len(meet(shelf, demands)):
        others = meet(shelf, [d for d in demands if d is not kind])
        looser = _as_part(shelf, head_terms, matches, question.terms, others)
        if len(looser):
            part = True
            loose = Demand(kind.missing, kind.asked, looser, kind.value)
            demands = [loose if d is kind else d for d in demands]
            kind = loose
    colour = _colour(shelf, question, demands)
    return Demanded(demands, kind, soft, close, unproved, part, colour)


def _of_words(
    terms: Sequence[Term],
    matches: Sequence[Matches],
    kind: Demand | None,
    head_terms: Sequence[Term],
) -> list[Demand]:
    demands = [
        Demand(_missing_of(term), term.typed, match.ids, term)
        for term, match in zip(terms, matches, strict=True)
        if term.must and not (kind and term in head_terms and len(head_terms) == 1)
    ]
    if kind is not None:
        demands.append(kind)
        for term, match in zip(terms, matches, strict=True):
            if term.wish and _tells_apart(term, match, kind.ids):
                demands.append(Demand("word", term.typed, match.ids, term))
    return demands


def _tells_apart(term: Term, match: Matches, ids: Ids) -> bool:
    """Whether goods of the kind differ by the wish: by a part, or as the shop sorts them."""
    place = within(ids, match.ids)
    place = place[place >= 0]
    if term.sort == "noun":
        return len(place) > 0
    sorted_so = int((match.role[place] >= roles.PATH).sum())  # «Наушники проводные» of the tree
    return _SORTED * len(ids) <= sorted_so and len(place) < len(ids)


def _of_price(shelf: Shelf, question: Question) -> list[Demand]:
    demands = []
    if question.money.bounded:
        ids = _affordable(shelf, question)
        demands.append(Demand("price", _money(question), ids, question.money))
    if question.sale is not None:
        ids = shelf.sale_rows(question.sale)
        demands.append(Demand("price", str(question.sale), ids, question.sale))
    return demands


def _of_device(
    shelf: Shelf, names: Names
) -> tuple[Demand | None, tuple[Ids, npt.NDArray[np.float32]]]:
    """The demand that a row fits what it is for, and how surely which rows do."""
    if names.devices:
        close = _devices(shelf, names.devices)
        label = ", ".join(d.label for d in names.devices)
        return Demand("model", label, close[0], names.devices), close
    if names.brands or names.series:
        found = [shelf.brand_rows(b) for b in names.brands]
        found += [shelf.series_rows(s) for s in names.series]
        ids = found[0] if len(found) == 1 else union(found)
        label = ", ".join(sorted(names.series | names.brands))
        return Demand("brand", label, ids, names), (ids, np.ones(len(ids), dtype=np.float32))
    return None, (NONE, np.empty(0, dtype=np.float32))


def _of_values(shelf: Shelf, question: Question, base: Ids) -> tuple[list[Demand], int]:
    """A demand for each value that the goods state, and how many they never state.

    :param base: the rows that meet the demands so far.
    """
    demands: list[Demand] = []
    unproved = 0
    for quantity in question.quantities:
        ids = shelf.value_rows(quantity)
        if not len(ids):
            ids = shelf.postings.ids(quantity.lexeme)
        stated = shelf.dimension_rows(quantity.dimension)
        if len(base) and not (within(base, stated) >= 0).any():
            unproved += 1
            continue
        missing = _DIMENSIONS.get(quantity.dimension, "word")
        demands.append(Demand(missing, shelf.units.spoken(quantity), ids, quantity))
    return demands, unproved


def _fits_any(
    shelf: Shelf, names: Names, device: Demand, kind: Demand | None, demands: Sequence[Demand]
) -> bool:
    """Whether the goods name no device of their own, so that it is no demand: cables."""
    base = meet(shelf, demands)
    named_there = shelf.has_device if device.missing == "model" else shelf.has_brand
    if kind is None or not len(base) or named_there[base].mean() >= _UNIVERSAL:
        return False
    if device.missing == "model":
        return not _has_own(shelf, names.devices, base)
    plugged = any(x in shelf.plugged for o in kind.value.options for x in o)  # type: ignore[attr-defined]
    plugs = [shelf.vocabulary.connectors.get(s) for s in names.series]
    return (names.for_it or plugged) and all(p and p.default for p in plugs)


def _or_for_none(shelf: Shelf, device: Demand) -> Demand:
    """The demand met by goods for no device, too; those for another one stay out."""
    named = shelf.has_device if device.missing == "model" else shelf.has_brand
    ids = union([device.ids, np.flatnonzero(~named).astype(np.int32)])
    return replace(device, ids=ids)


def _colour(shelf: Shelf, question: Question, demands: list[Demand]) -> str:
    """Adds the demand for the colour where the goods state theirs; what became of it."""
    met = meet(shelf, demands) if question.colours else NONE
    if not len(met):
        return ""
    coloured = shelf.colour_rows(question.colours)
    fits = bool((within(met, coloured) >= 0).any())
    if not fits and not shelf.coloured[met].all():
        return "unstated"
    asked = ", ".join(sorted(question.colours))
    demands.append(Demand("colour", asked, coloured, question.colours))
    return "met" if fits else "missing"


def meet(shelf: Shelf, demands: Sequence[Demand]) -> Ids:
    """Rows that meet all of the demands; all rows where there are none."""
    if not demands:
        return np.arange(len(shelf.rows), dtype=np.int32)
    smallest = min(demands, key=lambda d: len(d.ids))
    ids = smallest.ids
    for demand in demands:
        if demand is not smallest and len(ids):
            ids = ids[within(ids, demand.ids) >= 0]
    return ids


_DIMENSIONS: dict[str, Missing] = {
    "capacity": "capacity", "power": "power", "memory": "memory", "length": "length",
    "size": "size", "voltage": "voltage", "current": "current", "volume": "size",
    "layers": "word", "pins": "word", "hertz": "word",
}  # fmt: skip


def _missing_of(term: Term) -> Missing:
    if term.sort == "name":
        return "brand"
    if term.sort == "code":
        return "code"
    return "word"


def _money(question: Question) -> str:
    least, most = question.money.least, question.money.most
    if least is None:
        return f"до {most:g} ₽"
    return f"от {least:g} ₽" if most is None else f"от {least:g} до {most:g} ₽"


def _affordable(shelf: Shelf, question: Question) -> Ids:
    fits = np.ones(len(shelf.rows), dtype=bool)
    if question.money.most is not None:
        fits &= np.minimum(shelf.price, shelf.real_price) <= question.money.most
    if question.money.least is not None:
        fits &= np.maximum(shelf.price, shelf.real_price) >= question.money.least
    return np.flatnonzero(fits).astype(np.int32)


def _kind(
    shelf: Shelf, terms: Sequence[Term], matches: Sequence[Matches]
) -> tuple[Demand | None, list[Term]]:
    """The demand that a row is what the question asks for, and the words that say what it is."""

    def headed(term: Term) -> float:
        return max(
            (shelf.heads.get(lexeme, 0.0) for option in term.options for lexeme in option),
            default=0.0,
        )

    named = [t for t in terms if t.sort == "noun" and t.options and t.must and headed(t) >= 0.1]
    free = [t for t in named if not t.governed]
    named = free or named
    if not named:
        return None, []
    found = [shelf.postings.called(term.options) for term in named]
    ids = found[0] if len(found) == 1 else union(found)
    if not len(ids):
        return None, []
    return Demand("kind", named[0].typed, ids, named[0]), named


def _pressed(shelf: Shelf, goods: str) -> Demand:
    """The demand that a row is called exactly so: what a button of the kinds asks for."""
    term = Term(typed=goods, options=(), sort="noun", must=True, weight=1.0)
    return Demand("kind", goods, shelf.rows_of_head(goods), term)


def _has_own(shelf: Shelf, named: Sequence[Named], base: Ids) -> bool:
    """Whether the line of the device has goods of its own among the universal ones (Mi Band)."""
    for device in named:
        series = device.readings[0].series
        if series and series not in shelf.vocabulary.connectors:
            return bool((within(base, shelf.series_rows(series)) >= 0).any())
    return False


def _as_part(
    shelf: Shelf,
    head_terms: Sequence[Term],
    matches: Sequence[Matches],
    terms: Sequence[Term],
    others: Ids,
) -> Ids:
    """Rows among `others` that have the goods as a part which tells them apart."""
    kept: list[Ids] = []
    for term in head_terms:
        match = matches[list(terms).index(term)]
        parts = match.ids[match.role == roles.PART]
        here = others[within(others, parts) >= 0]
        for row in here:
            head = shelf.head_of[row]
            alike = shelf.rows_of_head(head)
            if (within(alike, parts) >= 0).mean() < _BOILERPLATE:
                kept.append(np.array([row], dtype=np.int32))
    return union(kept)


def _devices(shelf: Shelf, named: Sequence[Named]) -> tuple[Ids, npt.NDArray[np.float32]]:
    """Rows that fit any of the devices; «Apple Watch 6 44» is one device with its size."""
    found = [shelf.device_rows(d) for d in named]
    lines = {d.readings[0].series for d in named}
    if len(found) > 1 and len(lines) == 1 and lines <= shelf.devices.sized.keys():
        ids, value = found[0]
        for its_ids, its_value in found[1:]:
            place = within(ids, its_ids)
            both = place >= 0
            ids, value = ids[both], np.minimum(value[both], its_value[place[both]])
        if len(ids):
            return ids, value
    return _union(found)


def _union(
    found: Sequence[tuple[Ids, npt.NDArray[np.float32]]],
) -> tuple[Ids, npt.NDArray[np.float32]]:
    if len(found) == 1:
        return found[0]
    ids = union([its_ids for its_ids, _ in found])
    value = np.zeros(len(ids), dtype=np.float32)
    for its_ids, its_value in found:
        places = within(its_ids, ids)
        value[places] = np.maximum(value[places], its_value)
    return ids, value
