"""A query to the constraints that a row must meet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from optfm.search import roles
from optfm.search.answer import Missing
from optfm.search.constraints import (
    ColourConstraint,
    Constraint,
    DeviceConstraint,
    ExcludeConstraint,
    GoodsConstraint,
    PriceConstraint,
    SaleConstraint,
    ValueConstraint,
    WordConstraint,
    excluded_rows,
    meet,
)
from optfm.search.postings import NONE, Ids, Matches, union, within
from optfm.search.query import Device, Query, Value, ValueName, Words
from optfm.search.shelf import LINE_MEANT, Shelf
from optfm.text.units import Quantity

#: below this share of goods that name a device, goods of the kind fit any («кабель для iPhone 13»)
_UNIVERSAL = 0.3
#: a part that so many goods of a kind come with does not tell them apart
_BOILERPLATE = 0.6
#: so large a share of rows that say they lack a thing are told apart by it
_SAY_SO = 0.2
#: a word of the tree above so many goods of a kind is how the shop sorts them
_SORTED = 0.1
#: a number of a device so large is its size in millimetres
_LEAST_SIZE = 30
#: «bn59», «bl4c»: a letter alone is of too many things
_PART_NUMBER = re.compile(r"([a-z]{2,4})\d{1,3}[a-z]?")
_MISSING: dict[ValueName, Missing] = {
    "capacity": "capacity", "power": "power", "memory": "memory", "length": "length",
    "size": "size", "voltage": "voltage", "current": "current", "volume": "size",
    "weight": "size", "pack": "size",
    "usb": "connector", "typec": "connector",
}  # fmt: skip

Closeness = tuple[Ids, npt.NDArray[np.float32]]  #: rows, and how surely each fits the device


@dataclass(slots=True)
class Constrained:
    """A query's constraints, and what was seen while they were made."""

    constraints: list[Constraint]
    goods: GoodsConstraint | None  #: what the thing is
    soft_devices: bool  #: the goods fit any device, so it is no constraint
    closeness: Closeness  #: of the rows that fit the device
    unproved: int  #: values asked for that the goods' names do not state at all
    part: bool  #: the goods asked for come only as a part of another thing
    colour: str  #: "", "met", "unstated" or "missing"


def constrain(shelf: Shelf, query: Query, matches: Sequence[Matches]) -> Constrained:
    """What the query demands.

    :param matches: rows of each of the query's words, in their order.
    """
    goods = _goods(shelf, query)
    found = _of_words(query.words, matches, goods)
    found += _of_price(shelf, query)
    found += _of_exclusions(shelf, query)
    device, closeness = _of_device(shelf, query)
    values, unproved = _of_values(shelf, query, meet(shelf, found))
    found += values
    if device is not None and goods is not None:
        device, closeness = _of_line_meant(shelf, device, closeness, meet(shelf, found))
    soft = device is not None and _fits_any(shelf, query, device, goods, found)
    if device is not None and soft:
        value = _as_value(shelf, query.models, meet(shelf, found))
        found.append(value or _or_for_none(shelf, device))
    elif device is not None:
        found.append(device)
    found += _of_lacking(shelf, query.words, matches, found)
    part = False
    if goods is not None and device is not None and not len(meet(shelf, found)):
        others = meet(shelf, [c for c in found if c is not goods])
        looser = _as_part(shelf, query.words, matches, others)
        if len(looser):
            part = True
            loose = replace(goods, ids=looser)
            found = [loose if c is goods else c for c in found]
            goods = loose
    named = any(w.speech in ("code", "name") and w.name != "quality" for w in query.words)
    if goods is not None and named and not query.models:
        numbered = _in_a_phrase(shelf, query.words, matches, goods, found)
        found = [numbered if c is goods else c for c in found]
        goods = numbered
    colour = _of_colour(shelf, query, found)
    return Constrained(found, goods, soft, closeness, unproved, part, colour)


def _goods(shelf: Shelf, query: Query) -> GoodsConstraint | None:
    if query.pressed:
        return GoodsConstraint((), query.pressed, shelf.rows_of_head(query.pressed))
    named = query.goods
    if not named:
        return None
    called = [shelf.postings.called(word.options) for word in named]
    ids = called[0] if len(called) == 1 else union(called)
    if not len(ids):  # known by ear, and no first word of any name
        told = [shelf.postings.matches(word.options) for word in named if word.options]
        ids = union([match.ids[match.role <= roles.BODY] for match in told])
    known = tuple(word for word in named if word.options) or named
    return GoodsConstraint(known, known[0].said, ids) if len(ids) else None


def _of_words(
    words: Sequence[Words], matches: Sequence[Matches], goods: GoodsConstraint | None
) -> list[Constraint]:
    alone = goods.words[0] if goods is not None and len(goods.words) == 1 else None
    found: list[Constraint] = [
        WordConstraint(word, _said_of_it(word, match), _missing_of(word), _rank_of(word))
        for word, match in zip(words, matches, strict=True)
        if word.must and word is not alone
    ]
    if goods is not None:
        found.append(goods)
        for word, match in zip(words, matches, strict=True):
            if word.wish and _tells_apart(word, match, goods.ids):
                found.append(WordConstraint(word, match.ids, "word"))
    return found


def _said_of_it(word: Words, match: Matches) -> Ids:
    """Rows that have the word; a number of a group above them is one of many: «5,3-6,3"»."""
    own = match.ids[match.role < roles.PATH] if word.speech == "number" else match.ids
    return own if len(own) else match.ids


def _missing_of(word: Words) -> Missing:
    if word.name in ("brand", "connector"):
        return word.name
    if word.name == "goods" and not word.options:
        return "goods"
    return "code" if word.speech == "code" else "word"


def _rank_of(word: Words) -> int:
    return {"connector": 8, "brand": 10, "code": 11}.get(_missing_of(word), 12)


def _tells_apart(word: Words, match: Matches, ids: Ids) -> bool:
    """Whether goods of the kind differ by the wish: by a part, or as the shop sorts them."""
    place = within(ids, match.ids)
    place = place[place >= 0]
    if word.speech == "noun":
        return len(place) > 0
    if 0 < len(place) < len(ids) and (match.role[place] <= roles.PURPOSE).any():
        return True
    sorted_so = int((match.role[place] >= roles.PATH).sum())  # «Наушники проводные» of the tree
    return _SORTED * len(ids) <= sorted_so and len(place) < len(ids)


def _of_lacking(
    shelf: Shelf, words: Sequence[Words], matches: Sequence[Matches], found: Sequence[Constraint]
) -> list[Constraint]:
    """«без адаптера»: the rows that say so, where many of those that are left do."""
    lacking = [
        (word, match.ids)
        for word, match in zip(words, matches, strict=True)
        if word.name == "property" and word.speech == "other" and not word.exclude
    ]
    base = meet(shelf, found) if lacking else NONE
    return [
        WordConstraint(word, ids)
        for word, ids in lacking
        if (within(base, ids) >= 0).sum() >= max(1, _SAY_SO * len(base))
    ]


def _of_price(shelf: Shelf, query: Query) -> list[Constraint]:
    found: list[Constraint] = []
    if query.price.bounded:
        found.append(PriceConstraint(query.price, shelf.affordable_rows(query.price)))
    if query.sale is not None:
        found.append(SaleConstraint(query.sale, shelf.sale_rows(query.sale)))
    return found


def _of_exclusions(shelf: Shelf, query: Query) -> list[Constraint]:
    gone = [*query.excluded, *(d for d in query.devices if d.exclude)]
    return [ExcludeConstraint(facet, shelf.all_but(excluded_rows(shelf, facet))) for facet in gone]


def _of_device(shelf: Shelf, query: Query) -> tuple[DeviceConstraint | None, Closeness]:
    """The constraint that a row fits what it is for, and how surely which rows do."""
    if models := query.models:
        close = _devices(shelf, models)
        return DeviceConstraint(models, close[0]), close
    if makes := query.makes:
        found: list[Ids] = []
        for make in makes:
            reading = make.readings[0]
            if reading.series:
                found.append(shelf.series_rows(reading.series))
            else:
                found += [shelf.brand_rows(brand) for brand in reading.brands]
        ids = found[0] if len(found) == 1 else union(found)
        ones = np.ones(len(ids), dtype=np.float32)
        return DeviceConstraint(makes, ids, missing="brand", rank=9), (ids, ones)
    return None, (NONE, np.empty(0, dtype=np.float32))


def _of_line_meant(
    shelf: Shelf, device: DeviceConstraint, closeness: Closeness, base: Ids
) -> tuple[DeviceConstraint, Closeness]:
    """«дисплей на 15 про» is one for the iPhone, also where the list has only a Camon's.

    :param base: the rows that meet the other constraints.
    """
    readings = [reading for one in device.devices for reading in one.readings]
    if device.missing != "model" or any(m.brands or m.series for m in readings):
        return device, closeness
    ids, value = closeness
    sure = value >= LINE_MEANT
    meant = ids[sure]
    if not len(meant) or len(shelf.among(base, meant)) or not len(shelf.among(base, ids)):
        return device, closeness
    named = tuple(shelf.of_line_meant(one) for one in device.devices)
    return replace(device, devices=named, ids=meant), (meant, value[sure])


def _of_values(shelf: Shelf, query: Query, base: Ids) -> tuple[list[Constraint], int]:
    """A constraint for each value that the goods state, and how many they never state.

    :param base: the rows that meet the constraints so far.
    """
    found: list[Constraint] = []
    unproved = 0
    for value in query.values:
        quantity = Quantity(value.name, value.amount)
        ids = shelf.value_rows(quantity)
        if not len(ids):
            ids = shelf.postings.ids(value.lexeme)
        if value.name == "size" and not len(shelf.among(base, ids)):
            ids = shelf.near_rows(value)
        stated = shelf.dimension_rows(value.name)
        if len(base) and not (within(base, stated) >= 0).any():
            unproved += 1
            continue
        missing = _MISSING.get(value.name, "word")
        spoken = shelf.units.spoken(quantity)
        found.append(ValueConstraint(value, spoken, ids, missing))
    return found, unproved


def _fits_any(
    shelf: Shelf,
    query: Query,
    device: DeviceConstraint,
    goods: GoodsConstraint | None,
    constraints: Sequence[Constraint],
) -> bool:
    """Whether the goods name no device of their own, so that it is no constraint: cables."""
    base = meet(shelf, constraints)
    if goods is not None and _is_purpose(shelf, device, base):
        return True
    named_there = shelf.has_device if device.missing == "model" else shelf.has_brand
    if goods is None or not len(base) or named_there[base].mean() >= _UNIVERSAL:
        return False
    if device.missing == "model":
        return not (_has_own(shelf, query.models, base) or _is_numbered_so(shelf, device, base))
    plugged = is_plugged(shelf, goods)
    plugs = [shelf.vocabulary.connectors.get(d.readings[0].series) for d in query.makes]
    governed = any(d.governed for d in query.makes)
    return (governed or plugged) and all(p and p.default for p in plugs)


def _is_purpose(shelf: Shelf, device: DeviceConstraint, base: Ids) -> bool:
    """«зарядка для самсунга»: whose phone goods are for that name no phone, and are not his own."""
    if device.missing != "brand" or not len(base) or len(shelf.among(base, device.ids)):
        return False
    makers = bool(len(device.ids)) and bool(shelf.has_device[device.ids].any())
    governed = all(make.governed for make in device.devices)
    return governed and makers and float(shelf.has_device[base].mean()) < _UNIVERSAL


def is_plugged(shelf: Shelf, goods: GoodsConstraint) -> bool:
    """Whether the goods are plugged into a device."""
    first = goods.words[:1]
    return any(x in shelf.plugged for word in first for option in word.options for x in option)


def _or_for_none(shelf: Shelf, device: DeviceConstraint) -> DeviceConstraint:
    """Met by goods for no device, too; those for another one stay out."""
    named = shelf.has_device if device.missing == "model" else shelf.has_brand
    brands = {brand for one in device.devices for brand in one.readings[0].brands}
    if device.missing == "model" and brands:  # «зарядка для ноутбука lenovo 90» is none for Acer
        others = shelf.has_brand.copy()
        others[union([shelf.brand_rows(brand) for brand in brands])] = False
        named = named | others
    return replace(device, ids=union([device.ids, np.flatnonzero(~named).astype(np.int32)]))


#: values that people say as a bare number, and how many main units one of it is
_BARE: tuple[tuple[ValueName, float], ...] = (
    ("capacity", 1000), ("capacity", 1), ("memory", 1), ("power", 1), ("length", 1000),
)  # fmt: skip


def _as_value(shelf: Shelf, models: Sequence[Device], base: Ids) -> ValueConstraint | None:
    """«повербанк на 20»: goods for any device have no model, but one of them has that value."""
    for device in models:
        reading = device.readings[0]
        if reading.series or not reading.number.isdigit():
            continue
        if reading.brands and not shelf.fits_any(reading):  # «lenovo 90»: of those for the brand
            base = shelf.among(base, union([shelf.brand_rows(b) for b in reading.brands]))
        elif device.sure or reading.brands:
            continue
        for name, unit in _BARE:
            value = Value(name=name, amount=float(reading.number) * unit, said=device.said)
            quantity = Quantity(value.name, value.amount)
            ids = shelf.value_rows(quantity)
            if len(ids := shelf.among(base, ids)):
                return ValueConstraint(value, shelf.units.spoken(quantity), ids, _MISSING[name])
    return None


def _of_colour(shelf: Shelf, query: Query, found: list[Constraint]) -> str:
    """Adds the constraint for the colour where the goods state theirs; what became of it."""
    met = meet(shelf, found) if query.colours else NONE
    if not len(met):
        return ""
    coloured = shelf.colour_rows(query.colours)
    fits = bool((within(met, coloured) >= 0).any())
    if not fits and not shelf.coloured[met].all():
        return "unstated"
    found.append(ColourConstraint(query.colours, coloured))
    return "met" if fits else "missing"


def _has_own(shelf: Shelf, models: Sequence[Device], base: Ids) -> bool:
    """Whether the line of the device has goods of its own among the universal ones (Mi Band)."""
    for device in models:
        series = device.readings[0].series
        if series and series not in shelf.vocabulary.connectors:
            return bool((within(base, shelf.series_rows(series)) >= 0).any())
    return False


def _is_numbered_so(shelf: Shelf, device: DeviceConstraint, base: Ids) -> bool:
    """«BN59» among batteries BN34, BN45: a part number of their series, and no phone's."""
    numbers = (m.number for one in device.devices for m in one.readings)
    series = {match[1] for number in numbers if (match := _PART_NUMBER.fullmatch(number))}
    alike = (a for a in shelf.articles if (m := _PART_NUMBER.fullmatch(a)) and m[1] in series)
    return any((within(shelf.postings.ids(article), base) >= 0).any() for article in alike)


def _as_part(shelf: Shelf, words: Sequence[Words], matches: Sequence[Matches], others: Ids) -> Ids:
    """Rows among `others` that have the goods as a part which tells them apart."""
    kept: list[int] = []
    for word, match in zip(words, matches, strict=True):
        if word.name != "goods":
            continue
        parts = match.ids[match.role == roles.PART]
        for row in shelf.among(others, parts).tolist():
            alike = shelf.rows_of_head(shelf.head_of[row])
            if (within(alike, parts) >= 0).mean() < _BOILERPLATE:
                kept.append(row)
    return np.array(sorted(set(kept)), dtype=np.int32)


def _in_a_phrase(
    shelf: Shelf,
    words: Sequence[Words],
    matches: Sequence[Matches],
    goods: GoodsConstraint,
    found: Sequence[Constraint],
) -> GoodsConstraint:
    """«аккумулятор WB-410» of an «Аккумулятор внешний»: a power bank.

    Only where its number or name is of nothing that is called by that word alone.
    """
    if len(meet(shelf, found)):
        return goods
    others = meet(shelf, [c for c in found if c is not goods])
    having = [m.ids for w, m in zip(words, matches, strict=True) if w in goods.words]
    ids = shelf.among(others, union(having))
    return replace(goods, ids=ids) if len(ids) else goods


def _names_a_size(models: Sequence[Device]) -> bool:
    """«Watch 6 44»: a generation and millimetres, and no two generations."""
    numbers = [int(n) for d in models if (n := d.readings[0].number).isdigit()]
    return len(numbers) > 1 and min(numbers) < _LEAST_SIZE <= max(numbers)


def _devices(shelf: Shelf, models: Sequence[Device]) -> Closeness:
    """Rows that fit any of the devices; «Apple Watch 6 44» is one device with its size."""
    found = [shelf.device_rows(d) for d in models]
    lines = {d.readings[0].series for d in models}
    if len(found) > 1 and len(lines) == 1 and lines <= shelf.devices.sized.keys():
        ids, value = found[0]
        for its_ids, its_value in found[1:]:
            place = within(ids, its_ids)
            both = place >= 0
            ids, value = ids[both], np.minimum(value[both], its_value[place[both]])
        if len(ids) or _names_a_size(models):
            return ids, value
    if len(found) == 1:
        return found[0]
    ids = union([its_ids for its_ids, _ in found])
    value = np.zeros(len(ids), dtype=np.float32)
    for its_ids, its_value in found:
        places = within(its_ids, ids)
        value[places] = np.maximum(value[places], its_value)
    return ids, value
