"""One device as a text names it, in words for people, and how near two such names are."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple


class Mention(NamedTuple):
    """One device as a text names it."""

    brands: frozenset[str]  #: empty when none was named
    series: str  #: canonical name of the line, "" when none was named
    number: str  #: "13", "a12", "x"; "" for a line without a number
    marks: frozenset[str] = frozenset()  #: "pro", "max"…
    net: str = ""  #: "4g", "5g" or ""
    year: str = ""
    label: str = ""  #: for people

    @property
    def key(self) -> tuple[object, ...]:
        """What tells devices apart."""
        return self[:6]


_SPOKEN = {
    "iphone": "iPhone", "ipad": "iPad", "redminote": "Redmi Note", "ipadpro": "iPad Pro",
    "ipadair": "iPad Air", "ipadmini": "iPad mini", "psmart": "P Smart", "sparkgo": "Spark Go",
    "applewatch": "Apple Watch", "airpods": "AirPods", "airpodspro": "AirPods Pro",
    "galaxytab": "Galaxy Tab", "miband": "Mi Band", "mimax": "Mi Max", "minote": "Mi Note",
    "mimix": "Mi Mix", "povaneo": "Pova Neo", "macbook": "MacBook",
    "realmegt": "Realme GT", "mi": "Xiaomi Mi", "airpodsmax": "AirPods Max",
    "mini": "mini", "se": "SE", "fe": "FE", "ii": "II",
    "zte": "ZTE", "htc": "HTC", "lg": "LG", "hp": "HP",
}  # fmt: skip
_NAMED_LINES = frozenset({"redmi", "redminote", "poco", "minote", "mimax", "mimix", "nova", "mate"})
_ORDER = ("pro", "plus", "max", "mini", "lite", "ultra")


@lru_cache(maxsize=10_000)  # a choice among brands asks it of each row
def of_brand(mention: Mention) -> tuple[str, ...]:
    """The brands of a device as a shop sorts by them: Apple's are its lines."""
    if "apple" in mention.brands and mention.series:
        return (printed(line_of(mention)),)
    return tuple(printed(brand) for brand in sorted(mention.brands))


def line_of(mention: Mention) -> str:
    """The line that a shop sorts the device by: an iPad Air is an iPad."""
    lines = (x for x in ("ipad", "airpods") if mention.series.startswith(x))
    return next(lines, mention.series)


def printed(name: str) -> str:
    """A brand or a line for people."""
    return _SPOKEN.get(name, name.capitalize())


def spoken(mention: Mention) -> str:
    """The device for people: «iPhone 13 Pro Max», «Samsung A12»."""
    marks = sorted(mention.marks, key=lambda m: (_ORDER.index(m) if m in _ORDER else 9, m))
    number = mention.number.upper() if len(mention.number) > 2 else mention.number
    number = {"x": "X", "xs": "XS", "xr": "XR", "se": "SE"}.get(number, number)
    number = number.upper()
    words = [mention.series or min(mention.brands, default=""), number, *marks]
    if mention.series and mention.series not in _SPOKEN:
        words.insert(0, min(mention.brands, default=""))
    words = [_SPOKEN.get(w, w.capitalize() if w.islower() and w.isalpha() else w) for w in words]
    extra = [mention.net.upper(), mention.year]
    return " ".join(w for w in (*words, *extra) if w)


def closeness(
    asked: Mention, there: Mention, kin: Mapping[str, str], plain: frozenset[str] = frozenset()
) -> float:
    """How surely the device of a row is the one asked for; 0 is another device.

    1 the same; .9 the list does not say the year or net; .8 said without its line or brand;
    .6 the net or year is asked and the row does not say it.

    :param kin: brand → the brand it counts as.
    :param plain: brands with a line that has no name but numbers: «Xiaomi 14» is no Redmi 14.
    """
    if asked.marks != there.marks:
        return 0.0
    value = 1.0
    if asked.brands and there.brands and not asked.brands & there.brands:
        named = {kin.get(b, b) for b in asked.brands} & {kin.get(b, b) for b in there.brands}
        if not named:
            return 0.0
        value = 0.95
    if asked.series != there.series and not (asked.series == "mi" and not there.series):
        if asked.series == "note" and there.series.endswith("note"):
            value = min(value, 0.95)
        elif not asked.series:
            if asked.number.isdigit() and asked.brands & plain and there.series in _NAMED_LINES:
                return 0.0
            value = min(value, 0.8 if asked.brands else 0.75)
        elif not there.series and there.brands and asked.number[:1].isalpha():
            value = min(value, 0.8)
        else:
            return 0.0
    if asked.year and not there.year and there.number in ("", "se"):
        return 0.0  # «P Smart 2019», «iPhone SE 2020»: without the year it is the first of them
    for mine, theirs in ((asked.net, there.net), (asked.year, there.year)):
        if mine and theirs and mine != theirs:
            return 0.0
        if theirs and not mine:
            value = min(value, 0.9)
        elif mine and not theirs:
            value = min(value, 0.6)
    return value
