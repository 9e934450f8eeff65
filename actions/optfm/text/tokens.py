"""Clean text to tokens: words, model numbers, quantities and the signs between them."""

import re
from typing import NamedTuple

from optfm.text.normalise import has_cyrillic, has_digit, has_latin, one_alphabet, readings
from optfm.text.units import Quantity, Units

MOST = 60  #: tokens of a question that are read

_TOKEN = re.compile(
    r"[a-zа-я0-9]+(?:[-_][a-zа-я0-9]+)+|\d+[.,]\d+[a-zа-я]{0,2}(?![a-zа-я0-9])|[a-zа-я0-9]+|[/,+()\[\]\"|;&]"
)
#: words glued to a number or to each other in models: «note10», «13pro»
_CAMEL = re.compile(r"\b([a-z]\d\d)([a-z]\d\d[a-z]?)\b")

#: «кабельtypec»
_TWO_ALPHABETS = re.compile(r"([а-я]{3,})([a-z]{3,})|([a-z]{3,})([а-я]{3,})")
#: «Pro+», «11+»: a part of the model, unlike the + of «+ тачскрин»
_PLUS = re.compile(r"(?:(?<=[0-9])|(?<=[0-9][a-z])|(?<=pro)|(?<=про))\+(?=\s*(?:[a-z0-9/,()]|$))")

#: «3 в 1», «3 в1»: one word, however it is spaced
_SO_MANY_IN_ONE = re.compile(r"(?<![a-zа-я0-9])(\d) ?в ?(\d)(?![a-zа-я0-9])")

#: «10класс», «2шт», but no model: «13про»
_GLUED_WORD = re.compile(r"(?<![a-zа-я0-9])(\d+)([а-я]{5,})(?![a-zа-я0-9])")


class Token(NamedTuple):
    """A piece of text."""

    text: str  #: in one alphabet; a number with a dot; joined where a hyphen was
    sort: str  #: "word", "code" (letters and digits), "number", "quantity" or "sign"
    parts: tuple[str, ...] = ()  #: of a hyphenated one
    quantities: tuple[Quantity, ...] = ()
    typed: str = ""  #: as in the clean text


def tokens(text: str, units: Units) -> list[Token]:
    """The tokens of clean text, in order."""
    found: list[Token] = []
    text = _PLUS.sub(" plus ", text)
    text = _CAMEL.sub(r"\1/\2", text)
    text = _SO_MANY_IN_ONE.sub(r"\1в\2", text)
    text = _GLUED_WORD.sub(r"\1 \2", text)
    start = 0
    for begin, end, quantities in units.read(text):
        _plain(text[start:begin], found)
        found.append(Token(quantities[-1].lexeme, "quantity", (), quantities, text[begin:end]))
        start = end
    _plain(text[start:], found)
    return found


def _plain(text: str, found: list[Token]) -> None:
    for match in _TOKEN.finditer(text):
        typed = match[0]
        first = typed[0]
        if not first.isalnum():
            found.append(Token(typed, "sign", (), (), typed))
        elif "-" in typed or "_" in typed:
            parts = tuple(_part(p, has_latin(typed)) for p in re.split("[-_]", typed) if p)
            joined = "".join(parts)
            if has_digit(joined) and not any(len(p) > 3 and has_cyrillic(p) for p in parts):
                found.append(Token(one_alphabet(joined), "code", parts, (), typed))
            else:
                found.extend(_word(p, p) for p in parts)
        elif "." in typed or "," in typed:
            number, unit = re.fullmatch(r"([\d.,]+)(.*)", typed).groups()  # type: ignore[union-attr]
            plain = f"{float(number.replace(',', '.')):g}" if unit else number.replace(",", ".")
            found.append(
                Token(
                    plain + one_alphabet("1" + unit)[1:],
                    "code" if unit else "number",
                    (),
                    (),
                    typed,
                )
            )
        elif glued := _TWO_ALPHABETS.fullmatch(typed):
            found.extend(_word(part, part) for part in glued.groups() if part)
        else:
            found.append(_word(one_alphabet(typed), typed))


def _part(part: str, latin: bool) -> str:
    if latin and len(part) <= 2 and has_cyrillic(part):
        return readings(part)[0]  # the Russian «с» of «type-с»
    return one_alphabet(part)


def _word(text: str, typed: str) -> Token:
    if not has_digit(text):
        return Token(text, "word", (), (), typed)
    if text.isdigit():
        return Token(text.lstrip("0") or "0", "number", (), (), typed)
    return Token(text, "code", (), (), typed)
