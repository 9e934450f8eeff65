"""What is asked for: one typed question, made once from a text and carried from then on.

Whoever goes on from a question (a button, the next message, an order's line) changes its facets
and never its words. `Query.to_json` is what a dialog or a button keeps.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import ConfigDict, PlainSerializer, TypeAdapter, ValidationError

from optfm.text.mention import Mention, spoken

Option = tuple[str, ...]  #: lexemes that all must stand in a row

WordName = Literal[
    "goods", "brand", "quality", "connector", "packing", "property", "part", "article", "number",
    "word",
]  # fmt: skip
ValueName = Literal[
    "capacity", "power", "memory", "length", "size", "voltage", "current", "volume", "pins",
    "layers", "hertz", "pack", "weight", "usb", "typec",
]  # fmt: skip
FacetName = (
    WordName
    | ValueName
    | Literal["colour", "device", "price", "sale", "sort", "codes", "quantity", "pressed"]
)
#: must: a row without it is no answer; wish: where goods of the kind differ by it; may: order only
Strength = Literal["must", "wish", "may"]
Speech = Literal["noun", "adjective", "name", "code", "number", "other"]
Sort = Literal["", "cheap", "dear"]


_STRICT = ConfigDict(extra="forbid")
#: the least screen that is called by its whole inches
_LEAST_SCREEN = 7


class QueryFormatError(ValueError):
    """What was to be read as a query is not one: another version's, or a foreigner's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A facet that rows state in words."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: WordName
    said: str  #: as typed
    options: tuple[Option, ...]  #: any of them; () where no row has the word
    exclude: bool = False
    strength: Strength = "must"
    speech: Speech = "noun"
    weight: float = 1.0  #: how much it counts for the order
    cost: float = 0.0  #: what mending its slip cost
    how: str = ""  #: "", "synonym", "slang", "typo" or "unknown"
    governed: bool = False  #: stands after a preposition: not what is asked for

    @property
    def must(self) -> bool:
        """Whether a row without it is no answer."""
        return self.strength == "must"

    @property
    def wish(self) -> bool:
        """Whether it is a must where goods of the kind differ by it."""
        return self.strength == "wish"


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A facet with a number and a unit."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: ValueName
    amount: float  #: in the main unit of units.yml: mAh, W, GB, mm, inches, V, A, ml
    said: str = ""
    exclude: bool = False

    @property
    def lexeme(self) -> str:
        """The word that stands for it in the index."""
        return f"{self.amount:g}:{self.name}"

    def is_near(self, amount: float) -> bool:
        """Whether the value is that of a thing but for its fraction: «15 дюймов» of 15,4"."""
        whole = self.name == "size" and self.amount.is_integer() and self.amount >= _LEAST_SCREEN
        return whole and math.floor(amount) == self.amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Colour:
    """A colour by its plain name («черный»)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    colour: str
    said: str = ""
    exclude: bool = False

    @property
    def name(self) -> Literal["colour"]:
        """What facet it is."""
        return "colour"


Facet = Words | Value | Colour


def _in_order(mention: Mention) -> list[str | list[str]]:
    """As JSON values, the sets sorted: their own order differs from process to process.

    An answer carries queries, and its ETag is that of its bytes.
    """
    return [sorted(value) if isinstance(value, frozenset) else value for value in mention]


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """What the goods are for: a model, or a whole brand or line of them."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    #: what the words may mean, the likeliest first; never empty
    readings: tuple[Annotated[Mention, PlainSerializer(_in_order)], ...]
    said: str = ""
    sure: bool = True  #: said with its brand, line or marks, or known as no other thing
    whole: bool = False  #: any model of the brand or line
    governed: bool = False  #: said with «на», «для»
    exclude: bool = False

    @property
    def label(self) -> str:
        """For people: «iPhone 13 Pro»."""
        return self.readings[0].label or spoken(self.readings[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """Bounds of the price, in roubles; None where there is none."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    least: float | None = None
    most: float | None = None
    about: float | None = None  #: «за 500»: the nearest to it comes first

    @property
    def bounded(self) -> bool:
        """Whether a bound was named."""
        return self.least is not None or self.most is not None

    def __str__(self) -> str:
        if self.least is None:
            return f"до {self.most:g} ₽" if self.most is not None else ""
        if self.most is None:
            return f"от {self.least:g} ₽"
        return f"от {self.least:g} до {self.most:g} ₽"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sale:
    """The status that a row must have."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    percent: int = 0  #: of the discount; 0 for any
    named: Literal["", "акция", "хит"] = ""  #: "" for a discount

    def __str__(self) -> str:
        if self.named:
            return self.named
        return f"скидка {self.percent} %" if self.percent else "скидка"


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What was read otherwise than typed."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    kind: str  #: «опечатка», «раскладка», «на слух», «слитно»…
    typed: str
    read: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """One of the goods that somebody asks for, with everything he says of it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    text: str = ""  #: the words it came from; for people and logs, never parsed again
    facets: tuple[Facet, ...] = ()  #: colours to include are alternatives, all else together
    devices: tuple[Device, ...] = ()  #: those to include are alternatives
    codes: tuple[str, ...] = ()  #: of rows: the answer is these rows
    code_said: str = ""  #: the code as typed; with no `codes`, the list has no such code
    section: str = ""  #: the group whose code it was
    price: Price = field(default_factory=Price)
    sale: Sale | None = None
    sort: Sort = ""
    quantity: int = 0  #: pieces, 0 where not said
    pressed: str = ""  #: rows called exactly so: what a button of the kinds asks for
    unknown: tuple[str, ...] = ()  #: words that neither the list nor the vocabulary has
    talk: tuple[str, ...] = ()  #: words about the shop: «доставка»
    idle: tuple[str, ...] = ()  #: words that are neither of the trade nor fillers: «почините»
    corrections: tuple[Correction, ...] = ()

    # --- what it says

    @property
    def words(self) -> tuple[Words, ...]:
        """The facets in words that a row should have."""
        return tuple(f for f in self.facets if isinstance(f, Words) and not f.exclude)

    @property
    def values(self) -> tuple[Value, ...]:
        """The values that a row should have."""
        return tuple(f for f in self.facets if isinstance(f, Value) and not f.exclude)

    @property
    def colours(self) -> frozenset[str]:
        """The colours of which a row should have one."""
        return frozenset(f.colour for f in self.facets if isinstance(f, Colour) and not f.exclude)

    @property
    def excluded(self) -> tuple[Facet, ...]:
        """What a row must not have."""
        return tuple(f for f in self.facets if f.exclude)

    @property
    def goods(self) -> tuple[Words, ...]:
        """The words that say what the thing is."""
        return tuple(w for w in self.words if w.name == "goods")

    @property
    def names_goods(self) -> bool:
        """Whether it says what the thing is, so that it stands by itself."""
        return bool(self.pressed or self.codes or self.code_said or self.goods)

    @property
    def models(self) -> tuple[Device, ...]:
        """The devices that goods are for, by their models."""
        return tuple(d for d in self.devices if not d.whole and not d.exclude)

    @property
    def makes(self) -> tuple[Device, ...]:
        """The brands and lines that goods are for, any model of them."""
        return tuple(d for d in self.devices if d.whole and not d.exclude)

    @property
    def empty(self) -> bool:
        """Whether nothing in it could be goods or a property of them."""
        return not (
            self.codes
            or self.code_said
            or self.pressed
            or self.devices
            or self.price.bounded
            or self.sale
            or any(not isinstance(f, Words) or f.exclude or f.weight >= 0.4 for f in self.facets)
        )

    @property
    def searchable(self) -> bool:
        """Whether it names anything that rows can be found by, and not only limits."""
        return bool(
            self.codes
            or self.code_said
            or self.pressed
            or self.models
            or self.makes
            or self.values
            or any(w.weight >= 0.4 for w in self.words)
        )

    @property
    def spoken(self) -> str:
        """For people: «дисплей, iPhone 11, не in-cell, до 500 ₽»."""
        words = [self.pressed] if self.pressed else []
        words += [f.said for f in self.facets if not f.exclude and f.said]
        words += [d.label for d in self.devices if not d.exclude]
        words += [f"не {f.said or f.name}" for f in self.excluded]
        words += [f"не {d.label}" for d in self.devices if d.exclude]
        words += [str(self.price)] if self.price.bounded else []
        words += [str(self.sale)] if self.sale else []
        return ", ".join(words)

    @property
    def normalised(self) -> str:
        """The question in lexemes, for the record of what was asked."""
        found = [self.pressed] if self.pressed else []
        found += ["|".join(" ".join(o) for o in w.options) or w.said for w in self.words]
        found += [d.label for d in self.devices if not d.exclude]
        found += [*sorted(self.colours), *(v.lexeme for v in self.values)]
        found += [f"-{f.said}" for f in self.excluded]
        return " ".join(found)

    def facets_of(self, name: FacetName, *, exclude: bool | None = None) -> tuple[Facet, ...]:
        """The facets of a name; of both kinds where `exclude` is None."""
        return tuple(f for f in self.facets if f.name == name and exclude in (None, f.exclude))

    # --- what is made of it

    def without(self, *names: FacetName) -> "Query":
        """The same without all that is said of `names`."""
        dropped = set(names)
        changed = replace(self, facets=tuple(f for f in self.facets if f.name not in dropped))
        if "device" in dropped:
            changed = replace(changed, devices=())
        if "price" in dropped:
            changed = replace(changed, price=Price())
        if "sale" in dropped:
            changed = replace(changed, sale=None)
        if "sort" in dropped:
            changed = replace(changed, sort="")
        if "quantity" in dropped:
            changed = replace(changed, quantity=0)
        if "codes" in dropped:
            changed = replace(changed, codes=(), code_said="", section="")
        if "goods" in dropped or "pressed" in dropped:
            changed = replace(changed, pressed="")
        return changed

    def with_facet(self, facet: Facet) -> "Query":
        """The same with the facet: an included one replaces those of its name."""
        if facet.exclude:
            kept = [f for f in self.facets if not _same(f, facet)]
        else:
            kept = [
                f
                for f in self.facets
                if (f.exclude or f.name != facet.name) and not _same(f, facet)
            ]
        return replace(self, facets=(*kept, facet))

    def adding(self, *facets: Facet) -> "Query":
        """The same with further facets beside those there are."""
        new = [f for f in facets if f not in self.facets]
        return replace(self, facets=(*self.facets, *new))

    def for_device(self, *devices: Device) -> "Query":
        """The same for other devices; for any where none is given."""
        return replace(self, devices=devices)

    def priced(self, least: float | None = None, most: float | None = None) -> "Query":
        """The same between other bounds."""
        return replace(self, price=Price(least=least, most=most))

    def sorted(self, sort: Sort) -> "Query":
        """The same in another order."""
        return replace(self, sort=sort)

    def counted(self, quantity: int) -> "Query":
        """The same, so many pieces of it."""
        return replace(self, quantity=quantity)

    def refined(self, new: "Query") -> "Query":
        """Facet by facet: what `new` says replaces what this says of the same; the rest stays.

        An excluded facet is added; a device that is only excluded takes away that device.
        """
        kept: list[Facet] = list(self.facets)
        said = {_slot(f) for f in new.facets if not f.exclude}
        kept = [f for f in kept if f.exclude or _slot(f) not in said]
        for facet in new.facets:
            kept = [f for f in kept if not _same(f, facet)]
        return replace(
            self,
            text=new.text or self.text,
            facets=(*kept, *new.facets),
            devices=_devices(self.devices, new.devices),
            codes=new.codes,
            code_said=new.code_said,
            section=new.section,
            pressed=new.pressed or ("" if new.goods else self.pressed),
            price=new.price if new.price.bounded else self.price,
            sale=new.sale or self.sale,
            sort=new.sort or self.sort,
            quantity=new.quantity or self.quantity,
            unknown=(*self.unknown, *new.unknown),
            talk=new.talk,
            idle=new.idle,
            corrections=new.corrections,
        )

    def other_goods(self, new: "Query") -> "Query":
        """A question about other goods, for the same device where it names none."""
        return new if new.devices else replace(new, devices=self.devices)

    # --- as JSON

    def to_json(self) -> dict[str, Any]:
        """As JSON values; what is as nothing was said is left out."""
        return cast("dict[str, Any]", _FORM.dump_python(self, mode="json", exclude_defaults=True))

    @classmethod
    def from_json(cls, found: object) -> "Query":
        """What `to_json` gave.

        :raises QueryFormatError: it is not of this form.
        """
        try:
            query = _FORM.validate_python(found)
        except ValidationError as exc:
            raise QueryFormatError(f"{exc.error_count()} values are not of this form") from exc
        return replace(query, devices=tuple(map(_labelled, query.devices)))


def _labelled(device: Device) -> Device:
    return (
        replace(device, readings=tuple(m._replace(label=spoken(m)) for m in device.readings))
        if not device.whole
        else device
    )


def _slot(facet: Facet) -> str:
    """What a newer facet takes the place of: words that are no property of one kind all stay."""
    if facet.name in ("property", "part", "word", "number", "article"):
        return f"{facet.name}:{facet.said.lower()}"
    return facet.name


def _same(one: Facet, two: Facet) -> bool:
    """Whether both are of one value, whichever way they are meant."""
    if isinstance(one, Colour) and isinstance(two, Colour):
        return one.colour == two.colour
    if isinstance(one, Value) and isinstance(two, Value):
        return (one.name, one.amount) == (two.name, two.amount)
    if isinstance(one, Words) and isinstance(two, Words):
        return bool(set(one.options) & set(two.options)) or (
            not one.options and not two.options and one.said.lower() == two.said.lower()
        )
    return False


def _devices(old: Sequence[Device], new: Sequence[Device]) -> tuple[Device, ...]:
    if any(not d.exclude for d in new):
        return tuple(d for d in new if not d.exclude)
    gone = {reading.key for d in new for reading in d.readings}
    return (*(d for d in old if d.readings[0].key not in gone), *new)


_FORM: TypeAdapter[Query] = TypeAdapter(Query)
