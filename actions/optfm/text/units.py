"""Values with a unit: «5000 мач», «2 метра», «20вт» as one value each, in one unit a dimension."""

import re
from collections.abc import Collection, Container, Mapping
from types import MappingProxyType
from typing import NamedTuple

from optfm.text.phrases import END, START, alternatives
from optfm.text.ports import Ports

#: in thousands, but for the end of a part number or a size: «NC-559 100g», «35х40х3 700mAh»
_NUMBER = r"(?<![-xх])\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?"
#: between the sides of a thing and the values of one list: «350*230», «38/40 мм», «5 x 3»
_BY = r"(?:\s?[/*]\s?|\s[xх]\s|[xх](?=\d))"
#: units so short that with a space before them they are usually something else
_GLUED = frozenset({'"', "a", "а", "d", "д", "v", "ah", "ах", "m", "g", "г", "cc"})
#: one of a unit said without the number: «метровый кабель», «изопропил литр»
_SAID = (
    (re.compile(r"\bпол[ -]?(метр|литр)\w*"), r"0.5 \1"),
    (re.compile(r"\bполтора (метр|литр)\w*"), r"1.5 \1"),
    (re.compile(r"\bпол(?:у|)тораметров\w*"), "1.5 метр"),
    (re.compile(r"(?<![\d.,])(?<![\d.,] )\b(метр|литр)(?:ов\w+)?(?!\w)"), r"1 \1"),
)


#: how a number begins an adjective: «трёхметровый», «двадцатиштучный»
_BEGINNINGS = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8,
    "девяти": 9, "десяти": 10, "двенадцати": 12, "пятнадцати": 15, "двадцати": 20,
    "тридцати": 30, "сорока": 40, "пятидесяти": 50, "шестидесяти": 60, "сто": 100,
}  # fmt: skip
#: what it is of → the unit
_OF = {
    "метров": "метр", "литров": "литр", "ваттн": "ватт", "ватн": "ватт", "амперн": "ампер",
    "вольтов": "вольт", "гигабайтн": "гигабайт", "гигов": "гигабайт", "штучн": "штук",
    "граммов": "грамм", "миллиметров": "миллиметр", "сантиметров": "сантиметр", "дюймов": "дюйм",
}  # fmt: skip
_NUMBERED = re.compile(
    rf"(?<![а-яa-z\d.,])({'|'.join(_BEGINNINGS)}|\d+(?:[.,]\d+)?)-?({'|'.join(_OF)})[а-я]*"
)
#: «5в», but not «3в 1», «2в1»
_VOLTS = re.compile(r"(?<=\d)в\b(?!\s*\d+\b)")
#: «12-й», «8ку», «13-ый»: a number with the ending of a word
_ENDED = re.compile(
    r"(?<![a-zа-я0-9.,-])(\d{1,2})(?:-(?:[ея]|ю)|"
    r"-?(?:й|го|му|[ыиоу]й|[ое]го|[ое]му|ая|ую|[ыи]е|[ыи]х|шк[аиу]|к[аиуе]|кой))(?![а-яa-z0-9])"
)
#: «400x290», «3х2»: the sides of a mat or a curtain; three of them are one word: «40х60х4»
_SIDES = re.compile(
    r"(?<![a-zа-я0-9.,])(\d{1,3}[xх]\d{1,3}[xх]\d{1,3})(?![a-zа-я0-9])"
    r"|(?<=\d\d)[xх](?=\d\d)|(?<![a-zа-я0-9.,]\d)(?<=\d)[xх](?=\d(?![a-zа-я0-9]))"
)
#: «160 на 80»: the same, said; smaller numbers are models («11 на 12»)
_SIDES_SAID = re.compile(r"(?<![a-zа-я0-9.,])([3-9]\d|\d{3}) на ([3-9]\d|\d{3})(?![a-zа-я0-9.,])")


class Quantity(NamedTuple):
    """A value in the main unit of its dimension."""

    dimension: str  #: as units.yml names it: "capacity", "length"…
    value: float

    @property
    def lexeme(self) -> str:
        """The word that stands for it in the index."""
        return f"{self.value:g}:{self.dimension}"


class Units:
    """Reads quantities out of clean text.

    :param units: dimension → spelling → how many main units it is, as in units.yml.
    :param names: dimension → how its main unit is written for people.
    :param numerals: a number's word → the number, for «два метра».
    :param no_values: what looks like a value: «4g» of a phone.
    :param ports: reads numbers of sockets, a dimension for each kind of them.
    :param beside: a unit that other things are called by → the words of which one stands before.
    :param devices: brands and lines of devices: what follows one is a model.
    """

    def __init__(
        self,
        units: Mapping[str, Mapping[str, float]],
        names: Mapping[str, str],
        numerals: Mapping[str, int],
        no_values: Container[str] = (),
        ports: Ports | None = None,
        *,
        beside: Mapping[str, Collection[str]] = MappingProxyType({}),
        devices: Container[str] = (),
    ) -> None:
        self._devices = devices
        self._beside = {
            unit: re.compile(START + alternatives(words) + END) for unit, words in beside.items()
        }
        self._ports = ports or Ports({}, {}, ())
        self._no_values = no_values
        self.names = dict(names)
        self._numerals = dict(numerals)
        self._known = {
            spelling: (dimension, factor)
            for dimension, spellings in units.items()
            for spelling, factor in spellings.items()
        }
        longest_first = sorted(self._known, key=len, reverse=True)
        loose = "|".join(re.escape(u) for u in longest_first if u not in _GLUED)
        glued = "|".join(re.escape(u) for u in longest_first)
        said = "|".join(map(re.escape, sorted(self._numerals, key=len, reverse=True))) or "(?!)"
        self._in_words = re.compile(rf"(?<![a-zа-я])({said})(?=\s+(?:{loose})(?![a-zа-я0-9]))")
        self._pattern = re.compile(
            rf"(?:(?<![a-zа-я0-9.,])|(?<=[a-zа-я)],)|(?<=\bpd)|(?<=\bqc))"
            rf"((?:(?:{_NUMBER}){_BY})*)({_NUMBER})"
            rf"(?:({glued})|[\s-]{{1,2}}({loose}))(?![a-zа-я0-9])"
        )

    def read(self, text: str) -> list[tuple[int, int, tuple[Quantity, ...]]]:
        """Every quantity of clean text as (start, end, values); «38/40/41 мм» is three values."""
        found = []
        for match in self._pattern.finditer(text):
            if match[0] in self._no_values:
                continue
            unit = match[3] or match[4]
            if unit in self._beside and not self._is_value(match, unit, text):
                continue
            dimension, factor = self._known[unit]
            numbers = [n for n in re.split(r"\s?[/*xх]\s?", match[1]) if n] + [match[2]]
            values = tuple(Quantity(dimension, round(_number(n) * factor, 3)) for n in numbers if n)
            found.append((match.start(), match.end(), values))
        for start, end, kind, many in self._ports.read(text):
            found.append((start, end, (Quantity(kind, float(many)),)))
        return sorted(found)

    def _is_value(self, match: re.Match[str], unit: str, text: str) -> bool:
        """Whether «3a» is a value: after «кабель» or «вольт», and not right after «redmi»."""
        before = text[: match.start()]
        last = (re.findall(r"[a-zа-я]+", before) or [""])[-1]
        return (
            before[-1:] != "-"
            and last not in self._devices
            and bool(self._beside[unit].search(before))
        )

    def said(self, text: str) -> str:
        """Clean text with the values in full: «метровый» → «1 метр», «5в» → «5v»."""
        text = _ENDED.sub(r"\1", text)
        text = _SIDES.sub(lambda found: found[1] or "*", _VOLTS.sub("v", text))
        text = _SIDES_SAID.sub(r"\1*\2", text)
        text = self._in_words.sub(lambda found: str(self._numerals[found[1]]), text)
        text = _NUMBERED.sub(_numbered, text)
        if "метр" not in text and "литр" not in text:
            return text
        for pattern, value in _SAID:
            text = pattern.sub(value, text)
        return text

    def spoken(self, quantity: Quantity) -> str:
        """The quantity for people: «3500 mAh», «2 м»."""
        value, name = quantity.value, self.names[quantity.dimension]
        if quantity.dimension == "length":
            if value >= 500:
                value, name = value / 1000, "м"
            elif value >= 100 and value % 10 == 0:
                value, name = value / 10, "см"
        if quantity.dimension == "volume" and value >= 1000:
            value, name = value / 1000, "л"
        if quantity.dimension == "weight" and value >= 1000:
            value, name = value / 1000, "кг"
        if quantity.dimension == "memory" and value >= 1000 and value % 1000 == 0:
            value, name = value / 1000, "TB"
        number = f"{value:g}".replace(".", ",")
        return f"{number}{name}" if name in ('"', "D") else f"{number} {name}"


def _numbered(said: re.Match[str]) -> str:
    return f"{_BEGINNINGS.get(said[1], said[1])} {_OF[said[2]]}"


def _number(text: str) -> float:
    return float(text.replace(" ", "").replace(",", ".")[:12])
