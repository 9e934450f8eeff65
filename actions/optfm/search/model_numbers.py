"""Which numbers of a question are models': «на 13», «A515F», and not «13 штук» or «EX750»."""

import bisect
import re
from collections.abc import Callable, Mapping, Sequence

from optfm.search.numbers_said import LINKS
from optfm.text.device_grammar import CODE, YEAR, DeviceGrammar, Tail
from optfm.text.devices import Devices
from optfm.text.lexicon import Piece
from optfm.text.mention import Mention, spoken
from optfm.text.morphology import part_of_speech
from optfm.text.normalise import has_cyrillic, readings
from optfm.text.tokens import Token

_COUNTED = frozenset(
    {
        "вид", "верси", "класс", "сер", "набор", "комплект", "usb", "bluetooth", "hdmi",
        "typec", "microusb", "lightning", "aux", "jack", "qc", "pd", "wifi", "gen", "ver", "v",
        "class", "hi", "tws", "powerbank"
    }
)  # fmt: skip
_ADJECTIVES = frozenset({"orig", "копи", "oled", "incell", "бел", "черн", "красн", "син", "зелен"})
#: the beginning of a part number that tells it
_LONG_CODE = 5
_AMPERES = re.compile(r"\d(?:\.\d)?a")


class ModelNumbers:
    """Tells the number of a model from the other numbers of a question.

    :param known: model number → how many rows of the list have a device of that number.
    :param articles: words with digits that no device of the list has.
    :param in_list: whether any row has the lexeme.
    :param fits_any: whether any row fits the device.
    :param is_called: whether goods for no device have the word and the number: «T-WOLF S3».
    :param is_for_devices: whether goods called by the word are mostly for devices: «дисплей».
    """

    def __init__(
        self,
        devices: Devices,
        grammar: DeviceGrammar,
        known: Mapping[str, int],
        articles: frozenset[str],
        in_list: Callable[[str], bool],
        fits_any: Callable[[Mention], bool],
        is_called: Callable[[str, str], bool],
        is_for_devices: Callable[[str], bool],
    ) -> None:
        self._devices = devices
        self._grammar = grammar
        self._known = known
        self._articles = articles
        self._in_list = in_list
        self._fits_any = fits_any
        self._is_called = is_called
        self._is_for_devices = is_for_devices
        self._numbers = sorted(known)
        self._articles_in_order = sorted(articles)

    def may_be(
        self, row: Sequence[Piece], at: int, anchors: Sequence[int], found: Sequence[Token]
    ) -> bool:
        piece = row[at]
        if found[piece.start].typed[:1] == "0":
            return False  # «pop 08» is no model
        lexeme = piece.lexeme
        before = row[at - 1] if at and row[at - 1].sort == "series" else None
        line = before.lexeme if before is not None else ""
        if before is not None and piece.sort == "word" and re.fullmatch("[a-z]", lexeme):
            return self._fits_any(Mention(frozenset(), line, lexeme))
        if not self._grammar.is_number(piece, line):
            return False
        if _AMPERES.fullmatch(lexeme) and any(p.lexeme.endswith(":voltage") for p in row):
            return False
        if piece.sort == "word":
            return True
        if YEAR.fullmatch(lexeme) and at and before is None:
            return False
        if lexeme.isdigit() and len(lexeme) == 4:
            near = any(self._devices.is_brand(row[i].lexeme) for i in anchors)
            return near and (lexeme in self._known or lexeme not in self._articles)
        if lexeme.isdigit() and len(lexeme) == 3:
            if lexeme not in self._known and self._in_list(f"{lexeme}:memory"):
                return False  # «mi max 128»
            return at - 1 in anchors
        if CODE.fullmatch(lexeme) and lexeme not in self._known:
            if lexeme in self._articles or self._begins_article(lexeme):
                return False
            if len(lexeme) > 5 and not re.fullmatch(r"[a-z]\d{3}[a-z]{1,2}\d?", lexeme):
                return False
        return not (lexeme.isdigit() and len(lexeme) > 3 and not YEAR.fullmatch(lexeme))

    def _begins_article(self, code: str) -> bool:
        """«EX750» of Sony, where the list has an EX750AP and no such device."""
        if len(code) < _LONG_CODE:
            return False
        at = bisect.bisect_left(self._articles_in_order, code)
        return self._articles_in_order[at : at + 1] != [] and self._articles_in_order[
            at
        ].startswith(code)

    def stands_alone(
        self, row: Sequence[Piece], at: int, found: Sequence[Token], marked: bool
    ) -> bool:
        """Whether a number without any brand is a device's."""
        lexeme = row[at].lexeme
        if marked:
            return True
        if lexeme in ("xr", "xs"):
            return True
        if lexeme not in self._known and self._devices.line_of_number(lexeme):
            return True
        if at and row[at - 1].sort == "word" and self._is_called(row[at - 1].lexeme, lexeme):
            return False
        if CODE.fullmatch(lexeme) or not lexeme.isdigit():
            decoded = self._devices.of_code(lexeme)
            if decoded is not None and lexeme not in self._articles:
                return decoded[1] in self._known
            return (
                lexeme in self._known
                and lexeme not in self._articles
                or (lexeme in self._known and self._known[lexeme] >= 3 and _short(lexeme))
            )
        if len(lexeme) <= 2 and lexeme in self._known:
            if row[at].how == "word":
                return True
            before = row[at - 1] if at else None
            if before is None:
                return False
            if before.lexeme in LINKS:
                return True
            following = row[at + 1] if at + 1 < len(row) else None
            typed = found[before.end - 1].typed
            if before.sort != "word" or before.lexeme in _COUNTED or len(typed) < 2:
                return False
            return (
                following is None
                or (following.sort == "word" and self._is_for_devices(before.lexeme))
                or (
                    following.sort in ("filler", "sign")
                    and following.lexeme not in LINKS | {"в", "из"}
                )
                or following.lexeme in _ADJECTIVES
                or part_of_speech(following.lexeme + "ый") == "adjective"
            )
        return False

    def read(
        self,
        piece: Piece,
        found: Sequence[Token],
        line: str,
        brands: frozenset[str],
        tail: Tail,
    ) -> tuple[Mention, ...]:
        typed = found[piece.start].typed if piece.end - piece.start == 1 else piece.lexeme
        numbers = [piece.lexeme]
        if has_cyrillic(typed) and piece.how != "word":
            numbers += [n for n in readings(typed) if n != piece.lexeme]
        if piece.how == "joined":
            numbers += [
                n
                for n in readings("".join(found[t].typed for t in range(piece.start, piece.end)))
                if n not in numbers
            ]
        options = [self._grammar.mention(brands, line, number, tail) for number in numbers]
        known = any(m.number in self._known for m in options)
        # «A125» is the A125F of the list, and where one row has a J320, another has its J320F
        begun = [n for m in options for n in self._longer(m.number) if n != m.number]
        options += [options[0]._replace(number=n) for n in begun]
        if not known:
            for number in numbers:
                if of_code := self._devices.of_code(number):
                    brand, model = of_code
                    options.append(self._grammar.mention(frozenset({brand}), "", model, tail))
            options = [m._replace(label=spoken(m)) for m in options]
        elif not line and (sold := self._devices.same_device(piece.lexeme)):
            brand, model = sold  # «A515F»: a row may call it A51
            options = [m._replace(brands=m.brands or frozenset({brand})) for m in options]
            options.append(self._grammar.mention(frozenset({brand}), "", model, tail))
            options = [m._replace(label=spoken(m)) for m in options]
        # what the list knows comes first
        if len(options) > 1:
            options.sort(key=lambda m: not self._fits_any(m))
        return tuple(dict.fromkeys(options))

    def _longer(self, number: str) -> list[str]:
        if not re.fullmatch(r"[a-z]\d{3}", number):
            return []
        at = bisect.bisect_left(self._numbers, number)
        found = []
        while at < len(self._numbers) and self._numbers[at].startswith(number):
            found.append(self._numbers[at])
            at += 1
        return found


def _short(lexeme: str) -> bool:
    return len(lexeme) <= 4
