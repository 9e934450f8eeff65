"""Which devices the name of a row fits: «Xiaomi Redmi Note 11 Pro/11 Pro+ 5G» is two of them."""

import re
from collections.abc import Mapping, Sequence

from optfm.text.device_grammar import YEAR, DeviceGrammar, Tail
from optfm.text.devices import Devices
from optfm.text.lexicon import Piece
from optfm.text.mention import Mention
from optfm.text.units import Quantity

_LATIN = re.compile(r"[a-z][a-z0-9]*")
_SEPARATORS = frozenset("/,|;&")
_NOTHING = Tail(frozenset(), "", "", 0)


def devices_in(
    devices: Devices,
    pieces: Sequence[Piece],
    sizes: Mapping[int, Sequence[Quantity]],
    brand: str = "",
) -> list[Mention]:
    """The devices that the name of a row fits.

    :param pieces: the name, folded.
    :param sizes: the quantities of the name by the token they begin at.
    :param brand: of the groups above, for names that leave it out.
    """
    reader = _RowReader(devices, frozenset({brand}) if brand else frozenset())
    found = reader.read(devices.folded(pieces), sizes)
    return found if any(mention.number for mention in found) else found + reader.of_parts(pieces)


class _RowReader:
    """Reads the devices of a row's name, left to right."""

    def __init__(self, devices: Devices, brands: frozenset[str]) -> None:
        self.devices = devices
        self.grammar = DeviceGrammar(devices)
        self.brands = brands
        self.series = ""
        self.lines: list[str] = []  # of the current brand, in this name, "" for none
        self.active = False
        self.mentions: list[Mention] = []

    def read(
        self, pieces: Sequence[Piece], sizes: Mapping[int, Sequence[Quantity]]
    ) -> list[Mention]:
        devices = self.devices
        at, depth = 0, 0
        slash = named_inside = False  # «BN46 (Redmi 7/Note 6)», unlike «(1904/1906)»
        brand_open = False  # the last word was a brand: another adds to it
        while at < len(pieces):
            piece = pieces[at]
            lexeme = piece.lexeme
            if piece.sort == "sign":
                depth += (lexeme in "([") - (lexeme in ")]")
                named_inside = named_inside and depth > 0
                if lexeme in _SEPARATORS:
                    slash = True
                elif lexeme in '+"' or lexeme == "[":
                    self.active = False
                at += 1
                continue
            if piece.sort == "series" and (
                self.active or not (self.mentions or devices.is_common_word(lexeme))
            ):
                self._open_series(lexeme)
                named_inside = depth > 0
                at = self._after_series(pieces, at + 1)
                slash = brand_open = False
                continue
            if lexeme in devices.brands and piece.sort == "word":
                name = devices.brands[lexeme]
                self.brands = (
                    self.brands | {name} if brand_open and not slash else frozenset({name})
                )
                self.series, self.lines = "", []
                self.active = brand_open = True
                named_inside = depth > 0
                slash = False
                at += 1
                continue
            brand_open = False
            if self.active and piece.sort in ("number", "code", "word"):
                end = self._number(pieces, at, slash=slash, inside=depth > 0 and not named_inside)
                if end:
                    at, slash = end, False
                    continue
            if piece.sort == "quantity" or depth > 0:
                if piece.sort == "quantity" and self.series in devices.sized:
                    self._sizes(sizes.get(piece.start, ()))
                at += 1
                continue
            if piece.sort == "word":
                ended = bool(self.mentions) and not slash
                self.active = self.active and not ended and bool(_LATIN.fullmatch(lexeme))
            slash = False
            at += 1
        return list(dict.fromkeys(self.mentions))

    def of_parts(self, pieces: Sequence[Piece]) -> list[Mention]:
        """The devices that codes of parts in the name hold: «EB-BA515ABY»."""
        parts = (self.devices.of_part(p.lexeme) for p in pieces if p.sort == "code")
        return [
            self.grammar.mention(frozenset({brand}), "", number, _NOTHING)
            for brand, numbers in filter(None, parts)
            for number in numbers
        ]

    def _sizes(self, quantities: Sequence[Quantity]) -> None:
        for quantity in quantities:
            if quantity.dimension in self.devices.sized[self.series]:
                self._add(f"{quantity.value:g}", _NOTHING)

    def _open_series(self, name: str) -> None:
        brand = self.devices.series_brand.get(name, "")
        if name == "note":
            if "xiaomi" in self.brands or self.series in ("redmi", "redminote"):
                name = "redminote"
        elif brand and brand not in self.brands and not _same_maker(brand, self.brands):
            self.brands = frozenset({brand})
        self.series = "" if name in self.devices.hidden else name
        self.active = True

    def _after_series(self, pieces: Sequence[Piece], at: int) -> int:
        """A line without a number is a device too: «Mi Max», «Honor Play»."""
        following = pieces[at] if at < len(pieces) else None
        if following is not None and self._is_number(following, inside=False):
            return at
        if following is not None and following.lexeme in self.devices.same(self.series):
            self._add(following.lexeme, self._tail(pieces, at + 1))
            return at + 1
        if not self.series:
            return at
        tail = self._tail(pieces, at)
        if tail.year or following is None or following.sort in ("sign", "word", "filler"):
            self._add("", tail)
            return tail.end
        return at

    def _tail(self, pieces: Sequence[Piece], at: int) -> Tail:
        return self.grammar.tail(pieces, at, self.series, named=True)

    def _is_number(self, piece: Piece, *, inside: bool) -> bool:
        if piece.sort == "number" and inside:
            return False
        if YEAR.fullmatch(piece.lexeme) and not self.series:
            return False
        return self.grammar.is_number(piece, self.series)

    def _number(self, pieces: Sequence[Piece], at: int, *, slash: bool, inside: bool) -> int:
        piece = pieces[at]
        if not self._is_number(piece, inside=inside):
            return 0
        number = piece.lexeme
        yearless = bool(self.mentions) and not self.mentions[-1].year
        if inside and yearless and YEAR.fullmatch(number) and self.series not in self.devices.alone:
            return 0
        numbers = [number]
        just_named = at > 0 and pieces[at - 1].sort == "series"
        last = self.mentions[-1].number if self.mentions else ""
        if slash and number.isdigit() and re.fullmatch(rf"[a-z]+\d{{{len(number)}}}[a-z]*", last):
            numbers.append(re.match(r"[a-z]+", last)[0] + number)  # type: ignore[index]
        tail = self._tail(pieces, at + 1)
        for one in numbers:
            self._add(one, tail)
        if slash and not just_named and number[0].isdigit():
            for other in self.lines:
                if other != self.series:
                    self._add(number, tail, series=other)
        if self.series not in self.lines:
            self.lines.append(self.series)
        return tail.end

    def _add(self, number: str, tail: Tail, series: str | None = None) -> None:
        line = self.series if series is None else series
        self.mentions.append(self.grammar.mention(self.brands, line, number, tail))


def _same_maker(brand: str, brands: frozenset[str]) -> bool:
    return brand == "honor" and "huawei" in brands
