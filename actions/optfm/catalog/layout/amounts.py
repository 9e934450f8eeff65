"""What a price cell says: one number, no price, or something nobody can read."""

import html
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from optfm.catalog.fields import MAX_PRICE_KOP
from optfm.catalog.layout.money import currency_in
from optfm.catalog.layout.words import tokens, words
from optfm.catalog.readers.sheet import Cell, Odd

#: What parts thousands in a column of texts, "" where nothing proves it.
Separators = Literal["", ".", ","]

_TAG = re.compile(r"<[^>]{1,200}>")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PER = re.compile(r"\s(?:за|/)\s*\S+.*$|/.*$")
_OPEN = re.compile(r"(?<!\w)(?:от|до|from|около|более|менее|свыше|с)(?!\w)|[<>≈~%+]", re.IGNORECASE)
_KOPECKS = re.compile(r"(\d[\d ]*)\s?[=-]\s?(\d\d)(?!\d)")
#: «12 р. 50 коп.»
_IN_WORDS = re.compile(
    r"(\d[\d '’]*?)\s?(?:р(?:уб[а-я]*)?|₽)\.?,?\s?(\d{1,2})\s?к(?:оп[а-я]*)?\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"(?<=\d)[ '’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number above zero."""

    value: float
    currency: str = ""  #: code, where the cell's text names it


@dataclass(frozen=True, slots=True)
class NoPrice:
    """Words, a dash or a zero in place of a price."""

    said: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A number that cannot be a price; says why, in Russian."""

    why: str


type Reading = Amount | NoPrice | Unclear


def read_amount(cell: Cell, separators: Separators = "", times: float = 1) -> Reading:
    """What the cell says.

    :param times: what the column counts in, e.g. 1000 for thousands of roubles.
    """
    reading = _read(cell, separators)
    if times == 1 or not isinstance(reading, Amount):
        return reading
    return _checked(reading.value * times, reading.currency)


def _read(cell: Cell, separators: Separators) -> Reading:
    if isinstance(cell.value, str):
        return _from_text(cell.value, separators)
    if isinstance(cell.value, Odd):
        return NoPrice(cell.value.what)
    if isinstance(cell.value, float):
        return _checked(cell.value, "")
    return Unclear(f"вместо цены дата {cell.value:%d.%m.%Y}")


def thousands_separator(cells: Iterable[Cell]) -> Separators:
    """The sign that parts thousands, where some text of the column proves it."""
    votes = {",": 0, ".": 0}
    for cell in cells:
        if not isinstance(cell.value, str):
            continue
        for found in _NUMBER.findall(cell.value):
            comma, dot = found.rfind(","), found.rfind(".")
            if comma >= 0 and dot >= 0:
                votes["," if comma < dot else "."] += 1
            elif found.count(",") > 1:
                votes[","] += 1
            elif found.count(".") > 1:
                votes["."] += 1
            else:
                sign, at = (",", comma) if comma >= 0 else (".", dot)
                after = len(found) - at - 1 if at >= 0 else 0
                if after in (1, 2):
                    votes["." if sign == "," else ","] += 1
    if not any(votes.values()) or all(votes.values()):
        return ""
    return "," if votes[","] else "."


def _from_text(text: str, separators: Separators) -> Reading:
    plain = _SPACES.sub(" ", _TAG.sub(" ", html.unescape(text))).strip()
    currency = currency_in(plain)
    if words().no_price.found(tokens(plain)) or not any(char.isdigit() for char in plain):
        return NoPrice(plain[:40])
    number = _PER.sub("", plain) if re.match(r"\D*\d", _PER.sub("", plain)) else plain
    if _OPEN.search(number):
        return NoPrice(plain[:40])
    if plain.startswith(("-", "−", "–")) and re.match(r"[-−–]\s*\d", plain):
        return Unclear(f"цена {plain[:40]}: меньше нуля")
    if in_words := _IN_WORDS.search(number):
        return _checked(int(re.sub(r"\D", "", in_words[1])) + int(in_words[2]) / 100, currency)
    if kopecks := _KOPECKS.search(number):
        whole, part = int(kopecks[1].replace(" ", "")), int(kopecks[2])
        if "=" in kopecks[0] or part == 0 or whole >= part:
            return _checked(whole + part / 100, currency)
        return NoPrice(plain[:40])
    if re.search(r"\d\s?[-–—…]\s?\d", number):
        return NoPrice(plain[:40])
    found = [one.strip(".,") for one in _NUMBER.findall(_THOUSANDS.sub("", number))]
    if len(found) != 1:
        return Unclear(f"вместо цены «{plain[:40]}»")
    value = _value(found[0], separators)
    if value is None:
        return Unclear(f"«{plain[:40]}»: не ясно, тысячи это или доли")
    return _checked(value, currency)


def _value(number: str, separators: Separators) -> float | None:
    comma, dot = number.rfind(","), number.rfind(".")
    if comma < 0 and dot < 0:
        return float(number)
    if comma >= 0 and dot >= 0:
        decimal = "," if comma > dot else "."
    else:
        sign = "," if comma >= 0 else "."
        after = len(number) - max(comma, dot) - 1
        if number.count(sign) > 1 or sign == separators:
            decimal = "." if sign == "," else ","
        elif after != 3 or number.startswith("0") or separators:
            decimal = sign
        else:
            return None
    whole = number.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    try:
        return float(whole)
    except ValueError:
        return None


def _checked(value: float, currency: str) -> Reading:
    if not math.isfinite(value):
        return Unclear("цена не число")
    if value == 0:
        return NoPrice("0")
    kop = round(value * 100)
    if kop <= 0:
        return Unclear(f"цена {value:.15g}: нужна больше нуля")
    if kop > MAX_PRICE_KOP:
        return Unclear(f"цена {value:.15g}: больше {MAX_PRICE_KOP // 100}")
    return Amount(value, currency)
